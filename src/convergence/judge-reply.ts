import { z } from 'zod';
import type { Agenda } from '../debate/agenda.ts';
import type { Reading, RejectedReading } from '../debate/readings.ts';
import { findJson } from '../text/json-in-text.ts';
import { checkClaim, type JudgedTurn, type MatchQuote } from './check-claim.ts';
import type { Mask } from './mask-names.ts';
import type { JudgePlan } from './sample-plan.ts';

/** The readings of one sample, or what is wrong with the reply, for the one repair prompt. */
export type Interpretation =
  | { ok: true; readings: Reading[]; rejected: RejectedReading[] }
  | { ok: false; faults: string[] };

export interface JudgeReply {
  /** What the judge wrote. */
  reply: string;
  /** How this sample saw the debate. */
  plan: JudgePlan;
  agenda: Agenda;
  /** The speeches that the judge was shown, unmasked. */
  turns: readonly JudgedTurn[];
  /** The same masking of names by which the turns were shown. */
  mask: Mask;
  matchQuote: MatchQuote;
}

/** Takes 2.5 and "2.5"; turns also as "T7". */
const numberSchema = z.preprocess(
  (value) =>
    typeof value === 'string' && /^\s*T?-?\d+(\.\d+)?\s*$/.test(value)
      ? Number(value.replace('T', ''))
      : value,
  z.number(),
);
const claimSchema = z.looseObject({
  party: z.string(),
  issue: z.string(),
  position: numberSchema,
  act: z.string(),
  quote: z.string(),
  /** Without it the quote alone has to find its turn. */
  turn: numberSchema.nullish(),
});
const emptyClaimSchema = z.looseObject({ position: z.null() });
const replySchema = z.union([
  z.looseObject({ readings: z.array(z.unknown()) }).transform((reply) => reply.readings),
  z.array(z.looseObject({ party: z.unknown(), issue: z.unknown() })).min(1),
]);

/** Faults named in a repair prompt; more would bury the first. */
const mostFaults = 5;

/**
 * Reads one reply of the judge. The JSON may stand among prose or in a code fence; nothing is mended or made up.
 * Letters become speaker ids, a reversed scale is turned back, and each quote is looked for in the speaker's turns.
 * A claim that does not hold is rejected with its reason and never scores; a claim without a position says
 * that there is no evidence, and is left out. Only a reply that cannot be read at all is a list of faults.
 */
export function interpretReply(judged: JudgeReply): Interpretation {
  const claims = claimsIn(judged.reply);
  if (claims === null) return { ok: false, faults: [unreadable(judged.reply)] };
  const readings: Reading[] = [];
  const rejected: RejectedReading[] = [];
  const faults: string[] = [];
  for (const [place, claim] of claims.entries()) {
    if (emptyClaimSchema.safeParse(claim).success) continue;
    const parsed = claimSchema.safeParse(claim);
    if (parsed.success) {
      const checked = checkClaim({ ...parsed.data, turn: parsed.data.turn ?? null }, judged);
      if (checked.ok) readings.push(checked.reading);
      else rejected.push(checked.rejected);
    } else {
      faults.push(`readings[${place}]${whereWrong(parsed.error)}`);
      rejected.push(malformed(claim));
    }
  }
  // A reply of which nothing can be used deserves the repair prompt; one bad entry among good ones is only left out.
  if (faults.length > 0 && faults.length === rejected.length && readings.length === 0) {
    return { ok: false, faults: faults.slice(0, mostFaults) };
  }
  return withoutDuplicates(readings, rejected);
}

function claimsIn(reply: string): unknown[] | null {
  for (const value of findJson(reply).reverse()) {
    const parsed = replySchema.safeParse(value);
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** One reading a cell: the latest word counts, and of one turn the first reading given. */
function withoutDuplicates(
  readings: readonly Reading[],
  rejected: readonly RejectedReading[],
): Interpretation {
  const kept = new Map<string, Reading>();
  const dropped: RejectedReading[] = [];
  for (const reading of readings) {
    const cell = `${reading.speaker} ${reading.issue}`;
    const other = kept.get(cell);
    const isLater = other === undefined || reading.turn > other.turn;
    const loser = isLater ? other : reading;
    if (isLater) kept.set(cell, reading);
    if (loser) {
      const { speaker, issue, quote } = loser;
      dropped.push({ speaker, issue, quote, reason: 'duplicate' });
    }
  }
  return { ok: true, readings: [...kept.values()], rejected: [...rejected, ...dropped] };
}

function unreadable(reply: string): string {
  if (reply.trim() === '') return 'The reply is empty.';
  if (!/[{[]/.test(reply)) return 'The reply holds no JSON.';
  const values = findJson(reply);
  if (values.length > 0) return 'The JSON has no list "readings".';
  const opened = reply.lastIndexOf('{') > reply.lastIndexOf('}');
  return opened ? 'The JSON breaks off before its end.' : 'The reply is not valid JSON.';
}

function whereWrong(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return ' is no reading.';
  const key = issue.path.map((step) => `.${String(step)}`).join('');
  return `${key}: ${issue.message}.`;
}

function malformed(claim: unknown): RejectedReading {
  const text = (key: string) => {
    const value: unknown = typeof claim === 'object' && claim !== null ? Reflect.get(claim, key) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { speaker: text('party'), issue: text('issue'), quote: text('quote'), reason: 'malformed' };
}
