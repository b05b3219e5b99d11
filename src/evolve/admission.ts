import type { ComparisonAims, MeasureId } from '../batch/comparison-aims.ts';
import { indexDebates, pairedCells } from '../compare/contrast.ts';
import type { DebateMeasures } from '../compare/measures.ts';
import { gain, measureOf, rangeOf } from '../compare/measures.ts';
import { articlesToClear, evidenceAgainstSymmetry, fewestGainsFor } from '../compare/statistics/betting.ts';
import { evidenceAgainstLoss } from '../compare/statistics/non-inferiority.ts';
import { articleDifferences } from '../compare/statistics/paired-differences.ts';
import { meanOrNone } from '../convergence/statistics.ts';
import type { Control } from '../debate/setup.ts';
import type { ArticleSplit, Evidence } from './lineage.ts';

/**
 * The part of the level that the test of the child with this number spends, from 1 on: level / (n (n + 1)). All of them together never
 * spend more than the level, however many generations are added later, so that the chance that any child is
 * admitted while none is better stays below it (alpha spending; the union bound needs no independence of the tests). That the test articles
 * are the same for every child does no harm: the model that writes learns only which children were admitted, and a parent that was admitted on them
 * had luck there, if anything, and is the harder to beat.
 * E-values of different children are not multiplied: each child is a hypothesis of its own.
 */
export function levelOfChild(level: number, number: number): number {
  return level / (number * (number + 1));
}

/** What is refuted of a child that is admitted: see `evidenceOfGain`. */
export type Proof = 'alike' | 'mean';

/** What is needed to judge a child. */
export interface Admission {
  aims: ComparisonAims;
  controls: readonly Control[];
  proof: Proof;
  /** Level of this child's test. */
  level: number;
}

/** Name of the arm that holds a strategy's debates under a control. */
export function controlArm(strain: string, control: Control): string {
  return `${strain}-${control}`;
}

/** How a child stands after some articles. `open`: more articles may still admit it. */
export interface Standing {
  state: 'admitted' | 'open' | 'hopeless';
  evidence: Evidence[];
  value: { child: number | null; parent: number | null };
}

interface Pair {
  child: string;
  parent: string;
}

/**
 * Holds a child against its parent over the articles looked at so far, in the order in which they are tested. Admitted: the evidence
 * of a gain on a primary measure, of as much more than under every control, and of every guard kept, each reached at this
 * level at the same look. All of them must hold, which is an intersection-union test and spends no further level (Berger 1982). Several
 * primary measures share the level, and on none may the child be shown to lose.
 */
export function standingOf(
  pair: Pair,
  debates: readonly DebateMeasures[],
  order: { looked: readonly string[]; left: number },
  { aims, controls, proof, level }: Admission,
): Standing {
  const gainsOf = (id: MeasureId) =>
    gainsByArticle(debates, pair, id, { aims, looked: order.looked, isMissingLost: true }).map(orNone);
  const needed = aims.primary.length / level;
  const evidence: Evidence[] = [];
  let isLost = false;
  for (const measure of aims.primary) {
    const gains = gainsOf(measure);
    const evidenceOf = (found: readonly number[], times: number) =>
      evidenceOfGain(found, proof, times * (rangeOf(measureOf(measure), aims.within) ?? 0));
    isLost ||=
      evidenceOf(
        gains.map((each) => -each),
        1,
      ) >= needed;
    const asked = { measure, needed, gain: meanOrNone(gains) };
    evidence.push({ ...asked, asks: 'gain', control: null, evidence: evidenceOf(gains, 1) });
    for (const control of controls) {
      const arms = { child: controlArm(pair.child, control), parent: controlArm(pair.parent, control) };
      const excess = excessOf(gains, gainsByArticle(debates, arms, measure, { aims, looked: order.looked }));
      const more = { ...asked, gain: meanOrNone(excess), evidence: evidenceOf(excess, 2) };
      evidence.push({ ...more, asks: 'excess', control });
    }
  }
  for (const measure of aims.guards) {
    const gains = gainsOf(measure);
    const found = keptEvidence(gains, measure, aims);
    evidence.push({
      ...{
        measure,
        asks: 'kept',
        control: null,
        needed: 1 / level,
        gain: meanOrNone(gains),
        evidence: found,
      },
    });
  }
  return {
    state: isLost ? 'hopeless' : stateOf(evidence, order.left, aims),
    evidence,
    value: {
      child: meanValue(debates, pair.child, aims, order.looked),
      parent: meanValue(debates, pair.parent, aims, order.looked),
    },
  };
}

/**
 * The evidence of a gain, as an e-value. `alike` refutes that child and parent are alike, so that each article's difference could as well
 * have had the other sign: the claim of the sign-flip test, and seven articles can refute it. `mean` refutes that the mean gain is at most 0,
 * whatever its distribution, by betting: also of a child that gains a little on most articles and loses much on a few. That takes more: a gain
 * of 0.1 in C on every article is shown by 42 of them.
 */
function evidenceOfGain(gains: readonly number[], proof: Proof, range: number): number {
  return proof === 'alike'
    ? evidenceAgainstSymmetry(gains)
    : evidenceAgainstLoss(gains, { margin: 0, range });
}

/** An article can at most double the evidence of a gain, and multiply that of a guard by what a whole gain would. */
function stateOf(evidence: readonly Evidence[], left: number, aims: ComparisonAims): Standing['state'] {
  const isReached = (each: Evidence) => each.evidence >= each.needed;
  const canBeReached = ({ evidence: found, needed, asks, measure }: Evidence) => {
    const most = asks === 'kept' ? bestGuardFactor(measure, aims) : 2;
    return found * most ** left >= needed;
  };
  const ofPrimary = (id: MeasureId, test: (each: Evidence) => boolean) =>
    evidence.filter(({ measure, asks }) => measure === id && asks !== 'kept').every(test);
  const guards = evidence.filter(({ asks }) => asks === 'kept');
  const passes = (test: (each: Evidence) => boolean) =>
    aims.primary.some((id) => ofPrimary(id, test)) && guards.every(test);
  if (passes(isReached)) return 'admitted';
  return left > 0 && passes(canBeReached) ? 'open' : 'hopeless';
}

function keptEvidence(gains: readonly number[], id: MeasureId, aims: ComparisonAims): number {
  const range = rangeOf(measureOf(id), aims.within);
  const margin = marginOf(id, aims);
  if (range !== null) return evidenceAgainstLoss(gains, { margin, range });
  // A measure without an end allows no bound by betting: articles that tie are no evidence there.
  return evidenceAgainstSymmetry(gains.map((each) => (each === 0 ? 0 : each + margin)));
}

function bestGuardFactor(id: MeasureId, aims: ComparisonAims): number {
  const range = rangeOf(measureOf(id), aims.within);
  return range === null ? 2 : (2 * range) / (range - marginOf(id, aims));
}

/** A plan is checked for a margin of every guard. */
function marginOf(id: MeasureId, { margins }: ComparisonAims): number {
  return margins[id] as number;
}

function orNone(gained: number | null): number {
  return gained ?? 0;
}

/** What is gained beyond what a control gains too; nothing where the control gave no number. */
export function excessOf(gains: readonly number[], bought: readonly (number | null)[]): number[] {
  return gains.map((each, article) => {
    const own = bought[article] ?? null;
    return own === null ? 0 : each - own;
  });
}

/**
 * A gain for every article looked at, more being better: the mean over its cells of which both arms gave a number; null for none.
 * `isMissingLost`: where the parent gave numbers and the child none, the child failed where it had to show itself; that counts as the
 * largest loss there is, or where the measure has no end as the parent's whole value.
 */
export function gainsByArticle(
  debates: readonly DebateMeasures[],
  { child, parent }: Pair,
  id: MeasureId,
  {
    aims,
    looked,
    isMissingLost = false,
  }: { aims: ComparisonAims; looked: readonly string[]; isMissingLost?: boolean },
): (number | null)[] {
  const measure = measureOf(id);
  const own = debates.filter(
    ({ arm, article }) => (arm === child || arm === parent) && looked.includes(article),
  );
  const { pairs } = pairedCells(indexDebates(own), { a: child, b: parent }, measure, aims.within);
  const differences = new Map(
    articleDifferences(pairs).map(({ article, difference }) => [article, gain(measure, difference)]),
  );
  const valuesOf = (wanted: string, article: string) =>
    own.flatMap((debate) => {
      const value =
        debate.arm === wanted && debate.article === article ? measure.of(debate, aims.within) : null;
      return value === null ? [] : [value];
    });
  return looked.map((article) => {
    const found = differences.get(article);
    if (found !== undefined) return found;
    const values = valuesOf(parent, article);
    if (!isMissingLost || values.length === 0 || valuesOf(child, article).length > 0) return null;
    return -(rangeOf(measure, aims.within) ?? Math.abs(meanOrNone(values) as number));
  });
}

function meanValue(
  debates: readonly DebateMeasures[],
  strain: string,
  { primary, within }: ComparisonAims,
  looked: readonly string[],
): number | null {
  const measure = measureOf(primary[0] as MeasureId);
  const byArticle = looked.flatMap((article) => {
    const own = debates.filter((debate) => debate.arm === strain && debate.article === article);
    const mean = meanOrNone(own.flatMap((debate) => measure.of(debate, within) ?? []));
    return mean === null ? [] : [mean];
  });
  return meanOrNone(byArticle);
}

/** What a question takes at the least, and what it is: for a person to know before anything is spent. */
export interface FewestArticles {
  measure: MeasureId;
  asks: 'gain' | 'kept';
  /** Articles that all turn out as well as can be for a gain; alike, for a guard. */
  articles: number;
}

/** The fewest test articles with which the first child can be admitted, for each question. */
export function fewestToAdmit(aims: ComparisonAims, proof: Proof): FewestArticles[] {
  const level = levelOfChild(aims.level, 1);
  const needed = aims.primary.length / level;
  const gains = aims.primary.map((measure): FewestArticles => {
    const range = rangeOf(measureOf(measure), aims.within) ?? 1;
    const ofMean = articlesToClear([range], { margin: 0, range, level: 1 / needed }) as number;
    return { measure, asks: 'gain', articles: proof === 'alike' ? fewestGainsFor(needed) : ofMean };
  });
  const kept = aims.guards.flatMap((measure): FewestArticles[] => {
    const range = rangeOf(measureOf(measure), aims.within);
    const margin = marginOf(measure, aims);
    const articles = range === null ? null : articlesToClear([0], { margin, range, level });
    return articles === null ? [] : [{ measure, asks: 'kept', articles }];
  });
  return [...gains, ...kept];
}

/** The looks of a test: after so many articles each, where the evidence is read. */
export function looksAt({ test }: Pick<ArticleSplit, 'test'>, every: number): number[] {
  const looks = Array.from({ length: Math.ceil(test.length / every) }, (_, index) => (index + 1) * every);
  return looks.map((look) => Math.min(look, test.length));
}
