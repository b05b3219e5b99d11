import type { Clock } from '../debate/clock.ts';
import { apply, type Debate, fold } from '../debate/debate.ts';
import type { DebateEvent, EventBody } from '../debate/events.ts';
import { type Action, next } from '../debate/next.ts';
import type { RunSignal } from '../debate/notices.ts';
import type { Random } from '../debate/seeded-random.ts';
import { JournalError } from '../journal/queued-appends.ts';
import type { SideFile } from '../journal/side-file.ts';
import type { Journal, JournalStore, KeptThought } from '../journal/types.ts';
import type { ModelHandle } from '../models/types.ts';
import type { PromptSet } from '../prompts/types.ts';
import { answer, draft } from './actions/close.ts';
import { judge } from './actions/judge.ts';
import { open, pick, steer } from './actions/moderate.ts';
import { poll } from './actions/poll.ts';
import { speak } from './actions/speak.ts';
import { callCaucus, caucus, readCaucus } from './actions/talk-in-private.ts';
import { trace } from './actions/trace.ts';
import { createBroadcast, createOutbox, type Subscriber } from './broadcast.ts';
import type { RunContext } from './context.ts';
import { createGate, type Gate, gateNotice } from './gate.ts';
import { createSeatDesk, type SeatDesk } from './seat-desk.ts';
import { createSeats, type Seat, type Seats } from './seats.ts';

/** Share of a budget from which readers learn that it is nearly used. */
const nearBudget = 0.8;

/**
 * The loop of one debate: decide, do, journal, fold, publish, until it ends. The next call begins while what came before it
 * is being saved; its own events are written only once that is durable, and nothing is shown before it is. So a crash costs
 * the call under way and the one before it at most. Resolves with the debate as its journal has it.
 */
async function runLoop(
  start: Debate,
  record: (body: EventBody, before: Debate) => Debate,
  settled: () => Promise<void>,
  gate: Gate,
  context: RunContext,
): Promise<Debate> {
  let debate = start;
  let toldOfBudget = false;

  while (!debate.ended) {
    await gate.passed(context.signal);
    for (const text of gate.takeQuestions()) {
      await settled();
      debate = record({ type: 'question-asked', afterTurn: debate.turns.length, text }, debate);
    }
    const action = next(debate);
    // What came to its end by itself was not stopped, however late somebody asked for it.
    if (context.signal.aborted && action.type !== 'end') {
      const { reason: why } = context.signal;
      const detail = typeof why === 'string' ? why : 'The person running it stopped it.';
      await settled();
      debate = record({ type: 'debate-ended', reason: 'stopped', detail }, debate);
      break;
    }
    const before = settled();
    for await (const body of perform(action, debate, context)) {
      await before;
      debate = record(body, debate);
    }
    await before;
    const usedShare = budgetUsed(debate);
    if (usedShare >= nearBudget && !toldOfBudget) {
      toldOfBudget = true;
      context.notify({ type: 'budget-near', usedShare });
    }
  }
  await settled();
  return debate;
}

/** The larger share used of the two budgets, 0 where there is none. */
function budgetUsed({ totals, settings }: Debate): number {
  const tokens =
    settings.budgetTokens === null ? 0 : (totals.inputTokens + totals.outputTokens) / settings.budgetTokens;
  const dollars = settings.budgetUsd === null ? 0 : totals.costUsd / settings.budgetUsd;
  return Math.max(tokens, dollars);
}

/**
 * Does one action and yields the events that came of it. An aborted action yields none of its own;
 * one whose model cannot be reached ends the debate as `failed`, from where it can be resumed.
 */
function perform(action: Action, debate: Debate, context: RunContext): AsyncIterable<EventBody> {
  switch (action.type) {
    case 'open':
      return open(action, debate, context);
    case 'steer':
      return steer(action, debate, context);
    case 'pick':
      return pick(action, debate, context);
    case 'speak':
      return speak(action, debate, context);
    case 'judge':
      return judge(action, debate, context);
    case 'trace':
      return trace(action, debate, context);
    case 'call-caucus':
      return callCaucus(action, debate, context);
    case 'caucus':
      return caucus(action, debate, context);
    case 'read-caucus':
      return readCaucus(action, debate, context);
    case 'poll':
      return poll(action, debate, context);
    case 'draft':
      return draft(action, debate, context);
    case 'answer':
      return answer(action, debate, context);
    case 'end':
      return only({ type: 'debate-ended', reason: action.reason, detail: action.detail });
    case 'nothing':
      throw new Error('nothing is left to do in a debate that has ended');
  }
}

async function* only(body: EventBody): AsyncGenerator<EventBody> {
  yield body;
}

/** A debate under way: watch it, hold it, ask it, stop it. */
export interface DebateRun {
  /** Name of the debate, and of its run. */
  readonly debate: string;
  /** Number of the first event that this run adds to the journal; those before it are history. */
  readonly firstEvent: number;
  /**
   * Begins, once readers have subscribed; asking again gives the same promise. Resolves when the journal is
   * closed; rejects only for a bug or a journal that cannot be written.
   */
  start(): Promise<Debate>;
  subscribe(subscriber: Subscriber): () => void;
  /** Hears of each event once it is written, before it is durable: to count what calls used, never to show it. */
  account(account: (event: DebateEvent) => void): void;
  /** Events and notices from now on, ending with the run. */
  signals(): AsyncIterableIterator<RunSignal>;
  /** Holds the debate once the turn under way has ended. */
  pause(): void;
  /** Lets a paused debate go on. */
  resume(): void;
  /** Runs one turn, then pauses. */
  step(): void;
  /** Puts a person's question to the debate, delivered before the next turn. */
  ask(text: string): void;
  /** Who speaks for which persona in a model's place. */
  readonly seats: Seats;
  /** For people at a screen: take a seat with `desk.seat`, hear of its turns as notices, and give the words here. */
  readonly desk: SeatDesk;
  /** Aborts the call under way, saves, and ends the debate as `stopped`; `why` is a sentence for the journal. */
  stop(why?: string): void;
}

export interface RunOptions {
  journal: Journal;
  prompts: PromptSet;
  modelOf(role: string): ModelHandle;
  clock: Clock;
  jitter: Random;
  /** The first event of this run: debate-started for a new journal, debate-resumed for one with history. */
  begin: EventBody;
  onSubscriberError?: (error: unknown) => void;
  /** Seats that are held from the start, by persona. */
  seats?: Readonly<Record<string, Seat>>;
  /** Where the run is kept: what its judges were measured to be off by lies beside it. */
  store?: Pick<JournalStore, 'place' | 'openThoughts'>;
  /** Are the speakers' thoughts kept beside the journal? */
  keepsThoughts?: boolean;
}

/** The file of a run's thoughts, made with the first of them; the run ends where it cannot be written. */
function thoughtsOf({ store, journal }: RunOptions) {
  let file: SideFile<KeptThought> | null = null;
  return {
    async keep(thought: KeptThought): Promise<void> {
      const opened = file ?? store?.openThoughts?.(journal.debate);
      if (opened === undefined) return;
      if ('ok' in opened && !opened.ok) throw new JournalError('not-writable', opened.failure.message);
      file = 'ok' in opened ? opened.value : opened;
      await file.append(thought);
    },
    close: () => file?.close(),
  };
}

/** Prepares the loop over a journal, new or resumed. History is published first, so that every reader can fold it. */
export function createRun(options: RunOptions): DebateRun {
  const abort = new AbortController();
  const broadcast = createBroadcast(options.onSubscriberError);
  const outbox = createOutbox(broadcast.publish, () => abort.abort());
  const { notify } = outbox;
  const accounts: ((event: DebateEvent) => void)[] = [];
  const gate = createGate((state) => notify(gateNotice(state)));
  const cast = options.prompts.scenario.personas.map(({ member }) => member.id);
  const seats = createSeats(
    cast,
    (persona, isTaken) => notify({ type: isTaken ? 'seat-taken' : 'seat-given-back', persona }),
    outbox.settled,
  );
  for (const [persona, seat] of Object.entries(options.seats ?? {})) seats.take(persona, seat);
  const desk = createSeatDesk(notify);
  const thoughts = options.keepsThoughts ? thoughtsOf(options) : null;
  const context: RunContext = {
    prompts: options.prompts,
    modelOf: options.modelOf,
    clock: options.clock,
    jitter: options.jitter,
    signal: abort.signal,
    ...(options.store ? { place: options.store.place } : {}),
    notify,
    ...(thoughts ? { keepThought: thoughts.keep } : {}),
    seats,
  };

  const run = async () => {
    const { journal, begin } = options;
    try {
      for (const event of journal.history) {
        for (const account of accounts) account(event);
        broadcast.publish({ kind: 'event', event });
      }
      const record = (body: EventBody, before: Debate | null) => {
        const { event, saved } = journal.write(body);
        for (const account of accounts) account(event);
        outbox.event(event, saved);
        return apply(before, event);
      };
      const debate = record(begin, fold(journal.history));
      for (const persona of seats.held) notify({ type: 'seat-taken', persona });
      return await runLoop(debate, record, outbox.settled, gate, context);
    } finally {
      thoughts?.close();
      await journal.close();
      broadcast.end();
    }
  };
  let running: Promise<Debate> | null = null;

  return {
    debate: options.journal.debate,
    firstEvent: options.journal.history.length,
    start() {
      running ??= run();
      return running;
    },
    subscribe: broadcast.subscribe,
    account: (account) => void accounts.push(account),
    signals: broadcast.stream,
    pause: gate.pause,
    resume: gate.resume,
    step: gate.step,
    ask: gate.ask,
    seats,
    desk,
    stop: (why) => abort.abort(why),
  };
}
