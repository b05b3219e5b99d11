import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { controlSchema, settingsSchema } from '../../debate/events.ts';
import type { Price } from '../../models/types.ts';
import { comparisonAimsSchema } from '../comparison-aims.ts';
import type { Fingerprints } from '../expand-plan.ts';
import type { Plan } from '../plan.ts';

const castOrderSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('given') }),
  z.strictObject({ kind: z.literal('reversed') }),
  z.strictObject({ kind: z.literal('rotated'), by: z.int().positive() }),
  z.strictObject({ kind: z.literal('shuffled'), number: z.int().positive() }),
  z.strictObject({ kind: z.literal('listed'), personas: z.array(z.string()) }),
]);

const amount = z.number().positive().nullable();

/** A plan as the database holds it: read back strictly, like everything from outside. */
const designSchema = z.strictObject({
  title: z.string(),
  seed: z.int(),
  seedPer: z.enum(['cell', 'arm']),
  arms: z
    .array(
      z.strictObject({
        id: z.string(),
        strategy: z.string(),
        model: z.string().nullable(),
        models: z.record(z.string(), z.string()),
        prompts: z.string().nullable(),
        control: controlSchema.exactOptional(),
      }),
    )
    .min(1),
  judge: z.string().nullable(),
  scenarios: z.array(z.string()).min(1),
  articles: z.array(z.string()).min(1),
  castOrders: z.array(castOrderSchema).min(1),
  repeats: z.int().positive(),
  settings: settingsSchema,
  budget: z.strictObject({ usd: amount, tokens: amount }),
  aims: comparisonAimsSchema,
  count: z.int().positive().nullable(),
}) satisfies z.ZodType<Plan>;

const dollars = z.number().nonnegative();
const priceSchema = z.strictObject({
  input: dollars,
  cachedInput: dollars,
  output: dollars,
  cacheWrite: dollars.optional(),
});

/** A plan that waits for workers. */
export interface StoredPlan {
  /** The same for the same design with the same prompt files and articles. */
  id: string;
  /** The plan file's name, for people. */
  file: string;
  plan: Plan;
  /** Given for models whose price parley does not know. */
  price: Price | null;
}

/** Reads a row of `parley.plans`; null where a newer parley wrote what this one does not know. */
export function storedPlan(row: {
  plan: string;
  file: string;
  design: unknown;
  price: unknown;
}): StoredPlan | null {
  const design = designSchema.safeParse(row.design);
  const price = priceSchema.nullable().safeParse(row.price);
  if (!design.success || !price.success) return null;
  return { id: row.plan, file: row.file, plan: design.data, price: price.data as Price | null };
}

/**
 * Names a plan by its file and a hash of all that decides its debates: submitting it again, with another budget or
 * more repeats, goes on with the same plan; changed prompt files make another one.
 */
export function planId(file: string, plan: Plan, fingerprints: Fingerprints): string {
  const { budget, aims, count, repeats, title, ...design } = plan;
  const content = plan.scenarios.map((scenario) => [
    plan.arms.map((arm) => fingerprints.prompts(arm, scenario)),
    plan.articles.map((article) => fingerprints.article(scenario, article)),
  ]);
  const hash = createHash('sha256')
    .update(JSON.stringify([design, content]))
    .digest('hex')
    .slice(0, 10);
  const words = basename(file)
    .replace(/\.ya?ml$/, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return [...(words ?? []), hash].join('-').slice(-60).replace(/^-/, '');
}
