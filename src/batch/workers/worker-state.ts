import type { Lane } from '../lane.ts';
import type { HeldDebate } from './held-debate.ts';
import type { PlanOnBoard } from './plan-board.ts';

/** How a worker is doing. */
export interface WorkerState {
  /** Debates that this worker brought to their end, and that it set aside. */
  done: number;
  setAside: number;
  /** Why it takes no debate any more; null while all is well. */
  stopping: string | null;
  /** It stopped because every further call would fail as well: a key that is refused, say. */
  isHopeless: boolean;
  readonly underWay: number;
  readonly lanes: readonly Lane[];
  /** All plans, over all workers, as last looked at. */
  readonly plans: readonly PlanOnBoard[];
}

export function createWorkerState(sources: {
  holds: ReadonlyMap<string, HeldDebate>;
  kits: { readonly lanes: readonly Lane[] };
  plans(): readonly PlanOnBoard[];
}): WorkerState {
  return {
    done: 0,
    setAside: 0,
    stopping: null,
    isHopeless: false,
    get underWay() {
      return sources.holds.size;
    },
    get lanes() {
      return sources.kits.lanes;
    },
    get plans() {
      return sources.plans();
    },
  };
}
