import type { DebateEvent } from '../../debate/events.ts';
import type { RunSummary } from '../../run/catalogue/run-summary.ts';
import type { DebateRun } from '../../run/debate-run.ts';
import { createSpending } from '../funding.ts';
import type { DebateClaim, DebateUse } from './debate-claims.ts';

/** A debate in a worker's hands: what it uses, what is under way for it, and how it is brought to rest. */
export interface ClaimedDebate {
  readonly claim: DebateClaim;
  /** May no call begin any more? */
  readonly isStopping: boolean;
  readonly isLost: boolean;
  /** Calls that have leave and are not over. */
  callsUnderWay: number;
  opened(summary: RunSummary | null): void;
  began(run: DebateRun): void;
  onEvent(event: DebateEvent): void;
  progress(): DebateUse;
  /** Begins no further call; stops once those under way are over. */
  stop(why: string): void;
  /** Stops although calls have leave: none of them has begun. */
  stopNow(): void;
  /** Another worker has it: stops at once. */
  lose(): void;
  /** To be called after a call is over. */
  rest(): void;
}

export function createClaimedDebate(claim: DebateClaim): ClaimedDebate {
  const spending = createSpending({ usd: null, tokens: null });
  let run: DebateRun | null = null;
  let stopping: string | null = null;
  let isLost = false;
  const held: ClaimedDebate = {
    claim,
    callsUnderWay: 0,
    get isStopping() {
      return stopping !== null;
    },
    get isLost() {
      return isLost;
    },
    opened(summary) {
      if (!summary) return;
      const { costUsd: usd, inputTokens, outputTokens, unpricedCalls } = summary;
      spending.add({ usd, tokens: inputTokens + outputTokens, unpricedCalls });
    },
    began(begun) {
      run = begun;
      held.rest();
    },
    onEvent: (event) => spending.addEvent(event),
    progress: () => ({
      plan: claim.plan,
      job: claim.job,
      usd: spending.usd,
      tokens: spending.tokens,
      unpricedCalls: spending.unpricedCalls,
    }),
    stop(why) {
      stopping ??= why;
      held.rest();
    },
    stopNow: () => run?.stop(stopping ?? ''),
    lose() {
      isLost = true;
      stopping ??= 'Another worker continues it.';
      run?.stop(stopping);
    },
    rest() {
      // A reply that just came must first reach its debate, so not at once.
      if (stopping !== null)
        setImmediate(() => {
          if (held.callsUnderWay === 0 || isLost) run?.stop(stopping ?? '');
        });
    },
  };
  return held;
}
