import { expect, test } from 'vitest';
import { gapsOf } from '../../src/convergence/stands.ts';
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

test('half a point is agreement, more is a gap of its weight times its distance', () => {
  const at = (south: number) => [stand('north', 'a', 3), stand('south', 'a', south)];
  const one = agendaOf(0.5);
  expect(gapsOf(one, at(3.5), principals)).toEqual([]);
  expect(gapsOf(one, at(2.5), principals)).toEqual([]);
  const [north, south] = at(1);
  expect(gapsOf(one, [north!, south!], principals)).toEqual([
    { kind: 'apart', issue: 'a', title: 'Issue 0', low: south, high: north, size: 1 },
  ]);
});

test('gaps of one size stay in the order of their weight', () => {
  const cells = [
    ...[stand('north', 'a', 0), stand('south', 'a', 4)],
    ...[stand('north', 'b', 0), stand('south', 'b', 2)],
    ...[stand('north', 'c', 0), stand('south', 'c', 1)],
  ];
  // 0.25 x 4, 0.5 x 2 and 0.25 x 1
  const sized = gapsOf(agendaOf(0.25, 0.5, 0.25), cells, principals);
  expect(sized.map(({ issue }) => issue)).toEqual(['b', 'a', 'c']);
});

test('with nobody to compare there is no gap', () => {
  expect(gapsOf(agenda, [stand('north', 'a', 3)], [])).toEqual([]);
});
