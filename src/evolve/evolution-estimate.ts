import { costOf } from '../models/prices.ts';
import type { ModelHandle } from '../models/types.ts';
import type { Estimate } from '../run/estimate.ts';
import { estimateTokens } from '../text/token-estimate.ts';
import type { EvolutionDesign } from './types.ts';

const nothing = { debates: 0, calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
type Takes = Estimate & { debates: number };

interface PerDebate {
  article: string;
  isControl: boolean;
  takes: Estimate;
}

/** What one strategy takes on each part of the articles; controls are not bred from. */
export function sumsOf(debates: readonly PerDebate[], { split }: EvolutionDesign) {
  const over = (articles: readonly string[], isCounted: (debate: PerDebate) => boolean) =>
    debates
      .filter((debate) => articles.includes(debate.article) && isCounted(debate))
      .reduce<Takes>((sum, { takes }) => plus(sum, { ...takes, debates: 1 }), nothing as Takes);
  return {
    breed: over(split.breed, ({ isControl }) => !isControl),
    test: over(split.test, () => true),
    sealed: over(split.sealed, () => true),
  };
}

export function atMost(
  { breed, test, sealed }: ReturnType<typeof sumsOf>,
  { generations, children }: EvolutionDesign,
  rewriting: Takes,
): Takes {
  const written = generations * children;
  const parts: [times: number, takes: Takes][] = [
    [generations, breed],
    [1 + written, test],
    [2, sealed],
    [written, rewriting],
  ];
  return parts.reduce<Takes>((sum, [times, takes]) => plus(sum, takes, times), nothing as Takes);
}

/** Debates that a rewriter reads, and tokens of rules, form and task. */
const shown = { debates: 3, tokens: 1500 };

export function rewritingTakes(file: string, debates: readonly PerDebate[], { price }: ModelHandle): Takes {
  const own = estimateTokens(file);
  const longest = Math.max(0, ...debates.map(({ takes }) => takes.outputTokens));
  const usage = { inputTokens: shown.tokens + own + shown.debates * longest, outputTokens: own + 200 };
  const costUsd = costOf({ ...usage, cachedTokens: 0, estimated: true }, 0, price);
  return { debates: 0, calls: 1, ...usage, costUsd };
}

function plus(one: Takes, other: Takes, times = 1): Takes {
  return {
    debates: one.debates + times * other.debates,
    calls: one.calls + times * other.calls,
    inputTokens: one.inputTokens + times * other.inputTokens,
    outputTokens: one.outputTokens + times * other.outputTokens,
    costUsd: one.costUsd === null || other.costUsd === null ? null : one.costUsd + times * other.costUsd,
  };
}
