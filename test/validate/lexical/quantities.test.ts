import { expect, test } from 'vitest';
import { numberScaleOf, placeOnScale } from '../../../bench/validate/lexical/number-scale.ts';
import { quantitiesOf } from '../../../bench/validate/lexical/quantities.ts';

test.each([
  ['thirty-eight hours', 38],
  ['three hundred thousand flights', 300_000],
  ['2.5 million dollars', 2_500_000],
  ['350,000 movements', 350_000],
  ['twenty-one crossings', 21],
  ['sixty per cent', 60],
  ['60% of it', 60],
  ['two thirds of the bill', 200 / 3],
  ['half the fare', 50],
  ['fifty-fifty on the rent', 50],
])('%s is read as %d', (text, value) => {
  expect(quantitiesOf(text).map((quantity) => quantity.value)).toEqual([value]);
});

test.each(['the third party', 'none of this', 'a quarter past'])('%s holds no number', (text) => {
  expect(quantitiesOf(text)).toEqual([]);
});

const hours = {
  0: 'The working week stays at forty hours',
  3: 'The working week is cut to thirty-eight hours over two years',
  6: 'A thirty-five hour week starts at once',
};

test.each([
  ['forty hours', 0],
  ['thirty-nine hours', 1.5],
  ['a week of 36.5 hours', 4.5],
  ['no more than 35', 6],
  ['thirty-six or thirty-seven hours', 4.5],
])('%s lies between the anchors at %d', (text, position) => {
  expect(placeOnScale(numberScaleOf(hours) as never, text)?.position).toBe(position);
});

test.each(['two years', 'forty cars', 'thirty-five hours or forty hours', 'a thousand hours'])(
  '%s has no place among hours',
  (text) => {
    expect(placeOnScale(numberScaleOf(hours) as never, text)).toBeNull();
  },
);

test('beyond the anchors with numbers, a place comes near the end that has none', () => {
  const scale = numberScaleOf({ 0: 'No cap on flights', 3: 'At most 300 flights', 6: 'At most 200 flights' });
  expect(placeOnScale(scale as never, '350 flights')?.position).toBe(1.5);
  expect(placeOnScale(scale as never, '395 flights')?.position).toBe(0.5);
  expect(placeOnScale(scale as never, '150 flights')?.position).toBe(6);
});

test.each([
  { 0: 'Nothing', 3: 'Half of it', 6: 'All of it' },
  { 0: 'Two crowns', 3: 'Five crowns', 6: 'Two crowns' },
  { 0: 'From ten to seven hours', 3: 'From eleven to six hours', 6: 'At any hour' },
])('anchors without one rising or falling number each span no scale of numbers: %j', (anchors) => {
  expect(numberScaleOf(anchors)).toBeNull();
});
