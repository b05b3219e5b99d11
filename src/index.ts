import { bundledPrompts } from './prompts/bundled-prompts.ts';
import { holdDebate, type RunDebateOptions, type RunningDebate } from './run/run-debate.ts';
import { version } from './run/version.ts';

export { type BatchResult, type RunBatchOptions, runBatch } from './batch/run-batch.ts';
export type { Comparison } from './compare/comparison.ts';
export { type Compared, compare } from './compare/run-comparison.ts';
export type { Debate } from './debate/debate.ts';
export type { DebateEvent, EventOf } from './debate/events.ts';
export { eventSchema } from './debate/events.ts';
export type { Notice } from './debate/notices.ts';
export type { Settings } from './debate/setup.ts';
export type { Cell, Convergence } from './debate/verdict.ts';
export { type GivenModel, ParleyError } from './run/run-debate.ts';
export type { RunDebateOptions, RunningDebate };

/** Holds a debate in this process; iterate what it gives to see every event and notice. */
export function runDebate(options: RunDebateOptions = {}): Promise<RunningDebate> {
  return holdDebate(options, { promptRoot: bundledPrompts(), version });
}
