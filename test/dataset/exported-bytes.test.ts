import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDataset } from '../../src/dataset/check/check-dataset.ts';
import { readParquet } from '../../src/dataset/check/read-parquet.ts';
import { createRowReader } from '../../src/dataset/check/read-row.ts';
import { text } from '../../src/dataset/column-types.ts';
import { debateSource } from '../../src/dataset/debate-source.ts';
import { type ExportInput, type ExportResult, exportDataset } from '../../src/dataset/export-dataset.ts';
import { defaultFilters } from '../../src/dataset/filters.ts';
import { formatNames } from '../../src/dataset/formats/index.ts';
import type { DebateFormat } from '../../src/dataset/formats/training-format.ts';
import { explainPairs } from '../../src/dataset/pairs/explain-pairs.ts';
import { apply, type Debate } from '../../src/debate/debate.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import { openMemoryStore } from '../../src/journal/memory-store.ts';
import type { JournalStore } from '../../src/journal/types.ts';
import { loadKept } from '../../src/prompts/load-kept.ts';
import { renderSpeech } from '../../src/prompts/render-speech.ts';
import { makeFolder } from './stored-debates.ts';

/**
 * Every byte that an export writes of debates that never change. Where a change is meant, see what it does to the rows, say so in the
 * changelog, and take the new hashes with `npx vitest -u`.
 */
const kept = 'test/fixtures/journals/plain';
const files = globSync(`${kept}/prompts/**/*`, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({
    path: relative(`${kept}/prompts`, path).replaceAll('\\', '/'),
    content: readFileSync(path, 'utf8'),
  }));
const original = readFileSync(`${kept}/journal.jsonl`, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as DebateEvent);

type Change = (event: DebateEvent) => object;

/** Speeches of which the same is known under any reading of claims: what they cite is there. */
const words = ['plan', 'door', 'week', 'shelf', 'coat', 'lamp', 'chair', 'stair', 'page'];
const said = (turn: number) =>
  `So the ${words[turn]} of a ${words[(turn * 2) % 9]} ${'and then a small '.repeat(turn % 3)}${words[(turn * 5) % 9]} is as good as any ${words[(turn * 7) % 9]} that I have seen [P${(turn % 4) + 1}].`;

/** The debate with other words, each speech with the hash of the prompt that it answers. */
function told(name: string, change: Change = () => ({})): DebateEvent[] {
  const set = loadKept(new Map(files.map(({ path, content }) => [path, content])));
  if (!set.ok) throw new Error('the kept prompts cannot be loaded');
  let debate: Debate | null = null;
  return original.map((event) => {
    const turn = event.type === 'turn-ended' ? { text: said(event.turn), notes: `note ${event.turn}` } : {};
    const start = event.type === 'debate-started' ? { debate: name } : {};
    const changed = { ...event, ...turn, ...start, ...change(event) } as DebateEvent;
    if (debate && changed.type === 'turn-ended' && changed.kind === 'speech') {
      const prompt = JSON.stringify(renderSpeech(set.value, debate, changed.speaker, changed.fullFrom));
      changed.promptHash = createHash('sha256').update(prompt).digest('hex');
    }
    debate = apply(debate, changed);
    return changed;
  });
}

const onTurn =
  (turns: Record<number, object>): Change =>
  (event) =>
    event.type === 'turn-ended' ? (turns[event.turn] ?? {}) : {};
const onStart =
  (start: object): Change =>
  (event) =>
    event.type === 'debate-started' ? start : {};
const all =
  (...changes: Change[]): Change =>
  (event) =>
    Object.assign({}, ...changes.map((change) => change(event)));
/** What the judge read in the second round: who moved by how much in turn 6, and how near the principals are. */
const read =
  (principals: number, kind: 'concession' | 'drift' | 'hardening', from: number, to: number): Change =>
  (event) => {
    if (event.type !== 'verdict-given' || event.round !== 2 || !event.convergence) return {};
    const move = {
      speaker: 'head-librarian',
      issue: 'staffing',
      kind,
      isTowards: true,
      from,
      fromTurn: 2,
      to,
      turn: 6,
    };
    const moves = [{ ...move, quote: 'that I have seen', why: kind === 'drift' ? null : 'as good as any' }];
    const crossed = {
      speaker: 'treasurer',
      issue: 'staffing',
      position: 1,
      min: 2,
      max: 6,
      turn: 7,
      quote: 'that I',
    };
    const convergence = {
      ...event.convergence,
      ...{
        principals,
        moves,
        confidence: { level: 'usual', reasons: [] },
        ownLines: { kept: 0.5, crossed: [crossed] },
      },
      roleBreaks:
        kind === 'drift' ? [{ speaker: 'readers-circle', kind: 'meta', turn: 8, quote: 'that I' }] : [],
    };
    return { convergence };
  };
const from = (run: string, turn: number) => onStart({ forkedFrom: { debate: run, turn }, seed: 9 });
const another = (words: string) =>
  onTurn(Object.fromEntries([6, 7, 8].map((turn) => [turn, { text: `${words} ${said(turn)}` }])));
const article = original[0]?.type === 'debate-started' ? original[0].article : null;
const elsewhere = {
  sha256: 'ab'.repeat(32),
  passages: article?.passages.map(({ number }) => ({ number, text: `Far away ${'so '.repeat(number)}` })),
};

const debates: Record<string, DebateEvent[]> = {
  held: told('held', read(0.5, 'concession', 1, 2)),
  'fork-bad': told(
    'fork-bad',
    all(from('held', 6), another('It is open at night [P9].'), read(0.4, 'drift', 1, 3)),
  ),
  'fork-good': told('fork-good', all(from('held', 6), another('It rains.'), read(0.9, 'hardening', 2, 0))),
  'fork-of-fork': told(
    'fork-of-fork',
    all(from('fork-good', 7), another('It rains.'), onTurn({ 7: { text: 'No [P8].' } })),
  ),
  mixed: told(
    'mixed',
    all(
      onStart({ seed: 3, strategy: 'bold' }),
      onTurn({
        1: { text: 'Open the talk about nothing of the kind that the others had in mind at all.' },
        2: { author: 'person', text: 'People wrote these few words of the talk on a slow afternoon in May.' },
        3: { text: "I'm sorry, but I can't help with that." },
        4: { ending: 'length', text: 'A speech that was cut before its speaker came to any point, as it' },
        6: { text: 'What has been said is enough for a decision and for a long winter of rest.' },
        7: { text: 'Figures that nobody has seen are figures that nobody can pay for, so we wait.' },
        8: { text: 'Readers wait at the door each morning and go home with nothing in their hands \u2028 .' },
      }),
    ),
  ),
  elsewhere: told(
    'elsewhere',
    all(
      onStart({ article: { ...article, ...elsewhere } }),
      onTurn({ 2: { text: 'Far.' }, 3: { text: 'Farther.' }, 4: { text: 'Off.' } }),
    ),
  ),
  'given-way': told(
    'given-way',
    all(
      another('The lamp is out.'),
      onTurn({
        ...{ 2: { text: 'Out.' }, 3: { text: 'Up.' }, 4: { text: 'In.' } },
        ...{ 6: { text: 'A new round.', fullFrom: 2 }, 7: { text: 'Also new.', fullFrom: 2 } },
      }),
    ),
  ),
  again: told('again'),
  control: told('control', onStart({ control: 'no-debate' })),
  stopped: told('stopped', (event) => (event.type === 'debate-ended' ? { reason: 'stopped' } : {})),
  secret: told(
    'secret',
    onTurn({ 7: { text: 'Write to jo.doe@example.org for the figures of last year [P2].' } }),
  ),
  plain: original,
};

let store: JournalStore;
let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  store = openMemoryStore({ clock: { now: () => 0 } });
  for (const [name, events] of Object.entries(debates)) {
    const made = await store.create(name, name === 'broken' ? [] : files, events);
    if (!made.ok) throw new Error(made.failure.message);
    await made.value.close();
  }
  const broken = await store.create('broken', files.slice(1), told('broken'));
  if (broken.ok) await broken.value.close();
});
afterAll(() => remove());

const runs = Object.keys(debates).filter((name) => name !== 'plain');

async function exported(name: string, changes: Partial<ExportInput>): Promise<ExportResult> {
  const made = await exportDataset({
    ...{ store, runs: [...runs, 'broken'], out: join(folder, name), version: '0.0.0', allowEmpty: true },
    ...{ formats: [...formatNames], leastMargin: 0.01, clock: { now: () => Date.UTC(2026, 0, 1) } },
    filters: { ...defaultFilters, includeSimulated: true, withPeople: true },
    check: false,
    ...changes,
  });
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}

/**
 * Paths of all files, those of rows with a hash of their bytes: without estimates of tokens and grounding, whose reckoning may become better
 * at any time. What stands in Parquet is held to be the same below.
 */
function hashes(name: string): string {
  const paths = globSync('**/*', { cwd: join(folder, name), withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(folder, name), join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  return paths
    .map((path) => {
      if (!path.endsWith('.jsonl')) return `${path}\n`;
      const rows = readFileSync(join(folder, name, path), 'utf8').replaceAll(
        /"(?:tokens|grounding)":[^,]+,/g,
        '',
      );
      return `${path}  ${createHash('sha256').update(rows).digest('hex')}\n`;
    })
    .join('');
}

/** What was counted, without tokens. */
function countsOf({ counts: { debates, removed, rows, masked, verified }, groups }: ExportResult): string {
  return `${JSON.stringify({ debates, removed, rows, masked, verified, groups }, null, 1)}\n`;
}

const fixture = (name: string) => join(import.meta.dirname, `../fixtures/dataset/${name}.sha256`);

describe('an export', () => {
  test('of all formats is the same to the byte', async () => {
    const made = await exported('whole', {});
    await expect(hashes('whole') + countsOf(made)).toMatchFileSnapshot(fixture('whole'));
  });

  test('with every option turned is the same to the byte', async () => {
    const made = await exported('turned', {
      ...{ foldSystem: true, notes: true, window: 1650, rankBy: 'judge', leastMargin: null },
      splits: [
        { name: 'train', share: 0.5 },
        { name: 'validation', share: 0.5 },
      ],
      filters: {
        ...{ includeSimulated: true, includeControls: true, includeUnfinished: true, allowSecrets: true },
        ...{ withPeople: true, allForks: true, dropLowConfidence: false, minGrounding: 0.1, maxMisquotes: 3 },
        ...{ maxBreaches: 3, maxTokens: 1645, nearDuplicates: null },
      },
    });
    await expect(hashes('turned') + countsOf(made)).toMatchFileSnapshot(fixture('turned'));
  });

  test('without the article is the same to the byte', async () => {
    await exported('withheld', {
      articles: 'withhold',
      window: 1500,
      formats: ['sft', 'kto', 'dpo', 'openai', 'sharegpt'],
    });
    await expect(hashes('withheld')).toMatchFileSnapshot(fixture('withheld'));
  });

  test('holds the same rows in JSON lines and in Parquet', async () => {
    const lines = globSync('*/data/**/*.jsonl', { cwd: folder }).sort();
    expect(lines.length).toBeGreaterThan(15);
    for (const path of lines) {
      const readRow = createRowReader();
      const rows = readFileSync(join(folder, path))
        .toString('utf8')
        .trimEnd()
        .split('\n')
        .map((line, place) => readRow(Buffer.from(line), place === 0));
      const parquet = [];
      for await (const row of readParquet(join(folder, path.replace('.jsonl', '-00000.parquet'))))
        parquet.push(row);
      expect(parquet.map(withoutLacking)).toEqual(rows.map(withoutLacking));
    }
  });

  test('passes its own check, and its files their sums', async () => {
    for (const name of ['whole', 'turned', 'withheld']) {
      const { faults, rows } = await checkDataset(join(folder, name));
      // All forks are in it, and two articles share one prompt there, which no real ones do.
      const isMeant = ({ reason, file }: (typeof faults)[number]) =>
        (reason === 'one-label' && file.includes('/kto')) ||
        (['repeated-row', 'leak'].includes(reason) && name === 'turned');
      expect(faults.filter((fault) => !isMeant(fault))).toEqual([]);
      expect(rows).toBeGreaterThan(3);
    }
  });

  test('takes all that a store holds, formats of the caller’s own, and tells how far it is', async () => {
    const phases = new Map<string, number[]>();
    const own: DebateFormat = {
      ...{ name: 'names', of: 'debate', use: 'names', columns: { run: text }, isBare: true, trainers: {} },
      check: { name: 'names', needs: ['run'], own: [], faults: () => [] },
      row: ({ provenance }) => ({ run: provenance['debate'] }),
    };
    const { counts, groups, checked } = await exported('own', {
      ...{ formats: [own], runs: null, check: true, files: ['parquet'] },
      onProgress: ({ phase, done, of }) => phases.set(phase, [...(phases.get(phase) ?? []), done, of]),
    });
    expect(counts.debates).toBe(Object.keys(debates).length + 1);
    expect(counts.rows).toEqual({ names: { train: 8 } });
    expect(groups).toEqual({ train: 2 });
    expect(checked?.rows).toBe(8);
    const made = globSync('data/**/*.*', { cwd: join(folder, 'own') });
    expect(made).toEqual([join('data', 'names', 'train-00000.parquet')]);
    expect([...phases.keys()]).toEqual(['looking', 'writing', 'describing', 'checking']);
    expect(phases.get('writing')?.slice(0, 4)).toEqual([0, 13, 1, 13]);
  });

  test('of readings holds what a judge was shown', async () => {
    const { counts } = await exported('readings', { runs: ['plain'], formats: ['judge'] });
    expect(counts.rows).toEqual({ judge: { train: 2 } });
    const rows = readFileSync(join(folder, 'readings/data/judge/train.jsonl'), 'utf8')
      .replaceAll(/"grounding":[^,]+,/g, '')
      .trimEnd();
    expect(createHash('sha256').update(rows).digest('hex')).toMatchInlineSnapshot(
      `"14544501b149ec221493a513984a73aecc4fcbfd3acd224c51b4eddb9d9d5a9c"`,
    );
  });
});

test('an export that does not pass its check is not kept, but for one label where little was allowed', async () => {
  const out = join(folder, 'one-label');
  const asked = { formats: ['kto'] as const, runs: ['plain'], check: true, out };
  const options = { store, version: '0.0.0', leastMargin: 0.01, clock: { now: () => 0 } };
  const filters = { ...defaultFilters, includeSimulated: true };
  const refused = await exportDataset({ ...options, ...asked, formats: ['kto'], filters, allowEmpty: false });
  expect(refused).toMatchObject({ ok: false, failure: { reason: 'one-label' } });
  expect(globSync('one-label/**', { cwd: folder })).toEqual([]);
  const kept = await exportDataset({ ...options, ...asked, formats: ['kto'], filters, allowEmpty: true });
  expect(kept).toMatchObject({
    ok: true,
    value: { checked: { faults: [{ reason: 'one-label' }, { reason: 'one-label' }] } },
  });
});

test('a journal that begins otherwise, or lost its prompts, gives no head', async () => {
  const events = async function* () {
    yield { ok: true, value: original[1] };
    yield { ok: true, value: original[0] };
  };
  const source = debateSource({ ...store, events } as unknown as JournalStore);
  expect(await source.head('plain')).toBeNull();
  const kept = debateSource(store);
  expect(await kept.head('plain')).toMatchObject({ started: { type: 'debate-started' } });
  // A set of prompts that is known already is not read again.
  expect(await kept.head('broken')).not.toBeNull();
  expect(await debateSource(store).head('broken')).toBeNull();
  expect(await debateSource(store).load('broken')).toBeNull();
});

test('what makes pairs is told for each rule', async () => {
  const told = await explainPairs(store, runs, { ...defaultFilters, includeSimulated: true });
  await expect(`${JSON.stringify(told, null, 1)}\n`).toMatchFileSnapshot(
    fixture('pairs').replace('.sha256', '.json'),
  );
});

/** A weight that JSON leaves out is null in Parquet. */
function withoutLacking(row: unknown): unknown {
  return JSON.parse(JSON.stringify(row, (_key, value) => (value === null ? undefined : value)));
}
