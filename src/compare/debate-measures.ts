import { z } from 'zod';
import { identifierSchema } from '../debate/agenda.ts';
import { controlSchema } from '../debate/setup.ts';

const share = z.number().min(0).max(1);

/** All that a comparison looks at of one debate. */
export const debateMeasuresSchema = z.strictObject({
  debate: z.string().min(1),
  arm: identifierSchema,
  /** What the debate was about; the independent unit. Debates on the same text must name it alike. */
  article: z.string().min(1),
  /** The cell of the plan; every arm runs it once. */
  cell: z.string().min(1),
  converged: z.boolean(),
  /** The round in which it converged; rounds held where it did not. */
  rounds: z.int().nonnegative(),
  /** C_principals after the last round; null where too little could be read. */
  principals: share.nullable(),
  /** Share of the claims that cite a passage or turn that exists. */
  grounding: share.nullable(),
  /** Mean over personas of the share of their speeches that stay in the role. */
  fidelity: share.nullable(),
  /** Share of the judged rounds that were hollow agreement. */
  hollow: share.nullable(),
  /** Share of the article's facts that are alive at the end; absent where no facts are followed. */
  factsKept: share.optional(),
  /** Of the facts dealt to some of the cast alone, the share that a holder said; absent where none are, or none are followed. */
  factsShared: share.optional(),
  /** US dollars; null where a model has no known price. */
  costUsd: z.number().nonnegative().nullable(),
  /** Calls that a kept reply answered in place of a model, which cost nothing; absent for none. */
  callsFromCache: z.int().positive().optional(),
  /** Ended before it was done: failed, stopped, or out of budget. */
  aborted: z.boolean(),
  /** Why it failed: a call of it could not be made to work. It gives no number; absent in a debate that did not fail. */
  failed: z.string().optional(),
  /** Speeches that refuse to take the part, as they begin; absent for none. */
  refusals: z.array(z.strictObject({ turn: z.int().positive(), text: z.string() })).optional(),
  simulated: z.boolean(),
  /** People wrote some of its speeches; absent where models wrote all. */
  people: z.literal(true).optional(),
  /** It was a control; absent in a debate like others. */
  control: controlSchema.optional(),
});

export type DebateMeasures = z.infer<typeof debateMeasuresSchema>;
