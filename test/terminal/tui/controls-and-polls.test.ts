import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunSignal } from '../../../src/debate/notices.ts';
import { createScreenReader } from '../../../src/terminal/screen-reader.ts';
import { createTheme } from '../../../src/terminal/theme/theme.ts';
import { exitSummary } from '../../../src/terminal/tui/create-tui.ts';
import { held } from '../../run/debates.ts';
import { Collected } from '../collected.ts';
import { Watched } from './harness.ts';

/** A control with a poll, held on the simulator. */
const { events, debate } = await held({ control: 'same-persona', poll: true, rounds: 1 });
const signals = events.map((event): RunSignal => ({ kind: 'event', event }));

const open: Watched[] = [];
const watch = (columns: number, rows: number) => {
  const watched = new Watched(columns, rows);
  open.push(watched);
  return watched.show(signals);
};
afterEach(async () => {
  for (const watched of open.splice(0)) await watched.tui.close();
});

describe('a control with a poll on the screen', () => {
  it.each([
    [40, 10, 'CONTROL'],
    [80, 24, 'CONTROL'],
    [140, 60, 'CONTROL: same-persona'],
  ])('says at %ix%i that it is one, within the screen', async (columns, rows, mark) => {
    const screen = await watch(columns, rows).until(mark);
    expect(screen).toContain('SIMULATED');
    expect(screen).toMatch(/AI simulation|Simulated by AI/u);
    for (const line of screen.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  });

  it('says first of all that the words are simulated, where there is room for nothing else', async () => {
    const screen = await watch(28, 3).until('SIMULATED');
    expect(screen).toContain('AI simulation');
  });

  it('shows in the panel how far everyone would settle from its public stand', async () => {
    const screen = await watch(140, 60).until('OFF THE RECORD');
    expect(screen).toMatch(/OFF THE RECORD +after round 1/u);
    expect(screen.match(/\d\.\d of 6 off/gu)).toHaveLength(4);
  });

  it('has one entry for a whole poll, and none of the reasons that were given in private', async () => {
    const screen = await watch(140, 60).until('off the record after round 1');
    expect(screen.match(/off the record after round 1/gu)).toHaveLength(1);
    for (const { positions } of debate.polls) {
      for (const { why } of positions) expect(screen).not.toContain(why);
    }
  });

  it('says at the end, on the normal screen, what it was', () => {
    const text = exitSummary(debate, createTheme('dark', 'none'), 400).join('\n');
    expect(text).toContain('Control run: same-persona. One persona’s text played every seat');
    expect(text).toContain('Off the record, after round 1');
  });

  it('is told to a screen reader in sentences', () => {
    const out = new Collected();
    const reader = createScreenReader({ out: out.stream });
    for (const signal of signals) reader.show(signal);
    expect(out.text).toContain('Control run: same-persona.');
    expect(out.text.match(/^Off the record: .+ would settle .+\.$/gmu)).toHaveLength(4);
  });
});
