import { clockTime } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Meaning } from '../theme/theme.ts';
import { column, columnsOf, type Row, span } from '../tui/span.ts';
import type { Doing, RunningDebate } from './progress-state.ts';
import { doingInWords, roomForWords } from './progress-words.ts';

/** Room for every part of a label, and for how long a debate has been under way. */
const roomForAll = 100;
const roomForTime = 60;
/** Of the row, so that what a debate is doing is still to be read. */
const mostForLabel = 0.42;

const signs: Record<Doing['type'], readonly [sign: string, meaning: Meaning]> = {
  beginning: ['·', 'faint'],
  between: ['·', 'faint'],
  asked: ['▹', 'muted'],
  streaming: ['▸', 'good'],
  working: ['◆', 'accent'],
  waiting: ['!', 'caution'],
};

/** A row for each running debate, at most so many; what is left out is counted. */
export function debateRows(
  debates: readonly RunningDebate[],
  {
    columns,
    rows,
    now,
    chosen = null,
  }: { columns: number; rows: number; now: number; chosen?: string | null },
): Row[] {
  if (rows <= 0) return [];
  const hidden = debates.length > rows ? debates.length - (rows - 1) : 0;
  // The one that is chosen is always among those that are seen.
  const at = debates.findIndex(({ debate }) => debate === chosen);
  const first = Math.min(hidden, Math.max(0, at - Math.max(0, rows - 2)));
  const seen = hidden > 0 ? debates.slice(first, first + rows - 1) : debates;
  const labels = seen.map((debate) => sanitizeLine(columns >= roomForAll ? debate.wholeLabel : debate.label));
  const width = Math.min(Math.floor(columns * mostForLabel), Math.max(0, ...labels.map(columnsOf)));
  const shown = seen.map((debate, index) =>
    debateRow(debate, labels[index] ?? '', { width, columns, now, isChosen: debate.debate === chosen }),
  );
  return hidden > 0 ? [...shown, [span(` + ${hidden} more`, 'muted')]] : shown;
}

function debateRow(
  { round, rounds, turn, startedAt, doing }: RunningDebate,
  label: string,
  { width, columns, now, isChosen }: { width: number; columns: number; now: number; isChosen: boolean },
): Row {
  const [sign, meaning] = signs[doing.type];
  const isNarrow = columns < roomForWords;
  const place = rounds === 0 ? '' : isNarrow ? `${round}/${rounds}` : `round ${round}/${rounds}`;
  const time = columns >= roomForTime ? `${clockTime(now - startedAt).padStart(6)}  ` : '';
  return [
    span(`${isChosen ? '>' : ' '}${sign} `, isChosen ? 'accent' : meaning),
    span(column(label, width), isChosen ? 'strong' : 'text'),
    span(`  ${place.padEnd(isNarrow ? 4 : 10)} ${(turn === 0 ? '' : `T${turn}`).padEnd(3)} ${time}`, 'muted'),
    span(
      sanitizeLine(doingInWords(doing, now, isNarrow)),
      doing.type === 'waiting' ? 'caution' : doing.type === 'streaming' ? 'text' : 'muted',
    ),
  ];
}
