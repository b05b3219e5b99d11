import { CommanderError } from 'commander';
import { type Environment, readEnvironment } from './environment.ts';
import { exitCode } from './exit-codes.ts';
import { misplacedOption } from './misplaced-option.ts';
import { createProgram } from './program.ts';

/** Runs one command line; resolves with the exit code. Nothing an ordinary mistake can cause leaves a stack trace. */
export async function main(
  args: readonly string[],
  environment: Environment = readEnvironment(),
): Promise<number> {
  let code: number = exitCode.done;
  // A reader that goes away (`| head`) is no error; front ends notice for themselves.
  environment.stdout.on('error', () => {});
  const program = createProgram(environment, (result) => {
    code = result;
  });
  const misplaced = misplacedOption(program, args);
  if (misplaced !== null) {
    environment.stderr.write(`${misplaced}\n`);
    return exitCode.usage;
  }
  try {
    await program.parseAsync(args.length === 0 ? ['set-up'] : [...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    environment.stderr.write(`parley has a bug: ${message}\n`);
    return exitCode.failed;
  }
}
