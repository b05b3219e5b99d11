import { rememberingFor } from '../text/memo.ts';
import type { CallRecord } from './calls.ts';
import { type DebateEvent, type EventOf, moderatorId } from './events.ts';
import type { Settings } from './setup.ts';
import { noTotals, type Totals, totalsAfter } from './totals.ts';

export type Turn = EventOf<'turn-ended'>;
export type Verdict = EventOf<'verdict-given'>;

/** A closing statement with the principals' answers. */
export interface AnsweredStatement {
  statement: EventOf<'statement-drafted'>;
  answers: readonly EventOf<'statement-answered'>[];
}

/** A debate as its events tell it. Only `apply` makes one. */
export interface Debate {
  readonly started: EventOf<'debate-started'>;
  /** The settings in force: those of the start, or of the last resumption. */
  readonly settings: Settings;
  readonly models: EventOf<'debate-started'>['models'];
  /** Each time it went on after a stop; a turn was prompted under the settings of the last one before it. */
  readonly resumptions: readonly EventOf<'debate-resumed'>[];
  readonly turns: readonly Turn[];
  readonly verdicts: readonly Verdict[];
  /** What principals said in private, and what was decided and read of it. */
  readonly caucus: readonly EventOf<'caucus-spoken'>[];
  readonly caucusCalls: readonly EventOf<'caucus-called'>[];
  readonly caucusReadings: readonly EventOf<'caucus-read'>[];
  /** What models drafted for people who hold seats. */
  readonly drafts: readonly EventOf<'speech-drafted'>[];
  /** Which facts were used, round by round, where that is asked. */
  readonly traced: readonly EventOf<'facts-traced'>[];
  /** Answers off the record, where they were asked for. */
  readonly polls: readonly EventOf<'poll-answered'>[];
  readonly questions: readonly EventOf<'question-asked'>[];
  readonly picks: readonly EventOf<'speaker-picked'>[];
  /** The closing statement in force, and the answers to it. */
  readonly statement: EventOf<'statement-drafted'> | null;
  readonly answers: readonly EventOf<'statement-answered'>[];
  /** Statements that were refused and drafted once more, with the answers to them. */
  readonly earlierStatements: readonly AnsweredStatement[];
  readonly ended: EventOf<'debate-ended'> | null;
  readonly totals: Totals;
  /** How many events made this. */
  readonly length: number;
}

/** Folds one more event into a debate; the first must be `debate-started`. Throws on an event out of place: a bug or a damaged journal. */
export function apply(debate: Debate | null, event: DebateEvent): Debate {
  if (debate === null) {
    if (event.type !== 'debate-started') throw new Error(`a debate cannot begin with ${event.type}`);
    return begin(event);
  }
  if (event.number !== debate.length) {
    throw new Error(`event ${event.number} does not follow event ${debate.length - 1}`);
  }
  const next = { ...debate, length: debate.length + 1, totals: totalsAfter(debate.totals, event) };
  switch (event.type) {
    case 'debate-started':
      throw new Error(`event ${event.number} starts the debate a second time`);
    case 'debate-resumed':
      return {
        ...next,
        settings: event.settings,
        models: event.models,
        resumptions: [...debate.resumptions, event],
        ended: null,
      };
    case 'speaker-picked':
      return { ...next, picks: [...debate.picks, event] };
    case 'turn-ended':
      expectTurn(debate, event);
      return {
        ...next,
        turns: [...debate.turns, event],
        // A debate resumed with more rounds goes on after its statement, which then no longer closes it.
        statement: null,
        answers: [],
        earlierStatements: [],
      };
    case 'speech-drafted':
      return { ...next, drafts: [...debate.drafts, event] };
    case 'caucus-called':
      return { ...next, caucusCalls: [...debate.caucusCalls, event] };
    case 'caucus-spoken':
      return { ...next, caucus: [...debate.caucus, event] };
    case 'caucus-read':
      return { ...next, caucusReadings: [...debate.caucusReadings, event] };
    case 'attempt-failed':
      return next;
    case 'verdict-given':
      return { ...next, verdicts: [...debate.verdicts, event] };
    case 'facts-traced':
      return { ...next, traced: [...debate.traced, event] };
    case 'poll-answered':
      return { ...next, polls: [...debate.polls, event] };
    case 'question-asked':
      return { ...next, questions: [...debate.questions, event] };
    case 'statement-drafted':
      return { ...next, ...withStatement(debate, event) };
    case 'statement-answered':
      return { ...next, answers: [...debate.answers, event] };
    case 'debate-ended':
      return { ...next, ended: event };
  }
}

/** Folds a whole journal; null for an empty one. */
export function fold(events: Iterable<DebateEvent>): Debate | null {
  let debate: Debate | null = null;
  for (const event of events) debate = apply(debate, event);
  return debate;
}

/** Every finished call that a debate still holds, in no particular order. */
export function callsOf({
  turns,
  drafts,
  caucus,
  caucusCalls,
  caucusReadings,
  verdicts,
  traced,
  polls,
  picks,
  statement,
  answers,
  earlierStatements,
}: Debate): CallRecord[] {
  const several = [...verdicts, ...picks].flatMap(({ calls }) => calls);
  const drafted = [
    ...earlierStatements.map((earlier) => earlier.statement),
    ...(statement ? [statement] : []),
  ];
  const earlier = earlierStatements.flatMap((one) => one.answers);
  const asked = [...turns, ...caucus, ...earlier, ...answers].filter(({ author }) => author !== 'person');
  return [
    ...asked,
    ...caucusCalls,
    ...caucusReadings,
    ...drafts,
    ...traced,
    ...polls,
    ...several,
    ...drafted,
  ];
}

/** The speeches of one round, in the order given; the moderator's turns are not speeches. */
export function speechesOf(debate: Debate, round: number): Turn[] {
  return debate.turns.filter((turn) => turn.kind === 'speech' && turn.round === round);
}

/** The personas whose seats people held, with the turns that people wrote; empty where models wrote all. */
export function peopleIn({
  started,
  turns,
  caucus,
  answers,
}: Pick<Debate, 'started' | 'turns' | 'caucus' | 'answers'>): {
  persona: string;
  turns: number[];
}[] {
  const written = turns.filter(({ author }) => author === 'person');
  const aside = [...caucus.map(({ author, speaker }) => ({ author, persona: speaker })), ...answers].filter(
    ({ author }) => author === 'person',
  );
  return started.cast.flatMap(({ id }) => {
    const own = written.filter(({ speaker }) => speaker === id).map(({ turn }) => turn);
    return own.length > 0 || aside.some(({ persona }) => persona === id) ? [{ persona: id, turns: own }] : [];
  });
}

/** Questions of a person watching that were put before a turn. */
export function askedBefore({ questions }: Pick<Debate, 'questions'>, turn: number): string[] {
  return questions.filter(({ afterTurn }) => afterTurn < turn).map(({ text }) => text);
}

/**
 * What judges quoted of a turn: `terms`, its stands and pledges; `stated`, what it states as fact without a source, absent where the judge of
 * its round was not asked.
 */
export function quotedOf(
  { verdicts }: Pick<Debate, 'verdicts'>,
  { turn, round }: Pick<Turn, 'turn' | 'round'>,
): { terms: string[]; stated?: string[] } {
  const facts = verdicts.find((verdict) => verdict.round === round)?.convergence?.facts;
  return {
    terms: [...(termsByTurn(verdicts).get(turn) ?? [])],
    ...(facts ? { stated: facts.flatMap((one) => (one.turn === turn ? [one.quote] : [])) } : {}),
  };
}

/** Each turn of a debate asks for its own. */
const termsByTurn = rememberingFor((verdicts: readonly Verdict[]) => {
  const byTurn = new Map<number, Set<string>>();
  for (const { samples } of verdicts) {
    for (const { readings, pledges = [] } of samples) {
      for (const { turn, quote } of [...readings, ...pledges]) {
        const quotes = byTurn.get(turn) ?? new Set();
        byTurn.set(turn, quotes.add(quote));
      }
    }
  }
  return byTurn;
});

/**
 * Stands taken back in a round, by what was said: readings made before movement began at spoken stands also counted from those that
 * personas declare, and nobody takes back what was never said.
 */
export function retractionsAfter(
  verdicts: readonly Pick<Verdict, 'round' | 'cells' | 'convergence'>[],
  round: number,
): NonNullable<Verdict['convergence']>['retractions'] {
  const spoken = verdicts.filter((verdict) => verdict.round < round).flatMap(({ cells }) => cells);
  const found = verdicts.find((verdict) => verdict.round === round)?.convergence?.retractions ?? [];
  return found.filter(({ speaker, issue }) =>
    spoken.some((cell) => cell.stand === 'position' && cell.speaker === speaker && cell.issue === issue),
  );
}

/** The round from which on speeches stand whole in prompts; from there on it only grows. 1: all do. */
export function fullFromOf({ turns }: Pick<Debate, 'turns'>): number {
  return turns.findLast(({ fullFrom }) => fullFrom !== undefined)?.fullFrom ?? 1;
}

/** The name people read for a speaker id. */
export function nameOf(debate: Pick<Debate, 'started'>, speaker: string): string {
  if (speaker === moderatorId) return 'Moderator';
  return debate.started.cast.find((member) => member.id === speaker)?.name ?? speaker;
}

function begin(event: EventOf<'debate-started'>): Debate {
  if (event.number !== 0) throw new Error(`debate-started must be event 0, not ${event.number}`);
  return {
    started: event,
    settings: event.settings,
    models: event.models,
    resumptions: [],
    turns: [],
    verdicts: [],
    caucus: [],
    caucusCalls: [],
    caucusReadings: [],
    drafts: [],
    traced: [],
    polls: [],
    questions: [],
    picks: [],
    statement: null,
    answers: [],
    earlierStatements: [],
    ended: null,
    totals: noTotals,
    length: 1,
  };
}

/** A new draft puts the answers to the one before aside with it. */
function withStatement(
  { statement, answers, earlierStatements }: Debate,
  drafted: EventOf<'statement-drafted'>,
): Pick<Debate, 'statement' | 'answers' | 'earlierStatements'> {
  const earlier = statement ? [{ statement, answers }] : [];
  return { statement: drafted, answers: [], earlierStatements: [...earlierStatements, ...earlier] };
}

function expectTurn(debate: Debate, turn: Turn): void {
  if (turn.turn !== debate.turns.length + 1) {
    throw new Error(`turn ${turn.turn} does not follow turn ${debate.turns.length}`);
  }
}
