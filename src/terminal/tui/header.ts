import type { Debate } from '../../debate/debate.ts';
import { currentRound } from '../../debate/next.ts';
import type { Layout } from './layout.ts';
import { cutText, fitted, justified, type Row, rowWidth, span } from './span.ts';

/** The title, the round and that the words are simulated: in full where the footer has no room to say it. */
export function headerRows({ debate, layout }: { debate: Debate | null; layout: Layout }): Row[] {
  const { columns } = layout;
  const rule: Row[] = layout.header > 1 ? [[span('─'.repeat(columns), 'faint')]] : [];
  if (!debate) return [fitted([span(' parley', 'accent')], columns), ...rule];
  const round = roundOf(debate, columns);
  const isBare = layout.footer === 1;
  const marks = isBare ? labelOf(debate, columns - round.length - 30) : marksOf(debate, columns >= 100);
  const right: Row = [span(round, 'muted'), ...marks, span(' ')];
  if (columns - rowWidth(right) < leastRoom) return [fitted(labelWithin(debate, columns), columns), ...rule];
  const room = columns - rowWidth(right) - 10;
  const title = cutText(debate.started.scenario.title, Math.max(0, room));
  return [justified([span(' parley', 'accent'), span(`  ${title}`, 'strong')], right, columns), ...rule];
}

/** Columns for the name of the program; with fewer the label stands alone, for it must not go. */
const leastRoom = 8;

function roundOf(debate: Debate, columns: number): string {
  const [round, rounds] = [currentRound(debate), debate.settings.rounds];
  return columns < 60 ? `${round}/${rounds} ` : `round ${round} of ${rounds} `;
}

/** What is said beside an AI's words wherever they are seen, from the longest that fits to the shortest. */
const notices = [
  'Simulated by AI: roles, not people; no statement of any government',
  'Simulated by AI, no statement of any government',
  'AI simulation: roles, not people',
  'AI simulation',
];

/** The longest notice of at most so many columns; the shortest where none is. */
export function noticeIn(columns: number): string {
  return notices.find((text) => text.length <= columns) ?? (notices.at(-1) as string);
}

/** What stands on words that no language model wrote, and on debates in which nothing real happens. */
export function marksOf(debate: Debate, isWide: boolean): Row {
  const { control, simulated } = debate.started;
  return [
    ...(control ? [span(isWide ? ` CONTROL: ${control} ` : ' CONTROL ', 'mark')] : []),
    ...(simulated ? [span(isWide ? ' SIMULATED: not a language model ' : ' SIMULATED ', 'mark')] : []),
  ];
}

/** Notice and marks in one, for places where nothing else says either. */
export function labelOf(debate: Debate, columns: number): Row {
  return labelled(marksOf(debate, false), columns);
}

/** The same in a row of its own: where there is no room for all, that the words are simulated is what stays. */
export function labelWithin(debate: Debate, columns: number): Row {
  const whole = labelOf(debate, columns);
  return rowWidth(whole) <= columns ? whole : labelled(marksOf(debate, false).slice(-1), columns);
}

function labelled(marks: Row, columns: number): Row {
  return [span(noticeIn(columns - rowWidth(marks) - 1), 'caution'), span(' '), ...marks];
}
