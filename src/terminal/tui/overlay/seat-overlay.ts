import type { Debate } from '../../../debate/debate.ts';
import { wrapText } from '../../../text/columns.ts';
import { counted, position } from '../../../text/figures.ts';
import { wordCount } from '../../../text/wording.ts';
import { issueTitle, passagesFor, personOf } from '../../persona.ts';
import { sidedLines } from '../body-rows.ts';
import { editorRows, textOf } from '../editor.ts';
import type { SeatTurnNotice } from '../feed.ts';
import { layoutOf } from '../layout.ts';
import { emptyRow, filled, framed, type Row, span } from '../span.ts';
import { passageShown, type Writing } from '../writing.ts';

/** From this width on the brief stands beside the editor. */
const widthForSide = 100;

export function hasRoomBeside(columns: number): boolean {
  return columns >= widthForSide;
}

/** Columns of the text in the editor on a screen of a width. */
export function editorColumns(columns: number): number {
  const isZoomed = !hasRoomBeside(columns);
  const exchange = layoutOf({ columns, rows: 24, isZoomed })?.exchange.columns ?? columns;
  return exchange - 1 - 4 - 1;
}

interface SeatOptions {
  debate: Debate | null;
  writing: Writing | null;
  seat: SeatTurnNotice | null;
  isDrafting: boolean;
  hasSide: boolean;
  columns: number;
  rows: number;
}

/** The editor over the bottom of the exchange; below it what the persona is, where that does not stand beside it. */
export function seatRows(options: SeatOptions): Row[] {
  const { debate, writing, seat, columns, rows, hasSide } = options;
  if (!debate || !writing || !seat) return [];
  const { rows: lines, cursorRow } = editorRows(writing.editor, columns - 5);
  const problems = problemRows(seat.problems, columns - 4);
  const most = Math.floor(rows * (hasSide ? 0.6 : 0.5));
  const height = Math.max(5, Math.min(most, Math.max(6, lines.length + problems.length + 2)));
  const room = Math.max(1, height - 2 - problems.length);
  const top = Math.max(0, Math.min(cursorRow - room + 1, lines.length - room));
  const shown = filled(lines.slice(top), room);
  const box = framed({
    title: titleOf(debate, writing, seat),
    hint: hintFor(options),
    content: [...shown, ...problems],
    columns,
    rows: height,
    scroll: 0,
  });
  if (hasSide) return box;
  const left = Math.max(0, Math.min(Math.floor(rows * 0.34), rows - height - 2));
  if (left < 4) return box;
  const side = framed({
    title: passageShown(writing) === null ? 'your brief' : 'the passage, and your brief',
    hint: 'PgUp PgDn scroll',
    content: briefRows(debate, writing, seat, columns - 4),
    columns,
    rows: left,
    scroll: writing.scroll,
  });
  return [...box, ...side];
}

/** What the persona is, beside the editor: exactly so many rows. */
export function seatSide(
  { debate, writing, seat }: Pick<SeatOptions, 'debate' | 'writing' | 'seat'>,
  columns: number,
  rows: number,
): Row[] {
  if (!debate || !writing || !seat) return [];
  const content = briefRows(debate, writing, seat, columns - 3);
  const scroll = Math.max(0, Math.min(writing.scroll, content.length - rows));
  return filled(content.slice(scroll), rows).map((row) => [span('│ ', 'faint'), ...row]);
}

function titleOf(
  debate: Debate,
  { editor }: Writing,
  { persona, turn, to, longest, statement }: SeatTurnNotice,
): string {
  const { glyph, name } = personOf(debate, persona);
  const words = wordCount(textOf(editor));
  const count = longest === null ? counted(words, 'word') : `${words} of ${longest} words`;
  if (statement !== null) return `${count} · sign or refuse, then why · you answer for ${glyph} ${name}`;
  const place = to === null ? `T${turn}` : `in private to ${to}`;
  return `${count} · ${place} · you speak for ${glyph} ${name}`;
}

function hintFor({ columns, isDrafting, seat }: SeatOptions): string {
  if (isDrafting) return 'the model is drafting…';
  // An answer to the closing statement is taken in its form alone.
  const isPressed = (seat?.problems.length ?? 0) > 0 && seat?.statement === null;
  const keys = [
    isPressed ? 'Ctrl+S says it as it is' : 'Ctrl+S says it',
    ...['Esc leaves', 'Tab [P3]', 'Ctrl+G draft', 'Ctrl+E editor', 'Ctrl+Y undo', 'Ctrl+X give back'],
  ];
  while (keys.length > 0 && keys.join(' · ').length > columns - 6) keys.pop();
  return keys.join(' · ');
}

function problemRows(problems: readonly string[], columns: number): Row[] {
  return problems
    .flatMap((problem) => wrapText(`✗ ${problem}`, columns))
    .slice(0, 4)
    .map((line) => [span(line, 'caution')]);
}

function briefRows(
  debate: Debate,
  writing: Writing,
  { persona, brief, statement }: SeatTurnNotice,
  width: number,
): Row[] {
  const { cast } = debate.started;
  const passages = passagesFor(debate, persona);
  const member = cast.find(({ id }) => id === persona);
  const wrapped = (text: string, meaning: 'text' | 'muted' = 'text'): Row[] =>
    sidedLines(text, width).map((line) => [span(line, meaning)]);
  const heading = (text: string): Row => [span(text.toUpperCase(), 'muted')];
  const shown = passageShown(writing);
  const passage = passages.find(({ number }) => number === shown);
  const lines = (member?.redLines ?? []).flatMap(({ issue, min, max, text }) =>
    wrapped(`${issueTitle(debate, issue)}, ${position(min)} to ${position(max)}: ${text}`),
  );
  const answering =
    statement === null
      ? []
      : [
          heading('The closing statement'),
          ...wrapped(statement),
          emptyRow,
          ...wrapped(
            'Begin with “sign” or “refuse”, then say why. A line “would sign: …” names the words that would let it sign.',
            'muted',
          ),
          emptyRow,
        ];
  return [
    ...answering,
    ...(passage ? [heading(`Passage ${passage.number}`), ...wrapped(passage.text), emptyRow] : []),
    ...(lines.length > 0 ? [heading('Your red lines'), ...lines, emptyRow] : []),
    ...brief
      .replace(/^(#+ .*)\n+/gmu, '$1\n')
      .split('\n')
      .flatMap((line): Row[] => {
        const title = /^#+\s*(.*)$/u.exec(line)?.[1];
        return title === undefined ? wrapped(line) : [heading(title)];
      }),
    emptyRow,
    heading('Passages'),
    ...passages.flatMap(({ number, text }) => wrapped(`[P${number}] ${text}`, 'muted')),
  ];
}
