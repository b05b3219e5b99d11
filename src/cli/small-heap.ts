import { spawn } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import type { Environment } from './environment.ts';

/**
 * Megabytes of V8's young and old generation. What an export holds on to is some 40 MB; left alone, V8 lets garbage
 * pile up beside it to as much as the machine has room for.
 */
export const heapFlags = ['--max-semi-space-size=16', '--max-old-space-size=256'];

/**
 * Runs this very command line again in a process whose heap stays small, and gives its exit code; null in that process,
 * and where parley is no process of its own.
 * V8 takes the sizes of its heap only at the start of a process.
 */
export async function inSmallHeap({
  ownCommandLine,
}: Pick<Environment, 'ownCommandLine'>): Promise<number | null> {
  if (heapFlags.every((flag) => process.execArgv.includes(flag)) || ownCommandLine === null) return null;
  const args = [...heapFlags, ...process.execArgv, ...ownCommandLine];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  // Ctrl+C reaches both processes of a terminal; the other one says what becomes of it.
  const stay = () => {};
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on('SIGINT', stay).on('SIGTERM', pass).on('SIGHUP', pass);
  try {
    return await new Promise<number>((done, fail) => {
      child.once('error', fail);
      child.once('exit', (code) => done(code ?? 1));
    });
  } finally {
    process.off('SIGINT', stay).off('SIGTERM', pass).off('SIGHUP', pass);
  }
}

/**
 * Has V8 tidy up sooner from now on, in this very process: a batch holds on to some 70 MB, however many debates it has
 * held, and would otherwise take several times as much. Of a debate on the simulator it costs a fifth of the processor time, of
 * one that waits for a provider nothing that shows. Another program's heap is left alone.
 */
export function keepHeapSmall({ ownCommandLine }: Pick<Environment, 'ownCommandLine'>): void {
  if (ownCommandLine === null) return;
  for (const flag of ['--max-semi-space-size=4', '--semi-space-growth-factor=1', '--heap-growing-percent=20'])
    setFlagsFromString(flag);
}
