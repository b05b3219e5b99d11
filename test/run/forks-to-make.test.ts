import { expect, test } from 'vitest';
import { openMemoryStore } from '../../src/journal/memory-store.ts';
import { forksToMake } from '../../src/run/fork-debate.ts';
import { started, turn } from '../debate/small-debate.ts';

const clock = { now: () => 0, wait: async () => {} };

async function runs(...turns: ReturnType<typeof turn>[]) {
  const store = openMemoryStore({ clock });
  const journal = await store.create(
    'talk',
    [],
    [started(), ...turns].map(
      (body, number) => ({ v: 1, number, at: '2026-11-30T10:00:00.000Z', ...body }) as never,
    ),
  );
  if (!journal.ok) throw new Error(journal.failure.message);
  await journal.value.close();
  return store;
}
const opening = turn(1, 0, 'moderator', 'opening');
const speeches = [opening, turn(2, 1, 'ann'), turn(3, 1, 'bo')];

test('every turn means every speech of a persona, in order', async () => {
  const store = await runs(...speeches);
  const made = await forksToMake({ store, run: 'talk', turns: 'every', strategies: [], count: 1 });
  expect(made.ok && made.value).toEqual([
    { turn: 2, branch: 1, strategy: null },
    { turn: 3, branch: 1, strategy: null },
  ]);
});

test('at each turn so many are made under each strategy, numbered on from those there are', async () => {
  const store = await runs(...speeches);
  const there = await store.create('talk-t3-1', []);
  if (there.ok) {
    await there.value.append(started());
    await there.value.close();
  }
  const made = await forksToMake({
    store,
    run: 'talk',
    turns: [3, 3],
    strategies: ['plain', 'steelman'],
    count: 2,
  });
  expect(made.ok && made.value).toEqual([
    { turn: 3, branch: 2, strategy: 'plain' },
    { turn: 3, branch: 3, strategy: 'plain' },
    { turn: 3, branch: 4, strategy: 'steelman' },
    { turn: 3, branch: 5, strategy: 'steelman' },
  ]);
});

test('a run without a speech has nothing to fork', async () => {
  const store = await runs(opening);
  const made = await forksToMake({ store, run: 'talk', turns: 'every', strategies: [], count: 1 });
  expect(!made.ok && made.failure.message).toBe('talk holds no speech yet: there is nothing to fork.');
});

test('a turn that is no speech, or a strategy that is not there, is refused before any fork is made', async () => {
  const store = await runs(...speeches);
  const asked = { store, run: 'talk', strategies: [], count: 1 };
  const noTurn = await forksToMake({ ...asked, turns: [2, 9] });
  expect(!noTurn.ok && noTurn.failure.message).toContain('Turn 9 of talk is no persona');
  const noStrategy = await forksToMake({ ...asked, turns: [2], strategies: ['plain', 'plian'] });
  expect(!noStrategy.ok && noStrategy.failure.message).toContain('plian');
});
