import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/debate/seeded-random.ts';
import { openMemoryStore } from '../../src/journal/memory-store.ts';
import type { Journal } from '../../src/journal/types.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { createRun } from '../../src/run/debate-run.ts';
import { debateStarted, defaultSettings } from '../../src/run/prepare.ts';
import { systemClock } from '../../src/run/system-clock.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';

it('shows no event and begins no call before what comes before it is saved', async () => {
  const log: string[] = [];
  const run = await slowlySaved(log);
  run.subscribe((signal) => {
    if (signal.kind === 'event') log.push(`shown ${signal.event.number}`);
    else if (['turn-started', 'working'].includes(signal.notice.type)) log.push('call');
  });
  await run.start();

  const marks = log.filter((mark) => mark !== 'call');
  const events = marks.length / 3;
  expect(events).toBeGreaterThan(5);
  expect(marks).toEqual(
    Array.from({ length: events }, (_, number) => [
      `written ${number}`,
      `saved ${number}`,
      `shown ${number}`,
    ]).flat(),
  );
  for (const [place, mark] of log.entries()) {
    if (mark === 'call') expect(log[place - 1]).toMatch(/^(shown|call)/);
  }
});

async function slowlySaved(log: string[]) {
  const loaded = await loadPrompts({
    promptRoot: resolve('prompts'),
    scenario: 'us-dprk-talks',
    strategy: 'plain',
  });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  const prompts = loaded.value;
  const model = createSimulator({ sleep: systemClock.sleep });
  const modelOf = () => model;
  const made = await openMemoryStore({ clock: systemClock }).create('slow', []);
  if (!made.ok) throw new Error(made.failure.message);
  const settings = { ...defaultSettings, rounds: 1, judgeSamples: 1 };
  const begin = debateStarted({ debate: 'slow', version: '0.0.0', prompts, modelOf, seed: 1, settings });
  const journal = slow(made.value, log);
  return createRun({ journal, prompts, modelOf, clock: systemClock, jitter: seededRandom(1), begin });
}

/** A journal on a disk that takes three milliseconds over each event. */
function slow(journal: Journal, log: string[]): Journal {
  const write: Journal['write'] = (body) => {
    const { event, saved } = journal.write(body);
    log.push(`written ${event.number}`);
    return {
      event,
      saved: saved
        .then(() => new Promise((resolve) => setTimeout(resolve, 3)))
        .then(() => void log.push(`saved ${event.number}`)),
    };
  };
  const append: Journal['append'] = async (body) => {
    const { event, saved } = write(body);
    await saved;
    return event;
  };
  return { ...journal, write, append };
}
