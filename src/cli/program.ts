import { Command } from 'commander';
import { version } from '../run/version.ts';
import type { Environment } from './environment.ts';
import { addAuthoringCommands } from './program/authoring.ts';
import { addDataCommands } from './program/data.ts';
import type { Does } from './program/does.ts';
import { addHoldingCommands } from './program/holding.ts';
import { addCommandsForMany } from './program/many.ts';
import { addStoredCommands } from './program/stored.ts';

/** The command line as a whole. Builds no command's code: `--help` must answer at once. */
export function createProgram(environment: Environment, report: (code: number) => void): Command {
  const program = new Command('parley')
    .description(
      'Debates between persona agents, grounded in one article, with a convergence score you can trace.',
    )
    .version(version, '-V, --version')
    .showHelpAfterError('(parley --help shows what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void environment.stdout.write(text),
      writeErr: (text) => void environment.stderr.write(text),
    });
  const does: Does = (load) =>
    async function (this: Command, ...args: unknown[]) {
      const argument = typeof args[0] === 'string' ? args[0] : undefined;
      const work = await load();
      const list = Array.isArray(args[0]) ? args[0].map(String) : [];
      report(await work(argument, this.opts(), environment, list));
    };

  addHoldingCommands(program, does);
  addCommandsForMany(program, does);
  addStoredCommands(program, does);
  addDataCommands(program, does);
  addAuthoringCommands(program, does);
  return program;
}
