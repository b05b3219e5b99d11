import { defineCommand } from '../command.ts';
import { complain } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { print } from '../write-result.ts';

/** `parley new`: a commented scenario that already runs, to be changed piece by piece. */
export const startNew = defineCommand({
  argument: { help: 'where to put it; must be new or empty' },
  options: {},
  async action({ args: [folder = '.'] }, environment) {
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const { newScenario } = await import('../../prompts/new-scenario.ts');
    const written = await newScenario({ promptRoot: bundledPrompts(), folder });
    if (!written.ok) return complain(environment, written.failure);
    print(environment, [`Wrote ${written.value.length} files to ${folder}:`]);
    environment.stdout.write(written.value.map((path) => `  ${path}\n`).join(''));
    print(environment, [
      `It already runs: parley run ${folder}`,
      `Change what you like, then: parley check ${folder}`,
    ]);
    return exitCode.done;
  },
});
