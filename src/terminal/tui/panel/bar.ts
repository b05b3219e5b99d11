import type { Row } from '../span.ts';
import { span } from '../span.ts';

/** The index as a gauge: full up to the lower bound, shaded over the interval, a mark at the value. */
export function gauge(
  value: number | null,
  interval: { low: number; high: number } | null,
  columns: number,
): Row {
  if (value === null) return [span('·'.repeat(columns), 'faint')];
  const at = (share: number) => Math.min(columns, Math.max(0, Math.round(share * columns)));
  const low = Math.min(at(interval?.low ?? value), at(value));
  const high = Math.max(at(interval?.high ?? value), at(value));
  const mark = Math.min(columns - 1, Math.max(0, at(value) - 1));
  const cells = Array.from({ length: columns }, (_, index) => {
    if (index === mark) return '┃';
    if (index < low) return '━';
    return index < high ? '╌' : '·';
  });
  const text = cells.join('');
  return [
    span(text.slice(0, mark), 'accent'),
    span('┃', 'strong'),
    span(text.slice(mark + 1, Math.max(mark + 1, high)), 'accent'),
    span(text.slice(Math.max(mark + 1, high)), 'faint'),
  ].filter((part) => part.text !== '');
}

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The index after each round as a line of blocks, the latest last; a dot where there was no number. */
export function sparkline(values: readonly (number | null)[], columns: number): string {
  return values
    .slice(-columns)
    .map((value) => (value === null ? '·' : (levels[Math.min(7, Math.floor(value * 8))] ?? '█')))
    .join('');
}
