import { hopelessness } from '../planned-debate.ts';
import type { BoardWatch } from './plan-watch.ts';
import type { Claim, Claims } from './debate-claims.ts';
import type { Guards } from './guards.ts';
import { createHeldDebate, type HeldDebate } from './claimed-debate.ts';
import { type ClaimHolding, holdClaim, type Outcome } from './run-claim.ts';
import type { Persistence } from './persistence.ts';
import type { PlanKit } from './plan-kits.ts';
import type { WorkerState } from './worker-state.ts';

export interface DebatesInHandOptions extends Omit<ClaimHolding, 'plan' | 'models'> {
  /** Those in hand, as `plan debate`. */
  holds: Map<string, HeldDebate>;
  board: Pick<BoardWatch, 'moved'>;
  claims: Claims;
  guards: Guards;
  persistence: Persistence;
  state: WorkerState;
  tell(line: string): void;
  onChange(): void;
  /** No debate can be held any more, and why. */
  onHopeless(why: string): void;
  onFailure(error: unknown): void;
}

/** The debates that a worker holds, from being claimed to being let go of. */
export interface DebatesInHand {
  begin(claim: Claim, kit: PlanKit): void;
  /** Resolves once all that were begun are let go of. */
  rested(): Promise<unknown>;
}

export function createDebatesInHand(options: DebatesInHandOptions): DebatesInHand {
  const { board, holds, claims, guards, persistence, state, tell } = options;
  const resting = new Set<Promise<void>>();

  async function hold(claim: Claim, kit: PlanKit, held: HeldDebate): Promise<void> {
    const models = guards.modelsOf(held, kit);
    const outcome = await persistence.until(() =>
      holdClaim(
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

  async function rest(claim: Claim, { letting, summary }: Outcome): Promise<void> {
    const isOurs = await persistence.until(() => claims.letGo(claim, letting, summary));
    if (!isOurs) return;
    const { debate } = claim.job;
    board.moved(claim.plan, 'underWay', letting.to === 'set-aside' ? 'setAside' : letting.to);
    switch (letting.to) {
      case 'done':
        state.done += 1;
        return;
      case 'set-aside':
        state.setAside += 1;
        tell(`${debate} is set aside: ${letting.why}`);
        return;
      case 'waiting':
        if (!letting.hasFailed) return;
        state.failed += 1;
        tell(`${debate} failed and is tried again: ${letting.why}`);
    }
  }

  return {
    begin(claim, kit) {
      const name = `${claim.plan} ${claim.job.debate}`;
      const held = createHeldDebate(claim);
      if (state.stopping !== null) held.stop(state.stopping);
      holds.set(name, held);
      board.moved(claim.plan, 'waiting', 'underWay');
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
