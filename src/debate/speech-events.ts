import { z } from 'zod';
import { identifierSchema } from './agenda.ts';
import { callRecord, callRecordSchema } from './calls.ts';
import { readingSchema, rejectedReadingSchema } from './readings.ts';

/** How a turn ended. `repetition`: the speech says the same sentence over and over, and was cut at the first, or is an earlier speech over again. */
export const endingSchema = z.enum(['complete', 'length', 'refused', 'filtered', 'repetition']);
export type Ending = z.infer<typeof endingSchema>;

const bidSchema = z.strictObject({
  /** Who bid. */
  persona: identifierSchema,
  /** What the persona said it wants, 0..10; null where its reply could not be read. */
  wish: z.number().min(0).max(10).nullable(),
  /** The wish less the recency penalty, by which the speaker was picked. */
  score: z.number(),
});

export const speakerPickedSchema = z
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

export const turnEndedSchema = z
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

export const speechDraftedSchema = z
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

export const caucusCalledSchema = z
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

export const caucusSpokenSchema = z
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

export const caucusReadSchema = z
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

export const questionAskedSchema = z
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

export const statementDraftedSchema = z
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

export const statementAnsweredSchema = z
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
