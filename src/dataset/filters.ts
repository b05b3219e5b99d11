import { type Debate, peopleIn } from '../debate/debate.ts';
import type { PromptSet } from '../prompts/types.ts';
import { rememberingFor } from '../text/memo.ts';
import { armour, holdsKey } from '../text/secrets.ts';
import { noPairNames } from './pairs/pair-of-family.ts';
import { type MaskName, maskNames } from './persona-rows.ts';
import { isSimulated } from './row-provenance.ts';
import { meanGrounding, type SpeechFacts } from './speech-facts.ts';

/** What was found; the text itself is never repeated in a message. */
export type SecretKind = 'key' | 'private-key' | 'email' | 'phone' | 'card' | 'bank-account';

const email = /(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])/;
const phone = /(?<![\w+])\+\d{1,3}[ ().-]{0,2}(?:\d[ ().-]{0,2}){7,12}\d(?!\d)/;
const card = /(?<![\w.,-])\d(?:[ -]?\d){12,18}(?!\w|[.,-]\d)/g;
const bankAccount = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g;

/** Looks for keys and personal data. Patterns find what has a form; names and addresses in prose they do not. */
export function secretsIn(text: string): SecretKind[] {
  const found: SecretKind[] = [];
  if (armour.test(text)) found.push('private-key');
  else if (holdsKey(text)) found.push('key');
  if (text.includes('@') && email.test(text)) found.push('email');
  if (text.includes('+') && phone.test(text)) found.push('phone');
  if (text.search(card) >= 0 && [...text.matchAll(card)].some(([digits]) => passesLuhn(digits)))
    found.push('card');
  if (
    text.search(bankAccount) >= 0 &&
    [...text.matchAll(bankAccount)].some(([account]) => isBankAccount(account))
  )
    found.push('bank-account');
  return found;
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  const values = [...digits.replace(/\D/g, '')].map(Number).reverse();
  const sum = values.reduce((total, value, place) => {
    const doubled = place % 2 === 1 ? value * 2 : value;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0 && new Set(values).size > 1;
}

/** ISO 13616: the remainder by 97 is 1. */
function isBankAccount(account: string): boolean {
  const bare = account.replaceAll(' ', '');
  if (bare.length < 15 || bare.length > 34) return false;
  let rest = 0;
  for (const letter of `${bare.slice(4)}${bare.slice(0, 4)}`) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** What is left out, and why each is worth leaving out. Everything removed is counted under its name. */
export const filterNames = {
  damaged: 'debates whose journal or kept prompt files cannot be read',
  simulated: 'debates of the built-in simulator, which is not a language model',
  control: 'controls, in which nothing is negotiated',
  person: 'debates in which a person wrote',
  unfinished: 'debates that stopped, failed or ran out of budget',
  'split-conflict': 'debates whose article is like those of two splits',
  'low-confidence': 'debates whose last verdict says low confidence',
  secrets: 'debates with something like a key or personal data in them',
  'near-duplicate': 'debates nearly the same as one before',
  silent: 'personas who never spoke',
  grounding: 'personas below the grounding asked for',
  misquotes: 'personas with more misquotes than asked for',
  breaches: 'personas with more breaches of their role than asked for',
  length: 'rows longer than asked for',
  'repeated-prompt': 'prompts that another row asks already, word for word',
  undecided: 'speeches neither good nor bad enough for a KTO label',
  'empty-answer': 'readings of the judge of which nothing held',
  ...noPairNames,
} as const;

export type FilterName = keyof typeof filterNames;

export interface FilterOptions {
  includeSimulated: boolean;
  includeControls: boolean;
  includeUnfinished: boolean;
  allowSecrets: boolean;
  /** True exports debates in which people wrote from seats, marked as theirs; else nothing of them is. */
  withPeople: boolean;
  /** True keeps rows of forks that repeat speeches which another row is learned from. */
  allForks: boolean;
  dropLowConfidence: boolean;
  /** Smallest mean grounding of a persona's speeches, 0..1; null for none. */
  minGrounding: number | null;
  maxMisquotes: number | null;
  maxBreaches: number | null;
  /** Estimated tokens a row may have; null for any. */
  maxTokens: number | null;
  /** Estimated Jaccard similarity from which a debate counts as one seen before; null keeps all. */
  nearDuplicates: number | null;
}

export const defaultFilters: FilterOptions = {
  includeSimulated: false,
  includeControls: false,
  includeUnfinished: false,
  allowSecrets: false,
  withPeople: false,
  allForks: false,
  dropLowConfidence: false,
  minGrounding: null,
  maxMisquotes: null,
  maxBreaches: null,
  maxTokens: null,
  nearDuplicates: 0.9,
};

const finishedReasons = ['converged', 'deadlock', 'plateau', 'round-limit'];

/** Why a whole debate is left out; null where it stays. */
export function debateFilter(debate: Debate, set: PromptSet, options: FilterOptions): FilterName | null {
  if (!options.includeSimulated && isSimulated(debate)) return 'simulated';
  if (!options.includeControls && debate.started.control) return 'control';
  if (!options.withPeople && peopleIn(debate).length > 0) return 'person';
  const isFinished = debate.ended !== null && finishedReasons.includes(debate.ended.reason);
  if (!options.includeUnfinished && !isFinished) return 'unfinished';
  const confidence = debate.verdicts.at(-1)?.convergence?.confidence.level;
  if (options.dropLowConfidence && confidence !== 'usual') return 'low-confidence';
  if (!options.allowSecrets && (hasSecrets(debate) || promptsHaveSecrets(set))) return 'secrets';
  return null;
}

/** Why one persona's side of a debate is left out; null where it stays. */
export function personaFilter(speeches: readonly SpeechFacts[], options: FilterOptions): FilterName | null {
  const sum = (count: (speech: SpeechFacts) => number) =>
    speeches.reduce((total, speech) => total + count(speech), 0);
  if (options.minGrounding !== null && (meanGrounding(speeches) ?? 0) < options.minGrounding)
    return 'grounding';
  if (options.maxMisquotes !== null && sum(({ misquotes }) => misquotes) > options.maxMisquotes) {
    return 'misquotes';
  }
  if (options.maxBreaches !== null && sum(({ breaches }) => breaches ?? 0) > options.maxBreaches)
    return 'breaches';
  return null;
}

export function isTooLong(tokens: number, { maxTokens }: Pick<FilterOptions, 'maxTokens'>): boolean {
  return maxTokens !== null && tokens > maxTokens;
}

/** Does any text that the debate's events hold look secret? Rows show more of them than speeches: quotes, reasons, words to change. */
function hasSecrets({ totals: _, started, ...debate }: Debate): boolean {
  const known = new Set<string>();
  return Object.values(started).some((part) => startHolds(part, known)) || holdsSecret(debate, known);
}

/** Debates of a batch share the larger parts of what they start with. */
function startHolds(part: unknown, known: Set<string>): boolean {
  return typeof part === 'object' && part !== null ? partHolds(part) : holdsSecret(part, known);
}

const partHolds = rememberingFor((part: object) => holdsSecret(part, new Set()));

function holdsSecret(value: unknown, known: Set<string>): boolean {
  if (typeof value === 'string') {
    if (value.length < shortestSecret || isHash(value) || known.has(value)) return false;
    known.add(value);
    return secretsIn(value).length > 0;
  }
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => holdsSecret(item, known));
  for (const key in value) if (holdsSecret((value as Record<string, unknown>)[key], known)) return true;
  return false;
}

/** Of a prompt, one with every turn: in none of the forms that are looked for. */
function isHash(text: string): boolean {
  return text.length === 64 && /^[0-9a-f]+$/.test(text);
}

/** No key, address or number that is looked for has fewer characters. */
const shortestSecret = 6;

const checkedSets = new WeakMap<PromptSet, boolean>();

function promptsHaveSecrets(set: PromptSet): boolean {
  const known = checkedSets.get(set);
  if (known !== undefined) return known;
  const found = [...set.files.values()].some((content) => secretsIn(content).length > 0);
  checkedSets.set(set, found);
  return found;
}

/** Counts what came in, what was left out and why, and what was written. */
export interface Counts {
  debates: number;
  removed: Partial<Record<FilterName, number>>;
  /** Rows by format and split. */
  rows: Record<string, Record<string, number>>;
  /** Speeches that stand in histories and are not learned, by why. */
  masked: Partial<Record<MaskName, number>>;
  /** Estimated tokens of rows by format: the longest, and all together. */
  tokens: Record<string, { longest: number; sum: number }>;
  /** Rows by format whose answer is labelled good, and bad. */
  labels: Record<string, { good: number; bad: number }>;
  /** Personas' rows whose every prompt was rendered again to the hash in the journal, and all of them. */
  verified: { exact: number; of: number };
}

export function createCounts(): Counts {
  return {
    debates: 0,
    removed: {},
    masked: {},
    tokens: {},
    rows: {},
    labels: {},
    verified: { exact: 0, of: 0 },
  };
}

export function countRemoved(counts: Counts, name: FilterName): void {
  counts.removed[name] = (counts.removed[name] ?? 0) + 1;
}

export function countMasked(counts: Counts, name: MaskName): void {
  counts.masked[name] = (counts.masked[name] ?? 0) + 1;
}

export function countLabel(counts: Counts, format: string, label: boolean): void {
  const { good, bad } = counts.labels[format] ?? { good: 0, bad: 0 };
  counts.labels[format] = label ? { good: good + 1, bad } : { good, bad: bad + 1 };
}

export function countTokens(counts: Counts, format: string, tokens: number): void {
  const { longest, sum } = counts.tokens[format] ?? { longest: 0, sum: 0 };
  counts.tokens[format] = { longest: Math.max(longest, tokens), sum: sum + tokens };
}

/** What stands in histories and is not learned, in words. */
export function maskedIn(counts: Counts): { name: MaskName; count: number; what: string }[] {
  return (Object.keys(maskNames) as MaskName[]).flatMap((name) => {
    const count = counts.masked[name];
    return count === undefined ? [] : [{ name, count, what: `speeches ${maskNames[name]}` }];
  });
}

export function countRow(counts: Counts, format: string, split: string): void {
  const ofFormat = counts.rows[format] ?? {};
  ofFormat[split] = (ofFormat[split] ?? 0) + 1;
  counts.rows[format] = ofFormat;
}

/** What was left out, in the order in which the filters work. */
export function removedFrom(counts: Counts): { name: FilterName; count: number; what: string }[] {
  return (Object.keys(filterNames) as FilterName[]).flatMap((name) => {
    const count = counts.removed[name];
    return count === undefined ? [] : [{ name, count, what: filterNames[name] }];
  });
}
