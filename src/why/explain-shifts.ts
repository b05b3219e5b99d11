import { median } from '../convergence/statistics.ts';
import type { CallRecord } from '../debate/calls.ts';
import { type Debate, fold } from '../debate/debate.ts';
import type { DebateEvent } from '../debate/events.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { seededInteger } from '../debate/seeded-random.ts';
import { readingMask, renderReadingOf } from '../prompts/render-reading.ts';
import { renderSpeech } from '../prompts/render-speech.ts';
import type { ReplacementSpeeches } from '../prompts/replacement-speeches.ts';
import { splitNotes } from '../prompts/replies.ts';
import { gather, makeCall } from '../run/call.ts';
import type { RunContext } from '../run/context.ts';
import { readSamples } from '../run/reading/read-samples.ts';
import {
  type Condition,
  debateBefore,
  type HeardSpeech,
  mainConditions,
  sentencesToLeaveOut,
  speechUnder,
} from './conditions.ts';
import { type Explanation, explanationsOf, isOf } from './explanations.ts';
import { type Counterpart, counterpartOf, type Shift, shiftsOf } from './shifts.ts';
import type { WhyEntry, WhyLog } from './why-log.ts';

export interface WhyRequest {
  /** The journal of the debate. */
  events: readonly DebateEvent[];
  /** Shifts to examine, by their number from 1; all where empty. */
  shifts: readonly number[];
  /** Only shifts on this issue; null for any. */
  issue: string | null;
  /** Answers under each condition: 3 or more. */
  repeats: number;
  /** Also the real speech from another persona's mouth. */
  otherMouth: boolean;
  /** Sentences left out one at a time where reasons did it; 0 for none. */
  sentences: number;
  /** Readings of each answer. */
  judgeSamples: number;
  /** US dollars for all calls of this request; null for no limit. */
  budgetUsd: number | null;
  /** Answers asked for at once. */
  concurrency: number;
}

export interface WhySurroundings extends Omit<RunContext, 'notify'> {
  speeches: ReplacementSpeeches;
  log: WhyLog;
  onProgress?(progress: WhyProgress): void;
}

export interface WhyProgress {
  shift: Shift;
  condition: Condition;
  repeat: number;
  /** Answers read so far, and all that are planned so far. */
  done: number;
  planned: number;
  costUsd: number;
}

export type WhyFailure = 'no-shifts' | 'unknown-shift' | 'unknown-issue' | 'call-failed';

export interface WhyResult {
  explanations: Explanation[];
  /** done: all was answered. budget, stopped: what is missing is asked when the same is requested again. */
  ended: 'done' | 'budget' | 'stopped';
}

/** One answer that has to be given and read. */
interface Task {
  shift: Shift;
  counterpart: Counterpart;
  heard: HeardSpeech;
  condition: Condition;
  repeat: number;
}

/**
 * Goes back to the turn of each shift and lets the speaker answer again under every condition, reads each answer for
 * that issue alone, and apportions the shift. Every answer and every reading is in the log before the next begins, so
 * that the same request goes on where it stopped. Fails with `call-failed` where a model cannot be reached.
 */
export async function explainShifts(
  request: WhyRequest,
  context: WhySurroundings,
): Promise<Outcome<WhyResult, WhyFailure>> {
  const debate = fold(request.events);
  if (!debate) throw new Error('a stored debate has a start');
  const chosen = chooseShifts(debate, request);
  if (!chosen.ok) return chosen;
  const work = new Examination(request, context, debate);
  for (const shift of chosen.value) {
    const counterpart = counterpartOf(debate, shift);
    // A person cannot be asked to answer again as a model can.
    const isByPerson = debate.turns[shift.turn - 1]?.author === 'person';
    if (!counterpart || isByPerson) continue;
    const first: Condition[] = [...mainConditions, ...(request.otherMouth ? (['other-mouth'] as const) : [])];
    await work.perform(work.tasks(shift, counterpart, first));
    if (request.sentences > 0 && work.isPersuaded(shift)) {
      const left = sentencesToLeaveOut(counterpart.turn.text, request.sentences);
      await work.perform(
        work.tasks(
          shift,
          counterpart,
          left.map(({ number }) => `without-${number}` as const),
        ),
      );
    }
    if (work.ended !== 'done') break;
  }
  if (work.fault !== null) return failure('call-failed', work.fault);
  const explanations = explanationsOf(debate, work.entries);
  return success({
    explanations: explanations.filter(({ shift }) => chosen.value.some((one) => isOf(one, shift))),
    ended: work.ended,
  });
}

/** The shifts a request names. */
export function chooseShifts(
  debate: Debate,
  { shifts, issue }: Pick<WhyRequest, 'shifts' | 'issue'>,
): Outcome<Shift[], 'no-shifts' | 'unknown-shift' | 'unknown-issue'> {
  const all = shiftsOf(debate);
  if (all.length === 0) {
    return failure(
      'no-shifts',
      'The readings of this debate found no change of stand: there is nothing to explain.',
    );
  }
  if (issue !== null && !debate.started.agenda.some(({ id }) => id === issue)) {
    const known = debate.started.agenda.map(({ id }) => id).join(', ');
    return failure('unknown-issue', `"${issue}" is not on the agenda. Its issues: ${known}.`);
  }
  const unknown = shifts.find((number) => number < 1 || number > all.length);
  if (unknown !== undefined) {
    return failure(
      'unknown-shift',
      `There is no shift ${unknown}. The debate has shifts 1 to ${all.length}.`,
    );
  }
  const named = shifts.length === 0 ? all : shifts.map((number) => all[number - 1] as Shift);
  const chosen = named.filter((shift) => issue === null || shift.issue === issue);
  if (chosen.length === 0) return failure('no-shifts', `No shift that was asked for is on "${issue}".`);
  return success(chosen);
}

class Examination {
  readonly entries: WhyEntry[];
  ended: WhyResult['ended'] = 'done';
  /** Why a call failed for good; null while none has. */
  fault: string | null = null;
  #spentUsd = 0;
  /** The most an answer with its reading has cost, so that none is begun that the budget cannot carry. */
  #dearestUsd = 0;
  #planned = 0;
  #done = 0;

  readonly #request: WhyRequest;
  readonly #context: WhySurroundings;
  readonly #debate: Debate;

  constructor(request: WhyRequest, context: WhySurroundings, debate: Debate) {
    this.#request = request;
    this.#context = context;
    this.#debate = debate;
    this.entries = [...context.log.entries];
  }

  /** What is still to be answered or read, one condition after the other so that prompts share their beginnings. */
  tasks(shift: Shift, counterpart: Counterpart, conditions: readonly Condition[]): Task[] {
    return conditions.flatMap((condition) => {
      const heard = speechUnder(condition, counterpart, shift, this.#debate, this.#context.speeches);
      if (!heard) return [];
      return Array.from({ length: this.#request.repeats }, (_, index) => ({
        ...{ shift, counterpart, heard, condition, repeat: index + 1 },
      })).filter((task) => !this.#find('answer-read', task));
    });
  }

  isPersuaded(shift: Shift): boolean {
    const explained = explanationsOf(this.#debate, this.entries).find((one) => isOf(one.shift, shift));
    return (explained?.causes?.persuasion.low ?? 0) > 0;
  }

  /** Several at once; the first alone, so that the others find its prompt in the provider's cache. */
  async perform(tasks: readonly Task[]): Promise<void> {
    this.#planned += tasks.length;
    const queue = [...tasks];
    const work = async () => {
      for (let task = queue.shift(); task; task = queue.shift()) {
        if (!this.#mayGoOn()) return;
        await this.#answer(task);
      }
    };
    const first = queue.shift();
    if (first && this.#mayGoOn()) await this.#answer(first);
    await Promise.all(Array.from({ length: this.#request.concurrency }, work));
  }

  #mayGoOn(): boolean {
    const { budgetUsd } = this.#request;
    if (this.#context.signal.aborted) this.ended = 'stopped';
    else if (budgetUsd !== null && this.#spentUsd + this.#dearestUsd > budgetUsd) this.ended = 'budget';
    return this.ended === 'done' && this.fault === null;
  }

  async #answer(task: Task): Promise<void> {
    const before = this.#spentUsd;
    const given = this.#find('answer-given', task) ?? (await this.#give(task));
    if (!given) return;
    await this.#read(task, given.text);
    this.#dearestUsd = Math.max(this.#dearestUsd, this.#spentUsd - before);
    this.#done += 1;
    const { shift, condition, repeat } = task;
    const costUsd = this.#spentUsd;
    this.#context.onProgress?.({
      shift,
      condition,
      repeat,
      done: this.#done,
      planned: this.#planned,
      costUsd,
    });
  }

  async #give(task: Task): Promise<{ text: string } | null> {
    const { shift, counterpart, heard, condition, repeat } = task;
    const title = this.#debate.started.agenda.find(({ id }) => id === shift.issue)?.title ?? shift.issue;
    const question = this.#context.speeches.question(title);
    const debate = debateBefore(this.#request.events, shift.turn, counterpart, heard, question);
    const own = this.#debate.turns[shift.turn - 1];
    const { reply } = await gather(
      makeCall(
        debate,
        {
          purpose: 'speak',
          speaker: shift.speaker,
          role: shift.speaker,
          round: own?.round ?? 1,
          messages: renderSpeech(this.#context.prompts, debate, shift.speaker, own?.fullFrom),
          maxOutputTokens: debate.settings.turnTokens,
          salt: `why ${condition} ${repeat}`,
        },
        { ...this.#context, notify: () => {} },
      ),
    );
    if (!reply.ok) return this.#failed(reply);
    const { speech: text } = splitNotes(reply.text);
    const { simulated } = this.#context.modelOf(shift.speaker);
    await this.#note({
      type: 'answer-given',
      ...this.#keyOf(task),
      counterpartTurn: counterpart.turn.turn,
      heard: heard.text,
      text,
      simulated,
      ...reply.record,
    });
    this.#pay([reply.record]);
    return { text };
  }

  async #read(task: Task, text: string): Promise<void> {
    const { shift, condition, repeat } = task;
    const { started, settings, turns, verdicts } = this.#debate;
    const round = turns[shift.turn - 1]?.round ?? 1;
    const agenda = started.agenda
      .filter(({ id }) => id === shift.issue)
      .map((issue) => ({ ...issue, weight: 1 }));
    const cast = started.cast.filter(({ id }) => id === shift.speaker);
    const own = turns.filter(({ speaker, turn }) => speaker === shift.speaker && turn < shift.turn);
    const { prompts } = this.#context;
    const input = {
      agenda,
      cast,
      // What it said before is shown too: an answer may go on from it ("a step further than I said").
      speeches: [...own, { turn: shift.turn, round, speaker: shift.speaker, text }],
      round,
      earlier: verdicts.filter((verdict) => verdict.round < round),
      seed: seededInteger(started.seed, 'why', shift.speaker, shift.turn, shift.issue, condition, repeat),
    };
    const { outcome } = await readSamples(
      {
        input,
        samples: this.#request.judgeSamples,
        temperature: settings.temperature,
        render: (plan) => renderReadingOf(prompts, { ...input, rounds: settings.rounds }, plan),
        mask: (plan) => readingMask(prompts, cast, plan),
      },
      { ...this.#context, notify: () => {} },
    );
    if (!outcome.ok) {
      this.#failed(outcome);
      return;
    }
    const read = outcome.samples.filter((sample) => sample.outcome !== 'failed');
    const stated = read.flatMap(({ readings }) =>
      readings.filter(({ turn }) => turn === shift.turn).slice(-1),
    );
    const isStated = stated.length * 2 > read.length;
    await this.#note({
      type: 'answer-read',
      ...this.#keyOf(task),
      outcome: read.length === 0 ? 'unread' : isStated ? 'stated' : 'unstated',
      position: isStated ? median(stated.map(({ position }) => position)) : null,
      quote: isStated ? (stated[0]?.quote ?? null) : null,
      calls: outcome.calls,
    });
    this.#pay(outcome.calls);
  }

  #failed({ reason, message }: { reason: string; message: string }): null {
    if (reason === 'aborted' || this.#context.signal.aborted) this.ended = 'stopped';
    else this.fault = message;
    return null;
  }

  #keyOf({ shift: { speaker, issue, turn }, condition, repeat }: Task) {
    return { v: 1 as const, at: this.#context.clock.now(), speaker, issue, turn, condition, repeat };
  }

  async #note(entry: WhyEntry): Promise<void> {
    await this.#context.log.append(entry);
    this.entries.push(entry);
  }

  #find<Type extends WhyEntry['type']>(
    type: Type,
    task: Task,
  ): Extract<WhyEntry, { type: Type }> | undefined {
    return this.entries.find(
      (entry): entry is Extract<WhyEntry, { type: Type }> =>
        entry.type === type &&
        isOf(entry, task.shift) &&
        entry.condition === task.condition &&
        entry.repeat === task.repeat,
    );
  }

  #pay(calls: readonly CallRecord[]): void {
    for (const { costUsd } of calls) this.#spentUsd += costUsd ?? 0;
  }
}
