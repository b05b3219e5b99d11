import { expect, test } from 'vitest';
import { fold } from '../../../../src/debate/debate.ts';
import type { Move } from '../../../../src/debate/verdict.ts';
import { evidenceContent } from '../../../../src/terminal/tui/overlay/evidence-overlay.ts';
import { columnsOf } from '../../../../src/terminal/tui/span.ts';
import { debateEvents } from '../../../helpers/debate-events.ts';

const events = debateEvents({ rounds: 1 });
const stand = events
  .flatMap((event) => (event.type === 'verdict-given' ? event.cells : []))
  .find((cell) => cell.stand === 'position');

function shown(move: Partial<Move>): string {
  if (stand?.stand !== 'position') throw new Error('no stand was read');
  const { speaker, issue, turn, quote, position } = stand;
  const whole: Move = {
    ...{ speaker, issue, turn, quote, from: 1, fromTurn: 1, to: position, isTowards: true },
    ...{ kind: 'concession', why: 'The wells are dry.', ...move },
  };
  const debate = fold(
    events.map((event) =>
      event.type === 'verdict-given' && event.convergence
        ? { ...event, convergence: { ...event.convergence, moves: [whole] } }
        : event,
    ),
  );
  if (!debate) throw new Error('no debate');
  const { cast, agenda } = debate.started;
  const place = {
    speaker: cast.findIndex(({ id }) => id === speaker),
    issue: agenda.findIndex(({ id }) => id === issue),
  };
  const overlay = { type: 'evidence', ...place, scroll: 0, toLabel: null } as const;
  return evidenceContent(debate, overlay, 80)
    .map((row) => row.map(({ text }) => text).join(''))
    .join('\n');
}

test('the evidence of a stand that was moved to says what the move is, and its reason', () => {
  expect(shown({})).toMatch(/concession, 1 to [\d.]+; reason:\n {2}“The wells are dry\.”/);
  expect(shown({ kind: 'drift', why: null })).toMatch(/drift, no reason given, 1 to [\d.]+\n(?! {2}“)/);
});

test('a move by other words is not the one behind the stand', () => {
  expect(shown({ turn: 90 })).not.toContain('concession');
});

test('words that run from right to left end at the right edge', () => {
  const quoted = 'نقبل الخفض بالنسبة نفسها.';
  const line = shown({ why: quoted })
    .split('\n')
    .find((text) => text.includes(quoted));
  expect(line).toMatch(/^ {2} +“/);
  expect(columnsOf(line ?? '')).toBe(80);
});
