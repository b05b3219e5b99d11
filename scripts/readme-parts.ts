import { exitCodes } from '../src/cli/exit-codes.ts';
import { eventBodySchema } from '../src/debate/events.ts';
import { keyListMarkdown } from '../src/terminal/tui/keys.ts';

/** What the README says of events, keys and exit codes, by the name of its place. */
export function generatedParts(): Record<string, string> {
  return { events: eventTable(), keys: keyListMarkdown(), 'exit-codes': exitTable() };
}

function eventTable(): string {
  const rows = eventBodySchema.options.map((schema) => {
    const { type, ...fields } = schema.shape;
    return [
      `\`${type.value}\``,
      schema.description ?? '',
      Object.keys(fields)
        .map((name) => `\`${name}\``)
        .join(', '),
    ];
  });
  return table(['event', 'what happened', 'fields'], rows);
}

function exitTable(): string {
  return table(
    ['code', 'meaning'],
    Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
