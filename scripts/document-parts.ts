import { readFileSync } from 'node:fs';
import { exitCodes } from '../src/cli/exit-codes.ts';
import { formats } from '../src/dataset/formats/index.ts';
import { eventBodySchema } from '../src/debate/events.ts';
import { builtInProviders } from '../src/models/providers/built-in-providers.ts';
import { listScenarios } from '../src/prompts/list-prompts.ts';
import { homeKeys } from '../src/terminal/home/home-keys.ts';
import { progressKeys } from '../src/terminal/progress/progress-keys.ts';
import { setupKeys } from '../src/terminal/setup/setup-state.ts';
import { bindingTable } from '../src/terminal/tui/bindings.ts';
import { keyListMarkdown } from '../src/terminal/tui/keys.ts';
import { commandReference } from './command-reference.ts';
import { libraryReference } from './library-reference.ts';

const made = '<!-- Made from the code by npm run docs. -->';

/** The documents that are made from the code, or hold a part that is, by path. */
export async function generatedDocuments(): Promise<Record<string, string>> {
  return {
    'docs/providers.md': withPart('docs/providers.md', 'providers', providerTable()),
    'docs/scenarios.md': withPart('docs/scenarios.md', 'scenarios', await scenarioTable()),
    'docs/training-data.md': withPart('docs/training-data.md', 'formats', formatTable()),
    'docs/cli.md': page('Commands', await commandReference()),
    'docs/events.md': page('Events', `${aboutEvents}\n\n${eventTable()}`),
    'docs/library-reference.md': page('Library reference', `${aboutLibrary}\n\n${libraryReference()}`),
    'docs/exit-codes.md': page('Exit codes', exitTable()),
    'docs/keys.md': page('Keys', keyLists()),
  };
}

/** The keys of every screen, each from the table that its keys, its help and its palette are made from. */
function keyLists(): string {
  const about =
    'On every screen `?` shows the keys that work there, and `:` or Ctrl+K lists everything that can be done there.';
  const home = bindingTable(homeKeys, ({ on }) => (on === undefined ? '' : ` (${on.join(', ')})`));
  return [
    about,
    `## Home\n\n${home}`,
    `## A debate or a replay, in the full screen\n\n${keyListMarkdown()}`,
    `## The set-up of a debate\n\n${bindingTable(setupKeys)}`,
    `## A batch, a worker or the status of plans\n\n${bindingTable(progressKeys)}`,
  ].join('\n\n');
}

const aboutLibrary =
  'Every function of the package and what it takes and gives, from its types. What is expected to go wrong rejects with a `ParleyError`. [library.md](library.md) shows them at work.';

const aboutEvents =
  'An event is something that happened, numbered and stored. These are the events of the journal, of `--json` and of the library. Each also has `v` (the version of its form), `number` (from 0) and `at` (milliseconds since 1970).';

/** A document with a part between its two marks made anew. */
function withPart(path: string, name: string, text: string): string {
  const document = readFileSync(path, 'utf8');
  const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marked.test(document)) throw new Error(`${path} has no place for ${name}`);
  return document.replace(marked, (_all, open: string, close: string) => `${open}\n${text}\n\n${close}`);
}

function providerTable(): string {
  const rows = builtInProviders
    .filter(({ name }) => name !== 'simulator')
    .map(({ name, title, keyVariables, needsPackage }) => {
      const key =
        keyVariables.length === 0 ? 'none' : keyVariables.map((variable) => `\`${variable}\``).join(' or ');
      const install = needsPackage === undefined ? '' : `\`npm install langchain ${needsPackage}\``;
      return [`\`${name}:MODEL\``, title, key, install];
    });
  return table(['name', 'provider', 'key', 'install first'], rows);
}

function formatTable(): string {
  return table(
    ['format', 'rows for'],
    formats.map(({ name, use }) => [`\`${name}\``, use]),
  );
}

async function scenarioTable(): Promise<string> {
  const scenarios = await listScenarios('prompts');
  const rows = scenarios.map(({ id, scenario }) => [
    `\`${id}\``,
    scenario?.title ?? '',
    scenario?.summary ?? '',
  ]);
  return table(['name', 'title', 'what it is about'], rows);
}

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
