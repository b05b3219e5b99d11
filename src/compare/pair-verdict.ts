import type { ComparisonAims } from '../batch/comparison-aims.ts';
import type { Interval } from '../convergence/statistics.ts';
import { counted, dollars } from '../text/figures.ts';
import { listed } from '../text/wording.ts';
import type { Contrast, Finding } from './comparison.ts';
import { type Measure, measureOf, rangeOf } from './measures.ts';
import { confidenceOf, intervalInWords, plain, probabilityInWords, signed } from './numbers-in-words.ts';
import { articlesToClear } from './statistics/betting.ts';

interface Names {
  a: string;
  b: string;
}

/**
 * What a pair comes to, and the line that says it: better, no worse, mixed or inconclusive, with the numbers it rests on. An arm that is better
 * on the primary measures while a guard is open has a name of its own: few articles can show nothing else, since a guard takes many.
 */
export function verdictOf(
  names: Names,
  contrasts: readonly Contrast[],
  aims: ComparisonAims,
): PairFinding & { verdict: string } {
  const found = findingOf(contrasts);
  return { ...found, verdict: sentence(found, names, contrasts, aims) };
}

function sentence(
  found: PairFinding,
  names: Names,
  contrasts: readonly Contrast[],
  aims: ComparisonAims,
): string {
  switch (found.finding) {
    case 'better':
      return better(found.winner === 'b' ? 'b' : 'a', names, contrasts, aims);
    case 'no-worse':
      return noWorse(found.winner, names, contrasts, aims);
    case 'mixed':
      return mixed(names, contrasts, aims);
    case 'inconclusive':
      return inconclusive(names, contrasts, aims);
  }
}

function better(arm: 'a' | 'b', names: Names, contrasts: readonly Contrast[], aims: ComparisonAims): string {
  const won = contrasts.filter((each) => each.role === 'primary' && each.better === arm);
  const guards = contrasts.filter((each) => each.role === 'guard');
  const kept = guards.map((each) => `${title(each, aims)} (margin ${margin(each, aims)})`);
  return (
    `${names[arm]} is better than ${names[otherArm(arm)]}: ${evidence(won, arm, aims)}` +
    `${kept.length > 0 ? `; no worse on ${listed(kept)}` : ''}.`
  );
}

function noWorse(
  arm: 'a' | 'b' | null,
  names: Names,
  contrasts: readonly Contrast[],
  aims: ComparisonAims,
): string {
  const deciding = contrasts.filter((each) => each.role !== 'secondary');
  const margins = deciding.map((each) => `${title(each, aims)} (margin ${margin(each, aims)})`);
  const proof = evidence(primaryOf(contrasts), arm ?? 'a', aims);
  if (arm === null) {
    return `No difference that matters between ${names.a} and ${names.b}: each is no worse than the other on ${listed(margins)}: ${proof}.`;
  }
  return `${names[arm]} is no worse than ${names[otherArm(arm)]} on ${listed(margins)}: ${proof}. That it is better is not shown.`;
}

function mixed(names: Names, contrasts: readonly Contrast[], aims: ComparisonAims): string {
  const deciding = contrasts.filter((each) => each.role !== 'secondary');
  const parts = (['a', 'b'] as const).map((arm) => {
    const won = deciding.filter(isBetter(arm));
    return `${names[arm]} is better on ${evidence(won, arm, aims)}`;
  });
  return `Mixed: ${parts.join('; ')}. Which counts for more is for you to say.`;
}

function inconclusive(names: Names, contrasts: readonly Contrast[], aims: ComparisonAims): string {
  const primary = primaryOf(contrasts);
  if (primary.every((each) => each.difference === null)) {
    return `Inconclusive: no cell has been run by both ${names.a} and ${names.b}.`;
  }
  const ahead = primary.find((each) => each.better !== null)?.better;
  if (!ahead) {
    return `Inconclusive between ${names.a} and ${names.b}: ${evidence(primary, 'a', aims)}. ${whatItTakes(primary, aims)}`;
  }
  const open = openGuards(contrasts, ahead);
  return (
    `Better on the primary, ${open.length === 1 ? 'guard' : 'guards'} not shown: ${names[ahead]} is better than ${names[otherArm(ahead)]} on ${evidence(primary.filter(isBetter(ahead)), ahead, aims)}, ` +
    `but that it is no worse on ${listed(open.map((each) => title(each, aims)))} is not shown: ${evidence(open, ahead, aims)}. ` +
    leastForGuards(open, aims) +
    whatKeepingTakes(open, aims)
  );
}

/** No bound that holds for every loss can clear a guard on fewer articles, however alike they turn out. */
function leastForGuards(open: readonly Contrast[], { margins, level, within }: ComparisonAims): string {
  const short = open.flatMap((each) => {
    const measure = measureOf(each.measure);
    const [margin, range] = [margins[each.measure], rangeOf(measure, within)];
    if (margin === undefined || range === null) return [];
    const fewest = articlesToClear([0], { margin, range, level: level / 2 });
    return fewest === null || fewest <= each.byArticle.length
      ? []
      : [{ fewest, title: measure.title(within) }];
  });
  if (short.length === 0) return '';
  const needs = short.map(({ fewest, title }) => `${counted(fewest, 'article')} on ${title}`);
  return `It takes at least ${listed(needs)}, since a rare loss hides in fewer. `;
}

/** "C at the end +0.062 (95% interval +0.018 to +0.106, p 0.012 after Holm, 12 articles)", for each row. */
function evidence(rows: readonly Contrast[], arm: 'a' | 'b', aims: ComparisonAims): string {
  return rows.map((each) => `${title(each, aims)} ${numbers(each, arm, aims)}`).join('; ');
}

function numbers(each: Contrast, arm: 'a' | 'b', aims: ComparisonAims): string {
  if (each.difference === null) return '(no number)';
  const measure = measureOf(each.measure);
  const side = arm === 'a' ? 1 : -1;
  const bounds = each.interval && [side * each.interval.low, side * each.interval.high];
  const interval = bounds && { low: Math.min(...bounds), high: Math.max(...bounds) };
  const parts = [
    intervalWords(measure, interval, aims),
    pInWords(each),
    counted(each.byArticle.length, 'article'),
  ];
  return `${signed(measure, side * each.difference)} (${parts.filter(Boolean).join(', ')})`;
}

function pInWords(each: Contrast): string {
  if (each.adjustedP !== null) return `p ${probabilityInWords(each.adjustedP)} after Holm`;
  return each.signFlip ? `p ${probabilityInWords(each.signFlip.p)}` : '';
}

function intervalWords(measure: Measure, interval: Interval | null, aims: ComparisonAims): string {
  const words = intervalInWords(measure, interval);
  return interval && interval.low < interval.high ? `${confidenceOf(aims)} interval ${words}` : words;
}

/** The plan's way out of an open question: for each measure how many more articles, and what they cost. */
function whatItTakes(rows: readonly Contrast[], aims: ComparisonAims): string {
  const open = rows.filter((each) => each.needed !== null);
  if (open.length === 0)
    return 'How many more articles it would take cannot be said: there are too few, or all are alike.';
  const power = `${Math.round(aims.power * 100)}% power`;
  const more = open.filter((each) => each.needed?.articles !== 0);
  if (more.length === 0) {
    return `These articles would have found ${aimsInWords(open, aims)} with ${power}; if there is a difference, it is likely smaller.`;
  }
  const ways = more.map((each, index) => {
    const aim = aimsInWords([each], aims);
    return `about ${price(each.needed)} would find ${aim}${index === 0 ? ` with ${power}` : ''}`;
  });
  return `${capitalised(ways.join('; '))}.`;
}

/** How many more articles would show that these guards are kept, if they keep turning out as they did. */
function whatKeepingTakes(rows: readonly Contrast[], aims: ComparisonAims): string {
  const ways = rows
    .filter((each) => each.needed !== null && each.needed.articles > 0)
    .map(
      (each) =>
        `${price(each.needed)} that turn out like these for ${title(each, aims)} (margin ${margin(each, aims)})`,
    );
  if (ways.length === 0)
    return 'How many more articles it would take cannot be said: these do not speak for it, or there are too few.';
  return `It would take about ${listed(ways)}.`;
}

function aimsInWords(rows: readonly Contrast[], aims: ComparisonAims): string {
  const each = rows.map(
    (row) => `${plain(measureOf(row.measure), row.needed?.effect ?? 0)} in ${title(row, aims)}`,
  );
  return `a difference of ${listed(each)}`;
}

function price(needed: Contrast['needed']): string {
  if (!needed) return '';
  const cost = !needed.costUsd ? '' : `, for about ${dollars(needed.costUsd)},`;
  return `${needed.articles} more ${needed.articles === 1 ? 'article' : 'articles'}${cost}`;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function primaryOf(contrasts: readonly Contrast[]): Contrast[] {
  return contrasts.filter((each) => each.role === 'primary');
}

function title(each: Contrast, aims: ComparisonAims): string {
  return measureOf(each.measure).title(aims.within);
}

function margin(each: Contrast, aims: ComparisonAims): string {
  const value = aims.margins[each.measure];
  return value === undefined ? 'none' : plain(measureOf(each.measure), value);
}

function otherArm(arm: 'a' | 'b'): 'a' | 'b' {
  return arm === 'a' ? 'b' : 'a';
}

/** What the contrasts of one pair come to. */
interface PairFinding {
  finding: Finding;
  /** The arm that is better or no worse; null where neither or both. */
  winner: 'a' | 'b' | null;
  /** The arm that is better on the primary measures and neither keeps nor loses its guards for certain; null for none. */
  ahead: 'a' | 'b' | null;
}

/**
 * Better: ahead on a primary measure, behind on none, and shown to be no worse on every guard.
 * Mixed: each ahead on something that counts. No worse: shown on every primary measure and guard.
 * All else is inconclusive; `ahead` says where only the proof of a guard is wanting.
 */
function findingOf(contrasts: readonly Contrast[]): PairFinding {
  const primary = contrasts.filter((each) => each.role === 'primary');
  const guards = contrasts.filter((each) => each.role === 'guard');
  const isAhead = { a: primary.some(isBetter('a')), b: primary.some(isBetter('b')) };
  if (isAhead.a && isAhead.b) return { finding: 'mixed', winner: null, ahead: null };
  if (isAhead.a) return aheadOnPrimary('a', guards);
  if (isAhead.b) return aheadOnPrimary('b', guards);
  return nobodyAhead([...primary, ...guards]);
}

/** Guards that the arm has not been shown to keep. */
function openGuards(contrasts: readonly Contrast[], arm: 'a' | 'b'): Contrast[] {
  return contrasts.filter((each) => each.role === 'guard' && !isNoWorse(arm)(each));
}

function isBetter(arm: 'a' | 'b'): (each: Contrast) => boolean {
  return (each) => each.better === arm;
}

/** Shown to be no worse; on a primary measure an arm that is better is no worse, too. */
function isNoWorse(arm: 'a' | 'b'): (each: Contrast) => boolean {
  return (each) => each.noWorse?.[arm].isShown === true || (each.role === 'primary' && each.better === arm);
}

function aheadOnPrimary(arm: 'a' | 'b', guards: readonly Contrast[]): PairFinding {
  const open = openGuards(guards, arm);
  if (open.length === 0) return { finding: 'better', winner: arm, ahead: null };
  const isLost = open.some(isBetter(arm === 'a' ? 'b' : 'a'));
  return isLost
    ? { finding: 'mixed', winner: null, ahead: null }
    : { finding: 'inconclusive', winner: null, ahead: arm };
}

function nobodyAhead(deciding: readonly Contrast[]): PairFinding {
  const a = deciding.every(isNoWorse('a'));
  const b = deciding.every(isNoWorse('b'));
  if (!a && !b) return { finding: 'inconclusive', winner: null, ahead: null };
  return { finding: 'no-worse', winner: a && b ? null : a ? 'a' : 'b', ahead: null };
}
