/** Format characters that are seen: signs that stand before a number. */
const numberSigns = '\\u0600-\\u0605\\u06dd\\u070f\\u08e2\\u{110bd}\\u{110cd}';

/** What fonts show nothing for, but for joiners and the variation selectors of emoji; private and broken characters. */
const invisible = new RegExp(
  `(?![${numberSigns}\\u200c\\u200d\\ufe0e\\ufe0f])[\\p{Cf}\\p{Default_Ignorable_Code_Point}]|[\\p{Co}\\p{Noncharacter_Code_Point}\\ufffd]`,
  'gu',
);

/** One selector chooses between the two forms of an emoji; more of them, or elsewhere, only hide. */
const idleSelector = /(?<!\p{Emoji})[\ufe0e\ufe0f]/gu;

/** Scripts whose letters are shaped by joiners. */
const joiningScripts =
  'Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar';
const joinable = joiningScripts
  .split(' ')
  .map((script) => `\\p{Script=${script}}`)
  .join('');

/** Joiners shape letters in those scripts and join emoji; between other letters they only hide. */
const idleJoiner = new RegExp(`(?<![${joinable}\\p{Extended_Pictographic}\\ufe0f])[\\u200c\\u200d]+`, 'gu');

/** A letter carries at most this many marks in any language that is written. */
const markPile = /(\p{M}{4})\p{M}+/gu;

/**
 * A text nobody vouches for, made safe to number, quote and print: composed (NFC), with plain line ends and
 * spaces, without control characters, bidirectional overrides, zero-width and tag characters.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g, '')
    .replace(invisible, '')
    .replace(idleSelector, '')
    .replace(idleJoiner, '')
    .normalize('NFC')
    .replace(markPile, '$1')
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The same on one line, for titles and sources; at most 300 characters. */
export function cleanLine(text: string): string {
  const start = cleanText(text.slice(0, 4000)).replace(/\s+/g, ' ');
  return [...start].slice(0, 300).join('').trim();
}

/** Share of characters that no text has: controls, unassigned and private ones, and bytes that were no character. */
export function unprintableShare(text: string): number {
  const unprintable = text.match(/(?![\t\n\v\f\r])[\p{Cc}\p{Cn}\p{Co}\p{Cs}\ufffd]/gu)?.length ?? 0;
  return text.length === 0 ? 0 : unprintable / text.length;
}
