import type { Clock } from '../debate/clock.ts';
import type { Notice } from '../debate/notices.ts';
import type { Random } from '../debate/seeded-random.ts';
import type { KeptThought } from '../journal/types.ts';
import type { ModelHandle } from '../models/types.ts';
import type { PromptSet } from '../prompts/types.ts';
import type { Seats } from './seats.ts';

/** What the actions of one run need from outside. */
export interface RunContext {
  prompts: PromptSet;
  /** The model of a speaker, of `moderator` or of a judge. */
  modelOf(role: string): ModelHandle;
  clock: Clock;
  /** Chance for retry jitter only; everything that decides a debate comes from its seed. */
  jitter: Random;
  signal: AbortSignal;
  notify(notice: Notice): void;
  /** Keeps what a speaker thought; absent where nobody asked for it. */
  keepThought?(thought: KeptThought): Promise<void>;
  /** People who speak for personas; absent where nobody can. */
  seats?: Seats;
  /** Where runs are kept, and beside them what judges were measured to be off by; absent where neither is. */
  place?: string;
}
