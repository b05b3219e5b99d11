import type {
  PlanProgress,
  ProgressState,
  RunningDebate,
} from '../../../src/terminal/progress/progress-state.ts';

const nothing = { soFar: 0, budget: null, inTheEnd: null, atMost: null };

export function planOf(changes: Partial<PlanProgress> = {}): PlanProgress {
  return {
    name: 'Night run',
    planned: 1000,
    done: 340,
    failed: 2,
    skipped: 1,
    running: 3,
    isUsedUp: false,
    usd: { ...nothing, soFar: 1.24, budget: 20, inTheEnd: { low: 3.4, high: 3.9 } },
    unpricedCalls: 0,
    tokens: { ...nothing, soFar: 1_200_000, inTheEnd: { low: 3_400_000, high: 3_600_000 } },
    ...changes,
  };
}

export function debateOf(changes: Partial<RunningDebate> = {}): RunningDebate {
  return {
    debate: 'river-steel-7',
    label: 'steel #7',
    wholeLabel: 'river/steel/gpt-5-mini #7',
    startedAt: 40_000,
    round: 2,
    rounds: 6,
    turn: 7,
    doing: { type: 'streaming', speaker: 'Farmers', purpose: 'speak', characters: 412 },
    ...changes,
  };
}

/** A batch well under way, at 100 s of the clock. */
export function stateOf(changes: Partial<ProgressState> = {}): ProgressState {
  return {
    who: { type: 'batch' },
    heading: 'Night run',
    isSimulated: false,
    now: 100_000,
    startedAt: 0,
    plans: [planOf()],
    debatesPerMinute: 12.3,
    callsPerMinute: 340.4,
    timeLeft: { low: 41 * 60_000, high: 55 * 60_000 },
    providers: [{ name: 'openai', underWay: 16, limit: 22, waiting: 3, refusals: 2, heldMs: 0, fall: null }],
    jobs: null,
    debates: [debateOf()],
    faults: [],
    faultCount: 0,
    stopping: null,
    isInterrupted: false,
    controls: null,
    ...changes,
  };
}
