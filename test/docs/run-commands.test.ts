import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parley, startParley, temporaryFolder } from '../e2e/parley.ts';
import { postgresForFile } from '../helpers/postgres.ts';
import { type ProviderServer, startProviderServer } from '../helpers/provider-server.ts';
import { debating } from '../run/debates.ts';
import { blocksOf, commandsOf, documentPaths, wordsOf } from './documents.ts';

const postgres = postgresForFile();

const agenda = `agenda:
  - id: release
    title: Summer release
    question: How much water is let out in summer?
    weight: 1
    anchors:
      0: the reservoir gates remain shut all summer
      3: a modest flow for fish is released in July
      6: farmers may draw without any ceiling
`;
const talk = `Ann: We propose that farmers may draw without any ceiling.

Bo: We insist that the reservoir gates remain shut all summer.
`;
const article = `# River falls below the gate

The river fell below the gate in July, and the farms along it stopped pumping for the first time in ten years.

The council will vote in August on how much water may be let out of the reservoir in summer.
`;

/** A folder with what a reader of the documents would have beside them. */
async function readersFolder(document: string): Promise<string> {
  const cwd = await temporaryFolder();
  await cp(resolve('examples'), join(cwd, 'examples'), { recursive: true });
  const [plan] = blocksOf(document, 'yaml');
  const files = {
    'talk.txt': talk,
    'agenda.yaml': agenda,
    'report.md': article,
    ...(plan ? { 'plan.yaml': plan } : {}),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
  const plain = await readFile(resolve('prompts/strategies/plain.md'), 'utf8');
  await writeFile(join(cwd, 'my-strategy.md'), plain.replace(/^id: plain$/m, 'id: my-strategy'));
  return cwd;
}

/** The models that a document's commands name, without their provider. */
function modelsOf(document: string): string[] {
  const specs = commandsOf(document)
    .join('\n')
    .matchAll(/\b(?:openai|anthropic|ollama):(\S+)/g);
  return [...specs].map(([, name]) => name as string);
}

/** Every provider of the documents is the scripted one, which answers as the simulator would. */
function environmentOf(server: ProviderServer): Record<string, string> {
  const address = server.baseUrl.replace(/\/v1$/, '');
  return {
    OPENAI_API_KEY: 'sk-documents',
    OPENAI_BASE_URL: server.baseUrl,
    ANTHROPIC_API_KEY: 'sk-documents',
    ANTHROPIC_BASE_URL: address,
    OLLAMA_HOST: address,
  };
}

describe('every command in the documents runs as it is written', () => {
  test.each(documentPaths.filter((path) => commandsOf(path).length > 0))(
    '%s',
    async (path) => {
      const server = await startProviderServer({ answer: debating, models: modelsOf(path) });
      const cwd = await readersFolder(path);
      const database = await postgres().createDatabase();
      // What the README shows first is started as a person's shell would.
      const asProcess = path === 'README.md';
      for (const line of commandsOf(path)) {
        const filled = line.replace('http://localhost:8000/v1', server.baseUrl).replaceAll('$DB', database);
        const [, ...args] = wordsOf(filled);
        const options = { cwd, env: environmentOf(server) };
        const { code, stderr } = await (asProcess
          ? startParley(args, options).finished
          : parley(args, options));
        expect(code, `${line}\n${stderr}`).toBe(0);
      }
    },
    240_000,
  );
});
