import type { Debate } from '../../../debate/debate.ts';
import { type Row, span } from '../span.ts';
import { agreementSection } from './agreement-map.ts';
import { evidenceSections, offRecordSection, ownLinesSection } from './doubts.ts';
import { convergenceSection } from './gauge.ts';
import { positionsLegend, positionsSection } from './position-map.ts';
import { stacked } from './sections.ts';

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

/** The side panel with the line that parts it from the exchange: exactly `rows` rows. */
export function panelRows(options: PanelOptions): Row[] {
  const { debate, columns, rows, focus, speaking } = options;
  const inner = columns - 3;
  const selected = { speaker: options.selectedSpeaker, issue: options.selectedIssue };
  const positions = positionsSection(debate, inner, selected);
  const sections = [
    convergenceSection(debate, inner),
    ownLinesSection(debate, inner),
    { ...positions, rows: [...positions.rows, ...positionsLegend(debate, rows < 30 ? 0 : inner)] },
    agreementSection(debate, inner, { focus, speaking }),
    offRecordSection(debate, inner),
    ...evidenceSections(debate, inner),
  ];
  return stacked(sections, inner, rows).map((row) => [span('│ ', 'faint'), ...row]);
}
