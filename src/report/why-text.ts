import type { Estimate } from '../convergence/causes.ts';
import type { Debate } from '../debate/debate.ts';
import { nameOf } from '../debate/debate.ts';
import type { ConditionResult, Explanation } from '../run/why/explanations.ts';
import { counted, dollars, position } from '../text/figures.ts';
import { sanitizeLine } from '../text/sanitize.ts';

/** What each condition is called where a person reads it. */
const heardInWords: Record<string, string> = {
  real: 'the real speech',
  silence: 'silence',
  bare: 'the bare stand',
  vacuous: 'the stand, no reasons',
  'other-mouth': 'the same words, another speaker',
};

const causeInWords = {
  itself: 'It moves by itself, whatever it hears.',
  pressure: 'Pressure: it moves for the stand alone, without reasons.',
  persuasion: 'Persuasion: it moves for the reasons.',
  'not-repeated': 'Chance: it does not move again under the same speech.',
  'cannot-tell': 'Cannot tell: the parts do not separate with this many answers.',
} as const;

/** Every explanation as plain text, one block a shift. */
export function whyText(debate: Debate, explanations: readonly Explanation[]): string {
  return `${explanations.map((one) => blockOf(debate, one).join('\n')).join('\n\n')}\n`;
}

function blockOf(debate: Debate, explanation: Explanation): string[] {
  const { shift, number, counterpart, conditions, causes, sentence, source } = explanation;
  const issue = debate.started.agenda.find(({ id }) => id === shift.issue)?.title ?? shift.issue;
  const title = `#${number} T${shift.turn} ${sanitizeLine(nameOf(debate, shift.speaker))} on ${sanitizeLine(issue)}: ${position(shift.from)} to ${position(shift.to)} (${shift.kind})`;
  if (!counterpart) return [title, '  Nobody spoke between its two speeches: there is nothing to replace.'];
  const after = `  after T${counterpart.turn.turn} ${sanitizeLine(nameOf(debate, counterpart.turn.speaker))}`;
  const rows = conditions.filter(({ condition }) => condition in heardInWords).map(rowOf);
  if (!causes) return [title, after, ...rows, '  Not enough answers to explain it.'];
  const parts = [
    `itself ${interval(causes.itself)}`,
    `pressure ${interval(causes.pressure)}`,
    `persuasion ${interval(causes.persuasion)}`,
  ];
  return [
    title,
    after,
    ...rows,
    `  ${causeInWords[causes.cause]}`,
    `  ${parts.join(' · ')}, in points of the scale with 95% intervals`,
    ...(sentence
      ? [`  Without "${sanitizeLine(sentence.text)}" it moves ${interval(sentence.loss)} less.`]
      : []),
    ...(source
      ? [`  From its own speaker the speech moves it ${interval(source)} more than from another.`]
      : []),
    `  ${costOf(explanation)}`,
  ];
}

function rowOf({ condition, moved, mean, unstated, unread }: ConditionResult): string {
  const notes = [
    ...(unstated > 0 ? [`${unstated} without a stand`] : []),
    ...(unread > 0 ? [`${unread} not read`] : []),
  ];
  const told = notes.length > 0 ? ` (${notes.join(', ')})` : '';
  const moves = mean === null ? '–' : points(mean);
  return `  ${(heardInWords[condition] ?? condition).padEnd(32)}${moves.padStart(6)}   ${counted(moved.length, 'answer')}${told}`;
}

function interval({ points: value, low, high }: Estimate): string {
  return `${points(value)} (${points(low)} to ${points(high)})`;
}

/** Points of the scale with their sign, one decimal. */
function points(value: number): string {
  const size = Math.abs(value).toFixed(1);
  if (size === '0.0') return '0.0';
  return `${value < 0 ? '−' : '+'}${size}`;
}

function costOf({ costUsd, unpricedCalls }: Explanation): string {
  const unknown = unpricedCalls > 0 ? ` (${counted(unpricedCalls, 'call')} without a known price)` : '';
  return `cost ${dollars(costUsd)}${unknown}`;
}
