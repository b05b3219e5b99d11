import { z } from 'zod';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { parsePrice } from '../../models/prices.ts';
import type { Price } from '../../models/types.ts';
import { aboveZero, checkOptions, whole } from '../settings.ts';

export type ScoreFormat = 'table' | 'md' | 'html' | 'json';

export interface ScoreOptions {
  /** null where none was named: lexical. */
  judge: string | null;
  judgeSamples: number;
  /** null where none was given. */
  seed: number | null;
  /** Show the judge the speeches in an order drawn from the seed. */
  shuffled: boolean;
  /** US dollars that the judge may use for all transcripts together; null for no limit. */
  budget: number | null;
  /** In place of the known price. */
  price: Price | null;
  roundsOf: number | 'all' | null;
  scenario: string | null;
  agenda: string | null;
  /** Names; null where none were given. */
  principals: string[] | null;
  speakers: string[] | null;
  leaveOut: string[];
  baseUrl: string | null;
  transcripts: string;
  format: ScoreFormat;
}

const names = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .refine((list) => list.every((name) => name !== ''), 'must be names parted by commas');

const schema = z.object({
  judge: z.string().optional(),
  judgeSamples: whole(1, 101),
  seed: whole(0, 2 ** 31 - 1).optional(),
  control: z.literal('shuffled-turns').optional(),
  budget: aboveZero.optional(),
  price: z
    .string()
    .transform((text) => parsePrice(text))
    .refine((price) => price !== null, 'is no INPUT,OUTPUT in US dollars per million tokens')
    .optional(),
  roundsOf: z.union([z.literal('all'), whole(1, 1000)], 'must be a number of turns, or all').optional(),
  scenario: z.string().optional(),
  agenda: z.string().optional(),
  principals: names.optional(),
  speakers: names.optional(),
  leaveOut: names,
  baseUrl: z.string().optional(),
  transcripts: z.string(),
  format: z.enum(['table', 'md', 'html', 'json']),
  json: z.boolean().optional(),
});

export function readScoreOptions(
  options: Record<string, unknown>,
  files: readonly string[],
): Outcome<ScoreOptions> {
  const read = checkOptions(schema, options);
  if (!read.ok) return read;
  const { json, control, ...given } = read.value;
  const format = json ? 'json' : given.format;
  if (given.scenario !== undefined && given.agenda !== undefined) {
    return failure('bad-option', '--scenario and --agenda both name an agenda. Give one of them.');
  }
  if (format === 'html' && files.length > 1) {
    return failure(
      'bad-option',
      '--format html makes one page of one transcript. Score the files one by one.',
    );
  }
  return success({
    ...given,
    format,
    judge: given.judge ?? null,
    shuffled: control !== undefined,
    budget: given.budget ?? null,
    price: given.price ?? null,
    seed: given.seed ?? null,
    roundsOf: given.roundsOf ?? null,
    scenario: given.scenario ?? null,
    agenda: given.agenda ?? null,
    principals: given.principals ?? null,
    speakers: given.speakers ?? null,
    baseUrl: given.baseUrl ?? null,
  });
}
