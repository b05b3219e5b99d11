import { z } from 'zod';
import type { ReplyFormat } from '../debate/calls.ts';
import {
  actSchema,
  type JudgeSample,
  type Reading,
  type RejectedReading,
  roleBreakKindSchema,
} from '../debate/readings.ts';
import { findJson } from '../text/json-in-text.ts';
import {
  checkAgreement,
  checkCrossing,
  checkReading,
  checkRoleBreak,
  type JudgeInput,
  type StatedEvidence,
} from './check-evidence.ts';
import { type JudgePlan, partyLetter } from './sample-plan.ts';

/** What one sample read: stands with their reasons, and the words that show agreement, own lines crossed and roles left. */
export type Interpretation = Pick<
  JudgeSample,
  'readings' | 'rejected' | 'agreements' | 'pledges' | 'crossings' | 'roleBreaks' | 'facts'
>;

/** The reply as read, or what is wrong with it, for the one repair prompt. */
type Interpreted = ({ ok: true } & Interpretation) | { ok: false; faults: string[] };

/** Takes 2.5 and "2.5"; turns also as "T7". */
const numberSchema = z.preprocess(
  (value) =>
    typeof value === 'string' && /^\s*T?-?\d+(\.\d+)?\s*$/.test(value)
      ? Number(value.replace('T', ''))
      : value,
  z.number(),
);
/** Without a turn the quote alone has to find it. */
const turnSchema = numberSchema.nullish().transform((turn) => turn ?? null);
const readingSchema = z.looseObject({
  party: z.string(),
  issue: z.string(),
  position: numberSchema,
  act: z.string(),
  quote: z.string(),
  turn: turnSchema,
  why: z.string().nullish(),
});
const emptyReadingSchema = z.looseObject({ position: z.null() });
const evidenceSchema = z.looseObject({
  party: z.string(),
  quote: z.string(),
  turn: turnSchema,
  issue: z.string().optional(),
  kind: z.string().optional(),
});
const lists = z.looseObject({
  readings: z.array(z.unknown()),
  agreements: z.array(z.unknown()).nullish(),
  pledges: z.array(z.unknown()).nullish(),
  crossings: z.array(z.unknown()).nullish(),
  role_breaks: z.array(z.unknown()).nullish(),
  facts: z.array(z.unknown()).nullish(),
});
const bareList = z
  .array(z.looseObject({ party: z.unknown(), issue: z.unknown() }))
  .min(1)
  .transform((readings): z.infer<typeof lists> => ({ readings }));
const replySchema = z.union([lists, bareList]);

/** Faults named in a repair prompt; more would bury the first. */
const mostFaults = 5;

/**
 * What the judge is asked to reply, as JSON Schema for providers that can hold a model to it: every key is
 * required and none may be added. Bounds of numbers are left out because some providers refuse them; code checks the scale.
 */
export function judgeReplyFormat(plan: JudgePlan, asksForFacts = true): ReplyFormat {
  const party = { type: 'string', enum: plan.speakerOrder.map((speaker) => partyLetter(plan, speaker)) };
  const issue = { type: 'string', enum: plan.issueOrder };
  const words = { quote: { type: 'string' }, turn: { type: 'integer' } };
  const reading = objectOf({
    party,
    issue,
    position: { type: 'number' },
    act: { type: 'string', enum: actSchema.options },
    ...words,
    why: { type: ['string', 'null'] },
  });
  const listOf = (items: unknown) => ({ type: 'array', items });
  return {
    name: 'positions',
    schema: objectOf({
      readings: listOf(reading),
      agreements: listOf(objectOf({ party, ...words })),
      pledges: listOf(objectOf({ party, ...words })),
      crossings: listOf(objectOf({ party, issue, ...words })),
      role_breaks: listOf(
        objectOf({ party, kind: { type: 'string', enum: roleBreakKindSchema.options }, ...words }),
      ),
      ...(asksForFacts ? { facts: listOf(objectOf({ party, ...words })) } : {}),
    }),
  };
}

function objectOf(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/**
 * Reads one reply of the judge. The JSON may stand among prose or in a code fence; nothing is repaired or made up.
 * Letters become speaker ids, a reversed scale is turned back, and each quote is looked for in the speaker's turns.
 * A reading that does not hold is rejected with its reason and never scores; one without a position says
 * that there is no evidence, and is left out. A list the reply does not hold stays absent: the judge did not say. Only a
 * reply that cannot be read at all is a list of faults.
 */
export function interpretReply(judged: JudgeInput & { reply: string }): Interpreted {
  const { reply, ...input } = judged;
  const stated = listsIn(reply);
  if (stated === null) return { ok: false, faults: [unreadable(reply)] };
  const readings: Reading[] = [];
  const rejected: RejectedReading[] = [];
  const faults: string[] = [];
  for (const [place, entry] of stated.readings.entries()) {
    const parsed = readingSchema.safeParse(entry);
    if (parsed.success) {
      const checked = checkReading({ ...parsed.data, why: parsed.data.why }, input);
      if (checked.ok) readings.push(checked.reading);
      rejected.push(...(checked.ok ? checked.rejected : [checked.rejected]));
    } else if (!emptyReadingSchema.safeParse(entry).success) {
      faults.push(`readings[${place}]${whereWrong(parsed.error)}`);
      rejected.push(malformed(entry));
    }
  }
  // A reply of which nothing can be used deserves the repair prompt; one bad entry among good ones is only left out.
  if (faults.length > 0 && faults.length === rejected.length && readings.length === 0) {
    return { ok: false, faults: faults.slice(0, mostFaults) };
  }
  const agreements = verified(stated.agreements, (words) => checkAgreement(words, input));
  const pledges = verified(stated.pledges, (words) => checkAgreement(words, input));
  const crossings = verified(stated.crossings, (words) => checkCrossing(words, input));
  const roleBreaks = verified(stated.role_breaks, (words) => checkRoleBreak(words, input));
  const facts = verified(stated.facts, (words) => checkAgreement(words, input));
  return {
    ok: true,
    ...withoutDuplicates(readings, rejected),
    ...(agreements ? { agreements } : {}),
    ...(pledges ? { pledges } : {}),
    ...(crossings ? { crossings } : {}),
    ...(roleBreaks ? { roleBreaks } : {}),
    ...(facts ? { facts } : {}),
  };
}

function listsIn(reply: string): z.infer<typeof replySchema> | null {
  for (const value of findJson(reply).reverse()) {
    const parsed = replySchema.safeParse(value);
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** The entries whose words hold; null where the reply has no such list. */
function verified<Checked>(
  entries: readonly unknown[] | null | undefined,
  check: (words: StatedEvidence) => Checked | null,
): Checked[] | null {
  if (!entries) return null;
  return entries.flatMap((entry) => {
    const parsed = evidenceSchema.safeParse(entry);
    const checked = parsed.success ? check(parsed.data) : null;
    return checked === null ? [] : [checked];
  });
}

/** One reading a cell: the latest word counts, and of one turn the first reading given. */
function withoutDuplicates(
  readings: readonly Reading[],
  rejected: readonly RejectedReading[],
): Pick<JudgeSample, 'readings' | 'rejected'> {
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
  return { readings: [...kept.values()], rejected: [...rejected, ...dropped] };
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

function malformed(entry: unknown): RejectedReading {
  const text = (key: string) => {
    const value: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, key) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { speaker: text('party'), issue: text('issue'), quote: text('quote'), reason: 'malformed' };
}
