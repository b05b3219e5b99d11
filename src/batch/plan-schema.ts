import { z } from 'zod';
import { identifierSchema } from '../debate/agenda.ts';
import { controlSchema, orderSchema, settingsSchema } from '../debate/setup.ts';
import { namedModelSchema } from '../models/model-spec.ts';
import { orKnown } from '../text/near-names.ts';

/** Sources of one dossier, as in a scenario. */
const mostSources = 20;

const text = z.string().trim().min(1);
const modelsSchema = z.record(identifierSchema, namedModelSchema);
const byMeasure = z.record(z.string(), z.number().positive());

const armSchema = z.strictObject({
  id: identifierSchema,
  strategy: text,
  model: namedModelSchema.optional(),
  models: modelsSchema.optional(),
  prompts: text.optional(),
  control: oneOf(controlSchema.options).optional(),
});

const judgeSchema = z.unknown().transform((given, context): string | string[] => {
  const schema = Array.isArray(given) ? z.array(namedModelSchema).min(1) : namedModelSchema;
  const read = schema.safeParse(given, { reportInput: true });
  if (read.success) return read.data;
  for (const issue of read.error.issues) context.addIssue({ ...issue });
  return z.NEVER;
});

/** One of some words; for another the message names the near match. */
function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, {
    error: ({ input }) => `cannot be "${String(input)}"${orKnown(String(input), words)}`,
  });
}

const debateSchema = settingsSchema.extend({ order: oneOf(orderSchema.options) }).partial();

/** The plan file as it is written; names of measures, orders and models are checked afterwards, for near matches. */
export const planFileSchema = z.strictObject({
  title: text.optional(),
  seed: z.int().min(0).max(2_147_483_647).optional(),
  seedPer: oneOf(['cell', 'arm']).optional(),
  arms: z.array(armSchema).min(1).max(26),
  model: namedModelSchema.optional(),
  models: modelsSchema.optional(),
  judge: judgeSchema.optional(),
  scenarios: z.array(text).min(1),
  // One inside another is a dossier: several sources for each debate.
  articles: z
    .array(
      z.union([text, z.array(text).min(1).max(mostSources)], {
        error: 'must be a file, an address or own, or a list of sources for one debate',
      }),
    )
    .min(1)
    .optional(),
  castOrders: z
    .array(
      z.union([text, z.array(identifierSchema)], {
        error: 'must be a word such as reversed, or a list of personas',
      }),
    )
    .min(1)
    .optional(),
  repeats: z.int().min(1).max(100_000).optional(),
  count: z.int().min(1).max(1_000_000).optional(),
  debate: debateSchema.optional(),
  keepThoughts: z.boolean().optional(),
  budget: z
    .strictObject({ usd: z.number().positive().optional(), tokens: z.int().positive().optional() })
    .optional(),
  compare: z
    .strictObject({
      primary: z.array(text).min(1).optional(),
      guards: z.array(text).optional(),
      margins: byMeasure.optional(),
      smallest: byMeasure.optional(),
      against: identifierSchema.optional(),
      level: z.number().gt(0).lt(0.5).optional(),
      power: z.number().gt(0.5).lt(1).optional(),
      within: z.int().min(1).max(100).optional(),
      suppose: z
        .strictObject({ between: z.number().nonnegative(), within: z.number().nonnegative() })
        .optional(),
    })
    .optional(),
});

export type PlanFile = z.infer<typeof planFileSchema>;
