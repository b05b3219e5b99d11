import type { Command } from 'commander';
import type { Environment } from '../environment.ts';

/** A command's work: gets what the person typed, gives the exit code. Loaded only when it is asked for. */
export type Work = (
  argument: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
  /** All arguments of a command that takes several. */
  list: readonly string[],
) => Promise<number>;

/** Makes a command's action of its work. */
export type Does = (load: () => Promise<Work>) => (this: Command, ...args: unknown[]) => Promise<void>;
