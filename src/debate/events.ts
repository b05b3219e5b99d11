import { z } from 'zod';
import { agendaSchema, identifierSchema, positionSchema } from './agenda.ts';
import { factSchema, factUseSchema, mostFacts, rejectedUseSchema } from './article-facts.ts';
import { callFailureSchema, callRecord, callRecordSchema, purposeSchema, usageSchema } from './calls.ts';
import { judgeSampleSchema } from './readings.ts';
import { articleSchema, castMemberSchema, controlSchema, modelUseSchema, settingsSchema } from './setup.ts';
import {
  caucusCalledSchema,
  caucusReadSchema,
  caucusSpokenSchema,
  questionAskedSchema,
  speakerPickedSchema,
  speechDraftedSchema,
  statementAnsweredSchema,
  statementDraftedSchema,
  turnEndedSchema,
} from './speech-events.ts';
import { adviceSchema, cellSchema, convergenceSchema } from './verdict.ts';

/** Version of the event format; a journal of another version is refused by name. */
export const formatVersion = 1;

/** The speaker id under which the moderator's turns stand. No persona may use it. */
export const moderatorId = 'moderator';

/** Why a debate ended. */
export const endReasonSchema = z.enum([
  'converged',
  'deadlock',
  'plateau',
  'round-limit',
  'budget',
  'stopped',
  'failed',
]);

const fileHashSchema = z.strictObject({
  /** Where it lies among the kept prompt files. */
  path: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const debateStartedSchema = z
  .strictObject({
    type: z.literal('debate-started'),
    /** Name of the run. */
    debate: z.string().min(1),
    /** Version of parley that started it. */
    parley: z.string().min(1),
    /** Which scenario, by id and title. */
    scenario: z.strictObject({ id: identifierSchema, title: z.string().min(1) }),
    /** The source text, cut into passages. */
    article: articleSchema,
    /** What is negotiated. */
    agenda: agendaSchema,
    /** Who speaks, in the order of the cast. */
    cast: z.array(castMemberSchema).min(2).max(12),
    /** Id of the prompt strategy. */
    strategy: identifierSchema,
    /** Every prompt file in use, with its hash; copies lie beside the journal. */
    prompts: z.array(fileHashSchema),
    /** Model by speaker id, with `moderator` and `judge`. */
    models: z.record(z.string(), modelUseSchema),
    /** True where any speaker or the judge is the simulator. */
    simulated: z.boolean(),
    /** Decides everything that is left to chance. */
    seed: z.int().nonnegative(),
    /** How it is run. */
    settings: settingsSchema,
    /** What every reader is told about the words. */
    disclaimer: z.string().min(1),
    /** A fork: its events before this turn of another debate are that debate's own. Absent where it began by itself. */
    forkedFrom: z.strictObject({ debate: z.string().min(1), turn: z.int().positive() }).optional(),
    /** What the article says that the debate should not lose; absent where nobody named any. */
    facts: z.array(factSchema).min(1).max(mostFacts).optional(),
    /** The language that everyone speaks, as a BCP 47 tag such as fr; absent where nobody named one. */
    language: z
      .string()
      .regex(/^[a-z]{2,8}(-[a-z\d]{1,8})*$/i)
      .optional(),
    /** This is a control, no debate like others. Absent where it is none. */
    control: controlSchema.optional(),
  })
  .describe('the debate was set up: everything a reader needs to know about it');

const debateResumedSchema = z
  .strictObject({
    type: z.literal('debate-resumed'),
    /** Version of parley that went on with it. */
    parley: z.string().min(1),
    /** Settings from here on. */
    settings: settingsSchema,
    /** Models from here on, by role. */
    models: z.record(z.string(), modelUseSchema),
  })
  .describe('the same debate goes on after it was stopped, failed or was killed');

const attemptFailedSchema = z
  .strictObject({
    type: z.literal('attempt-failed'),
    /** What the call was for. */
    purpose: purposeSchema,
    /** Whose call it was. */
    speaker: z.string().min(1),
    /** 0 before the first round. */
    round: z.int().nonnegative(),
    /** Counts the attempts of this call, from 1. */
    attempt: z.int().positive(),
    /** Why it gave no reply that can be used. */
    reason: callFailureSchema,
    /** What happened, for a person. */
    message: z.string(),
    /** Milliseconds until the next attempt; null where there is none. */
    retryInMs: z.number().nonnegative().nullable(),
    /** Tokens it used all the same; null where the provider reported none. */
    usage: usageSchema.nullable(),
    /** US dollars; null where tokens or price are unknown. */
    costUsd: z.number().nonnegative().nullable(),
  })
  .describe('an attempt of a call gave no complete reply; its text, if any, is void');

export const verdictGivenSchema = z
  .strictObject({
    type: z.literal('verdict-given'),
    /** The round that was read, from 1. */
    round: z.int().positive(),
    /** Failed: no sample could be read. No score is invented. */
    outcome: z.enum(['read', 'failed']),
    /** Why it failed, in words; empty where it was read. */
    failure: z.string(),
    /** What each reading of the judge gave. */
    samples: z.array(judgeSampleSchema),
    /** Where everyone stands, all samples put together; empty where it failed. */
    cells: z.array(cellSchema),
    /** null where the verdict failed. */
    convergence: convergenceSchema.nullable(),
    /** Whether to stop here, computed by code. */
    advice: adviceSchema,
    /** The round from which on speeches stood in the judge's prompts, where its context did not hold all; of earlier ones it saw the last stands and their quotes. Absent: all stood there. */
    fullFrom: z.int().min(2).optional(),
    /** The calls that were made for it, one a sample. */
    calls: z.array(callRecordSchema),
  })
  .describe('the positions after a round, with their quotes, and what code computed from them');

const factsTracedSchema = z
  .strictObject({
    type: z.literal('facts-traced'),
    /** The round that was looked at. */
    round: z.int().positive(),
    /** Failed: the reply could not be read, not even after its repair. Nothing is known of the round then. */
    outcome: z.enum(['read', 'failed']),
    /** Why it failed, in words; empty where it was read. */
    failure: z.string(),
    /** Which facts the round's speeches use, with the words that show it. */
    uses: z.array(factUseSchema),
    /** What the judge claimed and code could not find. */
    rejected: z.array(rejectedUseSchema),
    ...callRecord,
  })
  .describe('which facts of the article the speeches of a round use, by quotes that code has found');

const pollAnsweredSchema = z
  .strictObject({
    type: z.literal('poll-answered'),
    /** The round after whose reading it was asked. */
    round: z.int().positive(),
    /** Who was asked. */
    persona: identifierSchema,
    /** Failed: the reply could not be read, not even after its repair. No position is made up. */
    outcome: z.enum(['read', 'failed']),
    /** Why it failed, in words; empty where it was read. */
    failure: z.string(),
    /** Where it would really settle; issues it gave no position on are left out. */
    positions: z.array(
      z.strictObject({ issue: identifierSchema, position: positionSchema, why: z.string() }),
    ),
    ...callRecord,
  })
  .describe('a persona said off the record where it would settle; no prompt ever holds it');

const debateEndedSchema = z
  .strictObject({
    type: z.literal('debate-ended'),
    /** Why it ended. */
    reason: endReasonSchema,
    /** One sentence for a person: what ended it and, where something went wrong, what to do next. */
    detail: z.string(),
  })
  .describe('the debate ended, and why; one that stopped, failed or ran out of budget can be resumed');

/** An event as something that happened, before the journal numbers and dates it. */
export const eventBodySchema = z.discriminatedUnion('type', [
  debateStartedSchema,
  debateResumedSchema,
  speakerPickedSchema,
  turnEndedSchema,
  speechDraftedSchema,
  caucusCalledSchema,
  caucusSpokenSchema,
  caucusReadSchema,
  attemptFailedSchema,
  verdictGivenSchema,
  factsTracedSchema,
  pollAnsweredSchema,
  questionAskedSchema,
  statementDraftedSchema,
  statementAnsweredSchema,
  debateEndedSchema,
]);

const stamp = {
  v: z.literal(formatVersion),
  /** Position in the journal, from 0 with no gap. */
  number: z.int().nonnegative(),
  /** Wall-clock time, ISO 8601 with milliseconds, UTC. */
  at: z.iso.datetime(),
};

/** An event as it stands in the journal. */
export const eventSchema = z.discriminatedUnion('type', [
  debateStartedSchema.extend(stamp),
  debateResumedSchema.extend(stamp),
  speakerPickedSchema.extend(stamp),
  turnEndedSchema.extend(stamp),
  speechDraftedSchema.extend(stamp),
  caucusCalledSchema.extend(stamp),
  caucusSpokenSchema.extend(stamp),
  caucusReadSchema.extend(stamp),
  attemptFailedSchema.extend(stamp),
  verdictGivenSchema.extend(stamp),
  factsTracedSchema.extend(stamp),
  pollAnsweredSchema.extend(stamp),
  questionAskedSchema.extend(stamp),
  statementDraftedSchema.extend(stamp),
  statementAnsweredSchema.extend(stamp),
  debateEndedSchema.extend(stamp),
]);

export type EventBody = z.infer<typeof eventBodySchema>;
export type DebateEvent = z.infer<typeof eventSchema>;
export type EventOf<Type extends EventBody['type']> = Extract<DebateEvent, { type: Type }>;
export type BodyOf<Type extends EventBody['type']> = Extract<EventBody, { type: Type }>;

export type EndReason = z.infer<typeof endReasonSchema>;
