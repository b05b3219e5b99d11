import { cleanup, render } from 'ink-testing-library';
import { createElement } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { createTheme } from '../../../src/terminal/theme/theme.ts';
import type { Reach } from '../../../src/terminal/tui/actions.ts';
import { App, createInlineFrame, InlineApp } from '../../../src/terminal/tui/app.ts';
import { Lines } from '../../../src/terminal/tui/rows-app.ts';
import { createScreenWriter } from '../../../src/terminal/tui/screen-writer.ts';
import { createStore } from '../../../src/terminal/tui/store.ts';
import { debateSignals, signalsInto } from '../../helpers/debate-events.ts';

afterEach(cleanup);

function opened(component: typeof App) {
  const nothing = () => {};
  const store = createStore({ now: () => 0, columns: 100, rows: 30, paceMs: 1 });
  const did: string[] = [];
  const reach = (): Reach => ({
    store,
    controls: {
      isReplay: false,
      pause: () => void did.push('pause'),
      resume: nothing,
      step: () => void did.push('step'),
      ask: nothing,
      stop: () => void did.push('stop'),
    },
    isFull: component === App,
    leave: (how) => void did.push(how),
    suspend: nothing,
    editElsewhere: () => {},
    redraw: nothing,
    copy: nothing,
  });
  const theme = createTheme('dark', 'none');
  const frames: string[] = [];
  const writer = createScreenWriter((text) => void frames.push(text));
  const props = {
    writer,
    store,
    theme,
    isReplay: false,
    isPaced: false,
    status: null,
    isAnimated: false,
    hasKeys: true,
    reach,
  };
  const screen = render(createElement(component, props));
  const settled = () => new Promise((resolve) => setTimeout(resolve, 60));
  return { store, screen, frames, did, settled };
}

describe('the screen as a component', () => {
  it('says that it is starting before the first event', () => {
    expect(opened(App).frames.join('')).toContain('starting…');
  });

  it('draws what the store was told, and nothing before it tells', async () => {
    const { store, frames, settled } = opened(App);
    for (const signal of signalsInto(debateSignals({ rounds: 1 }), 3)) store.show(signal);
    expect(frames.join('')).toContain('starting…');
    expect(frames.join('')).not.toContain('River authority');
    await settled();
    expect(frames.join('')).toContain('River authority');
    expect(frames.join('')).toContain('Farmers’ union is speaking');
  });

  it('draws a burst of a thousand deltas a handful of times', async () => {
    const { store, frames, settled } = opened(App);
    for (const signal of signalsInto(debateSignals({ rounds: 1 }), 2)) store.show(signal);
    await settled();
    const before = frames.length;
    for (let index = 0; index < 1000; index++) {
      store.show({
        kind: 'notice',
        notice: { type: 'turn-delta', speaker: 'river-authority', text: 'word ' },
      });
    }
    await settled();
    expect(frames.length - before).toBeLessThanOrEqual(3);
    expect(frames.slice(before).join('')).toContain('word word');
  });

  it('takes keys that arrive in one piece one by one', async () => {
    const { store, screen, did, settled } = opened(App);
    for (const signal of signalsInto(debateSignals({ rounds: 1 }), 2)) store.show(signal);
    await settled();
    screen.stdin.write(' s');
    screen.stdin.write('q');
    expect(did).toEqual(['pause', 'step', 'stop', 'quit']);
  });

  it('writes finished turns once when inline, and shows the one under way below them', async () => {
    const { store, screen, settled } = opened(InlineApp);
    for (const signal of signalsInto(debateSignals({ rounds: 1 }), 3)) store.show(signal);
    await settled();
    store.say('anything');
    await settled();
    const all = screen.frames.join('');
    expect(all.split('T2 · round 1')).toHaveLength(2);
    expect(screen.lastFrame()).toContain('T3 · speaking');
  });

  it.each([4, 6, 10, 24, 60])('keeps the inline area lower than a screen of %i rows', (rows) => {
    const store = createStore({ now: () => 0, columns: 80, rows, paceMs: 1 });
    for (const signal of signalsInto(debateSignals({ rounds: 1, words: 900 }), 2)) store.show(signal);
    store.update((view) => ({ ...view, overlay: { type: 'help', scroll: 0 } }));
    const theme = createTheme('dark', 'none');
    const screen = {
      ...store.snapshot(),
      ...{ theme, isReplay: false, isPaced: false, status: null, isFull: false, isAnimated: true },
    };
    expect(createInlineFrame(theme)(screen).length).toBeLessThan(rows);
    store.close();
  });

  it('puts each line in its place, whatever its looks and width', () => {
    const lines = ['\u001b[1mbold\u001b[0m', '', '한국어 text', 'last'];
    const screen = render(createElement(Lines, { lines, columns: 20 }));
    const bare = (screen.lastFrame() ?? '').replaceAll(/\u001b\[\d*m/gu, '');
    expect(bare.split('\n')).toEqual(['bold', '', '한국어 text', 'last']);
  });
});
