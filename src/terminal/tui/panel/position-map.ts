import type { Debate, Verdict } from '../../../debate/debate.ts';
import { position } from '../../../text/figures.ts';
import { latestReading, standBefore, standOf } from '../../latest-reading.ts';
import { castOf } from '../../persona.ts';
import { column, columnsOf, type Row, type Span, span } from '../span.ts';
import { gridOf, headOf, leastCell, type Section } from './sections.ts';

/** A move smaller than this, in points of the scale, is not marked. */
const leastMove = 0.25;

export interface Selected {
  readonly speaker: string | null;
  readonly issue: string | null;
}

/** Where each speaker stands on each issue: a heat map with figures, moves marked with arrows. */
export function positionsSection(debate: Debate, columns: number, selected: Selected): Section {
  const people = castOf(debate);
  const verdict = latestReading(debate)?.verdict ?? null;
  const grid = gridOf(debate, columns);
  const label = grid.title >= 14 ? 'POSITIONS 0–6' : 'POSITIONS';
  const head: Row = [
    span(column(label, grid.title), 'muted'),
    ...people.map((person) => {
      const text = headOf(person, grid.cell);
      return span(text, selected.speaker === person.id ? 'selected' : person.meaning);
    }),
  ];
  const rows = debate.started.agenda.map((issue): Row => {
    const title = column(issue.title, grid.title - 1);
    const cells = people.map(({ id }) => cellOf(debate, verdict, id, issue.id, grid.cell));
    return [span(title, selected.issue === issue.id ? 'selected' : 'text'), span(' '), ...cells];
  });
  return { rank: 1, rows: [head, ...rows] };
}

/** What the signs of the map mean; nothing where there is no room to say it. */
export function positionsLegend(debate: Debate, columns: number): Row[] {
  const isSpoken = latestReading(debate) !== null;
  const texts = isSpoken
    ? ['▸ ◂ moved since the last reading, · no stand, (3) declared', '▸ ◂ moved, · no stand, (3) declared']
    : ['(3) declared, not spoken yet'];
  const text = texts.find((one) => columnsOf(one) <= columns);
  return text === undefined ? [] : [[span(text, 'muted')]];
}

/** The stand that was read; until one was spoken, what the persona's file declares, in brackets and dimmed. */
function cellOf(
  debate: Debate,
  verdict: Verdict | null,
  speaker: string,
  issue: string,
  columns: number,
): Span {
  const stand = verdict && standOf(verdict, speaker, issue);
  const figureOf = (value: number) => (columns > leastCell ? position(value) : narrow(value));
  if (!verdict || !stand) {
    const opening = debate.started.cast.find(({ id }) => id === speaker)?.opening[issue];
    const wasSpoken = verdict !== null && standBefore(debate, verdict, speaker, issue) !== null;
    if (opening === undefined || wasSpoken) return span(centred('·', columns), 'faint');
    const declared = `(${figureOf(opening)}`;
    return span(centred(declared, columns, ')'), 'faint');
  }
  const before = standBefore(debate, verdict, speaker, issue);
  const moved = before === null ? ' ' : arrow(stand.position - before);
  return span(centred(figureOf(stand.position), columns, moved), `scale-${Math.round(stand.position)}`);
}

/** A stand to half a point in two columns: a decimal would run into the next column, and a whole point can lie on the other side of a red line. */
function narrow(value: number): string {
  const halves = Math.round(value * 2);
  const whole = Math.floor(halves / 2);
  return halves % 2 === 0 ? String(whole) : `${whole === 0 ? '' : whole}\u00bd`;
}

/** A figure right of the middle, with a sign after it. */
function centred(figure: string, columns: number, sign = ' '): string {
  const left = columns > leastCell ? Math.ceil((columns + 2) / 2) : 2;
  return column(figure.padStart(left) + sign, columns);
}

function arrow(change: number): string {
  if (Math.abs(change) < leastMove) return ' ';
  return change > 0 ? '▸' : '◂';
}
