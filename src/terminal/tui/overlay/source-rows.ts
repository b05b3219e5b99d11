import type { Debate } from '../../../debate/debate.ts';
import type { DiffPart } from '../../../grounding/quotes.ts';
import { wrapText } from '../../../text/columns.ts';
import { type SourceFault, sourceFaults } from '../../source-faults.ts';
import type { Meaning } from '../../theme/theme.ts';
import { markedLines } from '../body-rows.ts';
import { column, emptyRow, type Row, span } from '../span.ts';

/** What a turn quotes wrongly, its words above those of the source, the differences marked; none where all holds. */
export function faultRows(debate: Debate, turn: number, columns: number): Row[] {
  const said = debate.turns.find((one) => one.turn === turn);
  const faults = said ? sourceFaults(debate, said) : [];
  if (faults.length === 0) return [];
  return [
    [span(`T${turn} AGAINST ITS SOURCES`, 'muted')],
    ...faults.flatMap((fault) => [...faultOf(fault, columns), emptyRow]),
  ];
}

function faultOf({ line, source, diff }: SourceFault, columns: number): Row[] {
  const lead = wrapText(line, columns - 2).map(
    (text, index): Row => [span(index === 0 ? '✗ ' : '  ', 'alarm'), span(text, 'caution')],
  );
  if (!diff) return lead;
  return [
    ...lead,
    ...versionRows('it says', 'added', 'misquote', diff, columns),
    ...versionRows(`[${source}]`, 'missing', 'match', diff, columns),
  ];
}

/** One side of a comparison: what both have and what only this side has. */
function versionRows(
  label: string,
  only: 'added' | 'missing',
  meaning: Meaning,
  diff: readonly DiffPart[],
  columns: number,
): Row[] {
  const parts = diff.filter(({ kind }) => kind === 'same' || kind === only);
  let length = 0;
  const stretches = parts.flatMap(({ kind, text }) => {
    const start = length;
    length += text.length + 1;
    return kind === 'same' ? [] : [{ start, end: start + text.length, meaning }];
  });
  const text = parts.map((part) => part.text).join(' ');
  const lines = markedLines(text, wrapText(text, columns - labelColumns - 2), 'text', stretches);
  return lines.map(
    (line, index): Row => [
      span(`  ${column(index === 0 ? label : '', labelColumns)}`, only === 'missing' ? 'citation' : 'muted'),
      ...line,
    ],
  );
}

const labelColumns = 9;
