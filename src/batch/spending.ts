import type { EventBody } from '../debate/events.ts';
import { callsOfEvent } from '../debate/events.ts';
import type { Plan } from './plan.ts';

/** What the debates of a batch have used in all, against its budget. */
export interface Spending {
  readonly usd: number;
  readonly tokens: number;
  /** Calls whose price is not known; their dollars are not in `usd`. */
  readonly unpricedCalls: number;
  add(used: { usd: number; tokens: number; unpricedCalls: number }): void;
  /** Adds what the calls of an event used. */
  addEvent(event: EventBody): void;
  /** Which budget is used up, in words; null while there is some left. */
  usedUp(): string | null;
}

/** The budget may be changed while it is spent. */
export function createSpending(budget: Plan['budget']): Spending {
  let [usd, tokens, unpricedCalls] = [0, 0, 0];
  return {
    get usd() {
      return usd;
    },
    get tokens() {
      return tokens;
    },
    get unpricedCalls() {
      return unpricedCalls;
    },
    add(used) {
      usd += used.usd;
      tokens += used.tokens;
      unpricedCalls += used.unpricedCalls;
    },
    addEvent(event) {
      for (const { usage, costUsd } of callsOfEvent(event)) {
        usd += costUsd ?? 0;
        tokens += usage.inputTokens + usage.outputTokens;
        if (costUsd === null) unpricedCalls += 1;
      }
    },
    usedUp() {
      const { usd: mostUsd, tokens: mostTokens } = budget;
      if (mostUsd !== null && usd >= mostUsd) return `The batch's budget of $${mostUsd} is used up.`;
      if (mostTokens !== null && tokens >= mostTokens)
        return `The batch's budget of ${mostTokens} tokens is used up.`;
      return null;
    },
  };
}
