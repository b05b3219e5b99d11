import { matchQuote } from '../../grounding/quotes.ts';
import type { Subject } from '../model/subject.ts';
import { anchor } from './anchors.ts';

/** Words of a turn from which positions were read, with the positions. Offsets are of the turn's text. */
export interface EvidenceMark {
  /** Counts the marks of its turn from 1. */
  mark: number;
  turn: number;
  speaker: string;
  start: number;
  end: number;
  /** What was read from them, by round; the same stand is often read again in later rounds. */
  read: { issue: string; round: number; position: number }[];
}

/** Finds every quoted position of every verdict in its turn. */
export function evidenceMarks({ turns, verdicts }: Pick<Subject, 'turns' | 'verdicts'>): EvidenceMark[] {
  const texts = new Map(turns.map(({ turn, text }) => [turn, text]));
  const marks = new Map<string, EvidenceMark>();
  const counts = new Map<number, number>();
  for (const { round, cells } of verdicts) {
    for (const cell of cells) {
      if (cell.stand !== 'position') continue;
      const { speaker, issue, position, quote, turn } = cell;
      const key = `${turn} ${quote}`;
      const place = marks.get(key) ?? matchQuote(quote, texts.get(turn) ?? '');
      if (!place) continue;
      const known = marks.get(key);
      if (known) {
        known.read.push({ issue, round, position });
        continue;
      }
      const mark = (counts.get(turn) ?? 0) + 1;
      counts.set(turn, mark);
      const { start, end } = place;
      marks.set(key, { mark, turn, speaker, start, end, read: [{ issue, round, position }] });
    }
  }
  return [...marks.values()];
}

/** Where a quote stands in the page, by its turn and words; the marks know places, the verdicts know words. */
export function quoteLinks(marks: readonly EvidenceMark[], { verdicts }: Subject): Map<string, string> {
  const links = new Map<string, string>();
  for (const { round, cells } of verdicts) {
    for (const cell of cells) {
      if (cell.stand !== 'position') continue;
      const found = marks.find(
        ({ turn, read }) =>
          turn === cell.turn && read.some((one) => one.issue === cell.issue && one.round === round),
      );
      if (found) links.set(`${cell.turn} ${cell.quote}`, anchor.quote(found.turn, found.mark));
    }
  }
  return links;
}
