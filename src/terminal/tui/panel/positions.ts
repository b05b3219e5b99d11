import type { Debate, Verdict } from '../../../debate/debate.ts';
import { position } from '../../format.ts';
import { latestReading, standBefore, standOf } from '../../reading.ts';
import { castOf, type Person } from '../people.ts';
import { column, type Row, type Span, span } from '../span.ts';
import type { Section } from './sections.ts';

/** Columns of one stand: a space, the figure, and an arrow where it moved. */
const cellColumns = 5;
/** A move smaller than this, in points of the scale, is not marked. */
const leastMove = 0.25;

export interface Selected {
  readonly speaker: string | null;
  readonly issue: string | null;
}

/** Where each speaker stands on each issue: a heat map with figures, moves marked with arrows. */
export function positionsSection(debate: Debate, columns: number, selected: Selected): Section {
  const people = castOf(debate);
  const reading = latestReading(debate);
  const titleColumns = Math.max(8, columns - people.length * cellColumns);
  const head: Row = [
    span(column('POSITIONS 0–6', titleColumns), 'muted'),
    ...people.map((person) => headCell(person, selected)),
  ];
  const rows = debate.started.agenda.map((issue): Row => {
    const isSelected = selected.issue === issue.id;
    const title = span(column(issue.title, titleColumns - 1), isSelected ? 'selected' : 'text');
    const cells = people.map((person) => cellOf(debate, reading?.verdict ?? null, person.id, issue.id));
    return [title, span(' '), ...cells];
  });
  return { rank: 1, rows: [head, ...rows] };
}

function headCell({ glyph, meaning, id }: Person, selected: Selected): Span {
  const text = column(`  ${glyph}`, cellColumns);
  return span(text, selected.speaker === id ? 'selected' : meaning);
}

/** The stand that was read, or before any reading the one the persona opens with. */
function cellOf(debate: Debate, verdict: Verdict | null, speaker: string, issue: string): Span {
  if (!verdict) {
    const opening = debate.started.cast.find(({ id }) => id === speaker)?.opening[issue];
    return span(opening === undefined ? '   · ' : column(`  ${position(opening)}`, cellColumns), 'muted');
  }
  const stand = standOf(verdict, speaker, issue);
  if (!stand) return span('   · ', 'faint');
  const before = standBefore(debate, verdict, speaker, issue);
  const figure = position(stand.position).padStart(3);
  const text = ` ${figure}${before === null ? ' ' : arrow(stand.position - before)}`;
  return span(text, `scale-${Math.round(stand.position)}`);
}

function arrow(change: number): string {
  if (Math.abs(change) < leastMove) return ' ';
  return change > 0 ? '▸' : '◂';
}

/** What the signs of the map mean. */
export function positionsLegend(columns: number): Row[] {
  return columns < 40 ? [] : [[span('▸ ◂ moved since the last reading, · no stand', 'faint')]];
}
