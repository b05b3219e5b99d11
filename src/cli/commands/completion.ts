import type { Option, Command as Parser } from 'commander';
import { defineCommand } from '../command.ts';
import { misuse } from '../complain.ts';
import { scenarioPlaces } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** What an argument is completed with. */
type Argument = 'run' | 'scenario' | 'file' | 'none' | readonly string[];

interface CommandShape {
  name: string;
  summary: string;
  argument: Argument;
  options: { names: string[]; help: string; values: 'none' | 'any' | readonly string[] }[];
}

/** The script that completes commands, options, their choices, runs and scenarios in a shell. It starts no parley itself. */
export function completionScript(shell: Shell, program: Parser, scenarios: readonly string[]): string {
  const commands = program.commands.map(shapeOf);
  return shell === 'fish' ? fishScript(commands, scenarios) : bashScript(commands, scenarios, shell);
}

function shapeOf(command: Parser): CommandShape {
  const [argument] = command.registeredArguments;
  return {
    name: command.name(),
    summary: command.summary(),
    argument: kindOf(command.name(), argument?.name()),
    options: command.options.map((option) => ({
      names: [option.short, option.long].filter((name) => name !== undefined && name !== null),
      help: option.description,
      values: valuesOf(option),
    })),
  };
}

const argumentChoices: Readonly<Record<string, readonly string[]>> = {
  list: ['scenarios', 'strategies', 'models', 'formats'],
  completion: shells,
};

function kindOf(command: string, argument: string | undefined): Argument {
  const choices = argumentChoices[command];
  if (choices) return choices;
  if (argument === undefined || argument === 'address') return 'none';
  if (argument === 'run') return 'run';
  return argument === 'scenario' ? 'scenario' : 'file';
}

function valuesOf({ argChoices, required, optional }: Option): 'none' | 'any' | readonly string[] {
  if (argChoices) return argChoices;
  return required || optional ? 'any' : 'none';
}

function bashScript(commands: readonly CommandShape[], scenarios: readonly string[], shell: Shell): string {
  const names = commands.map(({ name }) => name).join(' ');
  const script = `_parley() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words='' flags='' files=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -le 1 ]; then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map((command) => bashCase(command, scenarios)).join('\n')}
  esac
  case "$word" in
    -*) words="$flags" files='' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [ -n "$files" ]; then COMPREPLY+=($(compgen -f -- "$word")); fi
}
complete -F _parley parley
`;
  // zsh takes bash's own way of completing.
  return shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${script}` : script;
}

/** What follows a command: its flags, its argument, and the value of the option before. */
function bashCase({ name, argument, options }: CommandShape, scenarios: readonly string[]): string {
  const flags = options.flatMap((option) => option.names).join(' ');
  const afterOption = options.flatMap(({ names, values }) => {
    if (values === 'none') return [];
    const found = values === 'any' ? "words='' files=yes" : `words='${values.join(' ')}' files=''`;
    return [`        ${names.join('|')}) ${found} flags='' ;;`];
  });
  const choice = afterOption.length === 0 ? [] : ['      case "$before" in', ...afterOption, '      esac'];
  const lines = [`flags='${flags}'`, argumentWords(argument, scenarios)].map((line) => `      ${line}`);
  return [`    ${name})`, ...lines, ...choice, '      ;;'].join('\n');
}

/** Runs are the folders of the usual place; hidden ones are parley's own. */
const runsInBash = 'latest $(command ls -1 transcripts 2>/dev/null)';
const ownInBash = '$(command ls -1 scenarios 2>/dev/null)';

function argumentWords(argument: Argument, scenarios: readonly string[]): string {
  if (argument === 'run') return `words="${runsInBash}"`;
  if (argument === 'scenario') return `words="${scenarios.join(' ')} ${ownInBash}" files=yes`;
  if (argument === 'file') return 'files=yes';
  return argument === 'none' ? ':' : `words='${argument.join(' ')}'`;
}

function fishScript(commands: readonly CommandShape[], scenarios: readonly string[]): string {
  const lines = ['complete -c parley -f'];
  for (const { name, summary, argument, options } of commands) {
    lines.push(`complete -c parley -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`);
    const here = `complete -c parley -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    lines.push(...argumentLines(here, argument, scenarios));
    for (const { names, help, values } of options) {
      const flags = names.map((flag) =>
        flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
      );
      const taken = Array.isArray(values)
        ? ` -x -a ${quoted(values.join(' '))}`
        : values === 'any'
          ? ' -r'
          : '';
      lines.push(`${here} ${flags.join(' ')}${taken} -d ${quoted(help)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function argumentLines(here: string, argument: Argument, scenarios: readonly string[]): string[] {
  if (argument === 'run') return [`${here} -a 'latest (command ls -1 transcripts 2>/dev/null)'`];
  if (argument === 'scenario') {
    const own = '(command ls -1 scenarios 2>/dev/null)';
    return [`${here} -a ${quoted(`${scenarios.join(' ')} ${own}`)}`, `${here} -F`];
  }
  if (argument === 'file') return [`${here} -F`];
  return argument === 'none' ? [] : [`${here} -a ${quoted(argument.join(' '))}`];
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** `parley completion`: the script that completes commands, options, runs and scenarios in a shell. */
export const command = defineCommand({
  description:
    'Print the script that completes commands, options, runs and scenarios. bash: parley completion bash > ~/.local/share/bash-completion/completions/parley; zsh: source <(parley completion zsh) in ~/.zshrc; fish: parley completion fish > ~/.config/fish/completions/parley.fish',
  argument: { help: 'bash, zsh or fish' },
  options: {},
  async action({ args: [given = ''], commandLine }, environment) {
    const shell = shells.find((known) => known === given);
    if (!shell)
      return misuse(environment, `There is no completion for ${given}. Shells: ${shells.join(', ')}.`);
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const { listScenarios } = await import('../../prompts/list-prompts.ts');
    const scenarios = await listScenarios(bundledPrompts(), scenarioPlaces(environment));
    const ids = scenarios.filter(({ isOwn }) => !isOwn).map(({ id }) => id);
    environment.stdout.write(completionScript(shell, await commandLine(), ids));
    return exitCode.done;
  },
});
