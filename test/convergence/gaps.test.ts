import { expect, test } from 'vitest';
import { gapsOf } from '../../src/convergence/gaps.ts';
import { agendaOf, stand } from './made-up-readings.ts';

const agenda = agendaOf(0.2, 0.5, 0.3);
const principals = ['north', 'south'];

test('unread issues come first, by weight, with those who are silent on them', () => {
  const cells = [stand('north', 'a', 1), stand('south', 'a', 5), stand('north', 'b', 1)];
  expect(gapsOf(agenda, cells, principals)).toMatchObject([
    { kind: 'unread', issue: 'b', speakers: ['south'] },
    { kind: 'unread', issue: 'c', speakers: ['north', 'south'] },
    { kind: 'apart', issue: 'a' },
  ]);
});

test('then come disagreements by weight times distance, with the two claims farthest apart', () => {
  const cells = [
    ...[stand('north', 'a', 0), stand('south', 'a', 6)],
    ...[stand('north', 'b', 2), stand('south', 'b', 4.5)],
    ...[stand('north', 'c', 3), stand('south', 'c', 3)],
  ];
  // a: 0.2 x 6 = 1.2; b: 0.5 x 2.5 = 1.25; c: agreed
  expect(gapsOf(agenda, cells, principals)).toMatchObject([
    { kind: 'apart', issue: 'b', low: { speaker: 'north' }, high: { speaker: 'south' } },
    { kind: 'apart', issue: 'a', low: { position: 0 }, high: { position: 6 } },
  ]);
});

test('an observer is neither silent nor apart', () => {
  const both = agendaOf(1);
  const cells = [stand('north', 'a', 3), stand('south', 'a', 3), stand('observer', 'a', 6)];
  expect(gapsOf(both, cells, principals)).toEqual([]);
});
