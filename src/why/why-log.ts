import { join } from 'node:path';
import { z } from 'zod';
import { identifierSchema, positionSchema } from '../debate/agenda.ts';
import { type CallRecord, callRecordSchema } from '../debate/calls.ts';
import type { Outcome } from '../debate/outcome.ts';
import { openSideFile, readSideFile, type SideFile } from '../journal/side-file.ts';
import { tokensOf, usedBy } from '../run/budget.ts';

const whyFile = 'why.jsonl';

/** Version of the entries; a file of another version is refused by its line. */
const version = 1;

const conditionSchema = z
  .string()
  .regex(/^(real|silence|bare|vacuous|other-mouth|without-[1-9]\d*)$/) as unknown as z.ZodType<
  'real' | 'silence' | 'bare' | 'vacuous' | 'other-mouth' | `without-${number}`
>;

/** A shift by what makes it one: whose stand, on what, in which turn. */
const shiftKey = {
  speaker: identifierSchema,
  issue: identifierSchema,
  turn: z.int().positive(),
};
const stamp = { v: z.literal(version), /** Milliseconds since 1970. */ at: z.int().nonnegative() };
const answerKey = { ...shiftKey, condition: conditionSchema, /** From 1. */ repeat: z.int().positive() };

/** stated: it takes a stand. unstated: it takes none, so the stand before it holds. unread: no reading of it could be used. */
const standSchema = {
  outcome: z.enum(['stated', 'unstated', 'unread']),
  position: positionSchema.nullable(),
  quote: z.string().nullable(),
  calls: z.array(callRecordSchema),
};

const whyEntrySchema = z.discriminatedUnion('type', [
  /** The judge read the counterpart's speech for the one issue, as it reads the answers to it. */
  z.strictObject({
    type: z.literal('speech-read'),
    ...stamp,
    ...shiftKey,
    counterpartTurn: z.int().positive(),
    ...standSchema,
  }),
  /** The speaker answered again under a condition. */
  z.strictObject({
    type: z.literal('answer-given'),
    ...stamp,
    ...answerKey,
    /** The turn whose speech was replaced, or left as it was. */
    counterpartTurn: z.int().positive(),
    /** What was heard in its place. */
    heard: z.string(),
    text: z.string(),
    simulated: z.boolean(),
    ...callRecordSchema.shape,
  }),
  /** The judge read that answer for the one issue. */
  z.strictObject({
    type: z.literal('answer-read'),
    ...stamp,
    ...answerKey,
    ...standSchema,
  }),
]);

export type WhyEntry = z.infer<typeof whyEntrySchema>;
/** A stand as it was read for one issue. */
export type StandRead = Pick<
  Extract<WhyEntry, { type: 'answer-read' }>,
  'outcome' | 'position' | 'quote' | 'calls'
>;
export type WhyLog = SideFile<WhyEntry>;

/** Opens why.jsonl in a run's folder: every answer that was given again, so that nothing is paid for twice. */
export function openWhyLog(runFolder: string): Outcome<WhyLog, 'damaged' | 'not-writable'> {
  return openSideFile(join(runFolder, whyFile), whyEntrySchema);
}

/** What was answered again of a run, without opening the file for writing; null where nothing was. */
export function readWhyLog(runFolder: string): Outcome<readonly WhyEntry[] | null, 'damaged'> {
  return readSideFile(join(runFolder, whyFile), whyEntrySchema);
}

/** The calls behind an entry. */
export function callsOf(entry: WhyEntry): readonly CallRecord[] {
  return entry.type === 'answer-given' ? [entry] : entry.calls;
}

/** US dollars and tokens of everything that was asked; calls without a price cost nothing. */
export function spentOn(entries: readonly WhyEntry[]): { usd: number; tokens: number } {
  const used = usedBy(entries.flatMap(callsOf));
  return { usd: used.costUsd, tokens: tokensOf(used) };
}
