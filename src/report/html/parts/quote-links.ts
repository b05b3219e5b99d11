import type { EvidenceMark } from '../../model/evidence-marks.ts';
import type { Subject } from '../../model/subject.ts';
import { anchor } from '../anchors.ts';

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
