import type { JudgeSample, RejectedReading } from '../debate/readings.ts';
import type { Convergence } from '../debate/verdict.ts';
import { countPhrases, type PhraseCount } from './cue-phrases.ts';
import { pairsOf } from './stands.ts';
import { mean } from './statistics.ts';

/** Reasons that say the quote itself was wrong or missing. */
const quoteReasons: readonly RejectedReading['reason'][] = [
  'quote-not-found',
  'turn-unclear',
  'no-quote',
  'wrong-speaker',
];

/** The names, dates and numbers of a text, in a form that can be compared. */
export type TermsOf = (text: string) => Iterable<string>;

/** A speech of the round at hand. */
export interface Speech {
  speaker: string;
  text: string;
}

/** What code sees without a model, each a share 0..1 or null where there is nothing to count. */
export function cuesOf({
  speeches,
  principals,
  samples,
  termsOf,
  repetition,
}: {
  speeches: readonly Speech[];
  principals: readonly string[];
  samples: readonly JudgeSample[];
  termsOf: TermsOf;
  repetition: number | null;
}): Convergence['cues'] {
  const { agreeing, refusing } = phrasesOf(speeches, principals);
  return {
    quoteMatchRate: quoteMatchRate(samples),
    agreeRatio: agreeing + refusing === 0 ? null : agreeing / (agreeing + refusing),
    concreteOverlap: concreteOverlap(speeches, principals, termsOf),
    repetition,
  };
}

function phrasesOf(speeches: readonly Speech[], speakers: readonly string[]): PhraseCount {
  return countPhrases(textOf(speeches, speakers));
}

/** Share of the judge's claims whose quote stands in a turn of the speaker named; claims wrong for another reason do not count. */
export function quoteMatchRate(samples: readonly JudgeSample[]): number | null {
  const rejected = samples.flatMap((sample) => sample.rejected);
  const duplicates = rejected.filter(({ reason }) => reason === 'duplicate').length;
  const found = samples.flatMap((sample) => sample.readings).length + duplicates;
  const missed = rejected.filter(({ reason }) => quoteReasons.includes(reason)).length;
  return found + missed === 0 ? null : found / (found + missed);
}

/** Terms used by both over terms used by either (Jaccard 1901), mean over pairs of principals who used any; null where no pair did. */
export function concreteOverlap(
  speeches: readonly Speech[],
  principals: readonly string[],
  termsOf: TermsOf,
): number | null {
  const terms = new Map(
    principals.map((speaker) => [speaker, new Set(termsOf(textOf(speeches, [speaker])))]),
  );
  const overlaps = pairsOf(principals).flatMap(([a, b]) => {
    const one = terms.get(a) ?? new Set<string>();
    const other = terms.get(b) ?? new Set<string>();
    const either = new Set([...one, ...other]).size;
    const both = one.size + other.size - either;
    return either === 0 ? [] : [both / either];
  });
  return overlaps.length === 0 ? null : mean(overlaps);
}

function textOf(speeches: readonly Speech[], speakers: readonly string[]): string {
  return speeches
    .filter(({ speaker }) => speakers.includes(speaker))
    .map(({ text }) => text)
    .join('\n\n');
}
