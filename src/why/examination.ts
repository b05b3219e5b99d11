import { type Debate, fold } from '../debate/debate.ts';
import { samplesFor } from '../debate/judges.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { seededInteger } from '../debate/seeded-random.ts';
import { renderSpeech } from '../prompts/render-speech.ts';
import { splitNotes } from '../prompts/replies.ts';
import { gather, makeCall } from '../run/call.ts';
import {
  type Condition,
  debateBefore,
  type HeardSpeech,
  mainConditions,
  sentencesToLeaveOut,
  speechUnder,
} from './conditions.ts';
import { counterpartAsRead, explanationsOf, isOf } from './explanations.ts';
import { readStand } from './read-stand.ts';
import { type Counterpart, chooseShifts, counterpartOf, type Shift } from './shifts.ts';
import { spentOn, type WhyEntry } from './why-log.ts';
import type { WhyFailure, WhyRequest, WhyResult, WhySurroundings } from './why-request.ts';

/** One answer that has to be given and read. */
interface Task {
  shift: Shift;
  counterpart: Counterpart;
  heard: HeardSpeech;
  condition: Condition;
  repeat: number;
}

type Answer = Exclude<WhyEntry, { type: 'speech-read' }>;

/**
 * Has speakers answer again and their answers read. The same repeat has the same seed under every condition, for the
 * answer and for its reading (common random numbers, Glasserman and Yao 1992): what chance does to both stays out of
 * their difference, as far as a model keeps to its seed.
 */
class Examination {
  readonly entries: WhyEntry[];
  ended: WhyResult['ended'] = 'done';
  /** Why a call failed for good; null while none has. */
  fault: string | null = null;
  #spent: { usd: number; tokens: number };
  /** The most an answer with its reading has taken, to begin none that the budget cannot carry. */
  #most = { usd: 0, tokens: 0 };
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
    this.#spent = spentOn(this.entries);
  }

  /**
   * The counterpart with its stand as this reader reads it: its bare stand has to say neither more nor less than the real
   * speech does to those who read the answers. Kept as the journal has it where answers were given to that.
   */
  async hear(shift: Shift, counterpart: Counterpart): Promise<Counterpart> {
    const isBegun = this.entries.some((entry) => isOf(entry, shift));
    if (!isBegun && this.#mayGoOn()) {
      const { turn } = counterpart;
      const seed = seededInteger(this.#debate.started.seed, 'why', shift.speaker, shift.turn, shift.issue);
      const read = await this.#readStand({ turn, issue: shift.issue, seed });
      if (read)
        await this.#note({
          type: 'speech-read',
          ...this.#stampOf(shift),
          counterpartTurn: turn.turn,
          ...read,
        });
    }
    return counterpartAsRead(counterpart, shift, this.entries);
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
    const { budgetUsd, budgetTokens = null } = this.#request;
    const isOver = (budget: number | null, unit: 'usd' | 'tokens') =>
      budget !== null && this.#spent[unit] + this.#most[unit] > budget;
    if (this.#context.signal.aborted) this.ended = 'stopped';
    else if (isOver(budgetUsd, 'usd') || isOver(budgetTokens, 'tokens')) this.ended = 'budget';
    return this.ended === 'done' && this.fault === null;
  }

  async #answer(task: Task): Promise<void> {
    const before = { ...this.#spent };
    const given = this.#find('answer-given', task) ?? (await this.#give(task));
    if (!given) return;
    const { shift, condition, repeat } = task;
    const own = this.#debate.turns[shift.turn - 1];
    const turn = { speaker: shift.speaker, turn: shift.turn, text: given.text, round: own?.round ?? 1 };
    const { seed } = this.#debate.started;
    const read = await this.#readStand({
      ...{ turn, issue: shift.issue },
      seed: seededInteger(seed, 'why', shift.speaker, shift.turn, shift.issue, repeat),
    });
    if (read) await this.#note({ type: 'answer-read', ...this.#keyOf(task), ...read });
    for (const unit of ['usd', 'tokens'] as const)
      this.#most[unit] = Math.max(this.#most[unit], this.#spent[unit] - before[unit]);
    this.#done += 1;
    const { tokens } = this.#spent;
    const amounts = { done: this.#done, planned: this.#planned, tokens, costUsd: this.#spent.usd };
    this.#context.onProgress?.({ shift, condition, repeat, ...amounts });
  }

  async #give(task: Task): Promise<{ text: string } | null> {
    const { shift, counterpart, heard, repeat } = task;
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
          salt: `why ${repeat}`,
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
    return { text };
  }

  async #readStand(asked: Omit<Parameters<typeof readStand>[1], 'samples' | 'judges'>) {
    const { judges = 1 } = this.#context;
    const samples = samplesFor(this.#request.judgeSamples, judges);
    const read = await readStand(this.#debate, { ...asked, samples, judges }, this.#context);
    return read.ok ? read.value : this.#failed(read.failure);
  }

  #failed({ reason, message }: { reason: string; message: string }): null {
    if (reason === 'aborted' || this.#context.signal.aborted) this.ended = 'stopped';
    else this.fault = message;
    return null;
  }

  #stampOf({ speaker, issue, turn }: Shift) {
    return { v: 1 as const, at: this.#context.clock.now(), speaker, issue, turn };
  }

  #keyOf({ shift, condition, repeat }: Task) {
    return { ...this.#stampOf(shift), condition, repeat };
  }

  async #note(entry: WhyEntry): Promise<void> {
    await this.#context.log.append(entry);
    this.entries.push(entry);
    const { usd, tokens } = spentOn([entry]);
    this.#spent = { usd: this.#spent.usd + usd, tokens: this.#spent.tokens + tokens };
  }

  #find<Type extends Answer['type']>(type: Type, { shift, condition, repeat }: Task) {
    const isAsked = (entry: WhyEntry): entry is Extract<Answer, { type: Type }> =>
      entry.type === type && isOf(entry, shift);
    return this.entries.find(
      (entry): entry is Extract<Answer, { type: Type }> =>
        isAsked(entry) && entry.condition === condition && entry.repeat === repeat,
    );
  }
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
    const known = counterpartOf(debate, shift);
    // A person cannot be asked to answer again as a model can.
    const isByPerson = debate.turns[shift.turn - 1]?.author === 'person';
    if (!known || isByPerson) continue;
    const counterpart = await work.hear(shift, known);
    // Where no stand of it is known there is nothing bare to say in its place, and nothing to compare an answer with.
    if (counterpart.position === null) continue;
    const first: Condition[] = [...mainConditions, ...(request.otherMouth ? (['other-mouth'] as const) : [])];
    await work.perform(work.tasks(shift, counterpart, first));
    if (request.sentences > 0 && work.isPersuaded(shift)) {
      const left = sentencesToLeaveOut(counterpart.turn.text, request.sentences);
      const conditions = left.map(({ number }) => `without-${number}` as const);
      await work.perform(work.tasks(shift, counterpart, conditions));
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
