import type { Comparison } from '../compare/comparison.ts';
import { measureOf } from '../compare/measures.ts';
import { signed } from '../compare/numbers-in-words.ts';
import type { Control } from '../debate/setup.ts';
import { counted, grouped } from '../text/figures.ts';
import { listed } from '../text/wording.ts';
import type { Lineage, Strain } from './lineage.ts';
import type { EvolutionDesign } from './types.ts';

interface Claim {
  champion: string;
  start: string;
  comparison: Comparison;
  excess: readonly { control: Control; p: number }[];
  isBetter: boolean;
  level: number;
}

/** What the one comparison on the sealed articles comes to, with the verdict it rests on. */
export function claimSentence({ champion, start, comparison, excess, isBetter, level }: Claim): string {
  const articles = counted(comparison.articles.length, 'sealed article');
  const verdict = comparison.pairs[0]?.verdict ?? '';
  if (isBetter) {
    const guards =
      comparison.aims.guards.length > 0 ? ' Its guards were shown to be kept when it was admitted.' : '';
    return `${champion} is better than ${start} on ${articles} that no choice was made on.${guards} The verdict there: ${verdict}`;
  }
  const bought = excess.filter(({ p }) => p > level).map(({ control }) => control);
  const why =
    bought.length > 0 &&
    comparison.pairs[0]?.contrasts.some((each) => each.role === 'primary' && each.better === 'a')
      ? `it does not gain more there than under ${listed(bought)}, so that the gain may be bought`
      : `that it is better than ${start} is not shown on ${articles}`;
  return `${champion} was admitted, and ${why}. Take it for a candidate and not for a finding. The verdict there: ${verdict}`;
}

/** What an evolution came to, in one honest sentence or two: also where nothing better was found. */
export function evolutionSentence(lineage: Lineage, { start, aims, split }: EvolutionDesign): string {
  const { claim, champion, tested, strains } = lineage;
  if (claim) return claim.sentence;
  if (champion !== start) {
    return `${champion} was admitted over ${start}. The claim on the sealed articles is still to be made.`;
  }
  if (tested === 0) return `No child of ${start} was tested. The strategy stays as it is.`;
  const measure = measureOf(aims.primary[0] ?? 'principals').title(aims.within);
  return (
    `Nothing better found: none of ${counted(tested, 'child', 'children')} was shown to be better than ${start} on ${measure} ` +
    `over ${counted(split.test.length, 'article')}.${nearest([...strains.values()])} The strategy stays as it is.`
  );
}

/** The child that came nearest to being admitted, and what it lacked. */
function nearest(strains: readonly Strain[]): string {
  const judged = strains.flatMap(({ id, judged }) => {
    if (!judged) return [];
    const lacking = judged.evidence
      .filter(({ evidence, needed }) => evidence < needed)
      .sort((one, other) => one.evidence / one.needed - other.evidence / other.needed)[0];
    return lacking ? [{ id, lacking }] : [];
  });
  judged.sort((one, other) => shareOf(other.lacking) - shareOf(one.lacking));
  const [first] = judged;
  if (!first) return '';
  const { evidence, needed, measure, gain } = first.lacking;
  const by = gain === null ? '' : `, at a mean gain of ${signed(measureOf(measure), gain)}`;
  return ` The nearest, ${first.id}, reached evidence of ${amountOfEvidence(evidence)} where ${amountOfEvidence(needed)} was needed${by}.`;
}

function shareOf({ evidence, needed }: { evidence: number; needed: number }): number {
  return evidence / needed;
}

/** An e-value as people read it: two digits, and no more than whole numbers above ten thousand. */
export function amountOfEvidence(evidence: number): string {
  return evidence >= 10_000 ? grouped(Math.round(evidence)) : String(Number(evidence.toPrecision(2)));
}
