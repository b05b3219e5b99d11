import type { CommandOption } from '../src/cli/command.ts';
import { type CommandEntry, commands } from '../src/cli/commands.ts';
import { table } from './document-parts.ts';

/** Every command with its options, from their declarations. */
export async function commandReference(): Promise<string> {
  const list = commands.map(({ name, summary }) => [`[\`${name}\`](#parley-${name})`, summary]);
  const sections = await Promise.all(commands.map(section));
  return [table(['command', 'what it does'], list), ...sections].join('\n\n');
}

async function section({ name, argument, summary, load }: CommandEntry): Promise<string> {
  const { description, argument: about, options } = await load();
  const usage = ['parley', name, ...(argument === null ? [] : [argument])].join(' ');
  const usual = about?.usual === undefined ? '' : ` (\`${about.usual}\` by default)`;
  const parts = [
    `## parley ${name}`,
    `${sentence(description ?? summary)}`,
    `\`${usage}\`${about === undefined ? '' : `: ${about.help}${usual}`}`,
  ];
  const rows = Object.values(options).map((option) => [`\`${option.flags}\``, explained(option)]);
  if (rows.length > 0) parts.push(table(['option', 'what it does'], rows));
  return parts.join('\n\n');
}

function explained({ help, choices, usual, mayRepeat, isRequired }: CommandOption): string {
  const more = [
    choices && `one of ${choices.map((word) => `\`${word}\``).join(', ')}`,
    usual !== undefined && `\`${usual}\` by default`,
    mayRepeat && 'repeatable',
    isRequired && 'required',
  ].filter((text) => typeof text === 'string' && !help.includes(text));
  return more.length === 0 ? help : `${help} (${more.join('; ')})`;
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
