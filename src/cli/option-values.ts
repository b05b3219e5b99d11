import { z } from 'zod';
import { isPostgresAddress } from '../journal/postgres/address.ts';
import { languageTag } from '../text/language.ts';

/** Forms of what a person types; each gives the value that the text stands for. */

export const text = z.string().min(1, 'must not be empty');

export function whole(least: number, most: number) {
  return z
    .string()
    .regex(/^-?\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
}

export const tokens = whole(1, Number.MAX_SAFE_INTEGER);

function number(what = 'must be a number') {
  return z
    .string()
    .regex(/^-?(\d+\.?\d*|\.\d+)$/, what)
    .transform(Number);
}

export const decimal = number().pipe(z.number().min(0, 'must not be below 0'));

export const aboveZero = number().pipe(z.number().gt(0, 'must be above 0'));

const isShare = 'must be a number from 0 to 1';
export const share = number(isShare).pipe(z.number().min(0, isShare).max(1, isShare));

export const seed = whole(0, 2 ** 31 - 1);

/** A text that a function reads; it gives null for what it cannot. */
export function readBy<Value>(read: (given: string) => Value | null, what: string) {
  return z.string().transform((given, context): Value => {
    const value = read(given);
    if (value !== null) return value;
    context.addIssue(what);
    return z.NEVER;
  });
}

/** A language, as a BCP 47 tag such as fr or zh-Hans. */
export const language = readBy(languageTag, 'is not a language tag, such as fr, pt-BR or zh-Hans');

export const names = z
  .string()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .refine((list) => list.every((name) => name !== ''), 'must be comma-separated names');

/** Whole numbers within bounds, with commas between them. */
export function wholes(least: number, most: number) {
  return names.transform((list, context) =>
    list.map((name) => {
      const parsed = whole(least, most).safeParse(name);
      if (parsed.success) return parsed.data;
      context.addIssue('must be whole numbers, such as 3 or 3,7');
      return z.NEVER;
    }),
  );
}

/** One of several known words, where there are too many for the help. */
export function wordOf(words: readonly string[]) {
  return z.string().refine((word) => words.includes(word), `must be one of: ${words.join(', ')}`);
}

/** A list of known words, with commas between them, each kept once. */
export function wordsOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z
    .string()
    .transform((list) => [...new Set(list.split(',').map((word) => word.trim()))])
    .pipe(z.array(z.enum(words, `must be of: ${words.join(', ')}`)).min(1));
}

export const folder = text.refine(
  (place) => !isPostgresAddress(place),
  'must be a folder here, not the address of a database',
);
