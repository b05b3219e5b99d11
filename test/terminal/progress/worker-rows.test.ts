import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { createQueuePace } from '../../../src/terminal/progress/pace.ts';
import { progressRows } from '../../../src/terminal/progress/progress-rows.ts';
import type { Onlooker, WorkerProgress, WorkerSeen } from '../../../src/terminal/progress/progress-state.ts';
import { splitHostileText } from '../hostile-text.ts';
import { planOf, stateOf } from './progress-states.ts';

function workerOf(changes: Partial<WorkerProgress> = {}): Onlooker {
  const worker = {
    ...{ done: 12, failed: 2, setAside: 1, leaseMs: 30_000, confirmedMs: 4000, trouble: null },
    limits: [{ provider: 'openai', requestsPerMinute: 600, tokensPerMinute: 200_000 }],
    ...changes,
  };
  return { type: 'worker', worker };
}

function seenOf(changes: Partial<WorkerSeen> = {}): WorkerSeen {
  return { name: 'host-a:4242', underWay: 4, startedAt: 40_000, silentMs: 2000, isGone: false, ...changes };
}

function linesOf(who: Onlooker, columns = 120, rows = 40, changes = {}): string[] {
  const watching = who.type === 'watcher' ? { debates: [], providers: [] } : {};
  const state = stateOf({ who, ...watching, ...changes });
  return progressRows(state, { columns, rows }).map((row) => row.map(({ text }) => text).join(''));
}

const screenOf = (...asked: Parameters<typeof linesOf>) => linesOf(...asked).join('\n');
const sizes = [
  [1, 1],
  [20, 3],
  [40, 12],
  [80, 24],
  [200, 60],
] as const;

describe('the view of a worker', () => {
  it('says what was done here, how sure its lease is, the limits it keeps, and what Ctrl+C does', () => {
    const screen = screenOf(workerOf());
    expect(screen).toContain('here    12 done here · 2 failed and retried · 1 set aside');
    expect(screen).toContain('lease   30 s · confirmed 4 s ago');
    expect(screen).toContain('limits  openai 600 requests and 200,000 tokens a minute, all workers together');
    expect(screen).toContain('Ctrl+C finishes the calls in progress, saves, returns its debates and quits');
    expect(screen).toContain('river/steel/gpt-5-mini #7  round 2/6  T7');
  });

  it('says that no call begins while it is not known whether its debates are still its own', () => {
    const at = (confirmedMs: number) => screenOf(workerOf({ confirmedMs }));
    expect(at(20_000)).toContain('confirmed 20 s ago');
    expect(at(21_000)).toContain('not confirmed for 21 s: no call begins before it is');
  });

  it.each(sizes.slice(2))('tells at %ix%i above all else that the database is away', (columns, rows) => {
    const screen = screenOf(workerOf({ trouble: 'ECONNREFUSED' }), columns, rows);
    expect(screen).toMatch(/the database does not answer|database does no/u);
  });

  it('says of a plan whose budget is used up that nothing of it is begun', () => {
    const plans = [planOf({ isUsedUp: true })];
    expect(screenOf(workerOf(), 120, 40, { plans })).toContain('654 left · its budget is used up');
    expect(screenOf(workerOf(), 120, 40, { plans: [...plans, planOf()] })).toMatch(/\$1\.24 used up$/mu);
  });
});

describe('the view of a queue', () => {
  it('has a row for each worker, those that are gone first, and tells what becomes of their debates', () => {
    const workers = [seenOf(), seenOf({ name: 'host-b:7', isGone: true, silentMs: 45_000, underWay: 1 })];
    const [gone, here] = linesOf({ type: 'watcher', workers }).filter((line) => line.includes('host-'));
    expect(gone).toMatch(/✗ host-b:7 +1 debate +silent for 45 s; its debates go to others/u);
    expect(here).toMatch(/▸ host-a:4242 +4 debates +at work for 1:00, heard of 2 s ago/u);
  });

  it('says where nobody is at work, and that leaving ends nothing', () => {
    const screen = screenOf({ type: 'watcher', workers: [] });
    expect(screen).toContain(' none is running');
    expect(screen).toContain('Ctrl+C quits; workers continue');
  });

  it('leaves no worker out uncounted', () => {
    const workers = Array.from({ length: 60 }, (_, index) => seenOf({ name: `host:${index}` }));
    const lines = linesOf({ type: 'watcher', workers }, 80, 24);
    const shown = lines.filter((line) => line.includes('host:')).length;
    expect(shown).toBeGreaterThan(3);
    expect(shown + Number(/\+ (\d+) more/u.exec(lines.join('\n'))?.[1])).toBe(60);
  });
});

it('fits every screen and lets nothing through that moves a cursor, whatever workers and providers are called', () => {
  fc.assert(
    fc.property(splitHostileText, fc.constantFrom(...sizes), (pieces, [columns, rows]) => {
      const text = pieces.join('');
      const limits = [{ provider: text, requestsPerMinute: 1, tokensPerMinute: null }];
      const workers = [seenOf({ name: text }), seenOf({ name: text, isGone: true })];
      for (const who of [workerOf({ trouble: text, limits }), { type: 'watcher', workers } as const]) {
        const lines = linesOf(who, columns, rows, { heading: text });
        expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      }
    }),
    { numRuns: 200 },
  );
});

describe('the pace of a queue', () => {
  it('counts what all workers finish, and nothing that was done before it was looked at', () => {
    let now = 0;
    const pace = createQueuePace({ now: () => now });
    const saw = (done: number, failed = 0) => pace.saw([{ name: 'night', done, failed }]);
    saw(500);
    for (let done = 501; done <= 560; done++) {
      now += 1000;
      saw(done, 3);
      if (done === 501) expect(pace.timeLeft(100)).toBeNull();
    }
    expect(pace.debatesPerMinute).toBeGreaterThan(58);
    expect(pace.debatesPerMinute).toBeLessThan(66);
    const left = pace.timeLeft(120);
    expect(left?.low).toBeLessThan(120_000);
    expect(left?.high).toBeGreaterThan(115_000);
    expect(pace.timeLeft(0)).toBeNull();
  });

  it('takes a plan that is submitted later as it is then', () => {
    let now = 0;
    const pace = createQueuePace({ now: () => now });
    pace.saw([]);
    now = 60_000;
    pace.saw([{ name: 'late', done: 900, failed: 0 }]);
    expect(pace.debatesPerMinute).toBeNull();
  });
});
