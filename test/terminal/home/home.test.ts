import { afterEach, describe, expect, test } from 'vitest';
import { createHome } from '../../../src/terminal/home/create-home.ts';
import type { HomeContent, HomeRun } from '../../../src/terminal/home/home-content.ts';
import { homeKeys } from '../../../src/terminal/home/home-keys.ts';
import { dateOf } from '../../../src/terminal/home/home-list.ts';
import { homeRows } from '../../../src/terminal/home/home-rows.ts';
import {
  type HomeState,
  type HomeStep,
  homeAfter,
  initialHome,
  itemsIn,
  keptOf,
} from '../../../src/terminal/home/home-state.ts';
import { rowWidth } from '../../../src/terminal/tui/span.ts';
import { VirtualTerminal } from '../../helpers/virtual-terminal.ts';

const now = new Date(2026, 10, 30, 15).getTime();

function run(name: string, more: Partial<HomeRun> = {}): HomeRun {
  return {
    ...{ name, title: 'The reservoir', at: now - 60_000, state: 'read', trouble: '', isLive: false },
    ...{ trend: [0.2, 0.4], convergence: 0.4, interval: { low: 0.35, high: 0.45 }, ending: 'round-limit' },
    ...{ rounds: 2, turns: 8, costUsd: 0.12, isUnpriced: false, models: 'openai:gpt', strategy: 'plain' },
    ...{ isSimulated: false, control: null, forkedFrom: null, batch: null },
    ...more,
  };
}

const thing = (id: string) => ({ id, title: id, about: '', folder: `at/${id}`, trouble: null });

function content(runs: readonly HomeRun[], more: Partial<HomeContent> = {}): HomeContent {
  return {
    ...{
      place: 'transcripts',
      runs,
      unread: 0,
      batches: [],
      bin: [],
      hasBin: true,
      plans: [thing('plan.yaml')],
    },
    ...{ scenarios: [thing('tram'), thing('river')], strategies: [thing('plain')] },
    ...more,
  };
}

/** What keys make of home, one after the other; a longer text is typed letter by letter. */
function pressing(keys: readonly string[], shown: HomeContent, state: HomeState = initialHome({})): HomeStep {
  let step: HomeStep = { state };
  for (const key of keys) {
    const input = key.length === 1 ? key : key === 'space' ? ' ' : '';
    step = homeAfter(step.state, { name: key, input }, shown, 10);
  }
  return step;
}

const names = (state: HomeState, shown: HomeContent) => itemsIn(state, shown).map(({ key }) => key);
const text = (state: HomeState, shown: HomeContent, size = { columns: 120, rows: 30 }) =>
  homeRows(state, shown, size, now).map((row) => row.map((part) => part.text).join(''));

const three = content([
  run('b', { at: 2 }),
  run('a', { at: 1, convergence: 0.9 }),
  run('c', { at: 3, costUsd: 9 }),
]);

describe('the list of runs', () => {
  test.each([
    [[], ['c', 'b', 'a']],
    [['s'], ['a', 'b', 'c']],
    [
      ['s', 's'],
      ['a', 'c', 'b'],
    ],
    [
      ['s', 's', 's'],
      ['c', 'b', 'a'],
    ],
    [['/', 'b', 'return'], ['b']],
    [
      ['/', 'o', 'p', 'e', 'n', 'a', 'i', 'space', 'a', 'return', 'escape'],
      ['c', 'b', 'a'],
    ],
    [
      ['/', 'z', 'escape'],
      ['c', 'b', 'a'],
    ],
  ])('%j shows %j', (keys, shown) => {
    expect(names(pressing(keys, three).state, three)).toEqual(shown);
  });

  test('words of a filter must all be there, in any field and any case', () => {
    const shown = content([run('one', { models: 'openai:GPT-9' }), run('two', { ending: 'converged' })]);
    const filtered = (words: string) =>
      names(
        pressing(
          [
            '/',
            ...words
              .replaceAll(' ', '~')
              .split('')
              .map((c) => (c === '~' ? 'space' : c)),
          ],
          shown,
        ).state,
        shown,
      );
    expect(filtered('gpt-9 reservoir')).toEqual(['one']);
    expect(filtered('converged')).toEqual(['two']);
    expect(filtered('converged gpt-9')).toEqual([]);
  });

  test('forks stand below the debate they left, in the order of their turns', () => {
    const fork = (name: string, debate: string, turn: number) => run(name, { forkedFrom: { debate, turn } });
    const shown = content([
      run('root', { at: 1 }),
      fork('late', 'root', 9),
      fork('early', 'root', 3),
      fork('deep', 'late', 12),
      fork('lost', 'gone', 2),
    ]);
    const { state } = pressing(['t'], shown);
    const depths = itemsIn(state, shown).map(({ key, depth }) => `${key} ${depth}`);
    expect(depths).toEqual(['lost 0', 'root 0', 'early 1', 'late 1', 'deep 2']);
    expect(text(state, shown).join('\n')).toContain('  └ turn 12');
  });

  test('the chosen run stays chosen when others come, and when the order changes', () => {
    const { state } = pressing(['down'], three);
    const more = content([run('new', { at: 9 }), ...three.runs]);
    expect(pressing(['s', 'return'], more, state).intent).toMatchObject({ type: 'open', run: 'b' });
  });
});

describe('debates of a batch', () => {
  const own = (name: string, more: Partial<HomeRun> = {}) => run(name, { batch: 'plan-1', ...more });
  const batch = {
    ...{ id: 'plan-1', title: 'Steelman first', planned: 6, isLive: true },
    arms: new Map([
      ['done', 'plain'],
      ['half', 'steelman'],
      ['lost', 'plain'],
    ]),
  };
  const shown = content(
    [
      run('alone', { at: 1 }),
      own('done', { at: 9, convergence: 0.8, costUsd: 1, trend: [0.4, 0.8] }),
      own('half', { at: 12, convergence: 0.5, costUsd: 0.5, trend: [0.5], ending: null, isLive: true }),
      own('lost', { at: 3, convergence: null, costUsd: 0, trend: [], ending: 'failed' }),
      run('other', { at: 10, costUsd: 0.1 }),
    ],
    { batches: [batch] },
  );

  test('stand in one row among the runs, at the time of the last one, with what they come to', () => {
    expect(names(initialHome({}), shown)).toEqual(['batch plan-1', 'other', 'alone']);
    const [row] = itemsIn(initialHome({}), shown);
    expect(row?.batch).toMatchObject({ done: 1, failed: 1, running: 1 });
    expect(row?.batch?.sum).toMatchObject({ at: 12, convergence: 0.65, costUsd: 1.5, trend: [0.45, 0.8] });
    const rows = text(initialHome({}), shown).join('\n');
    expect(rows).toMatch(/▸ .*≡ Steelman first .* 0\.65 .*▸ 1\/6 .*\$1\.50/u);
    expect(rows).toContain('Steelman first: 1 of 6 debates done, 1 failed, 1 running');
    expect(rows).toContain('plain C 0.80 · steelman C 0.50');
  });

  test('are seen by themselves once it is opened, and left with Esc where they were entered', () => {
    const inside = pressing(['return'], shown).state;
    expect(names(inside, shown)).toEqual(['half', 'done', 'lost']);
    expect(text(inside, shown).join('\n')).toContain('transcripts › Steelman first');
    expect(pressing(['return'], shown, inside).intent).toEqual({ type: 'open', run: 'half', isLive: true });
    const left = pressing(['down', 'escape'], shown, inside).state;
    expect(names(left, shown)).toEqual(['batch plan-1', 'other', 'alone']);
    expect(pressing([], shown, left).state.chosen.runs).toBe('batch plan-1');
  });

  test('are found by a filter without opening it', () => {
    expect(names(pressing(['/', 'l', 'o', 's', 't'], shown).state, shown)).toEqual(['lost']);
    const found = pressing(['/', ...'steelm'.split(''), 'return'], shown).state;
    expect(names(found, shown)).toEqual(['batch plan-1']);
    expect(text(found, shown, { columns: 80, rows: 24 }).join('\n')).toMatch(/≡ Steelman first .* 0\.65/u);
    expect(names(pressing(['return'], shown, found).state, shown)).toEqual(['half', 'done', 'lost']);
  });

  test('are marked all at once, and unmarked so', () => {
    const marked = pressing(['space'], shown).state;
    expect(marked.marked.toSorted()).toEqual(['done', 'half', 'lost']);
    expect(pressing(['up', 'space'], shown, marked).state.marked).toEqual([]);
  });

  test.each([
    ['r', 'a batch goes on where its plan is run again, from plans'],
    ['x', 'mark its debates with space first, then x deletes them'],
    ['c', 'this is a batch: Enter opens it, and its debates are chosen there'],
  ])('%s on a batch says what to do instead', (key, why) => {
    const { state, intent, change } = pressing([key], shown);
    expect([state.said, intent, change]).toEqual([why, undefined, undefined]);
  });

  test('a batch that has begun nothing yet is there, and one that is gone leaves its runs', () => {
    const begun = content([run('alone')], { batches: [{ ...batch, arms: new Map() }] });
    expect(names(initialHome({}), begun)).toEqual(['batch plan-1', 'alone']);
    expect(text(initialHome({}), begun).join('\n')).toMatch(/▸ +≡ Steelman first .*▸ 0\/6/u);
    const gone = content(shown.runs, { batches: [] });
    expect(names(initialHome({ batch: 'plan-1' }), gone)).toHaveLength(5);
  });
});

test('tabs are never cut: the order goes, then the counts, then the other tabs', () => {
  const state = pressing(['/', ...'reservoir'.split('')], three).state;
  for (const columns of [60, 70, 80, 100, 140]) {
    const row = text(state, three, { columns, rows: 24 })[2] ?? '';
    expect(row).not.toContain('…');
    expect(row).toContain('3 with “reservoir”');
  }
});

test('a long answer takes the rows it needs, and is not cut at the end of the first', () => {
  const why = `${'the journal is damaged at its sixth line, and '.repeat(4)}parley repair helps`;
  const shown = content([run('bad', { state: 'damaged', trouble: why })]);
  const { state } = pressing(['return'], shown);
  const rows = text(state, shown, { columns: 80, rows: 24 });
  expect(rows).toHaveLength(24);
  expect(rows.slice(-3).join(' ').replace(/\s+/gu, ' ')).toContain('parley repair helps');
});

test('names of one debate that do not fit keep the end that tells them apart', () => {
  const alike = content([
    run('2026-11-30-1950-us-dprk-talks-q4w0'),
    run('2026-11-30-1950-us-dprk-talks-c2rh'),
  ]);
  for (const columns of [80, 90, 110, 130]) {
    const shown = text(initialHome({}), alike, { columns, rows: 30 }).join('\n');
    expect(shown).toMatch(/^.*…?\S*-q4w0 .*$/mu);
    expect(shown).toMatch(/^.*…?\S*-c2rh .*$/mu);
  }
});

describe('what can be done', () => {
  test.each([
    [['return'], { type: 'open', run: 'c', isLive: false }],
    [['c'], { type: 'score', run: 'c' }],
    [['v'], { type: 'serve', run: 'c' }],
    [['f', 'backspace', '3', 'return'], { type: 'fork', run: 'c', turn: 3 }],
    [['p', 'return'], { type: 'report', run: 'c', file: 'c.html' }],
    [['space', 'space', 'd'], { type: 'compare', runs: ['c', 'b'] }],
    [['space', 'e', 'return'], { type: 'export', runs: ['c'], folder: 'dataset', hasSimulated: false }],
    [['n'], { type: 'new-debate', scenario: null, strategy: null }],
    [['tab', 'down', 'return'], { type: 'new-debate', scenario: 'river', strategy: null }],
    [['tab', 'c'], { type: 'check', folder: 'at/tram' }],
    [['tab', 'tab', 'return'], { type: 'new-debate', scenario: null, strategy: 'plain' }],
    [['tab', 'tab', 'tab', 'return'], { type: 'run-plan', plan: 'plan.yaml' }],
    [['tab', 'tab', 'tab', 'd'], { type: 'compare-plan', plan: 'plan.yaml' }],
    [['q'], { type: 'leave' }],
    [[':', 's', 'c', 'o', 'r', 'e', 'return'], { type: 'score', run: 'c' }],
  ])('%j asks for %j', (keys, intent) => {
    expect(pressing(keys, three).intent).toMatchObject(intent);
  });

  test.each([
    [['r'], run('x'), 'it has ended: round-limit'],
    [['r'], run('x', { ending: null, isLive: true }), 'it is running'],
    [['return'], run('x', { state: 'damaged', trouble: 'line 3 is damaged' }), 'line 3 is damaged'],
    [['return'], run('x', { state: 'empty' }), 'it holds no event yet'],
    [['c'], run('x', { rounds: 0 }), 'no round has been read yet'],
    [['f'], run('x', { turns: 0 }), 'nobody has spoken yet'],
    [['d'], run('x'), 'mark two runs with space first'],
    [['x'], run('x', { isLive: true }), 'it is running'],
    [['u'], run('x'), 'nothing was deleted'],
  ])(
    '%j on a run for which it makes no sense says why, and the palette does not offer it',
    (keys, one, why) => {
      const shown = content([one]);
      const { state, intent, change } = pressing(keys, shown);
      expect([intent, change]).toEqual([undefined, undefined]);
      expect(state.said).toContain(why);
      const does =
        homeKeys.find(({ keys: own, on }) => own.includes(keys[0] ?? '') && on?.includes('runs'))?.does ?? '';
      expect(text(pressing([':'], shown).state, shown).join('\n')).not.toContain(does);
    },
  );

  test.each([['stopped'], ['failed'], ['budget'], [null]])(
    'a debate that ended by %s can go on',
    (ending) => {
      expect(pressing(['r'], content([run('x', { ending })])).intent).toMatchObject({
        type: 'resume',
        run: 'x',
      });
    },
  );

  test('deleting takes the marked runs or the chosen one, chooses the next and can be undone again and again', () => {
    const first = pressing(['x'], three);
    expect(first.change).toEqual({ type: 'delete', runs: ['c'] });
    const two = content(three.runs.filter(({ name }) => name !== 'c'));
    const second = pressing(['space', 'space', 'x'], two, first.state);
    expect(second.change).toEqual({ type: 'delete', runs: ['b', 'a'] });
    const undone = pressing(['u'], content([]), second.state);
    expect(undone.change).toEqual({ type: 'restore', runs: ['b', 'a'] });
    expect(pressing(['u'], content([]), undone.state).change).toEqual({ type: 'restore', runs: ['c'] });
  });

  test('the bin is emptied only after y, and its runs are restored by Enter', () => {
    const shown = content([], { bin: [run('old')] });
    const onBin = initialHome({ section: 'bin' });
    expect(pressing(['return'], shown, onBin).change).toEqual({ type: 'restore', runs: ['old'] });
    expect(pressing(['E', 'return'], shown, onBin).change).toBeUndefined();
    expect(pressing(['E', 'y'], shown, onBin).change).toEqual({ type: 'empty-bin' });
  });

  test('a turn that is not there is not forked', () => {
    const { state, intent } = pressing(['f', 'backspace', '9', 'return'], three);
    expect(intent).toBeUndefined();
    expect(text(state, three).at(-1)).toContain('1 to 8');
  });

  test('what is kept brings back the section, the order and the chosen rows', () => {
    const { state } = pressing(['down', 's', 'tab', 'down'], three);
    const again = initialHome(keptOf(state));
    expect(again).toMatchObject({ section: 'scenarios', sort: 'name' });
    expect(pressing(['shift+tab', 'return'], three, again).intent).toMatchObject({ run: 'b' });
  });
});

describe('the screen', () => {
  const many = content(Array.from({ length: 300 }, (_, index) => run(`run-${index}`, { at: index })));

  test.each([
    [40, 10],
    [60, 14],
    [80, 24],
    [120, 36],
    [200, 50],
    [30, 6],
  ])('fits %dx%d in every state, wherever one stands', (columns, rows) => {
    for (const keys of [
      [],
      ['last'],
      [':'],
      ['?'],
      ['f'],
      ['/', 'x'],
      ['G'],
      ['t'],
      ['tab'],
      ['x'],
      ['space', 'e'],
    ]) {
      const drawn = homeRows(pressing(keys, many).state, many, { columns, rows }, now);
      expect(drawn).toHaveLength(rows);
      for (const row of drawn) expect(rowWidth(row)).toBeLessThanOrEqual(columns);
    }
  });

  test('shows title, date, C by round, interval, ending, cost and model where there is room, and less where not', () => {
    const one = content([run('night-run')]);
    const wide = text(initialHome({}), one).join('\n');
    for (const part of [
      'The reservoir',
      '30 Nov 14:59',
      '▂▄',
      '0.40',
      '0.35 to 0.45',
      'round-limit',
      '$0.12',
      'openai:gpt',
    ])
      expect(wide).toContain(part);
    const two = content([run('night-run'), run('other', { title: 'The harbour' })]);
    const narrow = text(initialHome({}), two, { columns: 80, rows: 24 }).join('\n');
    for (const part of ['The reservoir', '▂▄', '0.40', 'round-limit', '$0.12'])
      expect(narrow).toContain(part);
    expect(narrow).not.toContain('0.35 to 0.45');
    // Names stand for titles that tell nothing apart.
    expect(text(initialHome({}), one, { columns: 80, rows: 24 })[4]).toContain('night-run');
  });

  test('the chosen row is always among those that are seen', () => {
    let step = pressing([], many);
    for (const key of ['G', 'up', 'pageup', 'g', 'pagedown', 'down']) {
      step = pressing([key], many, step.state);
      const drawn = text(step.state, many, { columns: 80, rows: 24 });
      expect(drawn.filter((line) => line.startsWith(' ▸'))).toHaveLength(1);
    }
  });

  test('a run of another year has its year', () => {
    expect(dateOf(new Date(2025, 1, 3, 9, 5).getTime(), now)).toBe('3 Feb 2025');
    expect(dateOf(new Date(2026, 1, 3, 9, 5).getTime(), now)).toBe('3 Feb 09:05');
  });

  test('texts from journals act on no terminal', () => {
    const hostile = '\u001b]52;c;aGk=\u0007\u202eevil\u001b[2J';
    const shown = content([
      run(hostile, { title: hostile, models: hostile, state: 'damaged', trouble: hostile }),
    ]);
    expect(text(initialHome({}), shown).join('')).not.toMatch(/[\u001b\u0007\u202e]/u);
  });

  const terminals: VirtualTerminal[] = [];
  afterEach(() => {
    for (const { stdin } of terminals.splice(0)) stdin.end();
  });

  test('a person types into it, sees what comes, and gets the normal screen back', async () => {
    const terminal = new VirtualTerminal(100, 24);
    terminals.push(terminal);
    let shown = content([]);
    let tell = () => {};
    const asked: unknown[] = [];
    const leaving = createHome({
      stdin: terminal.stdin as unknown as NodeJS.ReadStream,
      stdout: terminal.stdout,
      ...{ theme: 'dark', color: '256', state: initialHome({}), content: () => shown, now: () => now },
      subscribe(listener) {
        tell = listener;
        return () => {};
      },
      change: async (change) => {
        asked.push(change);
        return 'done with it';
      },
    });
    const until = async (wanted: string) => {
      for (let attempt = 0; attempt < 300; attempt++) {
        if ((await terminal.screen()).join('\n').includes(wanted)) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`never on the screen: ${wanted}\n${(await terminal.screen()).join('\n')}`);
    };
    await until('No debate has been run here yet.');
    shown = content([run('first'), run('second')]);
    tell();
    await until('runs 2');
    terminal.stdin.write('x');
    await until('done with it');
    expect(asked).toEqual([{ type: 'delete', runs: ['first'] }]);
    terminal.stdin.write('\u000b');
    await until('what can be done here');
    terminal.stdin.write('report\r');
    await until('Write the page to');
    terminal.stdin.write('\r');
    expect((await leaving).intent).toEqual({ type: 'report', run: 'second', file: 'second.html' });
    await terminal.settled();
    expect(terminal.isAlternate).toBe(false);
  });
});
