import { escapeSequences } from './sanitize.ts';

/**
 * The only way that text of a model, article, file name or title reaches a document: a report, a page, a table. What comes
 * out holds no terminal sequence, no control character but the line feed, and nothing that reorders, hides or imitates
 * other text. Escaping for Markdown or HTML comes after this. Linear time.
 */
export function cleanText(text: string): string {
  return text
    .replace(escapeSequences, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', '    ')
    .toWellFormed()
    .replace(unseen, '')
    .replace(stackedMarks, '$1');
}

/** The same on one line: names, titles, quotes in tables. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ').trim();
}

/**
 * Controls, bidi marks, tags and the like. Unlike on a screen, joiners and variation selectors stay where they join:
 * documents are set by engines that know scripts and emoji, and Persian or Hindi read wrongly without them.
 */
const joins =
  '(?<=[\\p{Extended_Pictographic}\\u{1f3fb}-\\u{1f3ff}]|[\\ufe0e\\ufe0f]|(?![\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}])[\\p{L}\\p{M}])[\\u200c\\u200d\\ufe0e\\ufe0f]';
const unseen = new RegExp(`(?!\\n|${joins})[\\p{Cc}\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb]`, 'gu');

/** More than four marks on one letter spill over the lines around it. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu;
