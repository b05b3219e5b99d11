import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunSignal } from '../../../src/debate/notices.ts';
import { createReplay } from '../../../src/run/replay-debate.ts';
import { createScreenReader } from '../../../src/terminal/screen-reader.ts';
import { held } from '../../run/debates.ts';
import { Collected } from '../collected.ts';
import { Watched } from './harness.ts';

const open: Watched[] = [];
afterEach(async () => {
  for (const watched of open.splice(0)) await watched.tui.close();
});

let signals: RunSignal[] = [];
beforeAll(async () => {
  const { events } = await held({ rounds: 2, caucus: 2 });
  signals = events.map((event) => ({ kind: 'event' as const, event }));
});
const upTo = (type: string, count = 1) => {
  const places = signals.flatMap((one, place) =>
    one.kind === 'event' && one.event.type === type ? [place] : [],
  );
  return signals.slice(0, (places[count - 1] ?? 0) + 1);
};

describe('what two principals say in private', () => {
  it.each([
    [80, 24],
    [120, 60],
  ])(
    'stands in a pane of its own that says who hears it, closed by what was offered, at %ix%i',
    async (columns, rows) => {
      const watched = new Watched(columns, rows);
      open.push(watched);
      watched.show(upTo('caucus-read'));
      await watched.until('╰──────');
      await watched.press(...Array.from({ length: rows < 40 ? 60 : 0 }, () => 'k'));
      const screen = await watched.until('only State Dept and');
      const inside = screen.split('\n').filter((line) => /to (State Dept|DPRK) ·|offered here/u.test(line));
      expect(inside.length).toBeGreaterThan(0);
      for (const line of inside) expect(line).toMatch(/^ │/u);
    },
  );

  it('opens the pane with the words under way', async () => {
    const watched = new Watched(120, 40);
    open.push(watched);
    const before = upTo('caucus-spoken').slice(0, -1);
    const spoken = upTo('caucus-spoken').at(-1);
    if (spoken?.kind !== 'event' || spoken.event.type !== 'caucus-spoken') throw new Error('no caucus');
    const { speaker, round } = spoken.event;
    watched.show([
      ...before,
      {
        kind: 'notice',
        notice: { type: 'turn-started', purpose: 'caucus', speaker, round, turn: null, model: 'simulator' },
      },
      { kind: 'notice', notice: { type: 'turn-delta', speaker, text: 'Between us, ' } },
    ]);
    const screen = await watched.until('Between us,');
    expect(screen).toContain('in private, before round 2: only');
    expect(screen).toMatch(/ │ +Between us,/u);
  });

  it('is shown again by a replay, and told apart by the screen reader', async () => {
    const events = signals.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
    const clock = { now: () => 0, sleep: async () => {} };
    const replay = createReplay({ events, clock, speed: 0, idleLimitMs: 0, staysAtEnd: false });
    const seen: RunSignal[] = [];
    const out = new Collected();
    const reader = createScreenReader({ out: out.stream });
    replay.subscribe((signal) => {
      seen.push(signal);
      reader.show(signal);
    });
    await replay.start();
    await reader.close();
    const started = seen.filter(
      (one) => one.kind === 'notice' && one.notice.type === 'turn-started' && one.notice.purpose === 'caucus',
    );
    expect(started).toHaveLength(2);
    expect(out.text).toMatch(/In private before round 2, heard by nobody else: .+ says to .+:/u);
    expect(out.text).toContain('Offered in private before round 2:');
  });
});
