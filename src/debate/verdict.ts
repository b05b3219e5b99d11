import { z } from 'zod';
import { identifierSchema, positionSchema } from './agenda.ts';
import { actSchema, evidenceSchema, roleBreakSchema } from './readings.ts';

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
    /** Verbatim from the speaker's turn; of the samples' quotes the most typical. */
    quote: z.string().min(1),
    /** Number of the turn that holds the quote. */
    turn: z.int().positive(),
    /** The sentence of the same turn that gives the reason for a change of stand, verbatim; null where half of the samples found none. Absent: they were not asked. */
    why: z.string().min(1).nullable().optional(),
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

/** A change of stand by a point or more between two readings, both of them spoken. */
const moveSchema = z.strictObject({
  speaker: identifierSchema,
  issue: identifierSchema,
  /**
   * - concession: towards a counterpart's stand, with a verified reason
   * - hardening: away from every counterpart's, with a verified reason
   * - drift: the judge was asked for the reason and found none
   * - unexplained: the judge was not asked for reasons
   */
  kind: z.enum(['concession', 'hardening', 'drift', 'unexplained']),
  /** True where it came nearer to a counterpart's stand. */
  isTowards: z.boolean(),
  /** The stand spoken before, 0..6. */
  from: positionSchema,
  /** The turn that stand was spoken in. */
  fromTurn: z.int().positive(),
  to: positionSchema,
  turn: z.int().positive(),
  /** The words that show the new stand. */
  quote: z.string().min(1),
  /** The sentence of the same turn that gives the reason, verbatim; null for drift and where unexplained. */
  why: z.string().min(1).nullable(),
});

/** The index and its companions; every figure is computed by code from the cells. null: too little evidence. */
export const convergenceSchema = z.strictObject({
  /** The headline: convergence among the principals, 0..1. */
  principals: shareOrNone,
  all: shareOrNone,
  /** Convergence of the principals on their least converged issue. */
  min: shareOrNone,
  /** The noise-corrected twin of the headline. */
  rms: shareOrNone,
  /**
   * 95% interval of the headline: the noise between the judge's samples, what all of them are off by together (`judge.error`), and issues
   * left unread. null where nothing is known of the noise: a single sample of a judge that was never validated.
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
  /** How far a speaker came towards where another one was first read, since the last reading, -1..1, weighted over issues. Empty after the first reading: nothing spoken came before. */
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
  /** Changes of stand since the last reading. Absent in readings made before these were kept. */
  moves: z.array(moveSchema).optional(),
  /** The words by which principals claimed agreement in this round. Absent: the judge was not asked. */
  agreements: z.array(evidenceSchema).optional(),
  /** The words by which principals bound themselves in this round to something that another could take. Absent: the judge was not asked. */
  pledges: z.array(evidenceSchema).optional(),
  hollow: z.strictObject({ isHollow: z.boolean(), why: z.string() }),
  /** Which personas stand beyond a red line of their own: a break of role or a real concession, and never mere disagreement. Absent in readings made before these were told apart. */
  ownLines: z
    .strictObject({
      /** Of the personas that were read on an issue on which they declare a red line: the share that keep all of theirs, 0..1. */
      kept: shareOrNone,
      crossed: z.array(
        z.strictObject({
          speaker: identifierSchema,
          issue: identifierSchema,
          position: positionSchema,
          /** The bounds it declares. */
          min: positionSchema,
          max: positionSchema,
          turn: z.int().positive(),
          quote: z.string().min(1),
        }),
      ),
    })
    .optional(),
  /** Words of this round that leave a role, by the judge's evidence. Absent: the judge was not asked. */
  roleBreaks: z.array(roleBreakSchema).optional(),
  /** Words of this round that state as fact what no source shows, told from terms by the judge. Absent: the judge was not asked. */
  facts: z.array(evidenceSchema).optional(),
  /** Distance to acceptance: do the present positions of the other principals keep each principal's red lines? */
  acceptable: z.strictObject({
    /** Share of the principals whose red lines the other principals' read positions all keep. Readings made before `ownLines` held own positions against them too. */
    share: shareOrNone,
    breaches: z.array(
      z.strictObject({
        /** Whose red line it is. */
        holder: identifierSchema,
        issue: identifierSchema,
        /** Who stands beyond it; the holder itself only in readings made before `ownLines`. */
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
    /** Different judges among the samples, and the independent votes that these are worth. Absent in readings made before these were kept. */
    judges: z.int().positive().optional(),
    votes: z.number().min(1).optional(),
    /** What all samples are taken to be off by together. Absent in readings made before this was kept. */
    error: z
      .strictObject({
        /** Root mean square error of a cell, in points. */
        points: z.number().min(0),
        /** default: the judge was never validated. measured: by `parley validate`, for this model and prompt. */
        basis: z.enum(['default', 'measured']),
        /** Transcripts it was measured on, and stands labelled by people among them; 0 for the default. */
        transcripts: z.int().nonnegative(),
        labels: z.int().nonnegative(),
        /** Standard deviation of a reading that the interval took, in points, where one reading was made and could not show it. */
        noise: z.number().min(0).optional(),
      })
      .optional(),
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

export type Cell = z.infer<typeof cellSchema>;
export type PositionCell = Extract<Cell, { stand: 'position' }>;
export type Move = z.infer<typeof moveSchema>;
export type Convergence = z.infer<typeof convergenceSchema>;
export type Advice = z.infer<typeof adviceSchema>;
