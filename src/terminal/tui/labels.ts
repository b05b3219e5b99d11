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
  const marks = marksOf(debate, false);
  return [span(noticeIn(columns - rowWidth(marks) - 1), 'caution'), span(' '), ...marks];
}
