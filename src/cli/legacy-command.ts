import { type Command, type CommandSpec, defineCommand, type OptionSet } from './command.ts';
import type { Environment } from './environment.ts';

/** A command that reads its options as text by itself; each goes once its action takes typed options. */
export function legacyCommand(
  spec: Omit<CommandSpec<OptionSet>, 'action'>,
  work: (
    argument: string | undefined,
    options: Record<string, unknown>,
    environment: Environment,
    list: readonly string[],
  ) => Promise<number>,
): Command {
  const options = Object.fromEntries(
    Object.entries(spec.options).map(([name, option]) => [name, { ...option, read: asTyped(option) }]),
  );
  return defineCommand({
    ...spec,
    options,
    action: ({ args, options }, environment) => work(args[0], { ...options }, environment, args),
  });
}

/** Checks a value as ever and gives the text on. */
function asTyped({ read }: OptionSet[string]): OptionSet[string]['read'] {
  return (given) => {
    const checked = read(given);
    return checked.ok ? { ok: true, value: given } : checked;
  };
}
