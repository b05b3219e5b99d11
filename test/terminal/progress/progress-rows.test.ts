import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { progressRows } from '../../../src/terminal/progress/progress-rows.ts';
import type { ProgressState } from '../../../src/terminal/progress/progress-state.ts';
import { createTheme } from '../../../src/terminal/theme/theme.ts';
import { createPainter } from '../../../src/terminal/tui/screen-writer.ts';
import { splitHostileText } from '../hostile-text.ts';
import { debateOf, planOf, stateOf } from './progress-states.ts';

function linesOf(state: ProgressState, columns: number, rows: number): string[] {
  return progressRows(state, { columns, rows }).map((row) => row.map(({ text }) => text).join(''));
}

function screenOf(state: ProgressState, columns = 120, rows = 40): string {
  return linesOf(state, columns, rows).join('\n');
}

const sizes = [
  [1, 1],
  [20, 3],
  [40, 12],
  [60, 8],
  [80, 24],
  [120, 40],
  [200, 60],
] as const;

const crowded = stateOf({
  isSimulated: true,
  debates: Array.from({ length: 150 }, (_, index) => debateOf({ label: `steel #${index}` })),
  faults: Array.from({ length: 30 }, (_, index) => ({
    debate: `river-steelman-${index}`,
    why: `DPRK negotiator failed while speaking: openai: the request failed (fault ${index}). `.repeat(4),
  })),
  faultCount: 30,
  providers: ['openai', 'anthropic', 'ollama'].map((name) => ({
    ...{ name, underWay: 9, limit: 9, waiting: 100, refusals: 4, heldMs: 12_000 },
    fall: { why: 'refused', from: 32, to: 22, at: 0 },
  })),
});

describe('the progress view', () => {
  it.each(sizes)('fits %ix%i with a hundred and fifty debates and thirty failures', (columns, rows) => {
    for (const state of [crowded, stateOf(), { ...crowded, stopping: 'The budget is used up.' }]) {
      const lines = linesOf(state, columns, rows);
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }
  });

  it('says how far the plan is, how fast, for how long still, and for how much', () => {
    const screen = screenOf(stateOf());
    expect(screen).toContain('Night run');
    expect(screen).toContain('34%');
    expect(screen).toContain('340 of 1,000 done · 2 failed · 1 held elsewhere · 3 running · 654 left');
    expect(screen).toContain('12 debates a minute · 340 calls a minute');
    expect(screen).toContain('41–55 min left');
    expect(screen).toContain('$1.24 of $20.00 · $3.40–$3.90 in the end');
    expect(screen).toContain('1.2M · 3.4M–3.6M in the end');
  });

  it.each([
    [40, 12],
    [80, 24],
  ])('says at %ix%i how far it is, the cost, a debate, its provider and a failure', (columns, rows) => {
    const screen = screenOf(crowded, columns, rows);
    expect(screen).toContain('340 of 1,000 done');
    expect(screen).toContain('$1.24 of $20.00');
    expect(screen).toContain('steel #0');
    expect(screen).toContain('openai');
    expect(screen).toContain('✗');
    expect(screen).toMatch(/\+ \d+ more/u);
    expect(screen).toContain('SIMULATED');
    expect(screen).toContain('Ctrl+C');
  });

  it('says nothing of rate and time before anything has happened', () => {
    const screen = screenOf(stateOf({ timeLeft: null, debatesPerMinute: null, callsPerMinute: null }));
    expect(screen).not.toContain('minute');
    expect(screen).not.toMatch(/\d (s|min|h) left/u);
  });

  it('says that a time or a sum is the most it can be while no better is known', () => {
    const most = { soFar: 1, budget: null, inTheEnd: null, atMost: 12 };
    const screen = screenOf(stateOf({ timeLeft: { atMost: 3_600_000 * 2 }, plans: [planOf({ usd: most })] }));
    expect(screen).toContain('up to 2 h left');
    expect(screen).toContain('$1.00 · up to $12.00 in the end');
  });

  it('warns where the budget will not do', () => {
    const usd = { soFar: 1, budget: 10, inTheEnd: { low: 12, high: 14 }, atMost: null };
    expect(screenOf(stateOf({ plans: [planOf({ usd })] }))).toContain('the budget ends it before');
    const near = { ...usd, inTheEnd: { low: 9, high: 14 } };
    expect(screenOf(stateOf({ plans: [planOf({ usd: near })] }))).toContain('the budget may end it before');
  });

  it('tells what each debate is doing, and for whom it waits and why', () => {
    const doing = [
      { type: 'asked', speaker: 'Anglers', purpose: 'speak', since: 88_000 },
      { type: 'waiting', provider: 'openai', reason: 'rate-limited', until: 112_000 },
      { type: 'working', purpose: 'judge', done: 1, of: 3 },
      { type: 'streaming', speaker: 'Moderator', purpose: 'steer', characters: 1040 },
    ] as const;
    const screen = screenOf(stateOf({ debates: doing.map((one) => debateOf({ doing: one })) }));
    expect(screen).toContain('waiting for Anglers, 12 s');
    expect(screen).toContain('waits 12 s for openai (429: too many calls at once)');
    expect(screen).toContain('reading positions 2 of 3');
    expect(screen).toContain('Moderator is putting the next question, 1,040 characters');
    expect(screen).toContain('river/steel/gpt-5-mini #7  round 2/6  T7');
  });

  it('tells how many calls a provider gets, why they became fewer, and for how long none may begin', () => {
    const provider = { name: 'openai', underWay: 0, limit: 22, waiting: 9, refusals: 2, heldMs: 12_000 };
    const of = (why: 'refused' | 'slower') =>
      screenOf(stateOf({ providers: [{ ...provider, fall: { why, from: 32, to: 22, at: 40_000 } }] }));
    expect(of('refused')).toContain(
      'openai  0 of 22 calls at once, 9 waiting, next in 12 s, 2 refused; fell from 32 to 22, 60 s ago: too many at once (429)',
    );
    expect(of('slower')).toContain('answers became slower');
  });

  it('tells of jobs where calls go into them', () => {
    const job = { requests: 500, settled: 120, since: 40_000 };
    const jobs = { underWay: [job, job], trouble: 'OpenAI does not answer' };
    expect(screenOf(stateOf({ jobs }))).toContain(
      'jobs  2 jobs with 240 of 1,000 answers, 60 s; OpenAI does not answer',
    );
  });

  it('leaves no debate out uncounted', () => {
    const lines = linesOf(crowded, 120, 40);
    const seen = lines.filter((line) => line.includes('river/steel')).length;
    const hidden = Number(/\+ (\d+) more/u.exec(lines.join('\n'))?.[1]);
    expect(seen).toBeGreaterThan(10);
    expect(seen + hidden).toBe(150);
  });

  it('shows the newest failures, the last of them last', () => {
    const faults = ['first', 'second', 'third'].map((why) => ({ debate: 'river-steelman-1', why }));
    const screen = screenOf(stateOf({ faults, faultCount: 3 }));
    expect(screen).toMatch(/WENT WRONG 3[\s\S]*first[\s\S]*second[\s\S]*third/u);
  });

  it('says once it is interrupted what is still under way, and what a second Ctrl+C does', () => {
    const stopping = { stopping: 'The person running the batch stopped it.', isInterrupted: true };
    expect(screenOf(stateOf(stopping))).toContain(
      'Finishing 16 calls of 1 debate, then all is saved. Ctrl+C again leaves at once.',
    );
    expect(screenOf(stateOf(stopping))).not.toContain('min left');
    expect(screenOf(stateOf(stopping), 40, 12)).toContain('Finishing 16 calls. ^C: leave now');
    expect(screenOf(stateOf({ stopping: 'The budget is used up.' }))).toContain(
      'The budget is used up. Finishing',
    );
  });

  it('gives every kind of debate a sign of its own in the bar, and few failures a place', () => {
    const bar = linesOf(stateOf({ plans: [planOf({ planned: 100_000, done: 50_000 })] }), 80, 24)[2] ?? '';
    expect(bar).toMatch(/^ ━+╳╍╌·+ 50%$/u);
    const whole = planOf({ done: 1000, failed: 0, skipped: 0, running: 0 });
    expect(linesOf(stateOf({ plans: [whole] }), 80, 24)[2]).toMatch(/^ ━+ 100%$/u);
    expect(linesOf(stateOf({ plans: [planOf({ done: 999 })] }), 80, 24)[2]).toContain(' 99%');
  });

  it('gives each of several plans a row, and counts those it leaves out', () => {
    const plans = Array.from({ length: 20 }, (_, index) => planOf({ name: `plan ${index}` }));
    const lines = linesOf(stateOf({ plans }), 80, 24);
    expect(lines.filter((line) => /plan \d+ .*34% 340\/1,000 2 failed/u.test(line))).toHaveLength(5);
    expect(lines.join('\n')).toContain('+ 15 more plans');
  });

  it('lets nothing through that moves a cursor, whatever names, labels and failures hold', () => {
    fc.assert(
      fc.property(splitHostileText, fc.constantFrom(...sizes), (pieces, [columns, rows]) => {
        const text = pieces.join('');
        const [provider] = stateOf().providers;
        const state = stateOf({
          heading: text,
          plans: [planOf({ name: text }), planOf({ name: text })],
          providers: provider ? [{ ...provider, name: text }] : [],
          debates: [
            debateOf({
              label: text,
              wholeLabel: text,
              doing: { type: 'streaming', speaker: text, purpose: 'speak', characters: 1 },
            }),
          ],
          jobs: { underWay: [], trouble: text },
          faults: [{ debate: text, why: text }],
          stopping: text,
        });
        const screen = screenOf(state, columns, rows);
        expect(screen).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
        expect(screen.split('\n').length).toBeLessThanOrEqual(rows);
      }),
      { numRuns: 200 },
    );
  });

  it('has no colour where none is wanted', () => {
    const paint = createPainter(createTheme('dark', 'none'));
    const painted = progressRows(crowded, { columns: 120, rows: 40 }).map((row) => paint(row, 120));
    expect(painted.join('\n')).not.toMatch(/\u001b\[[0-9;]*(?:3[0-9]|4[0-9]|9[0-7])[;m]/u);
  });
});
