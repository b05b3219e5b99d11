import type { JournalStore } from '../../journal/types.ts';
import { debateSource, surveyOf } from '../debate-source.ts';
import { debateFilter, type FilterName, type FilterOptions, filterNames } from '../filters.ts';
import type { ExportedDebate } from '../row-provenance.ts';
import { speechFactsOf } from '../speech-facts.ts';
import { familiesOf } from './families.ts';
import { type NoPair, noPairNames, pairsOfFamily, type RankingRule, rankingRules } from './pair-of-family.ts';

/** What one rule makes of all families. */
interface RuleYield {
  rule: RankingRule;
  what: string;
  leastMargin: number;
  pairs: number;
  /** Of them, those whose two speeches answered the very same prompt. */
  samePrompt: number;
  /** Families without a pair, by why. */
  without: { reason: NoPair; what: string; count: number }[];
}

export interface PairsExplained {
  debates: number;
  forks: number;
  families: number;
  /** Debates that no pair may be made of, by why. */
  leftOut: { reason: FilterName; what: string; count: number }[];
  rules: RuleYield[];
}

/** Tells, without writing anything, what stored debates give in preference pairs: how many by each rule, and why others give none. */
export async function explainPairs(
  store: JournalStore,
  runs: readonly string[] | null,
  filters: FilterOptions,
  leastMargin: number | null = null,
): Promise<PairsExplained> {
  const source = debateSource(store);
  const names: string[] = [];
  if (runs) names.push(...runs);
  else for await (const run of store.list()) names.push(run);
  const quiet = { onProgress: () => {}, signal: new AbortController().signal };
  const survey = await surveyOf(source, names, quiet);
  const families = familiesOf(survey.descents);
  const leftOut = new Map<FilterName, number>();
  const rules = Object.entries(rankingRules).map(([rule, { what, leastMargin: usual }]) => ({
    rule: rule as RankingRule,
    what,
    leastMargin: leastMargin ?? usual,
    pairs: 0,
    samePrompt: 0,
    without: new Map<NoPair, number>(),
  }));
  const counted = new Set<string>();
  for (const family of families) {
    const members: ExportedDebate[] = [];
    for (const run of family.runs) {
      const loaded = await source.load(run);
      const why = loaded ? debateFilter(loaded.debate, loaded.set, filters) : 'damaged';
      if (why && !counted.has(run)) leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
      counted.add(run);
      if (!loaded || why) continue;
      const { set, debate } = loaded;
      members.push({ set, debate, speeches: speechFactsOf(debate, loaded.why), group: '', isShared: true });
    }
    for (const tally of rules) {
      const pairs = pairsOfFamily(members, family.turn, tally.rule, tally.leastMargin);
      if (typeof pairs === 'string') tally.without.set(pairs, (tally.without.get(pairs) ?? 0) + 1);
      else {
        tally.pairs += pairs.length;
        tally.samePrompt += pairs.filter(({ isShared }) => isShared).length;
      }
    }
  }
  return {
    debates: names.length,
    forks: survey.descents.filter(({ forkedFrom }) => forkedFrom).length,
    families: families.length,
    leftOut: [...leftOut].map(([reason, count]) => ({ reason, what: filterNames[reason], count })),
    rules: rules.map(({ without, ...rest }) => ({
      ...rest,
      without: [...without].map(([reason, count]) => ({ reason, what: noPairNames[reason], count })),
    })),
  };
}
