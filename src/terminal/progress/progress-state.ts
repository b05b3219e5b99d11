import type { CallFailure, Purpose } from '../../debate/calls.ts';

/** Between which values something lies, as far as can be told from what happened so far. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What a running debate is doing. Times are milliseconds of the clock. */
export type Doing =
  | { readonly type: 'beginning' }
  /** A call is made or waits for leave, and no word has come. */
  | { readonly type: 'asked'; readonly speaker: string; readonly purpose: Purpose; readonly since: number }
  | {
      readonly type: 'streaming';
      readonly speaker: string;
      readonly purpose: Purpose;
      readonly characters: number;
    }
  /** Calls with no words to show; `done` of `of` are over. */
  | { readonly type: 'working'; readonly purpose: Purpose; readonly done: number; readonly of: number }
  | {
      readonly type: 'waiting';
      readonly provider: string;
      readonly reason: CallFailure;
      readonly until: number;
    }
  | { readonly type: 'between' };

/** One debate under way. Its texts are as they came: what draws them makes them safe. */
export interface RunningDebate {
  /** Name of its run. */
  readonly debate: string;
  /** What tells it from the others: the parts of scenario, arm, model and repeat in which the debates differ. */
  readonly label: string;
  /** All of those parts. */
  readonly wholeLabel: string;
  readonly startedAt: number;
  /** 0 before the first round. */
  readonly round: number;
  readonly rounds: number;
  /** The last speech that is whole; 0 for none. */
  readonly turn: number;
  readonly doing: Doing;
}

/** What was used of something, of which budget, and what it will be in the end. */
export interface Used {
  readonly soFar: number;
  /** null for no limit. */
  readonly budget: number | null;
  /** In the end; null while too little has happened to say. */
  readonly inTheEnd: Range | null;
  /** The most it can be in the end, where nothing better is known; null for unknown. */
  readonly atMost: number | null;
}

/** How far one plan is; debates of earlier runs and other machines included. */
export interface PlanProgress {
  readonly name: string;
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  /** Held by another process. */
  readonly skipped: number;
  readonly running: number;
  /** Nothing of it is begun any more: its budget is used up. */
  readonly isUsedUp: boolean;
  readonly usd: Used;
  /** Calls whose price is unknown; their dollars are not in `usd`. */
  readonly unpricedCalls: number;
  readonly tokens: Used;
}

/** How the calls to one provider go. */
export interface ProviderProgress {
  readonly name: string;
  readonly underWay: number;
  /** Calls that may be under way at once now. */
  readonly limit: number;
  readonly waiting: number;
  readonly refusals: number;
  /** Milliseconds for which no call may begin. */
  readonly heldMs: number;
  readonly fall: {
    readonly why: 'refused' | 'slower';
    readonly from: number;
    readonly to: number;
    readonly at: number;
  } | null;
}

/** Jobs under way at a provider that answers many calls together. */
export interface JobProgress {
  readonly requests: number;
  readonly settled: number;
  readonly since: number;
}

/** Something that went wrong, in one sentence; `debate` names whose it is, null for none. */
export interface ProgressFault {
  readonly debate: string | null;
  readonly why: string;
}

/** How long it will take; only the most is known at first. Milliseconds. */
export type TimeLeft = Range | { readonly atMost: number };

/** What one worker of several reports about itself. */
export interface WorkerProgress {
  /** Debates since it began: brought to their end, failed and to be retried, set aside for good. */
  readonly done: number;
  readonly failed: number;
  readonly setAside: number;
  /** Not heard of for so long, it loses its debates to others. */
  readonly leaseMs: number;
  /** Milliseconds since the database last confirmed that what it holds is its own. */
  readonly confirmedMs: number;
  /** What keeps the database from answering; null while it does. */
  readonly trouble: string | null;
  /** Over all workers; null for none. */
  readonly limits: readonly {
    readonly provider: string;
    readonly requestsPerMinute: number | null;
    readonly tokensPerMinute: number | null;
  }[];
}

/** A worker as others see it. */
export interface WorkerSeen {
  readonly name: string;
  /** Debates in its hands. */
  readonly underWay: number;
  readonly startedAt: number;
  /** Milliseconds since it was last heard of. */
  readonly silentMs: number;
  /** Not heard of for longer than its lease. */
  readonly isGone: boolean;
}

/** Whose view it is: a batch of its own, a worker beside others, or somebody who only looks on. */
export type Onlooker =
  | { readonly type: 'batch' }
  | { readonly type: 'worker'; readonly worker: WorkerProgress }
  | { readonly type: 'watcher'; readonly workers: readonly WorkerSeen[] };

/** A strategy in the tree of an evolution. Its texts are as they came. */
interface TreeStrain {
  readonly id: string;
  /** null for the start; parents stand before their children. */
  readonly parent: string | null;
  readonly state: 'start' | 'written' | 'testing' | 'unusable' | 'admitted' | 'not-shown';
  readonly isChampion: boolean;
  /** Its index beside its parent's, in words; empty where it was not tested. */
  readonly index: string;
  readonly evidence: string;
  readonly reason: string;
  /** What it changed of its parent, as the lines of a unified diff. */
  readonly diff: readonly string[];
}

/** All that the view of many debates is drawn from. */
export interface ProgressState {
  readonly who: Onlooker;
  readonly heading: string;
  /** True where the words of any debate are no language model's. */
  readonly isSimulated: boolean;
  readonly now: number;
  readonly startedAt: number;
  readonly plans: readonly PlanProgress[];
  /** null while too little has happened to say. */
  readonly debatesPerMinute: number | null;
  readonly callsPerMinute: number | null;
  readonly timeLeft: TimeLeft | null;
  readonly providers: readonly ProviderProgress[];
  readonly jobs: { readonly underWay: readonly JobProgress[]; readonly trouble: string | null } | null;
  readonly debates: readonly RunningDebate[];
  /** The newest last. */
  readonly faults: readonly ProgressFault[];
  /** How many there were in all. */
  readonly faultCount: number;
  /** Why nothing new is begun; null while all is well. */
  readonly stopping: string | null;
  /** True once the person has asked it to end. */
  readonly isInterrupted: boolean;
  /** The tree of strategies that the debates are for; absent where there is none. */
  readonly tree?: { readonly stage: string; readonly strains: readonly TreeStrain[] };
  /** What may be changed from here; null where nothing may. */
  readonly controls: { readonly isPaused: boolean } | null;
}
