import { expect, test } from 'vitest';
import { differenceOf } from '../../src/dataset/pairs/difference.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { type DebateEventsOptions, debateEvents } from '../helpers/debate-events.ts';

const debateOf = (options: DebateEventsOptions) => fold(debateEvents(options)) as Debate;

test('debates of different length are compared after the last round that both have', () => {
  const [long, short] = [debateOf({ rounds: 3 }), debateOf({ rounds: 3, failedReadings: [3] })];
  const { round, lastRead, convergence, positions } = differenceOf(long, short);
  expect(round).toBe(2);
  expect(lastRead).toEqual({ one: 3, other: 2 });
  expect(convergence.one).toBe(long.verdicts[1]?.convergence?.principals);
  expect(convergence.other).toBe(convergence.one);
  expect(positions).toEqual([]);
});

test('nothing is compared where no round was read in both', () => {
  const [one, other] = [debateOf({ rounds: 1 }), debateOf({ rounds: 1, failedReadings: [1] })];
  expect(differenceOf(one, other)).toMatchObject({
    round: null,
    lastRead: { one: 1, other: null },
    convergence: { one: null, other: null },
    positions: [],
  });
});

test('what was set up otherwise is named', () => {
  const one = debateOf({ rounds: 1 });
  const other = debateOf({ rounds: 1, model: 'openai:x', settings: { rounds: 1, temperature: 0.5 } });
  const { changed } = differenceOf(one, other);
  expect(changed).toContain('model of judge: simulator and openai:x');
  expect(changed).toContain('temperature: none and 0.5');
  expect(changed.some((each) => each.startsWith('strategy'))).toBe(false);
  expect(differenceOf(one, one).changed).toEqual([]);
});

test('a setting that only one debate has is named from both sides', () => {
  const plain = debateOf({ rounds: 1 });
  const settings = { ...plain.settings, caucus: 2 };
  const withCaucus = { ...plain, settings };
  expect(differenceOf(withCaucus, plain).changed).toEqual(['caucus: 2 and none']);
  expect(differenceOf(plain, withCaucus).changed).toEqual(['caucus: none and 2']);
});

test('positions are compared where they differ or only one debate has one', () => {
  const one = debateOf({ rounds: 2 });
  const verdict = one.verdicts[1];
  const cell = verdict?.cells.find(({ stand }) => stand === 'position');
  if (!verdict || cell?.stand !== 'position') throw new Error('no position was read');
  const withCell = (changed: typeof cell | null): Debate => ({
    ...one,
    verdicts: one.verdicts.map((each) =>
      each === verdict
        ? { ...each, cells: each.cells.flatMap((own) => (own === cell ? (changed ?? []) : own)) }
        : each,
    ),
  });
  const { speaker, issue, position } = cell;
  const moved = position === 6 ? 5 : position + 1;
  expect(differenceOf(one, withCell({ ...cell, position: moved })).positions).toEqual([
    { speaker, name: expect.stringMatching(/\w/), issue, one: position, other: moved },
  ]);
  expect(differenceOf(withCell(null), one).positions).toMatchObject([
    { speaker, issue, one: null, other: position },
  ]);
});

test('a seed, a prompt file and how debates ended are told apart', () => {
  const one = debateOf({ rounds: 1 });
  const started = {
    ...one.started,
    seed: one.started.seed + 1,
    strategy: 'other',
    prompts: [...one.started.prompts, { path: 'new.md', sha256: 'a'.repeat(64) }],
  };
  const { changed, ended } = differenceOf(one, { ...one, started, ended: null } as Debate);
  expect(changed).toEqual([
    `strategy: ${one.started.strategy} and other`,
    'prompt file new.md',
    `seed: ${one.started.seed} and ${one.started.seed + 1}`,
  ]);
  expect(ended.other).toBe('not ended');
});
