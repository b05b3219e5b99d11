import type { Contrast, Finding } from './comparison.ts';

/** What the contrasts of one pair come to. */
export interface PairFinding {
  finding: Finding;
  /** The arm that is better or no worse; null where neither or both. */
  winner: 'a' | 'b' | null;
}

/**
 * Better: ahead on a primary measure, behind on none, and shown to be no worse on every guard.
 * Mixed: each ahead on something that counts. No worse: shown on every primary measure and guard.
 * All else is inconclusive.
 */
export function findingOf(contrasts: readonly Contrast[]): PairFinding {
  const primary = contrasts.filter((each) => each.role === 'primary');
  const guards = contrasts.filter((each) => each.role === 'guard');
  const isAhead = { a: primary.some(isBetter('a')), b: primary.some(isBetter('b')) };
  if (isAhead.a && isAhead.b) return { finding: 'mixed', winner: null };
  if (isAhead.a) return aheadOnPrimary('a', guards);
  if (isAhead.b) return aheadOnPrimary('b', guards);
  return nobodyAhead([...primary, ...guards]);
}

/** Guards that the arm has not been shown to keep. */
export function openGuards(contrasts: readonly Contrast[], arm: 'a' | 'b'): Contrast[] {
  return contrasts.filter((each) => each.role === 'guard' && !isNoWorse(arm)(each));
}

export function isBetter(arm: 'a' | 'b'): (each: Contrast) => boolean {
  return (each) => each.better === arm;
}

/** Shown to be no worse; on a primary measure an arm that is better is no worse, too. */
function isNoWorse(arm: 'a' | 'b'): (each: Contrast) => boolean {
  return (each) => each.noWorse?.[arm].isShown === true || (each.role === 'primary' && each.better === arm);
}

function aheadOnPrimary(arm: 'a' | 'b', guards: readonly Contrast[]): PairFinding {
  const open = openGuards(guards, arm);
  if (open.length === 0) return { finding: 'better', winner: arm };
  const isLost = open.some(isBetter(arm === 'a' ? 'b' : 'a'));
  return { finding: isLost ? 'mixed' : 'inconclusive', winner: null };
}

function nobodyAhead(deciding: readonly Contrast[]): PairFinding {
  const a = deciding.every(isNoWorse('a'));
  const b = deciding.every(isNoWorse('b'));
  if (!a && !b) return { finding: 'inconclusive', winner: null };
  return { finding: 'no-worse', winner: a && b ? null : a ? 'a' : 'b' };
}
