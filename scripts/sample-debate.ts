import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Clock } from '../src/debate/clock.ts';
import { openFileStore } from '../src/journal/file-store.ts';
import { loadPrompts } from '../src/prompts/load-prompts.ts';
import { debateMarkdown } from '../src/report/markdown/debate-markdown.ts';
import { reportOf } from '../src/report/model/debate-report.ts';
import { defaultSettings, prepareDebate } from '../src/run/prepare.ts';
import { createSimulator } from '../src/simulator/simulator.ts';

export const sampleName = 'us-dprk-talks';

/** Milliseconds between two events of the sample: it is dated by a clock that only its events move. */
const betweenEvents = 20_000;

/** Holds the sample debate and gives its files by path: the same bytes whenever and wherever it is held. */
export async function sampleDebate(): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-sample-'));
  let now = Date.UTC(2026, 10, 23, 12);
  const clock: Clock = { now: () => now, sleep: async () => {} };
  try {
    const store = openFileStore({ directory: folder, clock });
    const strategy = 'plain';
    const prompts = await loadPrompts({ promptRoot: resolve('prompts'), scenario: sampleName, strategy });
    if (!prompts.ok) throw new Error(prompts.failure.message);
    const simulator = createSimulator({ sleep: clock.sleep });
    const prepared = await prepareDebate({
      store,
      name: sampleName,
      prompts: prompts.value,
      modelOf: () => simulator,
      seed: 7,
      settings: defaultSettings,
      version: '0.1.0',
      clock,
      jitter: () => 0,
    });
    if (!prepared.ok) throw new Error(prepared.failure.message);
    prepared.value.subscribe((signal) => {
      if (signal.kind === 'event') now += betweenEvents;
    });
    await prepared.value.start();
    return await filesOf(store);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function filesOf(store: ReturnType<typeof openFileStore>): Promise<Map<string, string>> {
  const stored = await store.read(sampleName);
  if (!stored.ok) throw new Error(stored.failure.message);
  const { events, files } = stored.value;
  const report = reportOf(events, { notes: false });
  if (!report) throw new Error('the sample holds no debate');
  return new Map([
    ['journal.jsonl', events.map((event) => `${JSON.stringify(event)}\n`).join('')],
    ['transcript.md', debateMarkdown(report)],
    ...[...files].map(([path, content]) => [`prompts/${path}`, content] as const),
  ]);
}
