import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleDebate, sampleName } from '../../scripts/sample-debate.ts';
import { fold } from '../../src/debate/debate.ts';
import { eventSchema } from '../../src/debate/events.ts';

const folder = join('transcripts', 'samples', sampleName);

test('the committed sample is, byte for byte, what its script makes (npm run samples renews it)', async () => {
  const made = await sampleDebate();
  const listed = await readdir(folder, { recursive: true, withFileTypes: true });
  const committed = listed.filter((entry) => entry.isFile());
  expect(committed).toHaveLength(made.size);
  const stale: string[] = [];
  for (const [path, content] of made) {
    if ((await readFile(join(folder, path), 'utf8')) !== content) stale.push(path);
  }
  expect(stale).toEqual([]);
});

test('the committed sample is a whole debate in the present format', async () => {
  const lines = (await readFile(join(folder, 'journal.jsonl'), 'utf8')).trimEnd().split('\n');
  const debate = fold(lines.map((line) => eventSchema.parse(JSON.parse(line))));
  expect(debate?.ended).not.toBeNull();
  expect(debate?.started.simulated).toBe(true);
});
