import type { DebateEvent } from '../../debate/events.ts';
import type { RunSummary } from '../../run/catalogue/run-summary.ts';
import type { DebateRun } from '../../run/debate-run.ts';
import { createSpending } from '../funding.ts';
import type { PlanModels } from '../plan-models.ts';
import { hopelessness } from '../planned-debate.ts';
import type { Claims, DebateClaim, DebateUse } from './debate-claims.ts';
import type { Persistence } from './persistence.ts';
import type { PlanKit } from './plan-kits.ts';
import type { PlanWatch } from './plan-status.ts';
import { type ClaimEnd, type ClaimRun, runClaim } from './run-claim.ts';

export interface DebatesInHandOptions extends Omit<ClaimRun, 'plan' | 'models'> {
  /** Those in hand, as `plan debate`. */
  holds: Map<string, ClaimedDebate>;
  planWatch: Pick<PlanWatch, 'moved'>;
  claims: Claims;
  /** The plan's models as one debate calls them. */
  modelsOf(held: ClaimedDebate, kit: PlanKit): PlanModels;
  persistence: Persistence;
  /** How the worker is doing: counts of what became of its debates, and why it stops; null while it goes on. */
  state: { done: number; setAside: number; failed: number; readonly stopping: string | null };
  report(line: string): void;
  onChange(): void;
  /** No debate can be run any more, and why. */
  onHopeless(why: string): void;
  onFailure(error: unknown): void;
}

/** The debates that a worker holds, from their claim to their release. */
export function createDebatesInHand(options: DebatesInHandOptions) {
  const { planWatch, holds, claims, persistence, state, report } = options;
  const resting = new Set<Promise<void>>();

  async function hold(claim: DebateClaim, kit: PlanKit, held: ClaimedDebate): Promise<void> {
    const models = options.modelsOf(held, kit);
    const outcome = await persistence.until(() =>
      runClaim(
        claim,
        { ...options, plan: kit.stored.plan, models },
        {
          opened: held.opened,
          began: held.began,
          onEvent: (event) => {
            held.onEvent(event);
            const why = hopelessness(event);
            if (why !== null) options.onHopeless(why);
          },
        },
      ),
    );
    if (outcome) await rest(claim, outcome);
  }

  async function rest(claim: DebateClaim, { release, summary }: ClaimEnd): Promise<void> {
    const isOurs = await persistence.until(() => claims.settle(claim, release, summary));
    if (!isOurs) return;
    const { debate } = claim.job;
    planWatch.moved(claim.plan, 'underWay', release.to === 'set-aside' ? 'setAside' : release.to);
    switch (release.to) {
      case 'done':
        state.done += 1;
        return;
      case 'set-aside':
        state.setAside += 1;
        report(`${debate} is set aside: ${release.why}`);
        return;
      case 'waiting':
        if (!release.hasFailed) return;
        state.failed += 1;
        report(`${debate} failed and will be retried: ${release.why}`);
    }
  }

  return {
    begin(claim: DebateClaim, kit: PlanKit): void {
      const name = `${claim.plan} ${claim.job.debate}`;
      const held = createClaimedDebate(claim);
      if (state.stopping !== null) held.stop(state.stopping);
      holds.set(name, held);
      planWatch.moved(claim.plan, 'waiting', 'underWay');
      const holding = hold(claim, kit, held)
        .catch(options.onFailure)
        .finally(() => {
          if (holds.get(name) === held) holds.delete(name);
          resting.delete(holding);
          options.onChange();
        });
      resting.add(holding);
    },
    /** Resolves once all that were begun are let go of. */
    rested: (): Promise<unknown> => Promise.all(resting),
  };
}

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

function createClaimedDebate(claim: DebateClaim): ClaimedDebate {
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
