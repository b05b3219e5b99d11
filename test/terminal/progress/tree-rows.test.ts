import { describe, expect, test } from 'vitest';
import { progressRows } from '../../../src/terminal/progress/progress-rows.ts';
import type { ProgressState } from '../../../src/terminal/progress/progress-state.ts';
import { firstViewOf, type ProgressView, pressed } from '../../../src/terminal/progress/progress-view.ts';
import { stateOf } from './progress-states.ts';

type Strain = NonNullable<ProgressState['tree']>['strains'][number];

const strain = (id: string, over: Partial<Strain> = {}): Strain => ({
  ...{
    id,
    parent: 'plain',
    state: 'not-shown',
    isChampion: false,
    index: '',
    evidence: '',
    reason: '',
    diff: [],
  },
  ...over,
});

const strains = [
  strain('plain', { parent: null, state: 'start' }),
  strain('plain-1a', {
    ...{
      state: 'admitted',
      isChampion: true,
      index: '0.62 (parent 0.41)',
      evidence: 'principals 52.00 of 40.00',
    },
    ...{
      reason: 'It asks for an \u001b[31mexample.',
      diff: ['@@ -1 +1 @@', '-Argue.', '+Argue with an example.'],
    },
  }),
  strain('plain-2a', { parent: 'plain-1a', state: 'testing' }),
  strain('plain-1b', { state: 'unusable', reason: 'the section "## speak" is missing' }),
];
const state = stateOf({ tree: { stage: 'testing plain-2a on 5 of 20 articles', strains } });

const viewAfter = (...keys: string[]) =>
  keys.reduce<ProgressView>(
    (view, key) => pressed(view, { name: key, input: '' }, { state })?.view ?? view,
    firstViewOf(state),
  );

function text(view: ProgressView, size = { columns: 100, rows: 24 }): string {
  const rows = progressRows(state, size, { view, opened: null });
  expect(rows).toHaveLength(size.rows);
  return rows.map((row) => row.map((each) => each.text).join('')).join('\n');
}

describe('the tree of an evolution', () => {
  test('is what is looked at first, with the index of each and what it stands at', () => {
    const shown = text(firstViewOf(state));
    expect(shown).toContain('testing plain-2a on 5 of 20 articles');
    expect(shown).toMatch(/plain-1a +0\.62 \(parent 0\.41\) +admitted, the best so far/);
    expect(shown).toMatch(/plain-2a +being tested/);
    expect(shown.indexOf('└ ▸ plain-2a')).toBeGreaterThan(shown.indexOf('└ ✓ plain-1a'));
    expect(firstViewOf(stateOf({})).on).toBe('overview');
  });

  test('shows what the chosen strategy changed and why, made safe', () => {
    const shown = text(viewAfter('down', 'down'));
    expect(shown).toContain('principals 52.00 of 40.00');
    expect(shown).toContain('It asks for an example.');
    expect(shown).not.toContain('\u001b');
  });

  test('opens the diff of a child with Enter or d, and goes back with Escape', () => {
    for (const key of ['return', 'd']) {
      const shown = text(viewAfter('down', 'down', key));
      expect(shown).toContain('plain-1a against plain');
      expect(shown).toContain('-Argue.');
      expect(shown).toContain('+Argue with an example.');
    }
    expect(viewAfter('down', 'down', 'd', 'escape')).toMatchObject({ on: 'tree', strain: 'plain-1a' });
    expect(text(viewAfter('down', 'd'))).toContain('It is what the others come from.');
  });

  test('changes places with the debates on a key, and fits a small screen', () => {
    expect(viewAfter('t').on).toBe('overview');
    expect(viewAfter('t', 't').on).toBe('tree');
    expect(viewAfter('f').on).toBe('failures');
    expect(text(viewAfter('down'), { columns: 40, rows: 8 })).toContain('plain');
  });
});
