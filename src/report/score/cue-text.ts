import type { RoundCues } from '../../score/wording-cues.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { inColumns } from '../../text/columns.ts';
import { decimal } from '../../text/figures.ts';

/** Rounds shown, the last ones; with the lines around them they make twelve. */
const mostRounds = 6;

/** What can be said of a transcript that nobody read, in at most twelve lines. */
export function cueText(name: string, cues: readonly RoundCues[]): string {
  const shown = cues.slice(-mostRounds);
  const rows = shown.map(({ round, agreeRatio, concreteOverlap, repetition }) => [
    String(round),
    ...[agreeRatio, concreteOverlap, repetition].map(decimal),
  ]);
  const left = cues.length - shown.length;
  return [
    cleanLine(name),
    'No model was given or found, so no positions were read and there is no C. Code counted only this:',
    'Friendly words are not agreement, and these English phrases say nothing about other languages.',
    ...inColumns([['Round', 'agreeing phrases', 'shared terms', 'repetition'], ...rows], { rightFrom: 1 }),
    ...(left > 0 ? [`(${left} earlier rounds are not shown; the JSON form has them all.)`] : []),
    'To have it read, name a judge such as openai:gpt-6-luna, or set the key of a provider.',
    '',
  ].join('\n');
}
