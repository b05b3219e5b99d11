import { z } from 'zod';
import { identifierSchema, passageSchema, positionSchema, redLineSchema } from './agenda.ts';

export const orderSchema = z.enum(['fixed', 'rotating', 'shuffled', 'moderator', 'simultaneous', 'bidding']);

/**
 * A debate in which nothing real happens, to see what the index shows then:
 * - no-debate: every persona states its position on the agenda round after round and hears nobody
 * - same-persona: one persona's text plays every seat; the names stay the seats'
 * - shuffled-turns: a debate as usual, whose speeches the judge reads in an order drawn from the seed
 * - neutral: the personas say what the article says, and negotiate nothing
 */
export const controlSchema = z.enum(['no-debate', 'same-persona', 'shuffled-turns', 'neutral']);

export const castMemberSchema = z.strictObject({
  id: identifierSchema,
  /** The name as speakers and readers see it. */
  name: z.string().min(1),
  /** A name for narrow columns, at most 14 characters. */
  short: z.string().min(1).max(14),
  /** Other names by which speakers mean this one, such as a capital; masked before a judge reads. Absent: none. */
  aliases: z.array(z.string().min(1)).optional(),
  /** Numbers of the passages that its prompt holds, where the article is dealt unevenly. Absent: all. */
  knows: z.array(z.int().positive()).min(1).optional(),
  /** True for those who could sign a closing statement. */
  principal: z.boolean(),
  /** Bounds the persona will not cross; empty where it declares none. */
  redLines: z.array(redLineSchema),
  /** Declared opening position by issue id, 0..6; issues without one are open. Never a stand that was spoken. */
  opening: z.record(identifierSchema, positionSchema),
  /** Place in the scenario's cast, from 0, where a plan seats it elsewhere: readers keep its mark and colour. Absent: its seat. */
  place: z.int().nonnegative().optional(),
});

export const modelUseSchema = z.strictObject({
  /** The model spec, such as openai:gpt-5-mini or simulator. */
  spec: z.string().min(1),
  /** True where the words are the built-in simulator's and no language model's. */
  simulated: z.boolean(),
});

/** Most readings after a round. */
export const mostSamples = 101;

/** Turns of a caucus, or who decides on it. */
export const caucusSchema = z.union([z.int().min(1).max(12), z.literal('moderator'), z.literal('off')]);

export const settingsSchema = z.strictObject({
  /** Rounds to debate at most. */
  rounds: z.int().min(1).max(100),
  /** How the next speaker is found. */
  order: orderSchema,
  /** Readings of the judge after each round. */
  judgeSamples: z.int().min(1).max(mostSamples),
  /** Most tokens a persona may use for one turn. */
  turnTokens: z.int().min(16),
  /** Sampling temperature; null leaves it to the provider. */
  temperature: z.number().min(0).max(2).nullable(),
  /** US dollars the whole debate may use; null for no limit. */
  budgetUsd: z.number().positive().nullable(),
  /** Tokens the whole debate may use; null for no limit. */
  budgetTokens: z.int().positive().nullable(),
  /** False keeps debating to the round limit whatever the convergence. */
  stopEarly: z.boolean(),
  /** After each reading every persona is asked off the record where it would really settle. Absent: nobody is. */
  poll: z.boolean().optional(),
  /** After each reading the judge is asked which facts of the article the round's speeches use. Absent: it is not. */
  facts: z.boolean().optional(),
  /** Two principals talk in private before each round but the first: so many turns in all, or where the moderator thinks it helps. Absent: never. */
  caucus: caucusSchema.optional(),
});

export const articleSchema = z.strictObject({
  title: z.string().min(1),
  /** Where the text came from: publisher, file name or address. */
  source: z.string(),
  /** Date of publication as given, or empty. */
  date: z.string(),
  /** Terms under which the text may be used, as given, or empty. */
  licence: z.string(),
  /** SHA-256 of the text that was cut into passages. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Where it was put together from several sources: each with the number of its first passage, in order. Absent: one source. */
  sources: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        source: z.string(),
        date: z.string(),
        licence: z.string(),
        first: z.int().positive(),
      }),
    )
    .min(2)
    .optional(),
  passages: z.array(passageSchema).min(1),
});

export type CaucusChoice = z.infer<typeof caucusSchema>;
export type Control = z.infer<typeof controlSchema>;
export type CastMember = z.infer<typeof castMemberSchema>;
export type ModelUse = z.infer<typeof modelUseSchema>;
export type Settings = z.infer<typeof settingsSchema>;
export type Article = z.infer<typeof articleSchema>;

/** What a control is, in one sentence, wherever one is shown. */
export const controlInWords: Record<Control, string> = {
  'no-debate':
    'every persona stated its position alone, round after round, and heard nobody; no position could answer another',
  'same-persona':
    'one persona’s text played every seat, so that whatever agreement there is was there from the start',
  'shuffled-turns':
    'the judge read the speeches in an order drawn from the seed, so that movement from round to round is lost',
  neutral: 'the personas told what the article says and negotiated nothing, so that there is nothing to read',
};

/** "Control run: no-debate. Every persona …" */
export function controlSentence(control: Control): string {
  const words = controlInWords[control];
  return `Control run: ${control}. ${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
