import { z } from 'zod';
import { identifierSchema, positionSchema } from './agenda.ts';

/** What a speaker did when it took its stand. */
export const actSchema = z.enum(['commit', 'conditional', 'propose', 'question', 'rhetoric', 'retract']);

/** How a speaker left its role: an assistant's voice, a stage direction, words in another's name, or talk about the exercise. */
export const roleBreakKindSchema = z.enum(['assistant', 'stage-direction', 'another', 'meta']);

/** Verbatim words of a speaker, and the turn that holds them. Verified by code before it is stored. */
export const evidenceSchema = z.strictObject({
  speaker: identifierSchema,
  /** Verbatim from the speaker's turn. */
  quote: z.string().min(1),
  /** Number of the turn that holds the quote. */
  turn: z.int().positive(),
});

/** Words by which a speaker states or accepts a term beyond a red line of its own. */
const crossingSchema = evidenceSchema.extend({ issue: identifierSchema });

/** Words by which a speaker left its role. */
export const roleBreakSchema = evidenceSchema.extend({ kind: roleBreakKindSchema });

/** One position read by one sample of the judge, with names and scale restored and its quote checked by code. */
export const readingSchema = z.strictObject({
  speaker: identifierSchema,
  issue: identifierSchema,
  /** 0..6, upright whatever the sample saw. */
  position: positionSchema,
  act: actSchema,
  /** Verbatim from the speaker's turn. */
  quote: z.string().min(1),
  /** Number of the turn that holds the quote. */
  turn: z.int().positive(),
  /** The sentence of the same turn that gives the reason for a change of stand, verbatim; null where none was found. Absent: the judge was not asked. */
  why: z.string().min(1).nullable().optional(),
});

/** A reading that code did not accept, kept so that a person can see what the judge said. */
export const rejectedReadingSchema = z.strictObject({
  /** The speaker's id, or what the judge wrote where it names nobody. */
  speaker: z.string(),
  issue: z.string(),
  quote: z.string(),
  reason: z.enum([
    'quote-not-found',
    /** The quote is not in the turn named, but in several others of the same speaker. */
    'turn-unclear',
    'no-quote',
    /** The words are another speaker's. */
    'wrong-speaker',
    'unknown-speaker',
    'unknown-issue',
    'out-of-scale',
    'unknown-act',
    /** A later word of the same speaker on the same issue was read too; the later one counts. */
    'duplicate',
    /** The words repeat a question of the moderator's or of a person watching; they are no stand. */
    'words-of-a-question',
    /** The reading counts; the sentence named as its reason is not in that turn. */
    'why-not-found',
    /** An entry that is no reading at all. */
    'malformed',
  ]),
});

/** One pass of the judge over the debate so far. */
export const judgeSampleSchema = z.strictObject({
  /** From 0. */
  sample: z.int().nonnegative(),
  /** Spec of the model that read it, where there are several judges. Absent: the debate's one judge. */
  judge: z.string().min(1).optional(),
  /** Ids of the speakers in the order the judge saw them; the first was Party A. */
  speakerOrder: z.array(identifierSchema),
  /** Ids of the issues in the order the judge saw them. */
  issueOrder: z.array(identifierSchema),
  /** True where the judge saw the scale upside down (6 - position); the readings are turned back. */
  reversed: z.boolean(),
  outcome: z.enum(['read', 'repaired', 'failed']),
  /** Why the sample failed, in words; empty when it did not. */
  failure: z.string(),
  readings: z.array(readingSchema),
  rejected: z.array(rejectedReadingSchema),
  /** Words of this round by which a speaker claims agreement. Absent, here and below: the judge was not asked. */
  agreements: z.array(evidenceSchema).optional(),
  /** Words of this round by which a speaker binds itself to something definite that another could take, on an issue or beside them. */
  pledges: z.array(evidenceSchema).optional(),
  /** Words of this round beyond a speaker's own red line. */
  crossings: z.array(crossingSchema).optional(),
  /** Words of this round that leave a role. */
  roleBreaks: z.array(roleBreakSchema).optional(),
  /** Of the sentences that no source shows, those that state something as fact. */
  facts: z.array(evidenceSchema).optional(),
});

export type Act = z.infer<typeof actSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;
export type Crossing = z.infer<typeof crossingSchema>;
export type RoleBreakKind = z.infer<typeof roleBreakKindSchema>;
export type RoleBreakEvidence = z.infer<typeof roleBreakSchema>;
export type Reading = z.infer<typeof readingSchema>;
export type RejectedReading = z.infer<typeof rejectedReadingSchema>;
export type JudgeSample = z.infer<typeof judgeSampleSchema>;
