/**
 * The only way that text of a model, article, file name, title or error reaches a screen.
 *
 * What comes out holds no control character but the line feed, moves no cursor, changes no mode, colour, title
 * or clipboard, reorders nothing, hides nothing, and has the same width in every terminal. Works on accumulated
 * text: give it all that has come so far, not a chunk, since a sequence may be cut anywhere. Linear time.
 */
export function sanitizeText(text: string): string {
  if (plainText.test(text)) return text;
  return text
    .replace(escapeSequences, '')
    .replace(lineEnds, '\n')
    .replaceAll('\t', '    ')
    .toWellFormed()
    .replace(invisible, '')
    .replace(unsteadyWidth, '')
    .replace(stackedMarks, '$1')
    .replace(strayMarks, '$1')
    .replace(unknown, '\uFFFD')
    .normalize('NFC');
}

/** The same for what must stay on one line: names, titles, errors, file names. */
export function sanitizeLine(text: string): string {
  return sanitizeText(text).replace(/\s+/gu, ' ').trim();
}

/** Nothing to do for most text: printable ASCII and line feeds. */
const plainText = /^[\n -~]*$/u;

const stringBody = '[^\\u0007\\u0018\\u001a\\u001b\\u009c\\n]*(?:\\u0007|\\u001b\\\\|\\u009c)?';
const csiBody = '[0-?]*[ -/]*[@-~]?';

/**
 * ECMA-48 sequences, in their 7-bit form and with C1 introducers: CSI; the strings OSC, DCS, SOS, PM and APC up to
 * their terminator; two-character escapes. One that is cut short goes as far as it came, a string no further
 * than its line, so that a lost terminator cannot hide the rest of a speech. No branch can fail after
 * its first character, which keeps the match linear.
 */
export const escapeSequences = new RegExp(
  [
    `\\u001b(?:\\[${csiBody}|[\\]PX^_]${stringBody}|[ -/]*[0-~]?)`,
    `\\u009b${csiBody}`,
    `[\\u0090\\u0098\\u009d-\\u009f]${stringBody}`,
    // Some programs put a sign in the place of an escape and leave the rest of the colour to be read.
    '[\\u241b\\ufffd]\\[[\\d;]*m',
  ].join('|'),
  'gu',
);

const lineEnds = /\r\n|[\u2028\u2029]/gu;

/**
 * Control characters but the line feed, and what shows nothing: zero-width characters, bidi controls, tags and
 * variation selectors are all "default ignorable" in Unicode; annotation anchors are not, and go as well.
 */
const invisible = /(?!\n)[\p{Cc}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;

/** Terminals disagree on the width of skin tones after an emoji and of the enclosing keycap. */
const unsteadyWidth = /(?<=\p{Extended_Pictographic})[\u{1F3FB}-\u{1F3FF}]|\u20E3/gu;

/** More than four marks on one letter spill over the rows around it. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu;

/** A mark with no letter before it would sit on the frame of the screen. */
const strayMarks = /(^|\n)\p{M}+/gu;

/** Private and unassigned characters: every font shows something else, or nothing. */
const unknown = /[\p{Co}\p{Cn}]/gu;

/** Every string in a value made safe, keys included. */
export function sanitizeDeep<Value>(value: Value): Value {
  if (typeof value === 'string') return sanitizeText(value) as Value;
  if (Array.isArray(value)) return value.map(sanitizeDeep) as Value;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, held]) => [sanitizeText(key), sanitizeDeep(held)]);
  return Object.fromEntries(entries) as Value;
}
