import { expect, test } from 'vitest';
import { castMemberSchema } from '../../src/debate/setup.ts';
import { castOf } from '../../src/score/cast.ts';
import { sampleCast } from '../helpers/debate-events.ts';

const turnsOf = (...names: string[]) =>
  names.map((speaker, place) => ({ speaker, text: 'x', line: place + 1, round: null }));

function made(names: string[], principals: string[] | null = null) {
  const outcome = castOf(turnsOf(...names), sampleCast, principals);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

test('a name known by id, name or short name is that member, with red lines and opening', () => {
  const { cast, idOf } = made(['AUTHORITY', 'farmers-union', 'River  authority']);
  expect(cast.map(({ id }) => id)).toEqual(['river-authority', 'farmers-union']);
  expect(cast[0]?.redLines).toEqual(sampleCast[0]?.redLines);
  expect(idOf('River authority')).toBe(idOf('Authority'));
});

test('any other name gets an id of its own, whatever its letters', () => {
  const names = [
    'Ann Lee',
    'ann-lee',
    'Мария',
    '李',
    'Moderator X',
    'Judge',
    'A very long name of a delegation',
    'Émile',
  ];
  const { cast } = made(names);
  expect(new Set(cast.map(({ id }) => id)).size).toBe(names.length);
  for (const member of cast) expect(castMemberSchema.safeParse(member).success).toBe(true);
  expect(cast.at(-1)?.id).toBe('emile');
});

test('those named as principals could sign, and nobody else', () => {
  const { cast } = made(['Authority', 'Ann', 'Bo'], ['bo', 'Ann']);
  expect(cast.map(({ principal }) => principal)).toEqual([false, true, true]);
});

test('a principal who does not speak is refused by name', () => {
  const outcome = castOf(turnsOf('Ann', 'Bo'), [], ['Cid']);
  expect(outcome.ok ? '' : outcome.failure.message).toBe('Nobody here is called "Cid". Speakers: Ann, Bo.');
});
