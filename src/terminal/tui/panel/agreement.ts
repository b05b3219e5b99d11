import type { Debate } from '../../../debate/debate.ts';
import { latestReading } from '../../reading.ts';
import type { Meaning } from '../../theme/theme.ts';
import { castOf, type Person } from '../people.ts';
import { column, type Row, type Span, span } from '../span.ts';
import type { Section } from './sections.ts';

const cellColumns = 5;

/** The cast with its keys, and how far each two of them agree, in percent. */
export function agreementSection(
  debate: Debate,
  columns: number,
  focus: string | null,
  speaking: string | null,
): Section {
  const people = castOf(debate);
  const pairs = latestReading(debate)?.convergence.pairs ?? [];
  const agreement = (one: string, other: string) =>
    pairs.find(({ a, b }) => (a === one && b === other) || (a === other && b === one))?.agreement ?? null;
  // Only the upper half says something; the first speaker needs no column.
  const across = people.slice(1);
  const nameColumns = Math.max(10, columns - across.length * cellColumns);
  const head: Row = [
    span(column('AGREEMENT %', nameColumns), 'muted'),
    ...across.map(({ glyph, meaning }) => span(column(`  ${glyph}`, cellColumns), meaning)),
  ];
  const rows = people.map((person, index): Row => {
    const cells = across.map((other, place): Span => {
      if (place + 1 <= index) return span(' '.repeat(cellColumns));
      return cellOf(agreement(person.id, other.id));
    });
    return [...nameCells(person, index, nameColumns, focus === person.id, speaking === person.id), ...cells];
  });
  return { rank: 2, rows: [head, ...rows] };
}

function nameCells(
  person: Person,
  index: number,
  columns: number,
  isFocused: boolean,
  speaks: boolean,
): Span[] {
  const key = index < 9 ? String(index + 1) : ' ';
  const room = columns - 5;
  const name = person.name.length <= room ? person.name : person.short;
  const meaning: Meaning = isFocused ? 'selected' : speaks ? 'strong' : 'text';
  return [
    span(`${key} `, 'faint'),
    span(person.glyph, person.meaning),
    span(' '),
    span(column(name, room), meaning),
    span(' '),
  ];
}

function cellOf(agreement: number | null): Span {
  if (agreement === null) return span('   · ', 'faint');
  const figure = String(Math.round(agreement * 100)).padStart(3);
  return span(` ${figure} `, `share-${Math.min(3, Math.floor(agreement * 4))}`);
}
