import { expect, it } from 'vitest';
import { openMemoryStore } from '../../src/journal/memory-store.ts';
import { describeStore, eventsOf, stored, tickingClock } from './store-suite.ts';

describeStore('the memory store', async () => {
  const store = openMemoryStore({ clock: tickingClock() });
  return { store, again: store, cleanUp: async () => {} };
});

it('is not changed by what a reader does to the events it was given', async () => {
  const store = openMemoryStore({ clock: tickingClock() });
  await stored(store, 'guarded');
  const events = await eventsOf(store, 'guarded');
  const before = structuredClone(events);
  events.splice(0, 2);
  Object.assign(events[0]!, { at: 'changed' });
  expect(await eventsOf(store, 'guarded')).toEqual(before);
});
