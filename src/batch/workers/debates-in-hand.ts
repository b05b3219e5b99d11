import { hopelessness } from '../planned-debate.ts';
import type { CallGates } from './call-gates.ts';
import { type ClaimedDebate, createClaimedDebate } from './claimed-debate.ts';
import type { Claims, DebateClaim } from './debate-claims.ts';
import type { Persistence } from './persistence.ts';
import type { PlanKit } from './plan-kits.ts';
import type { PlanWatch } from './plan-status.ts';
import { type ClaimEnd, type ClaimRun, runClaim } from './run-claim.ts';
import type { WorkerState } from './worker-state.ts';

export interface DebatesInHandOptions extends Omit<ClaimRun, 'plan' | 'models'> {
  /** Those in hand, as `plan debate`. */
  holds: Map<string, ClaimedDebate>;
  planWatch: Pick<PlanWatch, 'moved'>;
  claims: Claims;
  gates: CallGates;
  persistence: Persistence;
  state: WorkerState;
  report(line: string): void;
  onChange(): void;
  /** No debate can be run any more, and why. */
  onHopeless(why: string): void;
  onFailure(error: unknown): void;
}

/** The debates that a worker holds, from their claim to their release. */
export interface DebatesInHand {
  begin(claim: DebateClaim, kit: PlanKit): void;
  /** Resolves once all that were begun are let go of. */
  rested(): Promise<unknown>;
}

export function createDebatesInHand(options: DebatesInHandOptions): DebatesInHand {
  const { planWatch, holds, claims, gates, persistence, state, report } = options;
  const resting = new Set<Promise<void>>();

  async function hold(claim: DebateClaim, kit: PlanKit, held: ClaimedDebate): Promise<void> {
    const models = gates.modelsOf(held, kit);
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
    begin(claim, kit) {
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
    rested: () => Promise.all(resting),
  };
}
