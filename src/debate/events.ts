import { z } from 'zod';
import { agendaSchema, identifierSchema, positionSchema } from './agenda.ts';
import { factSchema, factUseSchema, mostFacts, rejectedUseSchema } from './article-facts.ts';
import { callFailureSchema, callRecord, callRecordSchema, purposeSchema, usageSchema } from './calls.ts';
import { judgeSampleSchema, readingSchema, rejectedReadingSchema } from './readings.ts';
import { articleSchema, castMemberSchema, controlSchema, modelUseSchema, settingsSchema } from './setup.ts';
import { adviceSchema, cellSchema, convergenceSchema } from './verdict.ts';

/** Version of the event format; a journal of another version is refused by name. */
export const formatVersion = 1;

/** The speaker id under which the moderator's turns stand. No persona may use it. */
export const moderatorId = 'moderator';

/** How a turn ended. `repetition`: the speech says the same sentence over and over, and was cut at the first, or is an earlier speech over again. */
export const endingSchema = z.enum(['complete', 'length', 'refused', 'filtered', 'repetition']);
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

const bidSchema = z.strictObject({
  /** Who bid. */
  persona: identifierSchema,
  /** What the persona said it wants, 0..10; null where its reply could not be read. */
  wish: z.number().min(0).max(10).nullable(),
  /** The wish less the recency penalty, by which the speaker was picked. */
  score: z.number(),
});

const speakerPickedSchema = z
  .strictObject({
    type: z.literal('speaker-picked'),
    /** The round under way, from 1. */
    round: z.int().positive(),
    /** Who speaks next. */
    persona: identifierSchema,
    /** What decided. */
    by: z.enum(['moderator', 'bidding']),
    /** False where replies could not be read and code fell back to the cast's order. */
    asAsked: z.boolean(),
    /** Highest score first; empty where the moderator picked. */
    bids: z.array(bidSchema),
    /** The calls that were made for it. */
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
    /** A persona's id, or the moderator's. */
    speaker: identifierSchema,
    /** The moderator's opening, a persona's speech, or the moderator's question to a round. */
    kind: z.enum(['opening', 'speech', 'steering']),
    /** What the others heard. */
    text: z.string().min(1),
    /** The reply as the model gave it, where wrappers such as a stage direction on its own or a final tag were taken off before others read it. */
    raw: z.string().optional(),
    /** The speech has more words than its prompt asks for: how many, of how many. Absent where it keeps to them. */
    overLength: z.strictObject({ words: z.int().positive(), asked: z.int().positive() }).optional(),
    /** The round from which on speeches stood whole in its prompt, where the model's context did not hold all; earlier ones stood as the positions that were read of them. Absent: all were whole. */
    fullFrom: z.int().min(2).optional(),
    /** Private notes before the speech, where the strategy asks for them; empty otherwise. Never shown to other speakers. */
    notes: z.string(),
    /** How the reply ended. */
    ending: endingSchema,
    /** A person who held the persona's seat wrote it: no model was called, and nothing was used. Absent: a model. */
    author: z.literal('person').optional(),
    ...callRecord,
  })
  .describe('one speech is whole: the moderator’s opening and questions, and the personas’ speeches');

const speechDraftedSchema = z
  .strictObject({
    type: z.literal('speech-drafted'),
    /** The turn it was drafted for; null for a speech in a caucus. */
    turn: z.int().positive().nullable(),
    /** The round under way, from 1. */
    round: z.int().positive(),
    /** The persona whose seat a person holds. */
    persona: identifierSchema,
    /** The draft; what was said stands in the turn. */
    text: z.string().min(1),
    ...callRecord,
  })
  .describe(
    'a model drafted a speech for the person who holds the seat; a draft is no turn, and nobody else sees it',
  );

const pairSchema = z.tuple([identifierSchema, identifierSchema]);

const caucusCalledSchema = z
  .strictObject({
    type: z.literal('caucus-called'),
    /** The round before which it is held, from 2. */
    round: z.int().min(2),
    /** The two principals; the first begins. */
    pair: pairSchema,
    /** Turns that the two have in all; 0 where the moderator calls no caucus. */
    turns: z.int().nonnegative(),
    /** In the moderator's words, or why its reply could not be read. */
    why: z.string(),
    ...callRecord,
  })
  .describe('the moderator decided whether two principals talk in private before a round');

const caucusSpokenSchema = z
  .strictObject({
    type: z.literal('caucus-spoken'),
    /** Counts all words in private of the debate from 1, apart from the turns that all hear. */
    turn: z.int().positive(),
    /** The round before which it was said, from 2. */
    round: z.int().min(2),
    /** The principal who speaks. */
    speaker: identifierSchema,
    /** The only other persona who hears it. */
    to: identifierSchema,
    /** Which turn of this caucus it is, from 1, and how many it has. */
    part: z.int().positive(),
    parts: z.int().positive(),
    /** What the other one heard. */
    text: z.string().min(1),
    /** Private notes before it, where the strategy asks for them; empty otherwise. */
    notes: z.string(),
    /** How the reply ended. */
    ending: endingSchema,
    /** A person who held the persona's seat wrote it. Absent: a model. */
    author: z.literal('person').optional(),
    ...callRecord,
  })
  .describe('a principal spoke to another in private; nobody else in the debate hears it');

const caucusReadSchema = z
  .strictObject({
    type: z.literal('caucus-read'),
    /** The round before which the caucus was held. */
    round: z.int().min(2),
    /** Failed: the reply could not be read. No offer is made up. */
    outcome: z.enum(['read', 'failed']),
    /** Why it failed, in words; empty where it was read. */
    failure: z.string(),
    /** Terms offered in private, each with its quote; `turn` counts the words in private. They move no figure of the public rounds. */
    offers: z.array(readingSchema),
    rejected: z.array(rejectedReadingSchema),
    ...callRecord,
  })
  .describe('what two principals offered each other in private, each with its quote');

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

const questionAskedSchema = z
  .strictObject({
    type: z.literal('question-asked'),
    /** The turn it was asked after. */
    afterTurn: z.int().nonnegative(),
    /** The question as it was typed. */
    text: z.string().min(1).max(4000),
  })
  .describe('the person watching put a question to the debate');

const statementItemSchema = z.strictObject({
  /** What it is about. */
  issue: identifierSchema,
  /** agreed: all principals would accept the same term; conditional: they would if named conditions are met; open: anything else. */
  status: z.enum(['agreed', 'conditional', 'open']),
  /** The term, or what still divides them. */
  text: z.string().min(1),
});

const statementDraftedSchema = z
  .strictObject({
    type: z.literal('statement-drafted'),
    /** The statement as prose. */
    text: z.string().min(1),
    /** The same by issue; empty where the draft could not be read as items. */
    items: z.array(statementItemSchema),
    /** 2 where it was drafted once more, because a principal refused the first one and named the words that would let it sign. Absent: the first. */
    draft: z.literal(2).optional(),
    ...callRecord,
  })
  .describe('the moderator’s closing statement: what is agreed and what is not');

const statementAnsweredSchema = z
  .strictObject({
    type: z.literal('statement-answered'),
    /** The principal. */
    persona: identifierSchema,
    /** An answer that could not be read is no signature. */
    answer: z.enum(['signed', 'refused']),
    /** In the principal's words. */
    reason: z.string().min(1),
    /** Where it refused: the words that would let it sign; null where it named none. Absent: it was not asked for them. */
    change: z.string().min(1).nullable().optional(),
    /** A person who holds the persona's seat answered. Absent: a model. */
    author: z.literal('person').optional(),
    ...callRecord,
  })
  .describe('a principal signed the statement or refused it, with its reason');

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

export type Ending = z.infer<typeof endingSchema>;
export type EndReason = z.infer<typeof endReasonSchema>;
