import { describe, expect, test } from 'vitest';
import { type Debate, fold } from '../../../src/debate/debate.ts';
import { progressRows } from '../../../src/terminal/progress/progress-rows.ts';
import type { ProgressState } from '../../../src/terminal/progress/progress-state.ts';
import {
  firstView,
  type ProgressAsk,
  type ProgressView,
  pressed,
  withChoice,
} from '../../../src/terminal/progress/progress-view.ts';
import { debateEvents } from '../../helpers/debate-events.ts';
import { debateOf, stateOf } from './progress-states.ts';

const debates = ['c', 'a', 'b'].map((name, index) =>
  debateOf({ debate: name, label: name, wholeLabel: name, round: 3 - index }),
);
const state = stateOf({ debates, controls: { isPaused: false } });

/** The view after these keys, and what they asked for. */
function viewAfter(
  keys: readonly string[],
  given: ProgressState = state,
): { view: ProgressView; asks: ProgressAsk[] } {
  let view = firstView;
  const asks: ProgressAsk[] = [];
  for (const key of keys) {
    const meant = pressed(view, { name: key, input: '' }, { state: given });
    if (!meant) continue;
    view = meant.view;
    if (meant.ask) asks.push(meant.ask);
  }
  return { view, asks };
}

function textOf(
  given: ProgressState,
  view: ProgressView,
  size = { columns: 100, rows: 30 },
  debate?: Debate,
): string {
  const opened = debate ? { name: 'a', debate, trouble: null } : null;
  const rows = progressRows(given, size, { view, opened });
  expect(rows.length).toBeLessThanOrEqual(size.rows);
  return rows.map((row) => row.map(({ text }) => text).join('')).join('\n');
}

describe('keys on the progress screen', () => {
  test.each([
    [['down'], 'c'],
    [['down', 'down'], 'a'],
    [['down', 'down', 'down', 'down'], 'b'],
    [['up'], 'b'],
    [['s', 'down'], 'a'],
    [['s', 's', 'down'], 'b'],
    [['s', 's', 's', 'down'], 'c'],
    [['end'], 'b'],
    [['down', 'escape'], null],
  ])('%j choose %s', (keys, chosen) => {
    expect(viewAfter(keys).view).toMatchObject({ on: 'overview', chosen });
  });

  test('a chosen debate stays chosen when the order changes, and Enter opens it', () => {
    expect(viewAfter(['down', 's', 'return']).view).toMatchObject({
      on: 'debate',
      debate: 'c',
      from: 'overview',
    });
    expect(viewAfter(['down', 'return', 'up', 'up', 'down', 'escape']).view).toMatchObject({
      on: 'overview',
      chosen: 'c',
    });
    // Without a choice the first is meant.
    expect(viewAfter(['return']).view).toMatchObject({ on: 'debate', debate: 'c' });
    expect(viewAfter(['return'], stateOf({ debates: [] })).view.on).toBe('overview');
  });

  test('the choice goes to what takes the row of a debate that is over, and to the last where none does', () => {
    const other = debateOf({ debate: 'd', wholeLabel: 'd', round: 0 });
    const chosenAfter = (keys: readonly string[], now: readonly (typeof other)[]) =>
      withChoice(viewAfter(keys).view, debates, now).chosen;
    const [c, a, b] = debates as [typeof other, typeof other, typeof other];
    expect(chosenAfter(['down', 'down'], [c, other, b])).toBe('d');
    expect(chosenAfter(['down', 'down'], [b, a])).toBe('a');
    expect(chosenAfter(['end'], [c, a])).toBe('a');
    expect(chosenAfter(['end'], [])).toBeNull();
    expect(chosenAfter([], [other])).toBeNull();
    // By name the rows are a, b, c: where b is over, c has its row.
    expect(chosenAfter(['s', 'down', 'down'], [c, a])).toBe('c');
  });

  test('failures scroll, the newest first, and open their debate', () => {
    const faults = ['one', 'two', 'three'].map((debate) => ({ debate, why: `why ${debate}` }));
    const failing = stateOf({ faults, faultCount: 3, controls: { isPaused: false } });
    expect(viewAfter(['f', 'down', 'return'], failing).view).toMatchObject({
      on: 'debate',
      debate: 'two',
      from: 'failures',
    });
    expect(viewAfter(['f', 'down', 'return', 'escape'], failing).view.on).toBe('failures');
    expect(viewAfter(['f', 'end', 'down'], failing).view).toMatchObject({ above: 2 });
    const screen = textOf(failing, viewAfter(['f'], failing).view);
    expect(screen.indexOf('why three')).toBeLessThan(screen.indexOf('why one'));
    expect(screen).toContain('Esc');
  });

  test('p asks for a pause and for its end; b for a budget as it is typed', () => {
    expect(viewAfter(['p']).asks).toEqual([{ type: 'pause', isPaused: true }]);
    expect(viewAfter(['p'], { ...state, controls: { isPaused: true } }).asks).toEqual([
      { type: 'pause', isPaused: false },
    ]);
    expect(viewAfter(['b', '1', '2', 'x', '.', '5', '.', 'return']).asks).toEqual([
      { type: 'budget', usd: 12.5 },
    ]);
    expect(viewAfter(['b', '7', 'backspace', 'return']).asks).toEqual([{ type: 'budget', usd: null }]);
    expect(viewAfter(['b', '9', 'escape']).asks).toEqual([]);
    expect(viewAfter(['b', '0', 'return'])).toMatchObject({ asks: [], view: { typed: '0' } });
    expect(textOf(state, viewAfter(['b', '4', '2']).view)).toContain('New budget in US dollars: 42');
  });

  test('nothing can be changed by who only looks on', () => {
    expect(viewAfter(['p', 'b', '1', 'return'], { ...state, controls: null }).asks).toEqual([]);
  });
});

describe('an opened debate', () => {
  const debate = fold(debateEvents({ rounds: 2 })) as Debate;
  const open = viewAfter(['down', 'down', 'return']).view;

  test('shows its speeches, its readings and its end, and scrolls back to its beginning', () => {
    const end = textOf(state, open, { columns: 100, rows: 30 }, debate);
    expect(end).toMatch(/Ended: /);
    const whole = textOf(state, open, { columns: 100, rows: 2000 }, debate);
    for (const { turn } of debate.turns) expect(whole).toContain(`T${turn}, `);
    expect(whole).toMatch(/Round 1 was read: C (0\.\d\d|–)/);
    const first = textOf(state, { ...open, below: 1e6 } as ProgressView, { columns: 100, rows: 30 }, debate);
    expect(first).toContain('T1, ');
  });

  test('lets nothing of a speech reach the terminal but its words', () => {
    const [turn] = debate.turns;
    const hostile = {
      ...debate,
      turns: [{ ...turn, text: 'safe \u001b]52;c;aGk=\u0007\u001b[31mwords\u200b\u202e' }],
    } as Debate;
    const screen = textOf(state, open, { columns: 100, rows: 30 }, hostile);
    expect(screen).not.toMatch(/[\u001b\u0007\u200b\u202e]/);
    expect(screen).toContain('words');
  });
});

test('the chosen debate is always among those that are seen', () => {
  const many = Array.from({ length: 80 }, (_, index) =>
    debateOf({ debate: `d${index}`, label: `debate ${index}`, wholeLabel: `debate ${index}` }),
  );
  const view: ProgressView = { ...firstView, chosen: 'd70' };
  for (const rows of [12, 24, 40]) {
    const screen = textOf(stateOf({ debates: many, controls: { isPaused: true } }), view, {
      columns: 120,
      rows,
    });
    expect(screen).toContain('debate 70');
    expect(screen).toContain('PAUSED');
  }
});
