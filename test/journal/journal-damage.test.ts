import { appendFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventsOf, opened, question, stored } from './store-suite.ts';
import { temporaryStore } from './temporary-store.ts';

/** A stored debate whose journal a test then harms. */
async function harmed(harm: (path: string, text: string) => Promise<void>) {
  const { directory, store, pathOf } = await temporaryStore();
  const events = await stored(store, 'run');
  const path = pathOf('run');
  const text = await readFile(path, 'utf8');
  await harm(path, text);
  return { directory, store, path, events, text, after: await readFile(path, 'utf8') };
}

/** Opens the run, appends one event and gives back what the file then holds. */
async function resumed({ store, path }: Awaited<ReturnType<typeof harmed>>) {
  const journal = await opened(store, 'run');
  const event = await journal.append(question('Go on?'));
  await journal.close();
  return { history: journal.history, event, text: await readFile(path, 'utf8') };
}

describe('a torn last line', () => {
  const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)!;

  it.each([0.01, 0.3, 0.6, 0.99])(
    'of which the share %d reached the disk is cut off before anything is appended',
    async (share) => {
      const run = await harmed((path, text) =>
        truncate(path, Buffer.byteLength(text) - 1 - Math.ceil(lastLine(text).length * (1 - share))),
      );
      expect(await run.store.read('run')).toMatchObject({ ok: true, value: { isTorn: true } });
      expect(await eventsOf(run.store, 'run')).toEqual(run.events.slice(0, -1));
      const { history, event, text } = await resumed(run);
      expect(history).toEqual(run.events.slice(0, -1));
      expect(event.number).toBe(run.events.length - 1);
      expect(text.startsWith(run.text.slice(0, -lastLine(run.text).length - 1))).toBe(true);
      expect(await run.store.read('run')).toMatchObject({ ok: true, value: { isTorn: false } });
    },
  );

  it('that cuts a character in two is cut off too', async () => {
    const run = await harmed((path) =>
      appendFile(path, Buffer.from('{"v":1,"text":"\u{1f54a}').subarray(0, -2)),
    );
    expect((await resumed(run)).history).toEqual(run.events);
  });

  it('is a whole event that only lost its newline: it is kept, and gets one', async () => {
    const run = await harmed((path, text) => truncate(path, Buffer.byteLength(text) - 1));
    expect(await run.store.read('run')).toMatchObject({
      ok: true,
      value: { isTorn: false, events: run.events },
    });
    const { history, event, text } = await resumed(run);
    expect(history).toEqual(run.events);
    expect(event.number).toBe(run.events.length);
    expect(text.startsWith(run.text)).toBe(true);
  });

  it.each([1, 700, 70_000])('of %i NUL bytes, as power cuts leave them, is cut off', async (count) => {
    const run = await harmed((path) => appendFile(path, Buffer.alloc(count)));
    expect((await resumed(run)).history).toEqual(run.events);
  });

  it('whose blocks are NUL though its end reached the disk is cut off', async () => {
    const run = await harmed((path) =>
      appendFile(path, Buffer.concat([Buffer.alloc(4096), Buffer.from('one"}\n')])),
    );
    expect((await resumed(run)).history).toEqual(run.events);
  });

  it('that was the first one leaves an empty journal', async () => {
    const run = await harmed((path) => truncate(path, 30));
    const { history, event } = await resumed(run);
    expect(history).toEqual([]);
    expect(event.number).toBe(0);
  });

  it('does not disturb a reader, who changes nothing', async () => {
    const run = await harmed((path) => appendFile(path, '{"v":1,'));
    expect(await eventsOf(run.store, 'run')).toEqual(run.events);
    const streamed = [];
    for await (const outcome of run.store.events('run')) streamed.push(outcome.ok && outcome.value);
    expect(streamed).toEqual(run.events);
    expect(await readFile(run.path, 'utf8')).toBe(run.after);
  });
});

describe('damage that no torn write leaves', () => {
  const replaceLine =
    (line: number, by: (old: string) => string | Buffer) => (path: string, text: string) => {
      const lines = text.split('\n');
      const parts = lines.map((old, index) => Buffer.from(index === line - 1 ? by(old) : old));
      return writeFile(
        path,
        Buffer.concat(parts.flatMap((part, index) => (index ? [Buffer.from('\n'), part] : [part]))),
      );
    };

  it.each([
    ['a broken line', 3, (old: string) => old.slice(0, -9), 'bad JSON'],
    ['an empty line', 3, () => '', 'an empty line'],
    ['a line of NUL bytes before a whole one', 3, (old: string) => '\0'.repeat(old.length), 'NUL bytes'],
    [
      'bytes that are no UTF-8',
      2,
      (old: string) => Buffer.concat([Buffer.from(old.slice(0, -20)), Buffer.from([0xff, 0xfe])]),
      'not UTF-8',
    ],
    [
      'a field that no event has',
      2,
      (old: string) => old.replace('"turn":', '"mood":"sour","turn":'),
      'mood',
    ],
    ['an event that was taken out', 2, () => '{}', 'not an event'],
    [
      'a number out of order',
      4,
      (old: string) => old.replace('"number":3', '"number":4'),
      'event 4 where event 3 should be',
    ],
    [
      'a last line that is whole but wrong',
      8,
      (old: string) => old.replace('"type":"', '"type":"x-'),
      'not an event',
    ],
    ['a last line with its newline but without its end', 8, (old: string) => old.slice(0, -3), 'bad JSON'],
  ])('is refused with file and line, and nothing is changed: %s', async (_name, line, by, what) => {
    const run = await harmed(replaceLine(line, by));
    const streamed = [];
    for await (const outcome of run.store.events('run')) streamed.push(outcome);
    for (const outcome of [await run.store.open('run'), await run.store.read('run'), streamed.at(-1)!]) {
      expect(outcome).toMatchObject({ ok: false, failure: { reason: 'damaged' } });
      const { message } = (outcome as { failure: { message: string } }).failure;
      expect(message).toContain(`${join('run', 'journal.jsonl')} line ${line} is damaged`);
      expect(message).toContain(what);
      expect(message).toContain('Nothing was changed');
    }
    expect(streamed.filter((outcome) => outcome.ok)).toHaveLength(line - 1);
    expect(await readFile(run.path, 'utf8')).toBe(run.after);
    expect(await readdir(join(run.directory, 'run'))).not.toContain('lock');
  });

  it('is told by its line also where two torn lines follow each other', async () => {
    const run = await harmed((path) => appendFile(path, '\0\0\n{"v":1'));
    const outcome = await run.store.open('run');
    expect(!outcome.ok && outcome.failure.message).toContain(`line ${run.events.length + 1} is damaged`);
  });

  it('offers a repaired copy where events can be saved, and only there', async () => {
    const third = await harmed(replaceLine(3, () => 'x'));
    const first = await harmed(replaceLine(1, () => 'x'));
    const [some, none] = [await third.store.open('run'), await first.store.open('run')];
    expect(!some.ok && some.failure.message).toContain('parley repair run copies the 2 whole events');
    expect(!none.ok && none.failure.message).toContain('No event before it could be saved');
  });

  it('is not seen in line ends that a version control system changed', async () => {
    const run = await harmed((path, text) => writeFile(path, text.replaceAll('\n', '\r\n')));
    expect((await resumed(run)).history).toEqual(run.events);
  });
});

it('refuses the format of another version by its name', async () => {
  const run = await harmed((path, text) => writeFile(path, text.replaceAll('{"v":1,', '{"v":2,"new":true,')));
  for (const outcome of [await run.store.open('run'), await run.store.read('run')]) {
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'unsupported-version' } });
    expect(!outcome.ok && outcome.failure.message).toMatch(
      /event format 2.*reads format 1.*Nothing was changed/,
    );
  }
  expect(await readFile(run.path, 'utf8')).toBe(run.after);
});
