import { findCitations } from '../../grounding/citations.ts';
import { cleanText } from '../../text/clean-text.ts';
import { anchor } from '../html/anchors.ts';
import { line } from './text.ts';

/** A speech in paragraphs whose citations lead to passages and turns, as far as these exist. */
export function cited(text: string, exists: (label: string) => boolean): string {
  return cleanText(text)
    .split(/\n\s*\n/)
    .map((paragraph) => citedLine(paragraph, exists))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function citedLine(paragraph: string, exists: (label: string) => boolean): string {
  const citations = findCitations(paragraph);
  const starts = [...new Set(citations.map(({ start }) => start))];
  let done = 0;
  let result = '';
  for (const start of starts) {
    const labels = citations.filter((one) => one.start === start);
    result += withEdges(paragraph.slice(done, start));
    const links = labels.map(({ label, kind, number }) => {
      const id = kind === 'passage' ? anchor.passage(number) : anchor.turn(number);
      return exists(label) ? `[${label}](#${id})` : `${label} (no such source)`;
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
