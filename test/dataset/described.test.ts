import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { strayNames } from '../../src/dataset/check/table-kinds.ts';
import { card } from '../../src/dataset/describe/card.ts';
import { croissant } from '../../src/dataset/describe/croissant.ts';
import { describeFolder } from '../../src/dataset/describe/describe-folder.ts';
import { collect, createCollected, maxLength, type Summary } from '../../src/dataset/describe/summary.ts';
import { createCounts, defaultFilters } from '../../src/dataset/filters.ts';
import { formatOf, formats } from '../../src/dataset/formats/index.ts';
import { isShareable } from '../../src/dataset/row-provenance.ts';
import type { Debate } from '../../src/debate/debate.ts';
import type { PromptSet } from '../../src/prompts/types.ts';

const article = {
  ...{ title: 'A | B', source: 'The Paper', licence: 'MIT', sha256: 'ab'.repeat(32), group: 'one' },
  isShared: true,
};
const file = (format: string, split: string, kind: 'jsonl' | 'parquet' = 'jsonl') => ({
  ...{ format, split, kind },
  path: `data/${format}/${split}${kind === 'jsonl' ? '.jsonl' : '-00000.parquet'}`,
});

/** A data set in which everything was asked for that can be said. */
const rich: Summary = {
  ...{ name: 'corpus', parley: '1.2.3', madeAt: '2026-11-30T10:00:00Z', languages: ['de', 'en'] },
  formats: ['sft', 'kto', 'transcript'].map((name) => formatOf(name as 'sft')),
  files: [
    file('sft', 'train'),
    file('sft', 'validation'),
    file('kto', 'train', 'parquet'),
    file('kto', 'train'),
  ],
  splits: [
    { name: 'train', share: 0.8 },
    { name: 'validation', share: 0.1 },
    { name: 'test', share: 0.1 },
  ],
  filters: { ...defaultFilters, allForks: true, allowSecrets: true, nearDuplicates: null },
  ranking: { rule: 'judge', leastMargin: 0.5 },
  ...{ foldSystem: true, notes: true },
  counts: {
    ...createCounts(),
    debates: 7,
    removed: { secrets: 2, damaged: 1 },
    masked: { 'cut-short': 3 },
    rows: { sft: { train: 900, validation: 100 }, kto: { train: 40 } },
    tokens: { sft: { longest: 5120, sum: 9000 } },
    labels: { kto: { good: 30, bad: 10 } },
    verified: { exact: 5, of: 6 },
  },
  articles: [article, { ...article, title: 'C', isShared: false }],
  articleCount: 5,
  ...{ models: ['openai:a', 'ollama:b'], strategies: ['plain'], hasSimulated: true },
};
/** One in which nothing was. */
const bare: Summary = {
  ...rich,
  formats: [formatOf('transcript')],
  files: [file('transcript', 'train', 'parquet')],
  splits: [{ name: 'train', share: 1 }],
  filters: { ...defaultFilters, nearDuplicates: 0.9 },
  ...{ foldSystem: false, notes: false, hasSimulated: false, articles: [article], articleCount: 1 },
  counts: {
    ...createCounts(),
    debates: 1,
    rows: { transcript: { train: 1 } },
    labels: { kto: { good: 3, bad: 0 } },
  },
};

test.each([
  ['rich', rich],
  ['bare', bare],
] as const)('the card of a data set says what is in it, word by word: %s', async (name, summary) => {
  await expect(card(summary)).toMatchFileSnapshot(`../fixtures/described/${name}.md`);
});

test.each([
  [{ sft: { train: 999 } }, 'n<1K'],
  [{ sft: { train: 900, test: 100 }, kto: { train: 5 } }, '1K<n<10K'],
  [{ sft: { train: 10_000 } }, '10K<n<100K'],
  [{ sft: { train: 100_000 } }, '100K<n<1M'],
  [{ sft: { train: 1_000_000 } }, '1M<n<10M'],
])('the size of %j is said as the Hub says it', (rows, size) => {
  const text = card({ ...rich, counts: { ...rich.counts, rows } });
  expect(parse(text.split('---')[1] ?? '')).toMatchObject({ size_categories: [size] });
});

test.each([
  [1, 512],
  [426, 512],
  [427, 1024],
  [5120, 6144],
])('a row of %i tokens wants a length of %i', (longest, length) => {
  expect(maxLength(longest)).toBe(length);
});

async function described(paths: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-described-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), path);
  }
  const { files: _, ...summary } = { ...rich, formats };
  await describeFolder(folder, summary);
  const text = (name: string) => readFile(join(folder, name), 'utf8');
  return {
    llamaFactory: JSON.parse(await text('dataset_info.json')),
    axolotl: parseAllDocuments(await text('axolotl.yaml')).map((document) => document.toJS()),
    record: JSON.parse(await text('export.json')),
    sums: (await text('SHA256SUMS'))
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/)[1]),
  };
}

test('trainers are told each split of their formats, in JSON lines where they are there', async () => {
  const paths = [
    'sft/train-00000.parquet',
    'sft/train-00001.parquet',
    'sft/train.jsonl',
    'sft/validation-00000.parquet',
  ];
  const found = await described(
    [...paths, 'kto/train.jsonl', 'dpo/train.jsonl', 'grpo/notes.txt'].map((path) => `data/${path}`),
  );
  const [sft, ...others] = found.axolotl;
  expect(sft).toMatchObject({
    sequence_len: 6144,
    datasets: [{ path: 'data/sft/train.jsonl', ds_type: 'json', split: 'train', type: 'chat_template' }],
    test_datasets: [{ path: 'data/sft/validation-00000.parquet', ds_type: 'parquet', split: 'train' }],
  });
  // Axolotl cannot read conversations of kto; a format without a training split has nothing to train on.
  expect(others).toHaveLength(1);
  expect(others[0]).toMatchObject({ rl: 'dpo', datasets: [{ path: 'data/dpo/train.jsonl' }] });
  expect(others[0]).not.toHaveProperty('test_datasets');
  expect(others[0]).not.toHaveProperty('sequence_len');
  expect(Object.keys(found.llamaFactory)).toEqual(['corpus_sft_train', 'corpus_sft_validation']);
  expect(found.record).toMatchObject({ parley: '1.2.3', foldSystem: true, counts: { debates: 7 } });
  expect(found.sums).toEqual(expect.arrayContaining(['README.md', 'croissant.json', 'data/kto/train.jsonl']));
});

test('a format that has no training split gives Axolotl nothing', async () => {
  const { axolotl } = await described(['data/sft/test.jsonl']);
  expect(axolotl.filter((document) => document?.datasets)).toEqual([]);
});

test('Croissant says of each column what it holds, and lists only of lists', () => {
  const hashed = rich.files.map(({ path }) => ({ path, bytes: 1, sha256: 'ab' }));
  const { recordSet } = JSON.parse(croissant(rich, hashed as never));
  const fields = recordSet.flatMap((set: { field: object[] }) => set.field) as Record<string, unknown>[];
  const named = (name: string) => fields.find((field) => String(field['name']).endsWith(`/${name}`));
  expect(named('messages')).toMatchObject({ isArray: true, arrayShape: '-1' });
  expect(named('debate')).not.toHaveProperty('isArray');
  expect(named('debate')).toMatchObject({ dataType: 'sc:Text', description: "the debate's id" });
  expect(named('turn')).toMatchObject({ dataType: 'sc:Integer' });
  expect(named('convergence')).toMatchObject({ dataType: 'sc:Float' });
  expect(named('principal')).toMatchObject({ dataType: 'sc:Boolean' });
});

test.each([
  [true, 'all rights reserved', null, true],
  [false, 'MIT', null, true],
  [false, 'CC BY-NC 4.0', null, false],
  [false, 'all rights reserved', null, false],
  [true, 'MIT', 'withhold', false],
  [false, 'all rights reserved', 'share', true],
] as const)(
  'an article with shareText %s and the licence %s, decided %s, is shared: %s',
  (shareText, licence, decided, is) => {
    expect(isShareable({ scenario: { shareText, article: { licence } } } as PromptSet, decided)).toBe(is);
  },
);

test('LLaMA-Factory is told the formats that it reads', async () => {
  const found = await described([
    'data/sharegpt/train.jsonl',
    'data/kto-llamafactory/train.jsonl',
    'data/sft/train.jsonl',
  ]);
  expect(found.llamaFactory).toMatchObject({
    corpus_sharegpt_train: { file_name: 'data/sharegpt/train.jsonl', formatting: 'sharegpt' },
    'corpus_kto-llamafactory_train': {
      file_name: 'data/kto-llamafactory/train.jsonl',
      formatting: 'sharegpt',
      columns: { messages: 'conversations', system: 'system', kto_tag: 'kto_tag' },
    },
  });
});

test('what went in is gathered: articles once each, up to two hundred, models, groups by split', () => {
  const collected = createCollected();
  expect(collected.hasSimulated).toBe(false);
  const debate = (sha256: string, simulated: boolean) =>
    ({
      started: { article: { ...article, sha256 }, strategy: 'plain', simulated },
      models: { ann: { spec: 'openai:a', simulated } },
      resumptions: [],
    }) as unknown as Debate;
  for (let at = 0; at < 203; at++)
    collect(
      collected,
      { debate: debate(`${at}`, false), isShared: at > 0 },
      { group: `g${at % 2}`, split: 'train', language: 'en' },
    );
  expect(collected.articles.size).toBe(200);
  expect(collected.articleHashes.size).toBe(203);
  expect(collected.articles.get('0')).toMatchObject({ isShared: false, group: 'g0' });
  expect([...collected.models, ...collected.strategies, ...collected.languages]).toEqual([
    'openai:a',
    'plain',
    'en',
  ]);
  expect([...(collected.groups.get('train') ?? [])]).toEqual(['g0', 'g1']);
  expect(collected.hasSimulated).toBe(false);
  collect(
    collected,
    { debate: debate('x', true), isShared: true },
    { group: 'g', split: 'test', language: 'de' },
  );
  collect(
    collected,
    { debate: debate('y', false), isShared: true },
    { group: 'g', split: 'test', language: 'de' },
  );
  expect(collected.hasSimulated).toBe(true);
});

test('a table of no known kind has no stray names', () => {
  expect(strayNames(['messages', 'weight'], null)).toEqual([]);
});
