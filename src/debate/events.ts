import { z } from 'zod';
import { agendaSchema, identifierSchema, passageSchema, positionSchema, redLineSchema } from './agenda.ts';
import { adviceSchema, cellSchema, convergenceSchema, judgeSampleSchema } from './verdict.ts';

/** Version of the event format; a journal of another version is refused by name. */
export const formatVersion = 1;

/** The speaker id under which the moderator's turns stand. No persona may use it. */
export const moderatorId = 'moderator';

export const orderSchema = z.enum(['fixed', 'rotating', 'shuffled', 'moderator', 'simultaneous', 'bidding']);
/**
 * A debate in which nothing real happens, to see what the index shows then:
 * - no-debate: every persona states its position on the agenda round after round and hears nobody
 * - same-persona: one persona's text plays every seat; the names stay the seats'
 * - shuffled-turns: a debate as usual, whose speeches the judge reads in an order drawn from the seed
 * - neutral: the personas tell what the article says, and negotiate nothing
 */
export const controlSchema = z.enum(['no-debate', 'same-persona', 'shuffled-turns', 'neutral']);
export const endingSchema = z.enum(['complete', 'length', 'refused', 'filtered']);
export const endReasonSchema = z.enum([
  'converged',
  'deadlock',
  'plateau',
  'round-limit',
  'budget',
  'stopped',
  'failed',
]);

/** Why a call to a model, or one attempt of it, did not give a whole reply. */
export const callFailureSchema = z.enum([
  'authentication',
  'quota',
  'rate-limited',
  'overloaded',
  'server-error',
  'unreachable',
  'connection-lost',
  'first-token-timeout',
  'idle-timeout',
  'total-timeout',
  'incomplete',
  'empty',
  'unknown-model',
  'context-too-long',
  'bad-request',
  'invalid-reply',
  'ungrounded',
  'budget',
  'aborted',
]);

export const usageSchema = z.strictObject({
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  /** Part of inputTokens that the provider read from its prompt cache. */
  cachedTokens: z.int().nonnegative(),
  /** True where the provider sent no usage and parley counted for itself. */
  estimated: z.boolean(),
});

/** What every finished call leaves behind. */
const callRecord = {
  /** The model spec, such as openai:gpt-5-mini or simulator. */
  model: z.string().min(1),
  attempts: z.int().positive(),
  usage: usageSchema,
  /** US dollars of the attempt that gave the reply, as usage is its tokens; failed attempts are events of their own. null where the model's price is unknown. */
  costUsd: z.number().nonnegative().nullable(),
  timing: z.strictObject({
    /** Milliseconds from the last attempt's start to its first token. */
    firstTokenMs: z.number().nonnegative().nullable(),
    /** Milliseconds from the first attempt's start to the end of the reply, waits included. */
    totalMs: z.number().nonnegative(),
  }),
  /** SHA-256 of the messages sent, as JSON. */
  promptHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The reply was kept from an earlier run: nobody was asked and nothing paid; usage is what it took then. */
  fromCache: z.literal(true).optional(),
};
export const callRecordSchema = z.strictObject(callRecord);

const fileHashSchema = z.strictObject({
  path: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const castMemberSchema = z.strictObject({
  id: identifierSchema,
  name: z.string().min(1),
  /** A name for narrow columns, at most 14 characters. */
  short: z.string().min(1).max(14),
  /** Could this one sign? */
  principal: z.boolean(),
  redLines: z.array(redLineSchema),
  /** Opening position by issue id; issues without one are open. */
  opening: z.record(identifierSchema, positionSchema),
});

export const modelUseSchema = z.strictObject({
  spec: z.string().min(1),
  /** True where the words are the built-in simulator's and no language model's. */
  simulated: z.boolean(),
});

export const settingsSchema = z.strictObject({
  rounds: z.int().min(1).max(100),
  order: orderSchema,
  judgeSamples: z.int().min(1).max(101),
  /** Most tokens a persona may use for one turn. */
  turnTokens: z.int().min(16),
  /** Sampling temperature; null leaves it to the provider. */
  temperature: z.number().min(0).max(2).nullable(),
  /** US dollars and tokens the whole debate may use; null for no limit. */
  budgetUsd: z.number().positive().nullable(),
  budgetTokens: z.int().positive().nullable(),
  /** False keeps debating to the round limit whatever the convergence. */
  stopEarly: z.boolean(),
  /** After each reading every persona is asked off the record where it would really settle. Absent: nobody is. */
  poll: z.boolean().optional(),
});

export const articleSchema = z.strictObject({
  title: z.string().min(1),
  /** Where the text came from: publisher, file name or address. */
  source: z.string(),
  /** Date of publication as given, or empty. */
  date: z.string(),
  licence: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  passages: z.array(passageSchema).min(1),
});

const debateStartedSchema = z
  .strictObject({
    type: z.literal('debate-started'),
    debate: z.string().min(1),
    /** Version of parley that started it. */
    parley: z.string().min(1),
    scenario: z.strictObject({ id: identifierSchema, title: z.string().min(1) }),
    article: articleSchema,
    agenda: agendaSchema,
    cast: z.array(castMemberSchema).min(2).max(12),
    strategy: identifierSchema,
    /** Every prompt file in use, with its hash; copies lie beside the journal. */
    prompts: z.array(fileHashSchema),
    /** Model by speaker id, with `moderator` and `judge`. */
    models: z.record(z.string(), modelUseSchema),
    /** True where any speaker or the judge is the simulator. */
    simulated: z.boolean(),
    seed: z.int().nonnegative(),
    settings: settingsSchema,
    disclaimer: z.string().min(1),
    /** A fork: its events before this turn of another debate are that debate's own. Absent where it began by itself. */
    forkedFrom: z.strictObject({ debate: z.string().min(1), turn: z.int().positive() }).optional(),
    /** This is a control, no debate like others. Absent where it is none. */
    control: controlSchema.optional(),
  })
  .describe('the debate was set up: everything a reader needs to know of it');

const debateResumedSchema = z
  .strictObject({
    type: z.literal('debate-resumed'),
    parley: z.string().min(1),
    settings: settingsSchema,
    models: z.record(z.string(), modelUseSchema),
  })
  .describe('the same debate goes on after it was stopped, failed or was killed');

const bidSchema = z.strictObject({
  persona: identifierSchema,
  /** What the persona said it wants, 0..10; null where its reply could not be read. */
  wish: z.number().min(0).max(10).nullable(),
  /** The wish less the recency penalty, by which the speaker was picked. */
  score: z.number(),
});

const speakerPickedSchema = z
  .strictObject({
    type: z.literal('speaker-picked'),
    round: z.int().positive(),
    persona: identifierSchema,
    by: z.enum(['moderator', 'bidding']),
    /** False where replies could not be read and code fell back to the cast's order. */
    asAsked: z.boolean(),
    bids: z.array(bidSchema),
    calls: z.array(callRecordSchema),
  })
  .describe('the moderator or the bids decided who speaks next');

const turnEndedSchema = z
  .strictObject({
    type: z.literal('turn-ended'),
    /** Counts all speeches of the debate from 1; cited as [T7]. */
    turn: z.int().positive(),
    /** 0 for the moderator's opening. */
    round: z.int().nonnegative(),
    speaker: identifierSchema,
    kind: z.enum(['opening', 'speech', 'steering']),
    text: z.string().min(1),
    /** Private notes before the speech, where the strategy asks for them; empty otherwise. Never shown to other speakers. */
    notes: z.string(),
    ending: endingSchema,
    ...callRecord,
  })
  .describe('one speech is whole: the moderator’s opening and questions, and the personas’ speeches');

/** Where a call belongs. */
export const purposeSchema = z.enum([
  'open',
  'speak',
  'pick',
  'bid',
  'judge',
  'poll',
  'steer',
  'draft',
  'answer',
]);

const attemptFailedSchema = z
  .strictObject({
    type: z.literal('attempt-failed'),
    purpose: purposeSchema,
    speaker: z.string().min(1),
    round: z.int().nonnegative(),
    attempt: z.int().positive(),
    reason: callFailureSchema,
    message: z.string(),
    /** Milliseconds until the next attempt; null where there is none. */
    retryInMs: z.number().nonnegative().nullable(),
    usage: usageSchema.nullable(),
    costUsd: z.number().nonnegative().nullable(),
  })
  .describe('an attempt of a call gave no whole reply; its text, if any, is void');

const verdictGivenSchema = z
  .strictObject({
    type: z.literal('verdict-given'),
    round: z.int().positive(),
    /** Failed: no sample could be read. No score is invented. */
    outcome: z.enum(['read', 'failed']),
    failure: z.string(),
    samples: z.array(judgeSampleSchema),
    cells: z.array(cellSchema),
    /** null where the verdict failed. */
    convergence: convergenceSchema.nullable(),
    advice: adviceSchema,
    calls: z.array(callRecordSchema),
  })
  .describe('the positions after a round, with their quotes, and what code computed from them');

const pollAnsweredSchema = z
  .strictObject({
    type: z.literal('poll-answered'),
    /** The round after whose reading it was asked. */
    round: z.int().positive(),
    persona: identifierSchema,
    /** Failed: the reply could not be read, not even after its repair. No position is made up. */
    outcome: z.enum(['read', 'failed']),
    failure: z.string(),
    /** Where it would really settle; issues it gave no position on are left out. */
    positions: z.array(
      z.strictObject({ issue: identifierSchema, position: positionSchema, why: z.string() }),
    ),
    ...callRecord,
  })
  .describe('a persona said off the record where it would settle; no prompt ever holds it');

const questionAskedSchema = z
  .strictObject({
    type: z.literal('question-asked'),
    /** The turn it was asked after. */
    afterTurn: z.int().nonnegative(),
    text: z.string().min(1).max(4000),
  })
  .describe('the person watching put a question to the debate');

const statementItemSchema = z.strictObject({
  issue: identifierSchema,
  status: z.enum(['agreed', 'conditional', 'open']),
  text: z.string().min(1),
});

const statementDraftedSchema = z
  .strictObject({
    type: z.literal('statement-drafted'),
    /** The statement as prose. */
    text: z.string().min(1),
    /** The same by issue; empty where the draft could not be read as items. */
    items: z.array(statementItemSchema),
    ...callRecord,
  })
  .describe('the moderator’s closing statement: what is agreed and what is not');

const statementAnsweredSchema = z
  .strictObject({
    type: z.literal('statement-answered'),
    persona: identifierSchema,
    answer: z.enum(['signed', 'refused']),
    reason: z.string().min(1),
    ...callRecord,
  })
  .describe('a principal signed the statement or refused it, with its reason');

const debateEndedSchema = z
  .strictObject({
    type: z.literal('debate-ended'),
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
  attemptFailedSchema,
  verdictGivenSchema,
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
  attemptFailedSchema.extend(stamp),
  verdictGivenSchema.extend(stamp),
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

export type Control = z.infer<typeof controlSchema>;
export type Ending = z.infer<typeof endingSchema>;
export type EndReason = z.infer<typeof endReasonSchema>;
export type CallFailure = z.infer<typeof callFailureSchema>;
export type CallRecord = z.infer<typeof callRecordSchema>;
export type CastMember = z.infer<typeof castMemberSchema>;
export type ModelUse = z.infer<typeof modelUseSchema>;
export type Purpose = z.infer<typeof purposeSchema>;
export type Settings = z.infer<typeof settingsSchema>;
export type Usage = z.infer<typeof usageSchema>;
export type Article = z.infer<typeof articleSchema>;
