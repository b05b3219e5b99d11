import { type Entry, wordsOf } from './entries.ts';
import { type Row, type Span, span } from './span.ts';

/** Indexes of the entries whose words hold the query, whatever the case. */
export function matchesOf(entries: readonly Entry[], query: string): number[] {
  const wanted = query.toLocaleLowerCase();
  if (wanted === '') return [];
  return entries.flatMap((entry, index) =>
    wordsOf(entry).toLocaleLowerCase().includes(wanted) ? [index] : [],
  );
}

/** Which of the matches is looked at, in words. */
export function foundText(matches: readonly number[], at: number | null, query: string): string {
  if (query === '') return 'Enter finds · Esc closes';
  if (matches.length === 0) return 'nothing found';
  const place = at === null ? '' : `${matches.indexOf(at) + 1} of `;
  return `${place}${matches.length} · Enter ↑ ↓`;
}

/** The row with every occurrence of the query marked. */
export function highlighted(row: Row, query: string): Row {
  const wanted = query.toLocaleLowerCase();
  if (wanted === '' || !row.some(({ text }) => text.toLocaleLowerCase().includes(wanted))) return row;
  return row.flatMap((part) => splitAt(part, wanted));
}

function splitAt(part: Span, wanted: string): Span[] {
  const lower = part.text.toLocaleLowerCase();
  // Some letters change their length with their case; then the places no longer agree.
  if (lower.length !== part.text.length) return [part];
  const spans: Span[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) spans.push(span(part.text.slice(from, at), part.meaning));
    spans.push(span(part.text.slice(at, at + wanted.length), 'match'));
    from = at + wanted.length;
  }
  if (from < part.text.length) spans.push(span(part.text.slice(from), part.meaning));
  return spans;
}
