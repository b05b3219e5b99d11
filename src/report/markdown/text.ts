import { cleanLine, cleanText } from '../../text/clean-text.ts';

/** Text that others wrote, on one line, with nothing left that Markdown or HTML would act on. */
export function line(text: string): string {
  return escapedStart(escaped(cleanLine(text)));
}

/** The same with its paragraphs; single line ends become spaces. */
export function paragraphs(text: string): string {
  return cleanText(text)
    .split(/\n\s*\n/)
    .map((paragraph) => line(paragraph))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Paragraphs as a quotation. */
export function quoted(text: string): string {
  return paragraphs(text)
    .split('\n')
    .map((row) => (row === '' ? '>' : `> ${row}`))
    .join('\n');
}

/** A table; cells are Markdown already. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbersFrom = 1,
): string {
  const rule = head.map((_, place) => (place < numbersFrom ? '---' : '--:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function target(id: string): string {
  return `<a id="${id}"></a>`;
}

/** Characters that begin emphasis, links, HTML, code, tables or entities; addresses do not become links by themselves. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~#&$]/g, '\\$&')
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}\\.`)
    .replaceAll('@', '\\@');
}

/** What makes a list, a heading or a rule at the beginning of a line. */
function escapedStart(text: string): string {
  return text.replace(/^(\d{1,9})([.)])/, '$1\\$2').replace(/^[-+=]/, '\\$&');
}
