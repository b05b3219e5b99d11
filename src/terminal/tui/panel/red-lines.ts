import type { Debate } from '../../../debate/debate.ts';
import { position } from '../../../text/figures.ts';
import { latestReading } from '../../reading.ts';
import { personOf } from '../people.ts';
import { column, type Row, span } from '../span.ts';
import { type Section, titleRow } from './sections.ts';

/** Rows at most; how many there are stands in the heading. */
const most = 4;

/** Who stands beyond whose red line, on what: a row each. */
export function redLinesSection(debate: Debate, columns: number): Section {
  const acceptable = latestReading(debate)?.convergence.acceptable;
  if (!acceptable || acceptable.share === null) return { rank: 4, rows: [] };
  const { breaches } = acceptable;
  if (breaches.length === 0) {
    return { rank: 4, rows: [[span('✓ ', 'good'), span('no red line is touched')]] };
  }
  const more = breaches.length - most;
  return {
    rank: 4,
    rows: [
      titleRow('red lines', `${breaches.length} touched`, columns),
      ...breaches.slice(0, most).map((breach) => breachRow(breach, debate, columns)),
      ...(more > 0 ? [[span(`  and ${more} more`, 'muted')]] : []),
    ],
  };
}

type Breach = NonNullable<ReturnType<typeof latestReading>>['convergence']['acceptable']['breaches'][number];

/** `✗ ● 5 on Sequencing   ◆ 0–3.5`: the one who stands there, and the bounds of the one whose line it is. */
function breachRow(breach: Breach, debate: Debate, columns: number): Row {
  const { holder, speaker, issue, position: stands, min, max } = breach;
  const who = personOf(debate, speaker);
  const whose = personOf(debate, holder);
  const title = debate.started.agenda.find(({ id }) => id === issue)?.title ?? issue;
  const bounds = ` ${position(min)}–${position(max)}`;
  const lead = `${position(stands)} on `;
  const room = Math.min(widestTitle, columns - 6 - lead.length - bounds.length);
  return [
    span('✗ ', 'alarm'),
    span(`${who.glyph} `, who.meaning),
    span(lead),
    span(column(title, Math.max(4, room))),
    span(` ${whose.glyph}`, whose.meaning),
    span(bounds, 'muted'),
  ];
}

const widestTitle = 34;
