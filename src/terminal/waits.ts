import type { CallFailure, Purpose } from '../debate/calls.ts';
import type { Debate } from '../debate/debate.ts';
import { judgeOfSample, judgeRole, judgesOf } from '../debate/judges.ts';
import type { CallNumber, Notice } from '../debate/notices.ts';
import { because } from '../debate/phrases.ts';
import { duration } from '../text/figures.ts';

/** A call that is made again at `until`, milliseconds of the clock handed in. */
export interface Wait {
  readonly speaker: string;
  readonly purpose: Purpose | undefined;
  readonly part: CallNumber | undefined;
  readonly reason: CallFailure;
  readonly until: number;
}

/** The waits for one purpose that still run when another begins, and that one last. */
export function withWait(
  waits: readonly Wait[],
  { speaker, purpose, part, reason, milliseconds }: Extract<Notice, { type: 'waiting' }>,
  now: number,
): Wait[] {
  const wait = { speaker, purpose, part, reason, until: now + milliseconds };
  const isBeside = (other: Wait) => other.purpose === purpose && callIn(other) !== callIn(wait);
  return [...stillRunning(waits, now).filter(isBeside), wait];
}

/** How long a wait is, to the second and at least one: 1 s, 45 s, 2 min 5 s. */
export function waitTime(milliseconds: number): string {
  return duration(Math.max(1, Math.round(milliseconds / 1000)) * 1000);
}

export function stillRunning(waits: readonly Wait[], now: number): Wait[] {
  return waits.filter(({ until }) => until > now);
}

function callIn({ speaker, part }: Wait): string {
  return part ? String(part.number) : speaker;
}

/** Several waits in one phrase, of two parts: `3 readings wait 12 s` and `for openai: too many calls at once`. */
export function waitingTogether(
  waits: readonly Wait[],
  debate: Debate | null,
  now: number,
): [string, string] {
  const left = waits.map(({ until }) => Math.max(1, Math.ceil((until - now) / 1000)) * 1000);
  const [first, last] = [duration(Math.min(...left)), duration(Math.max(...left))];
  const calls = several[waits[0]?.purpose ?? 'speak'] ?? 'calls';
  const providers = each(waits.map((wait) => providerOf(wait, debate)));
  const reasons = each(waits.map(({ reason }) => because[reason]));
  return [
    `${waits.length} ${calls} wait ${first === last ? first : `${first} to ${last}`}`,
    `for ${providers.join(' and ')}: ${reasons.join(', ')}`,
  ];
}

const several: Partial<Record<Purpose, string>> = {
  judge: 'readings',
  bid: 'bids',
  poll: 'answers off the record',
  trace: 'facts in use',
};

function providerOf({ purpose, speaker, part }: Wait, debate: Debate | null): string {
  const models = debate?.models ?? {};
  const judge = judgeOfSample(judgesOf(models), (part?.number ?? 1) - 1) ?? judgeRole;
  const model = models[purpose === 'judge' ? judge : speaker];
  return model?.spec.split(':')[0] ?? 'the provider';
}

function each(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
