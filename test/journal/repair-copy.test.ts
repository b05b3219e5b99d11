import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repairCopy } from '../../src/journal/repair-copy.ts';
import { bodies, namesIn, opened, question, stored, tickingClock } from './store-suite.ts';
import { temporaryStore } from './temporary-store.ts';

async function damagedRun(line: number) {
  const { directory, store, pathOf } = await temporaryStore();
  const made = await store.create('run', [{ path: 'strategies/plain.md', content: 'Argue.' }]);
  if (!made.ok) throw new Error(made.failure.message);
  const events = [];
  for (const body of bodies()) events.push(await made.value.append(body));
  await made.value.close();
  const lines = (await readFile(pathOf('run'), 'utf8')).split('\n');
  lines[line - 1] = 'damaged';
  await writeFile(pathOf('run'), lines.join('\n'));
  const repair = (copy: string) => repairCopy({ directory, clock: tickingClock(), run: 'run', copy });
  return { directory, store, events, repair, damaged: lines.join('\n'), pathOf };
}

it('saves the events before the damage and the prompt files to a run that can be resumed', async () => {
  const { store, events, repair, damaged, pathOf } = await damagedRun(4);
  expect(await repair('saved')).toEqual({ ok: true, value: { events: 3, damagedEvent: 3 } });
  const read = await store.read('saved');
  expect(read.ok && read.value.events).toEqual(events.slice(0, 3));
  expect(read.ok && [...read.value.files]).toEqual([['strategies/plain.md', 'Argue.']]);
  const journal = await opened(store, 'saved');
  expect((await journal.append(question('Go on?'))).number).toBe(3);
  await journal.close();
  expect(await readFile(pathOf('run'), 'utf8')).toBe(damaged);
});

it('copies a whole run whole, and says so', async () => {
  const { directory, store } = await temporaryStore();
  const events = await stored(store, 'fine');
  const outcome = await repairCopy({ directory, clock: tickingClock(), run: 'fine', copy: 'twin' });
  expect(outcome).toEqual({ ok: true, value: { events: events.length, damagedEvent: null } });
});

it('leaves out events that do not follow those before them', async () => {
  const { store, repair, pathOf, events } = await damagedRun(9);
  const lines = (await readFile(pathOf('run'), 'utf8')).split('\n');
  lines[4] = (lines[0] ?? '').replace('"number":0', '"number":4');
  await writeFile(pathOf('run'), lines.join('\n'));
  expect(await repair('saved')).toEqual({ ok: true, value: { events: 4, damagedEvent: 4 } });
  const read = await store.read('saved');
  expect(read.ok && read.value.events).toEqual(events.slice(0, 4));
});

it('overwrites no run and makes none where nothing can be saved', async () => {
  const { store, repair } = await damagedRun(1);
  await stored(store, 'other');
  expect(await repair('other')).toMatchObject({ ok: false, failure: { reason: 'exists' } });
  expect(await repair('run')).toMatchObject({ ok: false, failure: { reason: 'exists' } });
  expect(await repair('../out')).toMatchObject({ ok: false, failure: { reason: 'bad-name' } });
  expect(await repair('saved')).toMatchObject({ ok: false, failure: { reason: 'damaged' } });
  expect(await namesIn(store)).toEqual(['other', 'run']);
});

it('says where there is no such run', async () => {
  const { directory } = await temporaryStore();
  const outcome = await repairCopy({ directory, clock: tickingClock(), run: 'none', copy: 'saved' });
  expect(outcome).toMatchObject({ ok: false, failure: { reason: 'not-found' } });
  expect(!outcome.ok && outcome.failure.message).toContain(join(directory));
});
