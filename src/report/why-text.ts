import type { Causes, Estimate, ShareOfSum } from '../convergence/causes.ts';
import type { Debate } from '../debate/debate.ts';
import { nameOf } from '../debate/debate.ts';
import { byPerson } from '../debate/phrases.ts';
import type { Estimate as CallEstimate } from '../run/estimate.ts';
import { count, counted, dollars, percent, position } from '../text/figures.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import { capitalised, listed } from '../text/wording.ts';
import type { ExplainedDebate, MovementShares, WhySummary } from '../why/credit.ts';
import type { ConditionResult, Explanation } from '../why/explanations.ts';

/** What each condition is called where a person reads it. */
export const heardInWords: Record<string, string> = {
  real: 'the real speech',
  silence: 'silence',
  bare: 'the bare stand',
  vacuous: 'the stand, no reasons',
  'other-mouth': 'the same words, another speaker',
};

const wordsOfCause = {
  itself: 'It moves by itself, whatever it hears.',
  pressure: 'Pressure: it moves for the stand alone, without reasons.',
  persuasion: 'Persuasion: it moves for the reasons.',
  'not-repeated': 'Chance: it does not move again under the same speech.',
  'cannot-tell': 'Cannot tell: the parts do not separate with this many answers.',
} as const;

/** What moved a speaker, in a sentence; where no part is surely the largest, those that surely moved it are named. */
export function causeInWords(causes: Causes): string {
  if (causes.cause !== 'cannot-tell') return wordsOfCause[causes.cause];
  const sure = (['itself', 'pressure', 'persuasion'] as const).filter((part) => causes[part].low > 0);
  const [only, ...more] = sure;
  if (only === undefined) return wordsOfCause['cannot-tell'];
  const moved =
    only === 'itself' && more.length === 0 ? 'It moves by itself' : `${capitalised(listed(sure))} moved it`;
  return `${moved}; which part is the largest cannot be told with this many answers.`;
}

export const whyMeaning =
  'Each speaker was let answer again from the turn before its shift, several times: after the real speech, after silence in its place, after its bare stand, and after as many words without a reason. Itself: it moves whatever it hears. Pressure: it moves for the stand alone. Persuasion: it moves for the reasons. In points of the scale, positive along the shift.';

/** Every explanation as plain text, one block a shift. */
export function whyText(debate: Debate, explanations: readonly Explanation[]): string {
  return `${explanations.map((one) => blockOf(debate, one).join('\n')).join('\n\n')}\n`;
}

/** How much of the movement in several debates was which cause: a row for everybody and one for each speaker. */
export function whySummaryText(explained: readonly ExplainedDebate[], summary: WhySummary): string {
  const { debates, all, bySpeaker } = summary;
  const head = ['', 'itself', 'pressure', 'persuasion', 'shifts'];
  const rows = [head, rowOfShares('everybody', all), ...bySpeaker.map((one) => rowOfShares(one.name, one))];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const within =
    debates < 3 ? 'Fewer than three debates give no interval.' : 'Intervals are 95%, over debates.';
  return [
    `Of the movement in ${counted(debates, 'debate')} of ${explained.length} (points of the scale moved again under the real speech). ${within}`,
    ...lines,
    ...(explained.some(({ debate }) => debate.started.simulated)
      ? ['Simulated speakers: this tells nothing about language models.']
      : []),
    '',
  ].join('\n');
}

function rowOfShares(name: string, { shares, explained, shifts, meanPoints }: MovementShares): string[] {
  const told = shares
    ? [shares.itself, shares.pressure, shares.persuasion].map(shareInWords)
    : ['–', '–', '–'];
  const mean = meanPoints === null ? '' : `, ${points(meanPoints)} each`;
  return [sanitizeLine(name), ...told, `${explained} of ${shifts} explained${mean}`];
}

function shareInWords({ share, low, high }: ShareOfSum): string {
  return low === null || high === null
    ? percent(share)
    : `${percent(share)} (${percent(low)} to ${percent(high)})`;
}

/** What asking for an explanation takes. */
export function estimateInWords({ calls, inputTokens, outputTokens, costUsd }: CallEstimate): string {
  const cost = costUsd === null ? 'an unknown cost' : dollars(costUsd);
  return `about ${counted(calls, 'call')}, ${count(inputTokens + outputTokens)} tokens, ${cost}`;
}

/** One explanation as lines: the shift, what each condition came to, the cause and its parts. */
export function blockOf(debate: Debate, explanation: Explanation): string[] {
  const { shift, number, counterpart, conditions, causes, sentence, source } = explanation;
  const issue = debate.started.agenda.find(({ id }) => id === shift.issue)?.title ?? shift.issue;
  const written = (turn: number | undefined) =>
    debate.turns.find((one) => one.turn === turn)?.author === 'person' ? `, ${byPerson}` : '';
  const title = `#${number} T${shift.turn} ${sanitizeLine(nameOf(debate, shift.speaker))} on ${sanitizeLine(issue)}: ${position(shift.from)} to ${position(shift.to)} (${shift.kind}${written(shift.turn)})`;
  if (written(shift.turn) !== '')
    return [title, '  A person said this: no model can be asked to say it again.'];
  if (!counterpart) return [title, '  Nobody spoke between its two speeches: there is nothing to replace.'];
  const after = `  after T${counterpart.turn.turn} ${sanitizeLine(nameOf(debate, counterpart.turn.speaker))}${written(counterpart.turn.turn)}`;
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
    `  ${causeInWords(causes)}`,
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

export function interval({ points: value, low, high }: Estimate): string {
  return `${points(value)} (${points(low)} to ${points(high)})`;
}

/** Points of the scale with their sign, one decimal. */
export function points(value: number): string {
  const size = Math.abs(value).toFixed(1);
  if (size === '0.0') return '0.0';
  return `${value < 0 ? '−' : '+'}${size}`;
}

function costOf({ costUsd, unpricedCalls }: Explanation): string {
  const unknown = unpricedCalls > 0 ? ` (${counted(unpricedCalls, 'call')} without a known price)` : '';
  return `cost ${dollars(costUsd)}${unknown}`;
}
