import { basename } from 'node:path';
import { z } from 'zod';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { seededRandom, shuffled } from '../debate/seeded-random.ts';
import { controlSchema, settingsSchema } from '../debate/setup.ts';
import { comparisonAimsSchema } from './comparison-aims.ts';

/** In which order the personas stand; the turn order of a debate starts from it. */
const castOrderSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('given') }),
  z.strictObject({ kind: z.literal('reversed') }),
  /** The first `by` go to the end. */
  z.strictObject({ kind: z.literal('rotated'), by: z.int().positive() }),
  /** Shuffle number `number`, the same for every debate of a plan's seed. */
  z.strictObject({ kind: z.literal('shuffled'), number: z.int().positive() }),
  z.strictObject({ kind: z.literal('listed'), personas: z.array(z.string()) }),
]);
export type CastOrder = z.infer<typeof castOrderSchema>;

export const castOrderWords = ['given', 'reversed', 'rotated-1', 'shuffled-1'] as const;

/** Reads given, reversed, rotated-N or shuffled-N; null for anything else. */
export function parseCastOrder(word: string): CastOrder | null {
  if (word === 'given' || word === 'reversed') return { kind: word };
  const [, kind, digits] = /^(rotated|shuffled)-([1-9]\d{0,2})$/.exec(word) ?? [];
  if (kind === 'rotated') return { kind, by: Number(digits) };
  if (kind === 'shuffled') return { kind, number: Number(digits) };
  return null;
}

export function castOrderText(order: CastOrder): string {
  switch (order.kind) {
    case 'given':
    case 'reversed':
      return order.kind;
    case 'rotated':
      return `rotated-${order.by}`;
    case 'shuffled':
      return `shuffled-${order.number}`;
    case 'listed':
      return order.personas.join(' ');
  }
}

/** The cast in this order. A listed order must hold exactly the cast; see `checkPlanReferences`. */
export function orderedCast(cast: readonly string[], order: CastOrder, planSeed: number): string[] {
  switch (order.kind) {
    case 'given':
      return [...cast];
    case 'reversed':
      return cast.toReversed();
    case 'rotated': {
      const by = order.by % cast.length;
      return [...cast.slice(by), ...cast.slice(0, by)];
    }
    case 'shuffled':
      return shuffled(cast, seededRandom(planSeed, 'cast-order', order.number));
    case 'listed':
      return order.personas;
  }
}

/** One way to run the debates of a plan: a strategy and the models that speak. */
const armSchema = z.strictObject({
  id: z.string(),
  /** Id of a strategy, or the path of a strategy file. */
  strategy: z.string(),
  /** Model spec for every role without its own; null leaves the choice to the environment. */
  model: z.string().nullable(),
  /** Model spec by persona id or `moderator`. */
  models: z.record(z.string(), z.string()),
  /** Folder of prompt files that go before the bundled ones; null for none. */
  prompts: z.string().nullable(),
  /** Its debates are controls; absent where they are debates like others. */
  control: controlSchema.exactOptional(),
});
export type Arm = z.infer<typeof armSchema>;

/** What a plan calls a scenario's own article. */
export const ownArticle = 'own';

/** Names an article of a plan; a dossier by its sources. */
export function articleNamed(article: string | readonly string[]): string {
  return [article].flat().join(' + ');
}

const amount = z.number().positive().nullable();

/** Many debates, as one file describes them: the design of a comparison, or with one arm of a data set. */
export const planSchema = z.strictObject({
  title: z.string(),
  seed: z.int(),
  /** cell: all arms of a cell have one seed (the default). arm: each has its own. */
  seedPer: z.enum(['cell', 'arm']),
  arms: z.array(armSchema).min(1),
  /** Model that reads positions, or several that take turns, the same for every arm; null leaves the choice to the environment. */
  judge: z.union([z.string(), z.array(z.string()).min(2)]).nullable(),
  /** Ids of bundled scenarios, or paths of folders. */
  scenarios: z.array(z.string()).min(1),
  /** Files, addresses, or `own`; a list of them is a dossier. Every scenario is debated on each. */
  articles: z.array(z.union([z.string(), z.array(z.string()).min(1)])).min(1),
  castOrders: z.array(castOrderSchema).min(1),
  /** Debates of every arm on the same scenario, article and cast order. */
  repeats: z.int().positive(),
  settings: settingsSchema,
  /** US dollars and tokens for all debates together; null for no limit. */
  budget: z.strictObject({ usd: amount, tokens: amount }),
  aims: comparisonAimsSchema,
  /** Debates after which the plan is done, a multiple of the arms; null for all of them. */
  count: z.int().positive().nullable(),
});

export interface Plan extends z.infer<typeof planSchema> {
  /** The speakers' thoughts are kept beside each journal; no part of the design. */
  keepThoughts?: true;
  /** Names of the articles that count, as `PlannedCell` has them; absent where all do. */
  onlyArticles?: readonly string[];
}

/** Judges as a plan holds them: a list of one is that one, so that its debates are the same. */
export function oneOrSeveral(judges: readonly string[]): Plan['judge'] {
  const [first = null] = judges;
  return judges.length < 2 ? first : [...judges];
}

/** The judges that a plan names; none where it leaves the choice to the environment. */
export function judgesNamed({ judge }: Pick<Plan, 'judge'>): string[] {
  return judge === null ? [] : [judge].flat();
}

/** How many there are of what; known without expanding. */
export function planSize(plan: Plan): { articles: number; cells: number; debates: number } {
  const places = plan.scenarios.length * plan.articles.length;
  const whole = places * plan.castOrders.length * plan.repeats;
  const cells = plan.count === null ? whole : Math.min(whole, plan.count / plan.arms.length);
  return { articles: Math.min(cells, articleUnits(plan)), cells, debates: cells * plan.arms.length };
}

/** Own articles differ from scenario to scenario; another article is the same text under every scenario. */
function articleUnits({ scenarios, articles }: Plan): number {
  return articles.reduce((sum, article) => sum + (article === ownArticle ? scenarios.length : 1), 0);
}

/** The same design for so many debates in all; a plan that is run with a larger count later goes on. */
export function withCount(plan: Plan, count: number): Outcome<Plan, 'uneven-count'> {
  const arms = plan.arms.length;
  if (count % arms !== 0) {
    const next = Math.ceil(count / arms) * arms;
    return failure('uneven-count', `${count} is not a multiple of the plan's ${arms} arms; try ${next}.`);
  }
  const cellsOfRepeat = plan.scenarios.length * plan.articles.length * plan.castOrders.length;
  return success({ ...plan, count, repeats: Math.ceil(count / (cellsOfRepeat * arms)) });
}

/** The words by which a plan's folder and rows begin: its file's name. */
export function planWords(file: string): string[] {
  const name = basename(file).replace(/\.ya?ml$/, '');
  return name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}
