import type { ComparisonAims } from '../batch/comparison-aims.ts';
import type { Interval } from '../convergence/statistics.ts';
import { counted } from '../text/figures.ts';
import type { Contrast } from './comparison.ts';
import { probabilityInWords } from './numbers-in-words.ts';
import { smallestSignFlipP } from './statistics/sign-flip.ts';

/** What a careful reader would want to know of one row of the result, in sentences. */
export function contrastNotes(found: Contrast, aims: ComparisonAims): string[] {
  return [missingNote(found), tieNote(found, aims), disagreement(found, aims), bootstrapNote(found)].filter(
    (note) => note !== null,
  );
}

function missingNote({ cells, missingCells }: Contrast): string | null {
  if (missingCells === 0) return null;
  return `${missingCells} of ${counted(cells + missingCells, 'cell')} gave no number in one of the arms and are left out.`;
}

function tieNote({ byArticle }: Contrast, { level }: ComparisonAims): string | null {
  const articles = byArticle.length;
  const differing = byArticle.filter((each) => each.value !== 0).length;
  const smallest = smallestSignFlipP(differing);
  // Where none differs, the row says so by itself.
  if (differing === 0) return null;
  const isTheTiesFault = smallest > level && smallestSignFlipP(articles) <= level;
  if (!isTheTiesFault) return null;
  return `Only ${differing} of ${counted(articles, 'article')} differ at all; the smallest p they can give is ${probabilityInWords(smallest)}.`;
}

function disagreement({ tTestP, signFlip }: Contrast, { level }: ComparisonAims): string | null {
  if (tTestP === null || signFlip === null || tTestP <= level === signFlip.p <= level) return null;
  return `The t test (p ${probabilityInWords(tTestP)}) and the sign-flip test (p ${probabilityInWords(signFlip.p)}) disagree at this level; the sign-flip test decides.`;
}

function bootstrapNote({ interval, bootstrap }: Contrast): string | null {
  if (!interval || !bootstrap || includesZero(interval) === includesZero(bootstrap)) return null;
  return 'The bootstrap interval and the t interval disagree on whether 0 is possible; the articles are few or uneven.';
}

function includesZero({ low, high }: Interval): boolean {
  return low <= 0 && high >= 0;
}
