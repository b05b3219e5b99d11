import type { Casing } from './casing.ts';

const roles =
  /(?:^|[\s-])(?:negotiator|advocate|analyst|official|officer|minister|secretary|director|manager|engineer|planner|farmer|owner|operator|adviser|advisor|representative|delegate|spokes\w+|commissioner|chair\w*|union|ministry|department|board|council|committee|company|agency|association|coalition|alliance|group|federation|authority|mayor|governor|resident\w*|scientist|economist|ecologist|lawyer|teacher|doctor|nurse|student|tenant\w*|developer|inspector|regulator|mediator|expert|campaigner|activist|editor|publisher|president|treasurer|delegation|party)$/i;

/** A speaker's name as the subject of a sentence: roles take an article, personal names none. */
export function asSubject(name: string, casing: Casing): string {
  if (/^the\s/i.test(name)) return `the ${name.slice(4)}`;
  const words = name.split(/\s+/);
  const last = words.at(-1) ?? '';
  const isRole = last === last.toLowerCase() ? /\p{L}/u.test(last) && words.length > 1 : roles.test(name);
  const isSingleRole = words.length === 1 && roles.test(name);
  if (!isRole && !isSingleRole) return name;
  return `the ${isPhraseOfNames(words) ? name : casing.phrase(name)}`;
}

/** "State Department official" keeps its capital: the second word is capitalised as well. */
function isPhraseOfNames(words: readonly string[]): boolean {
  return words.length > 2 && /^\p{Lu}/u.test(words[1] ?? '');
}

export function possessive(subject: string): string {
  return /s$/.test(subject) ? `${subject}'` : `${subject}'s`;
}
