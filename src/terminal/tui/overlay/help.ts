import { wrapText } from '../../../text/columns.ts';
import { type KeyPlace, keysFor } from '../keys.ts';
import { column, emptyRow, type Row, span } from '../span.ts';

/** The help, made from the table of keys. */
export function helpContent(place: KeyPlace, columns: number): Row[] {
  const bindings = keysFor(place);
  const groups = [...new Set(bindings.map(({ group }) => group))];
  return groups.flatMap((group): Row[] => [
    [span(group.toUpperCase(), 'muted')],
    ...bindings
      .filter((binding) => binding.group === group)
      .flatMap(({ label, does }) =>
        wrapText(does, columns - labelColumns).map((line, index): Row => {
          return [span(column(index === 0 ? `  ${label}` : '', labelColumns), 'accent'), span(line)];
        }),
      ),
    emptyRow,
  ]);
}

const labelColumns = 13;
