import type { Debate } from '../../../debate/debate.ts';
import { decimal } from '../../../text/figures.ts';
import { latestReading } from '../../latest-reading.ts';
import { castOf, type Person } from '../../persona.ts';
import type { Meaning } from '../../theme/theme.ts';
import { column, columnsOf, type Row, type Span, span } from '../span.ts';
import { gridOf, headOf, leastCell, type Section } from './sections.ts';

/** Columns before a name: its key and its glyph. */
const leadColumns = 4;

export interface Emphasis {
  readonly focus: string | null;
  readonly speaking: string | null;
}

/** The cast with its keys, and how far each two of them agree, 0 to 1. */
export function agreementSection(debate: Debate, columns: number, emphasis: Emphasis): Section {
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
      return cellOf(agreement(person.id, other.id), grid.cell);
    });
    return [...nameCells(person, index, names, emphasis), ...cells];
  });
  return { rank: 2, rows: [head, ...rows] };
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

function cellOf(agreement: number | null, columns: number): Span {
  const left = columns > leastCell ? Math.ceil((columns + 2) / 2) : 3;
  if (agreement === null) return span(column('·'.padStart(left), columns), 'faint');
  // A column of four has no room for the 0 of 0.37 beside a gap.
  const figure = columns > leastCell ? decimal(agreement) : decimal(agreement).replace(/^0|0$/u, '');
  return span(column(figure.padStart(left), columns), `share-${Math.min(3, Math.floor(agreement * 4))}`);
}
