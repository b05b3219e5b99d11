import { expect, test } from 'vitest';
import { failure, type Outcome, success } from '../../src/debate/outcome.ts';
import type { JournalFailure } from '../../src/journal/types.ts';
import { underFreeName } from '../../src/run/begin-debate.ts';

/** Takes names; the same one only once. */
function register(taken: string[]) {
  const asked: string[] = [];
  const prepare = async (name: string): Promise<Outcome<string, JournalFailure>> => {
    asked.push(name);
    return taken.includes(name) ? failure('exists', `${name} already exists.`) : success(name);
  };
  return { asked, prepare };
}

/** Gives these names, then the last again. */
function namesOf(...names: string[]): () => string {
  return () => (names.length > 1 ? names.shift() : names[0]) ?? '';
}

test('a made name that is taken gives way to another', async () => {
  const { prepare } = register(['a', 'b']);
  expect(await underFreeName(undefined, namesOf('a', 'b', 'c'), prepare)).toEqual(success('c'));
});

test('a given name that is taken stays the fault it is', async () => {
  const { asked, prepare } = register(['mine']);
  expect(await underFreeName('mine', namesOf('other'), prepare)).toEqual(
    failure('exists', 'mine already exists.'),
  );
  expect(asked).toEqual(['mine']);
});

test('names that are always taken end in the fault', async () => {
  const { asked, prepare } = register(['a']);
  expect(await underFreeName(undefined, namesOf('a'), prepare)).toEqual(
    failure('exists', 'a already exists.'),
  );
  expect(asked).toHaveLength(10);
});

test('any other fault is given at once', async () => {
  const full = failure('not-writable', 'The disk is full.');
  expect(await underFreeName(undefined, namesOf('a', 'b'), async () => full)).toEqual(full);
});
