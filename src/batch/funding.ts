import type { DebateEvent, EventBody } from '../debate/events.ts';
import { callsOfEvent } from '../debate/totals.ts';
import type { RunSummary } from '../run/catalogue/run-summary.ts';
import type { DebateEstimate } from '../run/estimate.ts';
import type { Gate } from './gated-model.ts';
import type { Plan } from './plan.ts';

type Kind = 'usd' | 'tokens';
const kinds: readonly Kind[] = ['usd', 'tokens'];

/** What a debate has used, and in how many calls. */
interface UsedInCalls {
  calls: number;
  usd: number;
  tokens: number;
}

/** A running debate's part of the budget. */
export interface Share {
  /** Lets a call of the debate begin once the debates that began before it are sure of what they need. */
  readonly gate: Gate;
  take(event: DebateEvent): void;
  /** `isOver`: the debate ended by its own rules, so that what it used predicts the others. */
  end(isOver: boolean): void;
}

/** Sees to it that a budget finishes debates: none is begun that it cannot carry, and those begun first come first. */
export interface Funding {
  /** May a debate be begun, or gone on with, beside those that run? */
  carries(estimate: DebateEstimate, before: RunSummary | null): boolean;
  begin(estimate: DebateEstimate, before: RunSummary | null): Share;
  /** Learns from a debate that came to its end in an earlier run. */
  learn(estimate: DebateEstimate, summary: RunSummary): void;
  /** To be called when the budget was changed. */
  changed(): void;
  /** Why nothing more is begun although some of the budget is left. */
  shortfall(estimate: DebateEstimate): string;
}

interface RunningShare {
  estimate: DebateEstimate;
  used: UsedInCalls;
  waiting: Set<() => void>;
}

/**
 * Estimates suppose every round and no prompt cache: before anything is known, one debate alone is begun where at least
 * this share of its estimate is left.
 */
const leastOfEstimate = 0.5;
/**
 * Before anything is known a debate may take so many times its estimate: a model that thinks for long does. That is
 * outweighed soon: it counts as much as this share of a debate that was run.
 */
const supposed = { times: 3, debates: 0.25 };
const roundingError = 1e-9;

/**
 * An estimate is scaled by what debates really use: by the dearest of those that are over, before that by how far
 * running ones are off their estimate after as many calls.
 */
export function createFunding(budget: Plan['budget'], spending: Spending): Funding {
  const shares: RunningShare[] = [];
  const dearest: Record<Kind, number | null> = { usd: null, tokens: null };
  const limitsNow = () =>
    kinds.flatMap((kind) => {
      const limit = budget[kind];
      return limit === null ? [] : [{ kind, limit }];
    });

  const scale = (kind: Kind): number => {
    const known = dearest[kind];
    if (known !== null) return known;
    const [first] = shares;
    if (!first) return supposed.times;
    let expected = (totalOf(first.estimate, kind) ?? 0) * supposed.debates;
    let used = expected * supposed.times;
    for (const share of shares) {
      used += share.used[kind];
      expected += expectedAfter(share.estimate, share.used.calls, kind);
    }
    return expected === 0 ? supposed.times : used / expected;
  };
  /** What a debate is still expected to use; 0 where its price is not known. */
  const rest = (estimate: DebateEstimate, calls: number, kind: Kind): number => {
    const total = totalOf(estimate, kind);
    return total === null ? 0 : Math.max(0, total - expectedAfter(estimate, calls, kind)) * scale(kind);
  };
  const fits = (need: number, { kind, limit }: { kind: Kind; limit: number }) =>
    spending[kind] + need <= limit * (1 + roundingError);

  /** Lets waiting calls begin, in the order in which their debates began. */
  const evaluate = () => {
    const limits = limitsNow();
    const ahead: Record<Kind, number> = { usd: 0, tokens: 0 };
    for (const [index, share] of shares.entries()) {
      for (const { kind } of limits) ahead[kind] += rest(share.estimate, share.used.calls, kind);
      const mayCall = index === 0 || limits.every((limit) => fits(ahead[limit.kind], limit));
      if (!mayCall) continue;
      for (const begin of share.waiting) begin();
      share.waiting.clear();
    }
  };
  const learnFrom = (estimate: DebateEstimate, used: UsedInCalls) => {
    for (const kind of kinds) {
      const expected = expectedAfter(estimate, used.calls, kind);
      if (expected > 0) dearest[kind] = Math.max(dearest[kind] ?? 0, used[kind] / expected);
    }
  };

  return {
    carries(estimate, before) {
      const isAlone = shares.length === 0;
      return limitsNow().every((limit) => {
        const { kind } = limit;
        const running = shares.reduce((sum, share) => sum + rest(share.estimate, share.used.calls, kind), 0);
        const own = rest(estimate, before?.calls ?? 0, kind);
        if (fits(running + own, limit)) return true;
        return isAlone && dearest[kind] === null && fits((own / supposed.times) * leastOfEstimate, limit);
      });
    },
    begin(estimate, before) {
      const share: RunningShare = { estimate, used: usedBy(before), waiting: new Set() };
      shares.push(share);
      const pass = { over: () => {} };
      return {
        gate: {
          pass: (_call, signal) =>
            new Promise((resolve) => {
              if (signal?.aborted) return resolve(null);
              share.waiting.add(() => resolve(pass));
              signal?.addEventListener('abort', () => resolve(null), { once: true });
              evaluate();
            }),
        },
        take(event) {
          for (const { usage, costUsd } of callsOfEvent(event)) {
            share.used.calls += 1;
            share.used.usd += costUsd ?? 0;
            share.used.tokens += usage.inputTokens + usage.outputTokens;
          }
          evaluate();
        },
        end(isOver) {
          shares.splice(shares.indexOf(share), 1);
          if (isOver) learnFrom(estimate, share.used);
          evaluate();
        },
      };
    },
    changed: evaluate,
    learn: (estimate, summary) => learnFrom(estimate, usedBy(summary)),
    shortfall(estimate) {
      const parts = limitsNow().flatMap(({ kind, limit }) => {
        const need = rest(estimate, 0, kind);
        return fits(need, { kind, limit })
          ? []
          : [`${amount(kind, limit - spending[kind])} of ${amount(kind, limit)}`];
      });
      return `The rest of the budget (${parts.join(', ')}) does not cover another debate; a larger budget continues from here.`;
    },
  };
}

function usedBy(summary: RunSummary | null): UsedInCalls {
  if (summary === null) return { calls: 0, usd: 0, tokens: 0 };
  const { calls, costUsd, inputTokens, outputTokens } = summary;
  return { calls, usd: costUsd, tokens: inputTokens + outputTokens };
}

function totalOf({ costUsd, inputTokens, outputTokens }: DebateEstimate, kind: Kind): number | null {
  return kind === 'usd' ? costUsd : inputTokens + outputTokens;
}

/** What the estimate supposes after so many calls. */
function expectedAfter({ course }: DebateEstimate, calls: number, kind: Kind): number {
  return course[Math.min(calls, course.length - 1)]?.[kind] ?? 0;
}

function amount(kind: Kind, value: number): string {
  return kind === 'usd' ? `$${value.toFixed(2)}` : `${Math.round(value)} tokens`;
}

/** What the debates of a batch have used in all, against its budget. */
export interface Spending {
  usd: number;
  tokens: number;
  /** Calls whose price is not known; their dollars are not in `usd`. */
  unpricedCalls: number;
  add(used: { usd: number; tokens: number; unpricedCalls: number }): void;
  /** Adds what the calls of an event used. */
  addEvent(event: EventBody): void;
  /** Which budget is used up, in words; null while there is some left. */
  usedUp(): string | null;
}

/** The budget may be changed while it is spent. */
export function createSpending(budget: Plan['budget']): Spending {
  const spending: Spending = {
    ...{ usd: 0, tokens: 0, unpricedCalls: 0 },
    add({ usd, tokens, unpricedCalls }) {
      spending.usd += usd;
      spending.tokens += tokens;
      spending.unpricedCalls += unpricedCalls;
    },
    addEvent(event) {
      for (const { usage, costUsd } of callsOfEvent(event)) {
        const tokens = usage.inputTokens + usage.outputTokens;
        spending.add({ usd: costUsd ?? 0, tokens, unpricedCalls: costUsd === null ? 1 : 0 });
      }
    },
    usedUp() {
      const { usd, tokens } = budget;
      if (usd !== null && spending.usd >= usd) return `The batch's budget of $${usd} is used up.`;
      if (tokens !== null && spending.tokens >= tokens)
        return `The batch's budget of ${tokens} tokens is used up.`;
      return null;
    },
  };
  return spending;
}
