import { exitCodes } from '../src/cli/exit-codes.ts';
import { eventBodySchema } from '../src/debate/events.ts';
import { keyListMarkdown } from '../src/terminal/tui/keys.ts';
import { commandReference } from './command-reference.ts';

const made = '<!-- Made from the code by npm run docs. -->';

/** The documents that are made from the code, by path. */
export async function generatedDocuments(): Promise<Record<string, string>> {
  return {
    'docs/cli.md': page('Commands', await commandReference()),
    'docs/events.md': page('Events', `${aboutEvents}\n\n${eventTable()}`),
    'docs/exit-codes.md': page('Exit codes', exitTable()),
    'docs/keys.md': page('Keys in the full screen', keyListMarkdown()),
  };
}

const aboutEvents =
  'An event is something that happened, numbered and stored. These are the events of the journal, of `--json` and of the library. Each also has `v` (the version of its form), `number` (from 0) and `at` (milliseconds since 1970).';

function page(title: string, body: string): string {
  return `${made}\n\n# ${title}\n\n${body}\n`;
}

function eventTable(): string {
  const rows = eventBodySchema.options.map((schema) => {
    const { type, ...fields } = schema.shape;
    const names = Object.keys(fields).map((name) => `\`${name}\``);
    return [`\`${type.value}\``, schema.description ?? '', names.join(', ')];
  });
  return table(['event', 'what happened', 'fields'], rows);
}

function exitTable(): string {
  const rows = Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]);
  return table(['code', 'meaning'], rows);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
