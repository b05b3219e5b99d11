import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import { type DebateEvent, type EventOf, eventSchema } from '../../src/debate/events.ts';
import { failure } from '../../src/debate/outcome.ts';
import { openMemoryStore } from '../../src/journal/memory-store.ts';
import { prepareFork } from '../../src/run/prepare-fork.ts';
import { systemClock } from '../../src/run/system-clock.ts';
import { forkOf, makeFolder, store, storeIn } from './stored-debates.ts';

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  await store(folder, 'root', { order: 'shuffled' });
});
afterAll(() => remove());

async function eventsOf(run: string): Promise<DebateEvent[]> {
  const stored = await storeIn(folder).read(run);
  if (!stored.ok) throw new Error(stored.failure.message);
  return stored.value.events;
}

function turnIn(events: readonly DebateEvent[], turn: number): EventOf<'turn-ended'> {
  const found = fold(events)?.turns[turn - 1];
  if (!found) throw new Error(`no turn ${turn}`);
  return found;
}

describe('a fork', () => {
  test('shares everything before the turn, is sent the very same prompt there, and says something else', async () => {
    const before = await eventsOf('root');
    const events = await eventsOf(await forkOf(folder, 'root', 8, 1));
    const forkedAt = turnIn(before, 8).number;
    expect(events.slice(1, forkedAt)).toEqual(before.slice(1, forkedAt));
    const [own, others] = [turnIn(events, 8), turnIn(before, 8)];
    expect(own.speaker).toBe(others.speaker);
    expect(own.promptHash).toBe(others.promptHash);
    expect(own.text).not.toBe(others.text);
    expect(events.at(-1)?.type).toBe('debate-ended');
  });

  test('says where it comes from, and leaves the other as it was', async () => {
    const before = await eventsOf('root');
    const name = await forkOf(folder, 'root', 4, 1);
    const [started] = await eventsOf(name);
    expect(started).toMatchObject({ debate: name, forkedFrom: { debate: 'root', turn: 4 } });
    expect(await eventsOf('root')).toEqual(before);
  });

  test('of another number goes on with chances of its own', async () => {
    const one = turnIn(await eventsOf(await forkOf(folder, 'root', 7, 1)), 7);
    const other = turnIn(await eventsOf(await forkOf(folder, 'root', 7, 2)), 7);
    expect(one.speaker).toBe(other.speaker);
    expect(one.text).not.toBe(other.text);
  });

  test.each([1, 99])('at turn %d, which is no speech, is refused with those that are', async (turn) => {
    const fork = await prepareFork({
      ...{ run: 'root', turn, branch: 1, name: 'none', store: storeIn(folder), version: '0.0.0' },
      ...{ clock: systemClock, jitter: Math.random },
      goOn: async () => failure('never', 'it is not asked'),
    });
    expect(fork).toMatchObject({ ok: false, failure: { reason: 'no-such-turn' } });
    if (!fork.ok) expect(fork.failure.message).toMatch(/Fork at one of: 2, 3, 4, 5,/);
  });
});

describe('the journal of a fork', () => {
  test('is refused where it names what it comes from in another way, and old journals name nothing', async () => {
    const [started] = await eventsOf('root');
    expect(started).not.toHaveProperty('forkedFrom');
    expect(eventSchema.safeParse(started).success).toBe(true);
    const odd = { ...started, forkedFrom: { debate: 'root', turn: 4, why: 'x' } };
    expect(eventSchema.safeParse(odd).success).toBe(false);
  });

  test('begins with what it was given in memory as on the disk, and goes on after it', async () => {
    const events = await eventsOf('root');
    const memory = openMemoryStore({ clock: systemClock });
    for (const place of [memory, storeIn(folder)]) {
      const journal = await place.create('given', [], events.slice(0, 5));
      if (!journal.ok) throw new Error(journal.failure.message);
      expect(journal.value.history).toEqual(events.slice(0, 5));
      const next = await journal.value.append({ type: 'question-asked', afterTurn: 4, text: 'And now?' });
      expect(next.number).toBe(5);
      await journal.value.close();
      const read = await place.read('given');
      expect(read.ok && read.value.events).toEqual([...events.slice(0, 5), next]);
    }
  });
});
