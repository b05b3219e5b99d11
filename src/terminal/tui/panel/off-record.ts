import { scale } from '../../../debate/agenda.ts';
import type { Debate } from '../../../debate/debate.ts';
import { gapsOfRound } from '../../reading.ts';
import { personOf } from '../people.ts';
import { justified, type Row, span } from '../span.ts';
import { type Section, titleRow } from './sections.ts';

const widest = 44;

/** How far everyone would settle from where it stands in public, by the last poll; nothing where nobody was asked. */
export function offRecordSection(debate: Debate, columns: number): Section {
  const round = debate.polls.at(-1)?.round;
  const gaps = round === undefined ? null : gapsOfRound(debate, round);
  if (!gaps) return { rank: 7, rows: [] };
  const rows = gaps.map(({ speaker, gap }): Row => {
    const { glyph, short, meaning } = personOf(debate, speaker);
    const figure = gap === null ? '–' : `${(gap * scale.high).toFixed(1)} of ${scale.high} off`;
    const left: Row = [span(`${glyph} `, meaning), span(short)];
    return justified(left, [span(figure, 'muted')], Math.min(widest, columns));
  });
  return { rank: 7, rows: [titleRow('off the record', `after round ${round}`, columns), ...rows] };
}
