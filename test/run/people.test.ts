import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareStoredRuns } from '../../src/compare/stored-runs.ts';
import { defaultFilters } from '../../src/dataset/filters.ts';
import type { Debate } from '../../src/debate/debate.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import { exportDataset, listRuns, report } from '../../src/index.ts';
import { whyText } from '../../src/report/why-text.ts';
import { paragraphsOf } from '../../src/terminal/plain-transcript.ts';
import { bare } from '../../src/terminal/theme/theme.ts';
import { explanationsOf } from '../../src/why/explanations.ts';
import { held } from './debates.ts';

/** Words that only the person says. */
const words =
  'Herons before inspectors. We would accept that the main economic sanctions are lifted at once, before anything has been given up.';
let folder: string;
let debate: Debate;
let events: DebateEvent[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-people-'));
  const transcripts = join(folder, 'runs');
  const options = { transcripts, rounds: 2 };
  const seats = {
    'dprk-negotiator': async ({ round }: { round: number }) =>
      round === 1
        ? words
        : 'Herons again: on tests we stay free to launch as we see fit until the last treaty is ratified.',
  };
  ({ debate, events } = await held({ ...options, name: 'seated', seats }));
  await held({ ...options, name: 'plain', seed: 2 });
  await held({ ...options, name: 'steel', seed: 2, strategy: 'steelman' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function exported(name: string, format: string, withPeople: boolean) {
  const out = join(folder, name);
  await exportDataset({
    ...{ transcripts: join(folder, 'runs'), runs: ['seated'], out, formats: [format as 'sft'] },
    splits: [{ name: 'train', share: 1 }],
    filters: { ...defaultFilters, includeSimulated: true, withPeople },
    files: ['jsonl'],
    allowEmpty: true,
  });
  const text = await readFile(join(out, 'data', format, 'train.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

type Row = {
  persona: string;
  model: string;
  synthetic: boolean;
  messages: { role: string; content: string }[];
};
const learnedIn = (rows: readonly Row[]) =>
  rows.flatMap(({ messages }) =>
    messages.filter(({ role }) => role === 'assistant').map(({ content }) => content),
  );

describe('what a person said from a seat', () => {
  test('is in no data set, with its whole debate, unless it is asked for: then as a person’s', async () => {
    for (const format of ['sft', 'openai', 'transcript', 'judge'] as const) {
      await expect(exported(`without-${format}`, format, false)).rejects.toThrow(
        /Nothing of seated[\s\S]*debates in which a person wrote/,
      );
    }
    const rows: Row[] = await exported('with', 'sft', true);
    expect(learnedIn(rows).filter((text) => text.startsWith('Herons'))).toHaveLength(2);
    const own = rows.find(({ persona }) => persona === 'dprk-negotiator');
    expect(own).toMatchObject({ model: 'person', synthetic: false });
    expect(rows.find(({ persona }) => persona === 'state-department')).toMatchObject({
      model: 'simulator',
      synthetic: true,
    });
    expect(JSON.stringify(await exported('judged', 'judge', true))).toContain('Herons');
  });

  test('is named as a person’s in transcripts', async () => {
    const [row] = await exported('transcript', 'transcript', true);
    const authors = row.turns.map(
      ({ author, speaker }: { author: string; speaker: string }) => `${speaker} ${author}`,
    );
    expect(authors.filter((one: string) => one === 'dprk-negotiator person')).toHaveLength(2);
    expect(authors.filter((one: string) => one.endsWith('model'))).toHaveLength(debate.turns.length - 2);
  });

  test('is marked in the report in every form', async () => {
    const sentence = 'A person wrote these speeches, and no model: DPRK negotiator (T';
    for (const format of ['md', 'html'] as const) {
      const text = await report({ events, format });
      expect(text).toContain(sentence);
      // Two turns, and the evidence read from each.
      expect(text.match(/written by a person/gu)?.length).toBeGreaterThan(2);
    }
    const value = JSON.parse(await report({ events, format: 'json' }));
    expect(value.people).toEqual([{ persona: 'dprk-negotiator', turns: expect.any(Array) }]);
    expect(value.turns.filter(({ author }: { author?: string }) => author === 'person')).toHaveLength(2);
  });

  test('is marked in the plain transcript, and why asks no model to say it again', () => {
    const turn = debate.turns.find(({ author }) => author === 'person');
    if (!turn) throw new Error('nobody spoke');
    expect(paragraphsOf(turn, debate, bare)).toContain('(written by a person)');
    const shift = {
      speaker: turn.speaker,
      issue: 'sequencing',
      kind: 'drift',
      isTowards: true,
      from: 1,
      to: 3,
      fromTurn: 2,
    };
    const verdicts = debate.verdicts.map((verdict, place) => ({
      ...verdict,
      convergence: verdict.convergence && {
        ...verdict.convergence,
        moves: place === 1 ? [{ ...shift, turn: turn.turn, quote: 'x', why: null } as never] : [],
      },
    }));
    const text = whyText(debate, explanationsOf({ ...debate, verdicts }, []));
    expect(text).toContain('(drift, written by a person)');
    expect(text).toContain('A person said this');
  });

  test('keeps its debate out of arms unless asked, and marks it in the list of runs', async () => {
    const compared = (people: boolean) =>
      compareStoredRuns({ places: [join(folder, 'runs')], armsBy: 'strategy', isReported: false, people });
    const without = await compared(false);
    if (!without.ok) throw new Error(without.failure.message);
    expect(without.value.measured.debates.map((one) => one.debate).sort()).toEqual(['plain', 'steel']);
    expect(without.value.comparison.warnings.join(' ')).toContain(
      '1 debate in which people wrote speeches is left out.',
    );
    const withPeople = await compared(true);
    if (!withPeople.ok) throw new Error(withPeople.failure.message);
    expect(withPeople.value.measured.debates).toHaveLength(3);
    expect(withPeople.value.comparison.warnings.join(' ')).toContain('People wrote speeches in 1 debate');
    const marked: string[] = [];
    for await (const run of listRuns({ transcripts: join(folder, 'runs') }))
      if (run.ok && run.summary?.people) marked.push(run.run);
    expect(marked).toEqual(['seated']);
  });
});
