import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/debate/seeded-random.ts';
import { openMemoryStore } from '../../src/journal/memory-store.ts';
import type { Journal } from '../../src/journal/types.ts';
import type { ModelHandle } from '../../src/models/types.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { createRun } from '../../src/run/debate-run.ts';
import { debateStarted, defaultSettings } from '../../src/run/prepare.ts';
import type { Seat } from '../../src/run/seats.ts';
import { systemClock } from '../../src/run/system-clock.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';

it('shows no event and no call before what comes before it is saved', async () => {
  const log: string[] = [];
  const run = await slowlySaved(log);
  run.subscribe((signal) => {
    if (signal.kind === 'event') log.push(`shown ${signal.event.number}`);
    else if (['turn-started', 'working'].includes(signal.notice.type)) log.push('call');
  });
  await run.start();

  const marks = log.filter((mark) => /^(written|saved|shown)/.test(mark));
  const events = marks.length / 3;
  expect(events).toBeGreaterThan(5);
  expect(marks).toEqual(
    Array.from({ length: events }, (_, number) => [
      `written ${number}`,
      `saved ${number}`,
      `shown ${number}`,
    ]).flat(),
  );
  const shown = log.filter((mark) => /^(saved|shown|call$)/.test(mark));
  for (const [place, mark] of shown.entries()) {
    if (mark === 'call') expect(shown[place - 1]).toMatch(/^(shown|call)/);
  }
});

it('makes the next call while what comes before it is being saved, and none after that one', async () => {
  const log: string[] = [];
  await (await slowlySaved(log)).start();
  let [written, saved, callsBeside] = [0, 0, 0];
  for (const mark of log) {
    if (mark.startsWith('written')) written += 1;
    if (mark.startsWith('saved')) saved += 1;
    if (mark === 'made') {
      expect(written - saved).toBeLessThanOrEqual(1);
      callsBeside += written - saved;
    }
  }
  expect(callsBeside).toBeGreaterThan(5);
});

it('ends with the error of the disk: the call under way is aborted, and nothing after it is written or shown', async () => {
  const log: string[] = [];
  const run = await slowlySaved(log, { failsAt: 3, paceMs: 50 });
  run.subscribe((signal) => {
    if (signal.kind === 'event') log.push(`shown ${signal.event.number}`);
    else log.push(`notice after ${log.filter((mark) => mark.startsWith('shown')).length}`);
  });
  await expect(run.start()).rejects.toThrow('The disk is full.');
  expect(log.filter((mark) => /^(written|shown)/.test(mark)).slice(-2)).toEqual(['shown 2', 'written 3']);
  expect(log.slice(log.indexOf('written 3'))).not.toContain('notice after 3');
  expect(log.at(-1)).toBe('aborted');
});

it('asks a person to speak only once all that was said before is saved', async () => {
  const log: string[] = [];
  const run = await slowlySaved(log, {
    seats: {
      'state-department': async () => {
        log.push('asked');
        return 'We accept the first step as the agenda has it, once it is verified.';
      },
    },
  });
  run.subscribe((signal) => {
    if (signal.kind === 'event') log.push(`shown ${signal.event.number}`);
  });
  await run.start();
  expect(log[log.indexOf('asked') - 1]).toMatch(/^shown/);
});

interface Slowly {
  /** Number of the event that cannot be saved. */
  failsAt?: number;
  /** Milliseconds that each reply takes. */
  paceMs?: number;
  seats?: Readonly<Record<string, Seat>>;
}

async function slowlySaved(log: string[], { failsAt, paceMs = 0, seats = {} }: Slowly = {}) {
  const loaded = await loadPrompts({
    promptRoot: resolve('prompts'),
    scenario: 'us-dprk-talks',
    strategy: 'plain',
  });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  const prompts = loaded.value;
  const simulator = createSimulator({ sleep: systemClock.sleep });
  const model: ModelHandle = {
    ...simulator,
    async chatModel(_request, signal) {
      log.push('made');
      signal?.addEventListener('abort', () => log.push('aborted'), { once: true });
      await systemClock.sleep(paceMs, signal);
      return simulator.chatModel();
    },
  };
  const modelOf = () => model;
  const made = await openMemoryStore({ clock: systemClock }).create('slow', []);
  if (!made.ok) throw new Error(made.failure.message);
  const settings = { ...defaultSettings, rounds: 1, judgeSamples: 1 };
  const begin = debateStarted({ debate: 'slow', version: '0.0.0', prompts, modelOf, seed: 1, settings });
  const journal = slow(made.value, log, failsAt);
  return createRun({ journal, prompts, modelOf, clock: systemClock, jitter: seededRandom(1), begin, seats });
}

/** A journal on a disk that takes three milliseconds over each event. */
function slow(journal: Journal, log: string[], failsAt?: number): Journal {
  const write: Journal['write'] = (body) => {
    const { event, saved } = journal.write(body);
    log.push(`written ${event.number}`);
    return {
      event,
      saved: saved
        .then(() => new Promise((resolve) => setTimeout(resolve, 3)))
        .then(() => {
          if (event.number === failsAt) throw new Error('The disk is full.');
          log.push(`saved ${event.number}`);
        }),
    };
  };
  const append: Journal['append'] = async (body) => {
    const { event, saved } = write(body);
    await saved;
    return event;
  };
  return { ...journal, write, append };
}
