import type { Evidence, JudgeSample } from '../debate/readings.ts';
import type { Speech } from './cues.ts';

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
