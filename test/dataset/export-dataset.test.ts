import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { exportDataset } from '../../src/dataset/export-dataset.ts';
import type { ExportRequest } from '../../src/dataset/export-request.ts';
import { defaultFilters } from '../../src/dataset/filters.ts';
import { formatNames } from '../../src/dataset/formats/index.ts';
import { leftovers } from '../../src/dataset/write/whole-folder.ts';
import { openMemoryStore } from '../../src/journal/memory-store.ts';
import { systemClock } from '../../src/run/system-clock.ts';
import { duckdb, parquetColumns, parquetRows } from './parquet-tables.ts';
import { forkOf, makeFolder, requestFor, store, storeIn } from './stored-debates.ts';

let folder: string;
let remove: () => Promise<void>;
let made: string;

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  await store(folder, 'one');
  await store(folder, 'two', { seed: 2, strategy: 'private-notes' });
  for (const branch of [1, 2, 3]) await forkOf(folder, 'one', 7, branch);
  made = join(folder, 'all');
  const result = await exportDataset(
    requestFor(folder, {
      out: made,
      formats: [...formatNames],
      leastMargin: 0.001,
      rankBy: 'judge',
      allowEmpty: true,
    }),
  );
  if (!result.ok) throw new Error(result.failure.message);
});
afterAll(() => remove());

async function rowsOf(path: string) {
  const text = await readFile(join(made, path), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A row without what says nothing, and whole numbers as text, as a reader of Parquet gives them. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}

/** Exports once more with other wishes. */
let exports = 0;
function again(changes: Partial<ExportRequest>) {
  return exportDataset(requestFor(folder, { out: join(folder, `again-${++exports}`), ...changes }));
}

describe('a data set', () => {
  test('has prompts that are, hash for hash, those that were sent', async () => {
    const rows = await rowsOf('data/sft/train.jsonl');
    const whole = rows.filter(({ forked_from }) => forked_from === '');
    expect(whole).toHaveLength(8);
    for (const row of whole) expect(row.prompts_verified).toBe(row.own_turns);
    for (const row of await rowsOf('data/judge/train.jsonl')) expect(row.prompts_verified).toBe(1);
  });

  test.each(formatNames)('in %s is the same in JSON lines and in Parquet', async (name) => {
    const files = join(made, 'data', name);
    const lines = await rowsOf(`data/${name}/train.jsonl`);
    expect(lines.length).toBeGreaterThan(0);
    const stored = await parquetRows(join(files, 'train-*.parquet'));
    expect(stored.map(plain)).toEqual(lines.map(plain));
    await expect(await parquetColumns(join(files, 'train-00000.parquet'))).toMatchFileSnapshot(
      join(import.meta.dirname, `../fixtures/dataset/${name}.parquet-columns.txt`),
    );
  });

  test.runIf(duckdb).each(formatNames)('in %s has the types that DuckDB sees in it', async (name) => {
    const parquet = `read_parquet('${join(made, 'data', name, 'train-*.parquet')}')`;
    const described = await (await duckdb?.create())?.runAndReadAll(`DESCRIBE SELECT * FROM ${parquet}`);
    const types = described
      ?.getRowObjectsJson()
      .map((row) => `${row['column_name']}: ${row['column_type']}\n`)
      .join('');
    await expect(types).toMatchFileSnapshot(
      join(import.meta.dirname, `../fixtures/dataset/${name}.parquet-types.txt`),
    );
  });

  test.runIf(duckdb)('keeps one type a column in both, so that they can be put together', async () => {
    const connection = await duckdb?.create();
    const typesOf = async (table: string) => {
      const read = await connection?.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`);
      return read?.getRowObjectsJson().map((row) => `${row['column_name']} ${row['column_type']}`);
    };
    const place = join(made, 'data/sft/train');
    expect(await typesOf(`read_parquet('${place}-00000.parquet')`)).toEqual(
      (await typesOf(`read_json('${place}.jsonl')`))?.map((line) => line.replace(/ JSON$/, ' DOUBLE')),
    );
  });

  test('has pairs only from forks of one prefix', async () => {
    const pairs = await rowsOf('data/dpo/train.jsonl');
    const [pair] = pairs;
    expect(pairs.length).toBeGreaterThan(1);
    const both = ({ chosen, rejected }: typeof pair) => `${chosen[0].content}|${rejected[0].content}`;
    expect(new Set(pairs.map(both)).size).toBe(pairs.length);
    for (const { chosen_score, rejected_score, chosen_debate, rejected_debate, ...row } of pairs) {
      expect(chosen_score - rejected_score).toBeGreaterThanOrEqual(0.001);
      expect([chosen_debate, rejected_debate].every((id) => id.startsWith('one'))).toBe(true);
      expect(row).toMatchObject({
        prompt_of: 'both',
        own_turns: 1,
        prompts_verified: 1,
        debate: chosen_debate,
      });
    }
    const beside = await rowsOf('provenance/dpo-openai/train.jsonl');
    expect(beside).toHaveLength((await rowsOf('data/dpo-openai/train.jsonl')).length);
    expect(beside[0].debate).toBe(pair.debate);
  });

  test('has a card with more to read than for programs, whose head names every configuration', async () => {
    const [, head = '', body = ''] = (await readFile(join(made, 'README.md'), 'utf8')).split(/^---$/m);
    const card = parse(head);
    expect(card.configs.map((config: { config_name: string }) => config.config_name)).toEqual(formatNames);
    expect(card.language).toEqual(['en']);
    expect(body.length).toBeGreaterThan(3 * head.length);
    expect(body.split('\n').length).toBeGreaterThan(head.split('\n').length);
    const [row] = await rowsOf('data/sft/train.jsonl');
    for (const column of Object.keys(row)) expect(body).toContain(`\`${column}\``);
    expect(body).toMatch(/load_dataset\("path\/to\/[\w-]+", "sft", split="train"\)/);
    expect(body).toContain('which is not a language model');
    expect(body).toContain('A hard line from Washington');
  });

  test('has checksums of everything but themselves, and metadata that repeat them', async () => {
    const sums = (await readFile(join(made, 'SHA256SUMS'), 'utf8')).trimEnd().split('\n');
    const files = (await readdir(made, { recursive: true, withFileTypes: true })).filter((file) =>
      file.isFile(),
    );
    expect(sums).toHaveLength(files.length - 1);
    const croissant = JSON.parse(await readFile(join(made, 'croissant.json'), 'utf8'));
    expect(croissant.conformsTo).toBe('http://mlcommons.org/croissant/1.1');
    for (const file of croissant.distribution) expect(sums).toContain(`${file.sha256}  ${file.contentUrl}`);
    expect(croissant.recordSet).toHaveLength(croissant.distribution.length);
  });

  test('has LLaMA-Factory entries and Axolotl stanzas for files that are there', async () => {
    const info = JSON.parse(await readFile(join(made, 'dataset_info.json'), 'utf8'));
    const paths = Object.values(info).map((entry) => (entry as { file_name: string }).file_name);
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) await expect(readFile(join(made, path))).resolves.toBeDefined();
    const stanzas = (await readFile(join(made, 'axolotl.yaml'), 'utf8'))
      .split(/^---$/m)
      .map((part) => parse(part));
    expect(stanzas.map(({ rl, datasets }) => [rl, datasets[0].path])).toEqual([
      [undefined, 'data/sft/train.jsonl'],
      ['dpo', 'data/dpo/train.jsonl'],
    ]);
  });
});

describe('what a fork took over', () => {
  test('is learned from once, and so is every speech said since, in each format', async () => {
    const sft = await rowsOf('data/sft/train.jsonl');
    const answers = (rows: { messages: { role: string; content: string }[] }[]) =>
      rows.flatMap(({ messages }) =>
        messages.filter(({ role }) => role === 'assistant').map(({ content }) => content),
      );
    const said = await rowsOf('data/prompt-completion/train.jsonl');
    const completions = said.map(({ completion }) => completion[0].content);
    const weighted = await rowsOf('data/openai/train.jsonl');
    const learned = weighted.flatMap(({ messages }) =>
      messages
        .filter((message: { weight?: number }) => message.weight === 1)
        .map(({ content }: { content: string }) => content),
    );
    const all = new Set(completions);
    expect(completions).toHaveLength(all.size);
    for (const found of [answers(sft), learned]) {
      expect(found).toHaveLength(all.size);
      expect(new Set(found)).toEqual(all);
    }
    const speeches = new Set(
      (await rowsOf('data/transcript/train.jsonl')).flatMap(({ turns }) =>
        turns
          .filter(({ kind }: { kind: string }) => kind === 'speech')
          .map(({ text }: { text: string }) => text),
      ),
    );
    expect(all).toEqual(speeches);
    expect(await rowsOf('data/sharegpt/train.jsonl')).toHaveLength(sft.length);
  });

  test('stands before a fork’s own speeches in one message', async () => {
    const forks = (await rowsOf('data/sft/train.jsonl')).filter(({ forked_from }) => forked_from !== '');
    expect(forks.length).toBeGreaterThan(0);
    for (const { messages, own_turns, prompts_verified } of forks) {
      expect(messages.filter(({ role }: { role: string }) => role === 'assistant')).toHaveLength(own_turns);
      expect(prompts_verified).toBeLessThanOrEqual(own_turns);
    }
  });

  test('is kept with --all-forks', async () => {
    const filters = { ...defaultFilters, includeSimulated: true, allForks: true };
    const result = await again({ filters });
    expect(result).toMatchObject({
      ok: true,
      value: { counts: { removed: {}, masked: {}, rows: { sft: { train: 20 } } } },
    });
  });

  test('is learned from a fork where the debate it comes from is not exported', async () => {
    const result = await again({ runs: ['one-t7-1'], formats: ['prompt-completion'] });
    expect(result).toMatchObject({
      ok: true,
      value: { counts: { masked: {}, rows: { 'prompt-completion': { train: 8 } } } },
    });
  });

  test('does not depend on which is read first', async () => {
    const [first, second] = [join(folder, 'fork-first'), join(folder, 'fork-last')];
    await again({ out: first, runs: ['one-t7-1', 'one'] });
    await again({ out: second, runs: ['one', 'one-t7-1'] });
    const rows = (out: string) => readFile(join(out, 'data/sft/train.jsonl'), 'utf8');
    expect(await rows(first)).toBe(await rows(second));
  });
});

describe('an export', () => {
  test('counts what it leaves out, and says so where nothing stays', async () => {
    const result = await again({ filters: defaultFilters });
    expect(result).toMatchObject({ ok: false, failure: { reason: 'nothing' } });
    if (!result.ok)
      expect(result.failure.message).toMatch(/5 debates looked at.*5 debates of the built-in simulator/);
  });

  test('leaves out near-duplicates, but pairs them', async () => {
    await store(folder, 'same');
    const filters = { ...defaultFilters, includeSimulated: true };
    const result = await again({ filters, formats: ['sft', 'dpo'], leastMargin: 0.001, rankBy: 'judge' });
    if (!result.ok) throw new Error(result.failure.message);
    expect(result.value.counts.removed).toEqual({ 'near-duplicate': 1 });
    expect(result.value.counts.rows['dpo']?.['train']).toBeGreaterThan(1);
  });

  test('reads runs through their store alone, whichever it is', async () => {
    const files = storeIn(folder);
    const memory = openMemoryStore({ clock: systemClock });
    for (const run of ['one', 'one-t7-1']) {
      const stored = await files.read(run);
      if (!stored.ok) throw new Error(stored.failure.message);
      const kept = [...stored.value.files].map(([path, content]) => ({ path, content }));
      const copy = await memory.create(run, kept, stored.value.events);
      if (!copy.ok) throw new Error(copy.failure.message);
      await copy.value.close();
    }
    const runs = ['one', 'one-t7-1'];
    await again({ out: join(folder, 'from-files'), runs });
    await again({ out: join(folder, 'from-memory'), runs: null, store: memory });
    const rows = (out: string) => readFile(join(folder, out, 'data/sft/train.jsonl'), 'utf8');
    expect(await rows('from-memory')).toBe(await rows('from-files'));
  });

  test('refuses a folder that is there, and replaces it only when told to', async () => {
    const first = await again({ out: join(folder, 'there') });
    expect(first.ok).toBe(true);
    await writeFile(join(folder, 'there', 'mine.txt'), 'kept');
    const second = await again({ out: join(folder, 'there') });
    expect(second).toMatchObject({ ok: false, failure: { reason: 'exists' } });
    await expect(readFile(join(folder, 'there', 'mine.txt'), 'utf8')).resolves.toBe('kept');
    expect((await again({ out: join(folder, 'there'), replace: true })).ok).toBe(true);
    await expect(readFile(join(folder, 'there', 'mine.txt'))).rejects.toThrow();
    expect(await leftovers(join(folder, 'there'))).toEqual([]);
  });

  test('that is stopped half way leaves nothing', async () => {
    const stop = new AbortController();
    const out = join(folder, 'stopped');
    const onProgress = ({ phase, done }: { phase: string; done: number }) => {
      if (phase === 'writing' && done === 2) stop.abort();
    };
    const result = await again({ out, onProgress, signal: stop.signal });
    expect(result).toMatchObject({ ok: false, failure: { reason: 'aborted' } });
    expect((await readdir(folder)).filter((name) => name.includes('stopped'))).toEqual([]);
  });

  test('passes over a damaged journal and over prompts that are not those used, and counts them', async () => {
    await store(folder, 'damaged', { seed: 5 });
    const journal = join(folder, 'transcripts/damaged/journal.jsonl');
    const lines = (await readFile(journal, 'utf8')).split('\n');
    await writeFile(journal, [lines[0], '{"v":1', ...lines.slice(2)].join('\n'));
    await store(folder, 'changed', { seed: 6, strategy: 'steelman' });
    const prompts = join(folder, 'transcripts/changed/prompts.txt');
    await writeFile(prompts, (await readFile(prompts, 'utf8')).replace(/\bthe\b/, 'a'));
    const result = await again({});
    if (!result.ok) throw new Error(result.failure.message);
    expect(result.value.counts).toMatchObject({
      debates: 8,
      removed: { damaged: 2, 'near-duplicate': 1 },
    });
  });
});
