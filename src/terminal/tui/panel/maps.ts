import type { Debate, Verdict } from '../../../debate/debate.ts';
import { decimal, position } from '../../../text/figures.ts';
import { latestReading, standBefore, standOf } from '../../latest-reading.ts';
import { castOf, type Person } from '../../persona.ts';
import type { Meaning } from '../../theme/theme.ts';
import { column, columnsOf, type Row, type Span, span } from '../span.ts';

/** A move smaller than this, in points of the scale, is not marked. */
const leastMove = 0.25;

export interface Selected {
  readonly speaker: string | null;
  readonly issue: string | null;
}

/** Where each speaker stands on each issue: a heat map with figures, moves marked with arrows. */
export function positionsRows(debate: Debate, columns: number, selected: Selected): Row[] {
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
    const cells = people.map(({ id }) => standCell(debate, verdict, id, issue.id, grid.cell));
    return [span(title, selected.issue === issue.id ? 'selected' : 'text'), span(' '), ...cells];
  });
  return [head, ...rows];
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
function standCell(
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

/** Columns before a name: its key and its glyph. */
const leadColumns = 4;

export interface Emphasis {
  readonly focus: string | null;
  readonly speaking: string | null;
}

/** The cast with its keys, and how far each two of them agree, 0 to 1. */
export function agreementRows(debate: Debate, columns: number, emphasis: Emphasis): Row[] {
  const people = castOf(debate);
  const pairs = latestReading(debate)?.convergence.pairs ?? [];
  const agreement = (one: string, other: string) =>
    pairs.find(({ a, b }) => (a === one && b === other) || (a === other && b === one))?.agreement ?? null;
  // Only the upper half says something; the first speaker's column, which would be empty, gives its room to the names.
  // So the other columns stand under theirs in the positions.
  const across = people.slice(1);
  const grid = gridOf(debate, columns);
  const names = grid.title + grid.cell;
  const head: Row = [
    span(column('AGREEMENT 0–1', names), 'muted'),
    ...across.map((person) => span(headOf(person, grid.cell), person.meaning)),
  ];
  const rows = people.map((person, index): Row => {
    const cells = across.map((other, place): Span => {
      if (place + 1 <= index) return span(' '.repeat(grid.cell));
      return agreementCell(agreement(person.id, other.id), grid.cell);
    });
    return [...nameCells(person, index, names, emphasis), ...cells];
  });
  return [head, ...rows];
}

function nameCells(person: Person, index: number, columns: number, { focus, speaking }: Emphasis): Span[] {
  const room = columns - leadColumns - 1;
  const name = columnsOf(person.name) <= room ? person.name : person.short;
  const meaning: Meaning = focus === person.id ? 'selected' : speaking === person.id ? 'strong' : 'text';
  return [
    span(index < 9 ? `${index + 1} ` : '  ', 'muted'),
    span(person.glyph, person.meaning),
    span(' '),
    span(column(name, room), meaning),
    span(' '),
  ];
}

function agreementCell(agreement: number | null, columns: number): Span {
  const left = columns > leastCell ? Math.ceil((columns + 2) / 2) : 3;
  if (agreement === null) return span(column('·'.padStart(left), columns), 'faint');
  // A column of four has no room for the 0 of 0.37 beside a gap.
  const figure = columns > leastCell ? decimal(agreement) : decimal(agreement).replace(/^0|0$/u, '');
  return span(column(figure.padStart(left), columns), `share-${Math.min(3, Math.floor(agreement * 4))}`);
}

/** Widths of the columns of a grid of issues by people: titles have what they need before columns grow wider than their figures. */
function gridOf({ started }: Debate, columns: number): { title: number; cell: number } {
  const count = Math.max(1, started.cast.length);
  const wanted = Math.max(leastTitle, ...started.agenda.map(({ title }) => columnsOf(title) + 1));
  const cell = Math.min(widestCell, Math.max(leastCell, Math.floor((columns - wanted) / count)));
  return { title: Math.max(8, Math.min(wanted, columns - cell * count)), cell };
}

/** Columns of one figure: the figure, and an arrow where it moved. */
const leastCell = 4;

/** The head of a person's column: the glyph, and the short name where it fits. */
function headOf(person: Person, cell: number): string {
  if (cell < nameCell) return column(`${cell < 5 ? ' ' : '  '}${person.glyph}`, cell);
  return `${column(` ${person.glyph} ${person.short}`, cell - 1)} `;
}

const widestCell = 13;
/** From this width on a column's head has room for a name. */
const nameCell = 11;
/** Room for the heading of the column. */
const leastTitle = 15;
