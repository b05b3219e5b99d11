import type { Debate } from '../../debate/debate.ts';
import { type Row, rowWidth, span } from './span.ts';

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
