import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import { newScenario } from '../../prompts/new-scenario.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';

/** `parley new`: a commented scenario that already runs, to be changed piece by piece. */
export async function startNew(
  folder: string | undefined,
  _options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const place = folder ?? '.';
  const written = await newScenario({ promptRoot: bundledPrompts(), folder: place });
  if (!written.ok) return complain(environment, written.failure.message);
  const lines = [
    `Wrote ${written.value.length} files to ${place}:`,
    ...written.value.map((path) => `  ${path}`),
    `It already runs: parley run ${place}`,
    `Change what you like, then: parley check ${place}`,
  ];
  environment.stdout.write(`${lines.join('\n')}\n`);
  return exitCode.done;
}
