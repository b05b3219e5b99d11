import { type KeyPlace, keysFor } from '../keys.ts';
import { column, emptyRow, type Row, span } from '../span.ts';

/** The help, made from the table of keys. */
export function helpContent(place: KeyPlace): Row[] {
  const bindings = keysFor(place);
  const groups = [...new Set(bindings.map(({ group }) => group))];
  return groups.flatMap((group): Row[] => [
    [span(group.toUpperCase(), 'muted')],
    ...bindings
      .filter((binding) => binding.group === group)
      .map(({ label, does }): Row => [span(column(`  ${label}`, 13), 'accent'), span(does)]),
    emptyRow,
  ]);
}
