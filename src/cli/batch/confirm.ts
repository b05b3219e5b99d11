import { createInterface } from 'node:readline/promises';
import type { Environment } from '../environment.ts';

/** Asks a person whether to spend; anything but yes is no. */
export async function confirm(question: string, { stdin, stderr }: Environment): Promise<boolean> {
  const asking = createInterface({ input: stdin, output: stderr });
  const left = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  try {
    return /^\s*y(es)?\s*$/i.test(await Promise.race([asking.question(`${question} [y/N] `), left]));
  } catch {
    return false;
  } finally {
    asking.close();
  }
}
