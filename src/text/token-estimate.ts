import { rememberingFor } from './memo.ts';

/** What is counted of a chat message. */
interface Message {
  readonly content: string;
}

/** What chat templates put around one message. */
const tokensPerMessage = 4;

/** Cyrillic languages other than Russian, known by their letters, have fewer words of their own in the vocabulary. */
const russian = 3.9;
const otherCyrillic = 2.75;

/**
 * Characters of one token by script, from the first to the last code unit of each: measured on news prose with OpenAI's
 * o200k_base vocabulary. Latin, digits, blanks and punctuation have rules of their own.
 */
const scripts: readonly (readonly [from: number, to: number, charactersPerToken: number])[] = [
  [0x0370, 0x03ff, 2.9], // Greek
  [0x0400, 0x052f, russian], // Cyrillic
  [0x0530, 0x058f, 3],
  [0x0590, 0x05ff, 2.35], // Hebrew
  [0x0600, 0x08ff, 2.95], // Arabic
  [0x0900, 0x097f, 3.1], // Devanagari
  [0x0980, 0x0dff, 2.9],
  [0x0e00, 0x0e7f, 2.25], // Thai
  [0x0e80, 0x0fff, 1.2],
  [0x1000, 0x109f, 2.2],
  [0x10a0, 0x10ff, 3],
  [0x1100, 0x11ff, 1],
  [0x1200, 0x137f, 0.46],
  [0x1780, 0x17ff, 1.7],
  [0x1f00, 0x1fff, 2.2],
  [0x3040, 0x30ff, 1.25], // kana
  [0x3400, 0x4dbf, 0.8],
  [0x4e00, 0x9fff, 1.2], // Han
  [0xac00, 0xd7a3, 1.5], // hangul
  [0xf900, 0xfdff, 0.8],
  [0xfe70, 0xfeff, 1],
];

/** A mark inside a name, as in `run.turns`, `max_length` and `a/b`, mostly shares a token with what follows it. */
const leading = 0.4;
const isJoint = (code: number) => code === 46 || code === 95 || code === 47;
/** The blanks at a line's beginning mostly share a token with its break. */
const indent = 0.3;

/** Letters that one token of a word may have, and tokens for each letter more. */
const words = {
  plain: { letters: 6, more: 0.08 },
  marked: { letters: 6, more: 0.17 },
  heavilyMarked: { letters: 4, more: 0.36 },
  toned: { letters: 2, more: 0.12 },
};

/**
 * About how many tokens a text has, by its scripts: whole words of Latin script, groups of three digits, runs of
 * punctuation, and so many characters of any other script. Within 15% of o200k_base on prose in some twenty languages,
 * on JSON and on code (test/text/token-estimate.test.ts); used where a provider reports nothing, and marked as estimated.
 */
export function estimateTokens(text: string): number {
  const { letters, more } = words[latinOf(text)];
  const cyrillic = hasOtherCyrillic(text) ? otherCyrillic : russian;
  // One loop over the codes: prompts of many thousand letters are counted for every call.
  const kinds = kindByCode();
  let tokens = 0;
  for (let place = 0; place < text.length; ) {
    const code = text.charCodeAt(place);
    const kind = kinds[code] as number;
    let end = place + 1;
    /** Capital letters after the first: camelCase is several tokens. */
    let capitals = 0;
    for (; end < text.length; end++) {
      const next = text.charCodeAt(end);
      if (kinds[next] !== kind && !isMark(next)) break;
      if (next >= 65 && next <= 90) capitals++;
    }
    const length = end - place;
    if (kind === latin) tokens += 1 + more * Math.max(0, length - letters) + 0.25 * capitals;
    else if (kind === digit) tokens += Math.ceil(length / 3);
    else if (kind === blank)
      tokens += isBreak(text.charCodeAt(place - 1))
        ? indent
        : length > 1 || kinds[text.charCodeAt(end)] === digit
          ? 1
          : 0;
    else if (kind === lineBreak) tokens += 0.9;
    else if (kind === punctuation)
      tokens +=
        length === 1 &&
        isJoint(code) &&
        kinds[text.charCodeAt(end)] === latin &&
        kinds[text.charCodeAt(place - 1)] === latin
          ? leading
          : 0.62 + 0.27 * length;
    else tokens += otherTokens(length, code, cyrillic);
    place = end;
  }
  return Math.ceil(tokens);
}

function otherTokens(length: number, code: number, cyrillic: number): number {
  const script = scriptOf(code);
  if (script === 0) return length * (code >= 0xd800 && code <= 0xdfff ? 0.75 : 0.85);
  const isCyrillic = code >= 0x0400 && code <= 0x052f;
  const each = isCyrillic ? cyrillic : (scripts[script - 1]?.[2] as number);
  return each < 2 ? length / each : Math.max(1, length / each);
}

/** The script of a code unit, from 1; 0 for none of the above. */
function scriptOf(code: number): number {
  return Math.max(0, (kindByCode()[code] as number) - otherKinds);
}

/** Kinds of characters, as they are kept by code; scripts follow from 11 on. */
const latin = 0;
const digit = 1;
const blank = 2;
const lineBreak = 3;
const punctuation = 4;
const otherKinds = 10;
let kinds: Uint8Array | null = null;

/** Characters that are counted together have the same kind. Made when it is first needed. */
function kindByCode(): Uint8Array {
  if (kinds) return kinds;
  kinds = new Uint8Array(0x10000).fill(otherKinds);
  for (const [place, [from, to]] of scripts.entries()) kinds.fill(otherKinds + 1 + place, from, to + 1);
  for (let code = 0; code < 0x2000; code++) {
    if (isLatin(code)) kinds[code] = latin;
    else if (isDigit(code)) kinds[code] = digit;
    else if (isBlank(code)) kinds[code] = blank;
    else if (isBreak(code)) kinds[code] = lineBreak;
    else if (code < 128) kinds[code] = punctuation;
  }
  return kinds;
}

function isLatin(code: number): boolean {
  const lower = code | 32;
  return (
    (code < 128 && lower >= 97 && lower <= 122) ||
    (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) ||
    (code >= 0x1e00 && code <= 0x1eff)
  );
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isBlank = (code: number) => code === 32 || code === 9;
const isBreak = (code: number) => code === 10 || code === 13;
/** Combining marks and joiners belong to the letter before them. */
const isMark = (code: number) => (code >= 0x300 && code <= 0x36f) || code === 0x200c || code === 0x200d;

/** How much of the Latin script's marks a text needs; its beginning tells. */
function latinOf(text: string): keyof typeof words {
  const sample = text.slice(0, 4000);
  const toned = sample.match(/[\u1ea0-\u1eff]/g)?.length ?? 0;
  if (toned > sample.length * 0.02) return 'toned';
  const heavy = sample.match(/[\u0100-\u017f]/g)?.length ?? 0;
  if (heavy > sample.length * 0.015) return 'heavilyMarked';
  const marked = sample.match(/[\u00c0-\u00ff]/g)?.length ?? 0;
  return marked > sample.length * 0.005 ? 'marked' : 'plain';
}

function hasOtherCyrillic(text: string): boolean {
  return /[іїєґўјљњћђџ]/.test(text.slice(0, 4000));
}

/** A message never changes, and stands in every later prompt of its speaker. */
const tokensOf = rememberingFor((message: Message) => tokensPerMessage + estimateTokens(message.content));

export function estimatePromptTokens(messages: readonly Message[]): number {
  return messages.reduce((sum, message) => sum + tokensOf(message), 0);
}
