import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DebateEvent, EventBody } from '../../src/debate/events.ts';
import type { Journal, JournalStore } from '../../src/journal/types.ts';
import { debateEvents } from '../helpers/debate-events.ts';

/** What a store's test hands to the suite; the store has a clock that starts at `startMs` and goes on by a second a call. */
export interface StoreUnderTest {
  store: JournalStore;
  /** A second opening of the same place, as another command would make it. */
  again: JournalStore;
  cleanUp(): Promise<void>;
}

const startMs = Date.UTC(2026, 0, 5, 9);

export function tickingClock(): { now(): number } {
  let now = startMs - 1000;
  return { now: () => (now += 1000) };
}

/** Every store keeps the same promises, whatever it is made of. */
export function describeStore(name: string, setUp: () => Promise<StoreUnderTest>): void {
  describe(`${name}, as every store,`, () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await setUp();
    });
    afterEach(() => under.cleanUp());

    it('makes an empty journal and numbers what is appended from 0', async () => {
      const journal = await created(under.store, 'first');
      expect(journal.debate).toBe('first');
      expect(journal.history).toEqual([]);
      const numbers = [];
      for (const body of bodies().slice(0, 3)) numbers.push((await journal.append(body)).number);
      expect(numbers).toEqual([0, 1, 2]);
      await journal.close();
    });

    it('dates events by its clock, each when it was appended', async () => {
      const journal = await created(under.store, 'dated');
      const [one, two] = bodies();
      const first = await journal.append(one!);
      const second = await journal.append(two!);
      expect(Date.parse(first.at)).toBeGreaterThanOrEqual(startMs);
      expect(Date.parse(second.at)).toBeGreaterThan(Date.parse(first.at));
      await journal.close();
    });

    it('gives what is written at once, and stores it in the order of the calls', async () => {
      const journal = await created(under.store, 'at-once');
      const written = bodies().slice(0, 3).map(journal.write);
      expect(written.map(({ event }) => event.number)).toEqual([0, 1, 2]);
      await Promise.all(written.map(({ saved }) => saved));
      const read = await under.again.read('at-once');
      expect(read.ok && read.value.events).toEqual(written.map(({ event }) => event));
      await journal.close();
    });

    it('gives back what append returned, to a reader and to the next writer', async () => {
      const appended = await stored(under.store, 'whole');
      const read = await under.again.read('whole');
      expect(read).toMatchObject({ ok: true, value: { debate: 'whole', isTorn: false } });
      expect(read.ok && read.value.events).toEqual(appended);
      const journal = await opened(under.again, 'whole');
      expect(journal.history).toEqual(appended);
      await journal.close();
    });

    it('goes on with the next number where an earlier process stopped', async () => {
      const appended = await stored(under.store, 'resumed');
      const journal = await opened(under.again, 'resumed');
      const event = await journal.append({ type: 'question-asked', afterTurn: 1, text: 'And then?' });
      expect(event.number).toBe(appended.length);
      expect(journal.history).toHaveLength(appended.length);
      await journal.close();
      expect(await eventsOf(under.store, 'resumed')).toEqual([...appended, event]);
    });

    it('stores events in the order of the calls when nobody waits between them', async () => {
      const journal = await created(under.store, 'hasty');
      const questions = Array.from({ length: 60 }, (_, index) => question(`Question ${index}`));
      const events = await Promise.all([bodies()[0]!, ...questions].map((body) => journal.append(body)));
      await journal.close();
      expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index));
      expect(await eventsOf(under.again, 'hasty')).toEqual(events);
    });

    it('finishes what was appended before it closes', async () => {
      const journal = await created(under.store, 'closing');
      const appending = [bodies()[0]!, question('Last words?')].map((body) => journal.append(body));
      await journal.close();
      expect(await eventsOf(under.again, 'closing')).toEqual(await Promise.all(appending));
    });

    it('keeps prompt files exactly, by path', async () => {
      const files = [
        { path: 'strategies/plain.md', content: '---\r\nid: plain\n---\n\u2028“Argue.”\n' },
        { path: 'scenarios/one/personas/ann.md', content: '' },
        { path: 'moderator/opening.md', content: '\ufeffOpen.' },
      ];
      const made = await under.store.create('kept', files);
      if (made.ok) await made.value.close();
      const read = await under.again.read('kept');
      expect(read.ok && [...read.value.files]).toEqual(
        [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, content }) => [path, content]),
      );
    });

    it.each(['../outside.md', '/etc/outside.md', 'a/../../outside.md', 'C:/outside.md', 'a\\..\\outside.md'])(
      'throws on a prompt file that would leave the run: %s',
      async (path) => {
        await expect(under.store.create('leaving', [{ path, content: 'x' }])).rejects.toThrow(TypeError);
        expect(await namesIn(under.store)).toEqual([]);
      },
    );

    it('keeps any text, line breaks of all kinds and control characters included', async () => {
      const journal = await created(under.store, 'text');
      await journal.append(bodies()[0]!);
      const text = 'a\u2028b\u2029c\u0085d\r\ne\u0000f\u001b[31mg"h\\i\u{1f54a}\ufeffj\u202ek';
      const event = await journal.append(question(text));
      await journal.close();
      expect(event).toMatchObject({ text });
      expect((await eventsOf(under.again, 'text'))[1]).toEqual(event);
    });

    it('makes text well-formed before anyone sees it, so that readers agree with the writer', async () => {
      const journal = await created(under.store, 'surrogates');
      await journal.append(bodies()[0]!);
      const event = await journal.append(question('half \ud83d of a sign'));
      await journal.close();
      expect(event).toMatchObject({ text: 'half \ufffd of a sign' });
      expect((await eventsOf(under.again, 'surrogates'))[1]).toEqual(event);
    });

    it('refuses an event that no reader would take, and leaves no gap', async () => {
      const journal = await created(under.store, 'strict');
      const append = (body: object) => journal.append(body as EventBody);
      await journal.append(bodies()[0]!);
      await expect(append({ ...question('x'), text: '' })).rejects.toThrow(/event 1 is not valid: text/);
      await expect(append({ ...question('x'), extra: 1 })).rejects.toThrow(TypeError);
      await expect(append({ ...question('x'), afterTurn: Number.NaN })).rejects.toThrow(TypeError);
      expect((await journal.append(question('Now?'))).number).toBe(1);
      await journal.close();
      expect(await eventsOf(under.again, 'strict')).toHaveLength(2);
    });

    it('refuses to make a run twice', async () => {
      await stored(under.store, 'twice');
      const second = await under.again.create('twice', []);
      expect(second).toMatchObject({ ok: false, failure: { reason: 'exists' } });
      expect(!second.ok && second.failure.message).toMatch(/twice.*(Resume it|another name)/);
    });

    it('lets one of many win who make the same run at once', async () => {
      const makers = Array.from({ length: 8 }, (_, index) => (index % 2 ? under.again : under.store));
      const made = await Promise.all(makers.map((store) => store.create('wanted', [])));
      expect(made.filter((outcome) => outcome.ok)).toHaveLength(1);
      for (const outcome of made) {
        if (outcome.ok) await outcome.value.close();
        else expect(outcome.failure.reason).toBe('exists');
      }
    });

    it('refuses a second writer by name until the first one closes', async () => {
      const journal = await created(under.store, 'busy');
      const second = await under.again.open('busy');
      expect(second).toMatchObject({ ok: false, failure: { reason: 'locked' } });
      expect(!second.ok && second.failure.message).toContain('busy');
      expect(!second.ok && second.failure.message).toContain(String(process.pid));
      await journal.close();
      await (await opened(under.again, 'busy')).close();
    });

    it('gives the lock to one of many who open a run at once', async () => {
      await stored(under.store, 'race');
      const openers = Array.from({ length: 8 }, (_, index) => (index % 2 ? under.again : under.store));
      const outcomes = await Promise.all(openers.map((store) => store.open('race')));
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.ok) await outcome.value.close();
        else expect(outcome.failure.reason).toBe('locked');
      }
    });

    it('can be closed twice, and does not take the lock of the next writer with it', async () => {
      const first = await created(under.store, 'doubly');
      await first.close();
      const next = await opened(under.again, 'doubly');
      await first.close();
      expect(await under.store.open('doubly')).toMatchObject({ ok: false, failure: { reason: 'locked' } });
      await next.close();
    });

    it('takes nothing more once closed', async () => {
      const journal = await created(under.store, 'shut');
      await journal.close();
      await expect(journal.append(bodies()[0]!)).rejects.toThrow(/closed/);
      expect(await eventsOf(under.again, 'shut')).toEqual([]);
    });

    it('is read while it is written', async () => {
      const journal = await created(under.store, 'live');
      const first = await journal.append(bodies()[0]!);
      expect(await eventsOf(under.again, 'live')).toEqual([first]);
      const second = await journal.append(bodies()[1]!);
      expect(await eventsOf(under.again, 'live')).toEqual([first, second]);
      await journal.close();
    });

    it('reads events one by one, for as long as they are wanted', async () => {
      const appended = await stored(under.store, 'lazy');
      const seen: DebateEvent[] = [];
      for await (const outcome of under.again.events('lazy')) {
        if (!outcome.ok) throw new Error(outcome.failure.message);
        seen.push(outcome.value);
        if (seen.length === 3) break;
      }
      expect(seen).toEqual(appended.slice(0, 3));
    });

    it('says that a run is not there, and which one was probably meant', async () => {
      await stored(under.store, 'night-run');
      const streamed = [];
      for await (const outcome of under.store.events('nigth-run')) streamed.push(outcome);
      for (const outcome of [
        await under.store.open('nigth-run'),
        await under.store.read('nigth-run'),
        ...streamed,
      ]) {
        expect(outcome).toMatchObject({ ok: false, failure: { reason: 'not-found' } });
        expect(!outcome.ok && outcome.failure.message).toContain('Did you mean night-run?');
      }
      expect(streamed).toHaveLength(1);
    });

    it('lists the runs, and none when there are none', async () => {
      expect(await namesIn(under.store)).toEqual([]);
      for (const name of ['one', 'three', 'two']) await stored(under.store, name);
      expect((await namesIn(under.again)).sort()).toEqual(['one', 'three', 'two']);
    });

    it.each(['..', 'a/b', '', '.hidden', 'tab\t'])(
      'refuses the name %j wherever one is given',
      async (bad) => {
        const outcomes = [
          await under.store.create(bad, []),
          await under.store.open(bad),
          await under.store.read(bad),
          (await under.store.events(bad)[Symbol.asyncIterator]().next()).value,
        ];
        for (const outcome of outcomes) {
          expect(outcome).toMatchObject({ ok: false, failure: { reason: 'bad-name' } });
        }
        expect(await namesIn(under.store)).toEqual([]);
      },
    );
  });
}

/** The events of a small debate, without number and date. */
export function bodies(): EventBody[] {
  return debateEvents({ rounds: 1 }).map(({ v: _v, number: _number, at: _at, ...body }) => body as EventBody);
}

export function question(text: string): EventBody {
  return { type: 'question-asked', afterTurn: 0, text };
}

export async function created(store: JournalStore, debate: string): Promise<Journal> {
  const made = await store.create(debate, []);
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}

export async function opened(store: JournalStore, debate: string): Promise<Journal> {
  const outcome = await store.open(debate);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

/** Stores a small debate and closes it again. */
export async function stored(store: JournalStore, debate: string): Promise<DebateEvent[]> {
  const journal = await created(store, debate);
  const events: DebateEvent[] = [];
  for (const body of bodies()) events.push(await journal.append(body));
  await journal.close();
  return events;
}

export async function eventsOf(store: JournalStore, debate: string): Promise<DebateEvent[]> {
  const read = await store.read(debate);
  if (!read.ok) throw new Error(read.failure.message);
  return read.value.events;
}

export async function namesIn(store: JournalStore): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.list()) names.push(name);
  return names;
}
