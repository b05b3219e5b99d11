import { resolve } from 'node:path';
import { CommanderError, Option, Command as Parser } from 'commander';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { version } from '../run/version.ts';
import type { Command, CommandOption } from './command.ts';
import { type CommandEntry, commands } from './commands.ts';
import { type Environment, readEnvironment, tameProcess } from './environment.ts';
import { exitCode } from './exit-codes.ts';

/** Where a person's own servers are described, unless PARLEY_PROVIDERS names another file. */
const usualFile = 'providers.yaml';

/** Makes the servers known that a person has described in a file; without one nothing is loaded. */
async function addOwnProviders({
  variables,
  workingDirectory,
}: Pick<Environment, 'variables' | 'workingDirectory'>): Promise<Outcome<null>> {
  const named = variables['PARLEY_PROVIDERS']?.trim() || undefined;
  const file = named ?? usualFile;
  // A help needs neither files nor promises of them.
  const { readFile } = await import('node:fs/promises');
  let text: string;
  try {
    text = await readFile(resolve(workingDirectory, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (named === undefined) return success(null);
    return failure('bad-providers', `PARLEY_PROVIDERS: ${file} cannot be read (${code}).`);
  }
  const [{ readProviders }, { addProviders }] = await Promise.all([
    import('../run/model-files.ts'),
    import('../models/providers/built-in-providers.ts'),
  ]);
  const read = readProviders(text, file);
  if (!read.ok) return read;
  addProviders(read.value);
  return success(null);
}

/** Commands that check so many records that code compiled for each kind of them pays. */
const readsMuch = ['batch', 'check-export', 'compare', 'evolve', 'export', 'pull', 'validate', 'worker'];

/** Zod compiles the check of every kind of record when it first meets one: a twentieth of the time to the first frame. */
function compileNoChecks(): void {
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
}

/** Runs one command line; resolves with the exit code. Nothing an ordinary mistake can cause leaves a stack trace. */
export async function main(
  typed: readonly string[],
  environment: Environment = readEnvironment(),
): Promise<number> {
  if (!readsMuch.includes(typed[0] ?? '')) compileNoChecks();
  let code: number = exitCode.done;
  // A reader that goes away (`| head`) is no error; front ends notice for themselves. A full disk is one.
  let outFault: NodeJS.ErrnoException | null = null;
  environment.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') outFault ??= error;
  });
  const report = (result: number) => {
    code = result;
  };
  const load = () => createProgram(environment, 'all', report);
  const args = typed.length === 0 ? bare(environment) : await withHome(typed, load);
  const misplaced = await misplacedOption(args, load);
  if (misplaced !== null) {
    environment.stderr.write(`${misplaced}\n`);
    return exitCode.usage;
  }
  try {
    const named = args[0] === 'help' ? args[1] : args[0];
    const program = await createProgram(environment, named ?? '', report);
    await program.parseAsync([...args], { from: 'user' });
    // What went wrong with the last write is known only after it.
    await new Promise((resolve) => setImmediate(resolve));
    if (outFault === null) return code;
    const { complain } = await import('./complain.ts');
    return complain(environment, outInWords(outFault));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    environment.stderr.write(`parley has a bug: ${message}\n`);
    return exitCode.failed;
  }
}

function outInWords({ code, message }: NodeJS.ErrnoException): string {
  const why = code === 'ENOSPC' ? 'no space is left there' : (code ?? message);
  return `standard output could not be written (${why}), so the output is incomplete.`;
}

/** What `parley` alone does: a screen for a person at a terminal, else the help, so that nothing is spent by chance. */
function bare({ stdin, stdout }: Environment): string[] {
  return stdin.isTTY === true && stdout.isTTY === true ? ['home'] : ['--help'];
}

/** Options of home alone are for home, which `parley` alone opens: `parley --screen-reader`. */
export async function withHome(
  typed: readonly string[],
  load: () => Promise<Parser>,
): Promise<readonly string[]> {
  const name = (typed[0] ?? '').split('=')[0] as string;
  const hasCommand = commands.some((command) => typed.includes(command.name));
  if (!name.startsWith('-') || notMisplaced.includes(name) || hasCommand) return typed;
  const home = (await load()).commands.find((command) => command.name() === 'home');
  return home && knows(home, name) ? ['home', ...typed] : typed;
}

/**
 * The command line as a whole, with the options of the one command `loaded` or of all. The code of the others is not
 * loaded: `--help` must answer at once.
 */
export async function createProgram(
  environment: Environment,
  loaded: 'all' | string,
  report: (code: number) => void,
): Promise<Parser> {
  const commandLine = () => createProgram(environment, 'all', report);
  const invoke = async (args: readonly string[]) => {
    let code: number = exitCode.done;
    const [script] = environment.ownCommandLine ?? [];
    const invoked = {
      ...environment,
      ownCommandLine: script === undefined ? null : ([script, ...args] as const),
    };
    const program = await createProgram(invoked, args[0] ?? '', (result) => {
      code = result;
    });
    try {
      await program.parseAsync([...args], { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      return error.exitCode === 0 ? exitCode.done : exitCode.usage;
    }
    return code;
  };
  const program = new Parser('parley')
    .description(
      'Debates between persona agents, grounded in one article, with a convergence score you can trace.',
    )
    .version(version, '-V, --version')
    .showHelpAfterError('(see parley --help)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void environment.stdout.write(text),
      writeErr: (text) => void environment.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /u, 'parley: ')),
    });
  for (const entry of commands) {
    const parser = program.command(entry.name).summary(entry.summary);
    if (loaded !== 'all' && loaded !== entry.name) {
      if (entry.argument !== null) parser.argument(entry.argument);
      continue;
    }
    const command = await entry.load();
    parser.showHelpAfterError(`(see parley ${entry.name} --help)`);
    addDefinition(parser, entry, command);
    parser.action(async (...given: unknown[]) => {
      // What the help needs none of: the words of failures know every provider.
      const [{ CommandError, complain, misuse, need }, { readOptions }] = await Promise.all([
        import('./complain.ts'),
        import('./command.ts'),
      ]);
      tameProcess(environment);
      try {
        need(await addOwnProviders(environment));
        const read = readOptions(command.options, parser.opts());
        if (!read.ok) return report(misuse(environment, read.message));
        const args = argumentsIn(given);
        report(await command.action({ args, options: read.value, commandLine, invoke }, environment));
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        complain(environment, error.message);
        report(error.code);
      }
    });
  }
  return program;
}

function addDefinition(
  parser: Parser,
  entry: CommandEntry,
  { description = entry.summary, argument, options }: Command,
): void {
  parser.description(description);
  if (entry.argument !== null) parser.argument(entry.argument, argument?.help, argument?.usual);
  for (const [name, option] of Object.entries(options)) {
    const made = parserOption(option);
    if (made.attributeName() !== name) throw new Error(`${option.flags} cannot be kept as ${name}`);
    parser.addOption(made);
  }
}

function parserOption({ flags, help, usual, choices, mayRepeat, isRequired }: CommandOption): Option {
  const option = new Option(flags, help);
  if (usual !== undefined) option.default(usual);
  if (choices !== undefined) option.choices([...choices]);
  if (mayRepeat) option.argParser((value: string, before: readonly string[] = []) => [...before, value]);
  if (isRequired) option.makeOptionMandatory();
  return option;
}

/** What commander gives an action: the argument, a text or a list of them, then the options and itself. */
function argumentsIn([first]: readonly unknown[]): string[] {
  if (Array.isArray(first)) return first.map(String);
  return typeof first === 'string' ? [first] : [];
}

/**
 * What to say where a command's option stands before any command; null where the first argument is no such option.
 * `load` gives the whole command line with the options of all commands.
 */
export async function misplacedOption(
  args: readonly string[],
  load: () => Promise<Parser>,
): Promise<string | null> {
  const name = (args[0] ?? '').split('=')[0] as string;
  if (!name.startsWith('-') || notMisplaced.includes(name)) return null;
  const program = await load();
  const owners = program.commands.filter((command) => knows(command, name)).map((command) => command.name());
  const owner = owners.includes('run') ? 'run' : owners[0];
  if (owner === undefined) return null;
  const others = owners.filter((other) => other !== owner);
  const also = others.length > 0 ? ` (also of ${others.join(', ')})` : '';
  return `error: ${name} is an option of parley ${owner}${also}, and goes after the command: parley ${owner} ${name} …`;
}

const notMisplaced = ['-h', '--help', '-V', '--version'];

function knows({ options }: Parser, name: string): boolean {
  return options.some(({ long, short }) => long === name || short === name);
}
