import { z } from 'zod';
import { identifierSchema, positionSchema } from './agenda.ts';

/** What a speaker did when it took its stand. */
export const actSchema = z.enum(['commit', 'conditional', 'propose', 'question', 'rhetoric', 'retract']);

/** One position read by one sample of the judge, with names and scale restored and its quote checked by code. */
export const readingSchema = z.strictObject({
  speaker: identifierSchema,
  issue: identifierSchema,
  position: positionSchema,
  act: actSchema,
  /** Verbatim from the speaker's turn. */
  quote: z.string().min(1),
  /** Number of the turn that holds the quote. */
  turn: z.int().positive(),
});

/** A reading that code did not accept, kept so that a person can see what the judge claimed. */
export const rejectedReadingSchema = z.strictObject({
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
    /** An entry that is no reading at all. */
    'malformed',
  ]),
});

/** One pass of the judge over the debate so far. */
export const judgeSampleSchema = z.strictObject({
  sample: z.int().nonnegative(),
  /** Ids of the speakers in the order the judge saw them; the first was Party A. */
  speakerOrder: z.array(identifierSchema),
  issueOrder: z.array(identifierSchema),
  /** True where the judge saw the scale upside down (6 - position); the readings are turned back. */
  reversed: z.boolean(),
  outcome: z.enum(['read', 'repaired', 'failed']),
  /** Why the sample failed, in words; empty when it did not. */
  failure: z.string(),
  readings: z.array(readingSchema),
  rejected: z.array(rejectedReadingSchema),
});

/** What stands in one cell of the matrix speaker by issue after all samples were put together. */
export const cellSchema = z.discriminatedUnion('stand', [
  z.strictObject({
    stand: z.literal('position'),
    speaker: identifierSchema,
    issue: identifierSchema,
    /** Median over the samples with a valid quote, 0..6. */
    position: positionSchema,
    /** Mean and variance over the same samples, for the noise-corrected index. */
    mean: positionSchema,
    variance: z.number().min(0),
    /** Interquartile range over the samples, in points of the scale. */
    spread: z.number().min(0),
    /** Samples with a valid quote. */
    samples: z.int().positive(),
    act: actSchema,
    quote: z.string().min(1),
    turn: z.int().positive(),
  }),
  z.strictObject({
    stand: z.literal('abstain'),
    speaker: identifierSchema,
    issue: identifierSchema,
    reason: z.enum(['no-evidence', 'samples-disagree', 'too-few-quotes']),
  }),
]);

const share = z.number().min(0).max(1);
const shareOrNone = share.nullable();

/** The index and its companions; every figure is computed by code from the cells. null: too little evidence. */
export const convergenceSchema = z.strictObject({
  /** The headline: convergence among those who could sign, 0..1. */
  principals: shareOrNone,
  all: shareOrNone,
  /** Convergence of the principals on their least converged issue. */
  min: shareOrNone,
  /** The noise-corrected twin of the headline. */
  rms: shareOrNone,
  /**
   * 95% bootstrap interval of the headline over the judge's samples: the noise of reading, not the judge's bias. For the lexical
   * judge, which reads the same each time, it holds its measured error too. null where fewer than two samples of
   * another judge were read, for then nothing is known about that noise.
   */
  interval: z.strictObject({ low: share, high: share }).nullable(),
  /** Share of the agenda's weight on which every principal took a stand. */
  coverage: share,
  byIssue: z.array(
    z.strictObject({
      issue: identifierSchema,
      principals: shareOrNone,
      all: shareOrNone,
      /** Variance / 9, 0 (one view) to 1 (half at each end). */
      polarisation: shareOrNone,
    }),
  ),
  pairs: z.array(z.strictObject({ a: identifierSchema, b: identifierSchema, agreement: shareOrNone })),
  /** How far a speaker came towards where another one stood at the start since the last reading, -1..1, weighted over issues. */
  movements: z.array(
    z.strictObject({
      speaker: identifierSchema,
      towards: identifierSchema,
      amount: z.number().min(-1).max(1),
    }),
  ),
  /** Share of the smaller in the larger of two principals' movements towards each other since the start, mean over pairs; null when neither moved. */
  reciprocity: shareOrNone,
  retractions: z.array(
    z.strictObject({
      speaker: identifierSchema,
      issue: identifierSchema,
      /** null where the speaker withdrew something that no earlier reading holds. */
      from: positionSchema.nullable(),
      to: positionSchema,
      turn: z.int().positive(),
    }),
  ),
  hollow: z.strictObject({ isHollow: z.boolean(), why: z.string() }),
  /** Do the present positions keep every principal's red lines? */
  acceptable: z.strictObject({
    /** Share of the principals for whom every read position of every principal keeps their red lines. */
    share: shareOrNone,
    breaches: z.array(
      z.strictObject({
        /** Whose red line it is. */
        holder: identifierSchema,
        issue: identifierSchema,
        /** Who stands beyond it; the holder itself when it crossed its own. */
        speaker: identifierSchema,
        position: positionSchema,
        min: positionSchema,
        max: positionSchema,
      }),
    ),
  }),
  judge: z.strictObject({
    samples: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    /** Mean interquartile spread over the cells, in points. */
    spread: z.number().min(0).nullable(),
    /** Mean |difference| between readings of speakers shown in the first and in the second half, in points. */
    orderGap: z.number().min(0).nullable(),
    /** Mean |difference| between upright and reversed readings of the same cell, in points. */
    reversalGap: z.number().min(0).nullable(),
  }),
  /** What code sees without a model. */
  cues: z.strictObject({
    /** Share of the judge's readings whose quote was found. */
    quoteMatchRate: shareOrNone,
    /** Agreeing over agreeing and refusing phrases of the principals in this round. */
    agreeRatio: shareOrNone,
    /** Overlap of the concrete terms (names, dates, numbers) that the principals used this round (Jaccard). */
    concreteOverlap: shareOrNone,
    /** Largest share of a turn of this round that repeats its speaker's earlier turns. */
    repetition: shareOrNone,
  }),
  confidence: z.strictObject({ level: z.enum(['usual', 'low']), reasons: z.array(z.string()) }),
});

/** Whether the debate should stop here; computed by code. */
export const adviceSchema = z.strictObject({
  stop: z.enum(['converged', 'deadlock', 'plateau']).nullable(),
  why: z.string(),
});

export type Act = z.infer<typeof actSchema>;
export type Reading = z.infer<typeof readingSchema>;
export type RejectedReading = z.infer<typeof rejectedReadingSchema>;
export type JudgeSample = z.infer<typeof judgeSampleSchema>;
export type Cell = z.infer<typeof cellSchema>;
export type Convergence = z.infer<typeof convergenceSchema>;
export type Advice = z.infer<typeof adviceSchema>;
