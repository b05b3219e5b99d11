import { findCitations } from '../../grounding/citations.ts';
import { cleanLine, cleanText } from '../../text/clean-text.ts';
import { anchor } from '../model/subject.ts';

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

/** Does a citation's source exist? null where that was not checked. */
type Exists = (label: string) => boolean | null;

/** A speech in paragraphs whose citations lead to passages and turns, as far as these exist. */
export function cited(text: string, exists: Exists): string {
  return cleanText(text)
    .split(/\n\s*\n/)
    .map((paragraph) => citedLine(paragraph, exists))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function citedLine(paragraph: string, exists: Exists): string {
  const citations = findCitations(paragraph);
  const starts = [...new Set(citations.map(({ start }) => start))];
  let done = 0;
  let result = '';
  for (const start of starts) {
    const labels = citations.filter((one) => one.start === start);
    result += withEdges(paragraph.slice(done, start));
    const links = labels.map(({ label, kind, number }) => {
      const id = kind === 'passage' ? anchor.passage(number) : anchor.turn(number);
      const does = exists(label);
      if (does === null) return label;
      return does ? `[${label}](#${id})` : `${label} (no such source)`;
    });
    result += `\\[${links.join(', ')}\\]`;
    done = labels[0]?.end ?? start;
  }
  return (result + withEdges(paragraph.slice(done))).trim();
}

/** Escaped on one line, keeping a space at either end. */
function withEdges(text: string): string {
  const inner = line(text);
  if (inner === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${inner}${/\s$/.test(text) ? ' ' : ''}`;
}
