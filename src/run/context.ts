import type { Clock } from '../debate/clock.ts';
import type { Notice } from '../debate/notices.ts';
import type { Random } from '../debate/seeded-random.ts';
import type { ModelHandle } from '../models/types.ts';
import type { PromptSet } from '../prompts/types.ts';

/** What the actions of one run need from outside. */
export interface RunContext {
  prompts: PromptSet;
  /** The model of a speaker, of `moderator` or of `judge`. */
  modelOf(role: string): ModelHandle;
  clock: Clock;
  /** Chance for retry jitter only; everything that decides a debate comes from its seed. */
  jitter: Random;
  signal: AbortSignal;
  notify(notice: Notice): void;
  /** Where runs are kept, and beside them what judges were measured to be off by; absent where neither is. */
  place?: string;
}

/** The role under which the judge's model stands in a debate's models. */
export const judgeRole = 'judge';

/** The roles of all judges of a debate: `judge`, and `judge-2` onwards where several read in turn. */
export function judgesOf(models: Readonly<Record<string, unknown>>): string[] {
  const further = Object.keys(models).filter((role) => /^judge-\d+$/.test(role));
  return [judgeRole, ...further.sort((one, other) => Number(one.slice(6)) - Number(other.slice(6)))];
}
