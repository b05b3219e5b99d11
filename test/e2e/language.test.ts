import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { debating } from '../run/debates.ts';
import { parley, temporaryFolder } from './parley.ts';

const short = ['--rounds', '1', '--judge-samples', '1', '--plain'];

describe('the language of a debate', () => {
  test('is asked for in every prompt of speakers and moderator, kept with the run, and named in its data set', async () => {
    const cwd = await temporaryFolder();
    const server = await startProviderServer({ answer: debating });
    const model = ['--model', 'openai:scripted', '--base-url', server.baseUrl];
    const made = await parley(['run', ...short, ...model, '--language', 'fr', '--name', 'un'], { cwd });
    expect(made.code, made.stderr).toBe(0);
    const speeches = server.requests.filter(({ messages }) =>
      /<task kind="speak"/.test(messages.at(-1)?.content ?? ''),
    );
    expect(speeches.length).toBe(4);
    for (const { messages } of speeches) expect(messages[0]?.content).toContain('French');
    const kept = join(cwd, 'transcripts/un/prompts.txt');
    expect(await readFile(kept, 'utf8')).toMatch(/^language: fr$/m);
    const [started] = (await readFile(join(cwd, 'transcripts/un/journal.jsonl'), 'utf8')).split('\n');
    expect(JSON.parse(started ?? '')).toMatchObject({ type: 'debate-started', language: 'fr' });
    const resumed = await parley(['resume', 'un', '--rounds', '2', '--plain', ...model], { cwd });
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(server.requests.at(-1)?.messages[0]?.content).toContain('French');

    const exported = await parley(['export', 'data', '--files', 'jsonl'], { cwd });
    expect(exported.code, exported.stderr).toBe(0);
    expect(await readFile(join(cwd, 'data/README.md'), 'utf8')).toMatch(/^language:\n {2}- fr$/m);
  });

  test('that is no language is a misuse, and nothing is begun', async () => {
    const { code, stderr } = await parley(['run', ...short, '--language', 'klingonese language'], {
      cwd: await temporaryFolder(),
    });
    expect(code).toBe(2);
    expect(stderr).toContain('is not a language tag, such as fr');
  });
});
