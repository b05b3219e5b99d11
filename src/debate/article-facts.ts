import { z } from 'zod';
import { identifierSchema } from './agenda.ts';

/** Something that the article says and the debate should not lose. */
export const factSchema = z.strictObject({
  /** F1, F2 and so on, in the order of the agenda. */
  id: z.string().regex(/^F[1-9]\d*$/),
  /** The issue that it bears on. */
  issue: identifierSchema,
  /** Number of the passage that says it. */
  passage: z.int().positive(),
  /** Verbatim from that passage. */
  quote: z.string().min(1),
});

export type ArticleFact = z.infer<typeof factSchema>;

/** Most facts of a debate: each is in every prompt that asks which of them a round used. */
export const mostFacts = 60;

export const factUseSchema = z.strictObject({
  /** Id of the fact. */
  fact: factSchema.shape.id,
  /** Who said it, in which turn. */
  speaker: identifierSchema,
  turn: z.int().positive(),
  /** cited: used in a speech that cites its passage. used: without that. contradicted: the speech says that it is not so. */
  how: z.enum(['cited', 'used', 'contradicted']),
  /** Verbatim from the turn; checked by code. */
  quote: z.string().min(1),
});

export type FactUse = z.infer<typeof factUseSchema>;

/** What was claimed of a speech and thrown away, and why. */
export const rejectedUseSchema = z.strictObject({
  fact: z.string(),
  turn: z.int(),
  quote: z.string(),
  reason: z.enum(['unknown-fact', 'not-of-this-round', 'quote-not-found']),
});

/** May a persona know a fact from the article? Who was dealt no passages holds them all. */
export function isDealtTo(
  { passage }: Pick<ArticleFact, 'passage'>,
  { knows }: { knows?: readonly number[] | undefined },
): boolean {
  return knows === undefined || knows.includes(passage);
}
