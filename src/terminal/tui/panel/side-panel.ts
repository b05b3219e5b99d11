import type { Debate } from '../../../debate/debate.ts';
import { emptyRow, type Row, span, within } from '../span.ts';
import { evidenceSections, factsRows, offRecordRows, ownLinesRows } from './doubts.ts';
import { convergenceRows } from './gauge.ts';
import { agreementRows, positionsLegend, positionsRows } from './maps.ts';

export interface PanelOptions {
  debate: Debate;
  columns: number;
  rows: number;
  focus: string | null;
  /** Who speaks now. */
  speaking: string | null;
  selectedSpeaker: string | null;
  selectedIssue: string | null;
}

/** A part of the side panel; the lower its rank, the sooner it stays when rows are few. */
type Section = readonly [rank: number, rows: readonly Row[]];

/** The side panel with the line that parts it from the exchange: exactly `rows` rows. */
export function panelRows(options: PanelOptions): Row[] {
  const { debate, columns, rows, focus, speaking } = options;
  const inner = columns - 3;
  const selected = { speaker: options.selectedSpeaker, issue: options.selectedIssue };
  const legend = positionsLegend(debate, rows < 30 ? 0 : inner);
  const sections: Section[] = [
    [0, convergenceRows(debate, inner)],
    [1, ownLinesRows(debate, inner)],
    [1, [...positionsRows(debate, inner, selected), ...legend]],
    [2, agreementRows(debate, inner, { focus, speaking })],
    [4, factsRows(debate, inner)],
    [7, offRecordRows(debate, inner)],
    ...evidenceSections(debate, inner),
  ];
  const stacked = within(stackedIn(sections, rows), { columns: inner, rows });
  return stacked.map((row) => [span('│ ', 'faint'), ...row]);
}

/** The sections in their order, as many as fit, each followed by an empty row. */
function stackedIn(sections: readonly Section[], height: number): Row[] {
  const chosen = new Set<Section>();
  let free = height;
  for (const section of sections.toSorted(([one], [other]) => one - other)) {
    const size = section[1].length;
    if (size === 0 || size > free) continue;
    chosen.add(section);
    free -= size + 1;
  }
  return sections.filter((one) => chosen.has(one)).flatMap(([, rows]) => [...rows, emptyRow]);
}
