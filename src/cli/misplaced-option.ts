import type { Command } from 'commander';

/**
 * What to say where a command's option stands before any command; null where the first argument is no such option.
 * `load` gives the whole command line with the options of all commands.
 */
export async function misplacedOption(
  args: readonly string[],
  load: () => Promise<Command>,
): Promise<string | null> {
  const name = (args[0] ?? '').split('=')[0] as string;
  if (!name.startsWith('-') || ['-h', '--help', '-V', '--version'].includes(name)) return null;
  const program = await load();
  const owners = program.commands.filter((command) => knows(command, name)).map((command) => command.name());
  const owner = owners.includes('run') ? 'run' : owners[0];
  if (owner === undefined) return null;
  const others = owners.filter((other) => other !== owner);
  const also = others.length > 0 ? ` (also of ${others.join(', ')})` : '';
  return `error: ${name} is an option of parley ${owner}${also}, and stands behind its name: parley ${owner} ${name} …`;
}

function knows({ options }: Command, name: string): boolean {
  return options.some(({ long, short }) => long === name || short === name);
}
