import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportDataset, report } from '../../src/index.ts';
import { resume } from '../../src/run/run-debate.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { debating, held } from './debates.ts';

const canary = 'our-secret-bottom-line';
const key = 'sk-canary-0123456789abcdef';

/** A server that thinks aloud before each reply, in a field or between tags, and names the key while it does. */
async function thinkingServer() {
  let calls = 0;
  return startProviderServer({
    key,
    answer: (request) => {
      const answer = debating(request);
      if (typeof answer !== 'string') return answer;
      const thought = `${canary}, with ${key}`;
      calls += 1;
      return calls % 2 === 0
        ? { text: `<think>${thought}</think>\n\n${answer}` }
        : { text: answer, reasoning: [thought] };
    },
  });
}

function filesWith(text: string, folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => {
    const file = join(folder, path);
    return statSync(file).isFile() && readFileSync(file, 'utf8').includes(text);
  });
}

test('thoughts are kept beside the journal where that is asked for, without keys, and stand nowhere else', async () => {
  const server = await thinkingServer();
  const transcripts = mkdtempSync(join(tmpdir(), 'parley-thoughts-'));
  const wire = { model: 'openai:scripted', environment: { OPENAI_API_KEY: key }, baseUrl: server.baseUrl };
  const { debate, events, notices } = await held({
    ...{ ...wire, transcripts, name: 'kept', rounds: 1, keepThoughts: true },
  });
  const lines = readFileSync(join(transcripts, 'kept', 'thoughts.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const kept = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(kept.map(({ turn, role, call }) => [turn, role, call])).toEqual(
    expect.arrayContaining(debate.turns.map(({ turn, speaker }) => [turn, speaker, expect.any(String)])),
  );
  expect(kept.every(({ text }) => String(text).startsWith(canary))).toBe(true);
  expect(kept.some(({ role }) => role === 'judge')).toBe(false);

  const run = { run: 'kept', transcripts };
  const again = await resume({ ...run, ...wire, rounds: 2, keepThoughts: true });
  await again.result();
  const after = readFileSync(join(transcripts, 'kept', 'thoughts.jsonl'), 'utf8')
    .trim()
    .split('\n');
  expect(after.length).toBeGreaterThan(lines.length);
  const pages = await Promise.all([report({ ...run, format: 'html', notes: true }), report({ ...run })]);
  await exportDataset({
    transcripts,
    formats: ['dpo', 'sft'],
    allowEmpty: true,
    out: join(transcripts, 'rows'),
  });
  expect(filesWith(canary, transcripts)).toEqual([join('kept', 'thoughts.jsonl')]);
  expect(filesWith(key, transcripts)).toEqual([]);
  const sent = server.requests.map(({ body }) => body);
  expect(JSON.stringify([events, notices, sent, pages])).not.toContain(canary);
});

test('without being asked for no thought is kept at all', async () => {
  const server = await thinkingServer();
  const transcripts = mkdtempSync(join(tmpdir(), 'parley-thoughts-'));
  const environment = { OPENAI_API_KEY: key };
  await held({
    ...{
      model: 'openai:scripted',
      environment,
      baseUrl: server.baseUrl,
      transcripts,
      name: 'none',
      rounds: 1,
    },
  });
  expect(filesWith(canary, transcripts)).toEqual([]);
});

test('a run without a folder is refused before any call where its thoughts are to be kept', async () => {
  await expect(held({ keepThoughts: true })).rejects.toMatchObject({ reason: 'no-place-for-thoughts' });
});
