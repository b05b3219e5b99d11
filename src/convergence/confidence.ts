import type { Agenda } from '../debate/agenda.ts';
import type { Evidence, JudgeSample } from '../debate/readings.ts';
import type { Convergence, Move, PositionCell } from '../debate/verdict.ts';
import type { Speech } from './cues.ts';

/** A change of C between two readings that friendly reading alone could make: a tenth and a half of the scale. */
const jump = 0.15;

/** The least change of each cue that counts as moving. */
const moves = { concreteOverlap: 0.05, repetition: 0.1 } as const;

/** Below this share of quotes found the judge is making words up. */
const quotesExpected = 0.7;

/** Gaps above this many points, a quarter of the scale, outweigh what a debate moves in a round. */
const widestGap = 1.5;

type Measured = Pick<Convergence, 'principals' | 'cues' | 'judge'>;

type Present = Measured & {
  /** How far the judge's readings scatter was measured before. */
  isNoiseKnown?: boolean;
  /** The part of C's change since the last reading on issues where a principal moved in words that bear it out; absent for none. */
  borneOut?: number;
};

/**
 * Says whether a reading deserves less trust than usual, and why. The main case: C jumps by 0.15 or more since the last
 * reading, less than half of it on issues where a principal is quoted with a reason for moving or binds itself, while neither of the cues that
 * need no model and no list of words moves (overlap of concrete terms by 0.05, repetition by 0.1). A cue that is unknown in either reading
 * has not moved. The agree/refuse ratio, which knows English phrases alone, is shown beside C and decides nothing.
 */
export function confidenceOf(present: Present, last: Measured | null): Convergence['confidence'] {
  const { judge, cues } = present;
  const read = judge.samples - judge.failed;
  const reasons = [
    read === 1 ? oneReading(present.isNoiseKnown === true) : '',
    read > 1 && judge.failed >= read
      ? `${judge.failed} of ${judge.samples} samples of the judge failed.`
      : '',
    cues.quoteMatchRate !== null && cues.quoteMatchRate < quotesExpected
      ? `Only ${percent(cues.quoteMatchRate)} of the judge's quotes were found in the speakers' turns.`
      : '',
    gapReason('reading the scale upside down', judge.reversalGap),
    gapReason('showing the speakers in another order', judge.orderGap),
    jumpReason(present, last),
  ].filter((reason) => reason !== '');
  return { level: reasons.length > 0 ? 'low' : 'usual', reasons };
}

function oneReading(isNoiseKnown: boolean): string {
  return isNoiseKnown
    ? 'Only one sample of the judge was read; its noise is taken from its validation.'
    : 'Only one sample of the judge was read; its noise is taken by default.';
}

function gapReason(what: string, gap: number | null): string {
  return gap !== null && gap > widestGap
    ? `The judge's readings change by ${gap.toFixed(1)} points on ${what}.`
    : '';
}

function jumpReason(present: Present, last: Measured | null): string {
  if (last === null || last.principals === null || present.principals === null) return '';
  const change = present.principals - last.principals;
  const isCueMoving = (['concreteOverlap', 'repetition'] as const).some((cue) => {
    const now = present.cues[cue];
    const before = last.cues[cue];
    return now !== null && before !== null && Math.abs(now - before) >= moves[cue] - 1e-9;
  });
  const isBorneOut = (present.borneOut ?? 0) / change >= 0.5 - 1e-9;
  if (Math.abs(change) < jump - 1e-9 || isCueMoving || isBorneOut) return '';
  const way = change > 0 ? 'rose' : 'fell';
  return `C ${way} by ${Math.abs(change).toFixed(2)} while what code sees (shared concrete terms, repetition) did not move and few moves are quoted with a reason or a commitment.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** How much of C's change since the last reading lies on issues where a principal moved with a verified reason, or bound itself to the new stand. */
export function changeBorneOut(
  agenda: Agenda,
  now: ReadonlyMap<string, number | null>,
  last: Convergence | null,
  changes: readonly Move[],
  cells: readonly PositionCell[],
  principals: readonly string[],
): number {
  const isBound = ({ speaker, issue }: Move) =>
    cells.some(
      (cell) =>
        cell.speaker === speaker && cell.issue === issue && ['commit', 'conditional'].includes(cell.act),
    );
  const isBorneOut = (id: string) =>
    changes.some(
      (move) =>
        move.issue === id && principals.includes(move.speaker) && (move.why !== null || isBound(move)),
    );
  const shares = agenda.map(({ id, weight }) => {
    const [before, after] = [last?.byIssue.find(({ issue }) => issue === id)?.principals, now.get(id)];
    return isBorneOut(id) ? weight * ((after ?? 0) - (before ?? after ?? 0)) : 0;
  });
  return shares.reduce((sum, share) => sum + share, 0);
}

/**
 * Words that at least half of the samples quote for the same thing, once each; null where no sample was asked for them. The words
 * kept are the longest that were quoted, of equals the first in the alphabet, so that the order of the samples decides nothing.
 */
function agreedOn<Quoted extends Evidence>(
  samples: readonly JudgeSample[],
  listOf: (sample: JudgeSample) => readonly Quoted[] | undefined,
  isSame: (one: Quoted, other: Quoted) => boolean,
): Quoted[] | null {
  const lists = samples.flatMap((sample) => {
    const list = listOf(sample);
    return list ? [list] : [];
  });
  if (lists.length === 0) return null;
  const groups: { words: Quoted[]; votes: Set<number> }[] = [];
  for (const [vote, list] of lists.entries()) {
    for (const quoted of list) {
      const group = groups.find(({ words }) => words.some((other) => isSame(quoted, other)));
      if (group) {
        group.words.push(quoted);
        group.votes.add(vote);
      } else groups.push({ words: [quoted], votes: new Set([vote]) });
    }
  }
  return groups
    .filter(({ votes }) => votes.size >= lists.length / 2)
    .map(({ words }) => longest(words))
    .sort((one, other) => one.turn - other.turn || (one.quote < other.quote ? -1 : 1));
}

function longest<Quoted extends Evidence>(words: readonly Quoted[]): Quoted {
  const [first] = [...words].sort(
    (one, other) => other.quote.length - one.quote.length || (one.quote < other.quote ? -1 : 1),
  );
  return first as Quoted;
}

/** Claims of agreement, or pledges, by the speakers given, one a speaker. */
export function agreedClaims(
  samples: readonly JudgeSample[],
  speakers: readonly string[],
  kind: 'agreements' | 'pledges',
): Evidence[] | null {
  return agreedOn(
    samples,
    (sample) => sample[kind]?.filter(({ speaker }) => speakers.includes(speaker)),
    (one, other) => one.speaker === other.speaker,
  );
}

/** Breaks of role, or statements of fact, one a stretch of a turn; samples may cut the stretch differently. */
export function agreedStretches<Kind extends 'roleBreaks' | 'facts'>(
  samples: readonly JudgeSample[],
  speeches: readonly (Speech & { turn: number })[],
  kind: Kind,
): NonNullable<JudgeSample[Kind]> | null;
export function agreedStretches(
  samples: readonly JudgeSample[],
  speeches: readonly (Speech & { turn: number })[],
  kind: 'roleBreaks' | 'facts',
): Evidence[] | null {
  const placeOf = ({ turn, quote }: Evidence) => {
    const start = speeches.find((speech) => speech.turn === turn)?.text.indexOf(quote) ?? -1;
    return { start, end: start + quote.length };
  };
  return agreedOn<Evidence>(
    samples,
    (sample) => sample[kind],
    (one, other) => {
      const [a, b] = [placeOf(one), placeOf(other)];
      return one.turn === other.turn && a.start < b.end && b.start < a.end;
    },
  );
}
