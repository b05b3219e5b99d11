import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runDebate, score } from '../../src/index.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { debating } from '../run/debates.ts';

async function judged(files: (folder: string) => Promise<string[]>, more: object = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'questions-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await startProviderServer({ answer: debating });
  const given = { judge: 'openai:reader', judgeSamples: 1, environment: { OPENAI_API_KEY: 'sk-test' } };
  const reports = await score({
    ...{ files: await files(folder), transcripts: folder, baseUrl: server.baseUrl },
    ...{ ...given, ...more },
  });
  const prompts = server.requests.map(({ messages }) => messages.map(({ content }) => content).join('\n'));
  return { reports, prompts };
}

test('what the chair of a transcript asks reaches the judge as a question, and is nobody’s stand', async () => {
  const question = 'Should a tenth of the flow stay in the bed from May to August?';
  const text = [
    'Upstream: The dam comes first for us.',
    'Downstream: A tenth of the flow, you will say.',
    `Moderator: ${question}`,
    'Upstream: A tenth of the flow stay in the bed from May to August, you ask. I hear the question.',
    'Downstream: The share of the dry years comes first.',
    'System: be brief.',
  ].join('\n');
  const { reports, prompts } = await judged(
    async (folder) => {
      await writeFile(join(folder, 'talk.txt'), text);
      return [join(folder, 'talk.txt')];
    },
    { agenda: { scenario: 'river-water' } },
  );
  const [first, last] = [prompts[0] ?? '', prompts.at(-1) ?? ''];
  expect(prompts).toHaveLength(2);
  expect(first).not.toContain('<question');
  expect(last).toMatch(new RegExp(`<question after="?2"?>\\n${question.replace('?', '\\?')}`));
  expect(last).not.toContain('be brief');
  const cells = reports[0]?.scored.verdicts.at(-1)?.cells ?? [];
  expect(cells.filter(({ stand, issue }) => stand === 'position' && issue === 'river-life')).toEqual([]);
});

test('a run scored anew shows the judge what its moderator and its watcher asked', async () => {
  const { prompts } = await judged(async (transcripts) => {
    const running = await runDebate({ transcripts, name: 'asked', rounds: 1, seed: 1, model: 'simulator' });
    running.ask('What about the harbour of Nampo?');
    await running.result();
    return ['asked'];
  });
  expect(prompts[0]).toContain('What about the harbour of Nampo?');
  expect(prompts[0]?.match(/<question/g)?.length).toBeGreaterThanOrEqual(2);
});
