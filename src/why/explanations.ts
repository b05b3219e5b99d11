import {
  apportion,
  type CauseCondition,
  type Causes,
  type Estimate,
  lossWithout,
} from '../convergence/causes.ts';
import type { Debate } from '../debate/debate.ts';
import { seededRandom } from '../debate/seeded-random.ts';
import { folderOf } from '../journal/run-folder.ts';
import { sentencesOf } from '../text/sentences.ts';
import type { Condition } from './conditions.ts';
import { type Counterpart, counterpartOf, type Shift, shiftsOf } from './shifts.ts';
import { callsOf, readWhyLog, spentOn, type WhyEntry } from './why-log.ts';

/** What the answers under one condition came to. */
export interface ConditionResult {
  condition: Condition;
  /** Answers that could be read. An answer that takes no stand on the issue has not moved. */
  moved: number[];
  unstated: number;
  unread: number;
  /** Mean movement along the shift, in points of the scale; null without answers. */
  mean: number | null;
}

/** Why one shift happened, as far as its answers tell. */
export interface Explanation {
  shift: Shift;
  /** From 1, over all shifts of the debate. */
  number: number;
  counterpart: Counterpart | null;
  conditions: ConditionResult[];
  /** null where too little was answered. */
  causes: Causes | null;
  /** The sentence of the counterpart's speech without which the speaker moves least; null where none stands out. */
  sentence: { number: number; text: string; loss: Estimate } | null;
  /** How much further it moves for the real speech than for the same words from another speaker; null where not asked. */
  source: Estimate | null;
  costUsd: number;
  unpricedCalls: number;
}

/** Every shift of a debate with what the log holds of it. Pure: the same log gives the same explanation. */
export function explanationsOf(debate: Debate, entries: readonly WhyEntry[]): Explanation[] {
  return shiftsOf(debate).map((shift, index) =>
    explained(
      debate,
      shift,
      index + 1,
      entries.filter((entry) => isOf(entry, shift)),
    ),
  );
}

/** Is it about this shift? An entry of the log, or another value that names a shift by the same three things. */
export function isOf(one: ShiftName, { speaker, issue, turn }: ShiftName): boolean {
  return one.speaker === speaker && one.issue === issue && one.turn === turn;
}

type ShiftName = Pick<Shift, 'speaker' | 'issue' | 'turn'>;

function explained(debate: Debate, shift: Shift, number: number, entries: readonly WhyEntry[]): Explanation {
  const counterpart = counterpartAsRead(counterpartOf(debate, shift), shift, entries);
  const read = entries.filter((entry) => entry.type === 'answer-read');
  const names = [...new Set(read.map(({ condition }) => condition))];
  const conditions = names.map((condition) => resultOf(condition, shift, read));
  const movedUnder = (condition: Condition) =>
    conditions.find((one) => one.condition === condition)?.moved ?? [];
  const random = seededRandom(debate.started.seed, 'why', shift.speaker, shift.issue, shift.turn);
  const main = ['real', 'silence', 'bare', 'vacuous'] as const satisfies readonly CauseCondition[];
  const answers = Object.fromEntries(main.map((condition) => [condition, movedUnder(condition)]));
  const calls = entries.flatMap(callsOf);
  return {
    shift,
    number,
    counterpart,
    conditions,
    causes: apportion(answers, random),
    sentence: counterpart && strongest(counterpart, conditions, movedUnder('real'), random),
    source: lossWithout(movedUnder('real'), movedUnder('other-mouth'), random),
    costUsd: spentOn(entries).usd,
    unpricedCalls: calls.filter(({ costUsd }) => costUsd === null).length,
  };
}

/** The counterpart with the stand that its speech was read to take when answers to it were; as the journal has it where it wasn't. */
export function counterpartAsRead<Known extends Counterpart | null>(
  counterpart: Known,
  shift: Shift,
  entries: readonly WhyEntry[],
): Known {
  const read = entries.find((entry) => entry.type === 'speech-read' && isOf(entry, shift));
  if (!counterpart || read?.type !== 'speech-read' || read.counterpartTurn !== counterpart.turn.turn)
    return counterpart;
  return { ...counterpart, position: read.position ?? counterpart.position };
}

function resultOf(
  condition: Condition,
  shift: Shift,
  read: readonly Extract<WhyEntry, { type: 'answer-read' }>[],
): ConditionResult {
  const own = read.filter((entry) => entry.condition === condition);
  const moved = own.flatMap((entry) => {
    if (entry.outcome === 'unread') return [];
    return [entry.position === null ? 0 : movedAlong(shift, entry.position)];
  });
  const count = (outcome: (typeof own)[number]['outcome']) =>
    own.filter((entry) => entry.outcome === outcome).length;
  const mean = moved.length === 0 ? null : moved.reduce((sum, value) => sum + value, 0) / moved.length;
  return { condition, moved, unstated: count('unstated'), unread: count('unread'), mean };
}

/** Points from the stand before the shift, positive in the shift's direction. */
function movedAlong({ from, to }: Shift, position: number): number {
  return (position - from) * Math.sign(to - from);
}

function strongest(
  { turn }: Counterpart,
  conditions: readonly ConditionResult[],
  real: readonly number[],
  random: () => number,
): Explanation['sentence'] {
  const sentences = sentencesOf(turn.text);
  const losses = conditions.flatMap(({ condition, moved }) => {
    if (!condition.startsWith('without-')) return [];
    const number = Number(condition.slice('without-'.length));
    const loss = lossWithout(real, moved, random);
    return loss ? [{ number, text: sentences[number - 1]?.text ?? '', loss }] : [];
  });
  losses.sort((one, other) => other.loss.points - one.loss.points);
  const [first] = losses;
  return first && first.loss.low > 0 ? first : null;
}

/**
 * Why the speakers of a stored debate moved, as far as it was asked: every shift, explained or not. Null where nothing
 * was asked, where the run lies in a database, or where what was kept cannot be read.
 */
export function storedWhy(place: string, run: string, debate: Debate): Explanation[] | null {
  const entries = entriesOf(place, run);
  return entries && explanationsOf(debate, entries);
}

/** US dollars and tokens that answering again has taken so far. */
export function spentOnRun(place: string, run: string): ReturnType<typeof spentOn> {
  return spentOn(entriesOf(place, run) ?? []);
}

function entriesOf(place: string, run: string): readonly WhyEntry[] | null {
  const folder = folderOf(place, run);
  const entries = folder === null ? null : readWhyLog(folder);
  return entries?.ok ? entries.value : null;
}
