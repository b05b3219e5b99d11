import { failure, type Outcome, success } from '../debate/outcome.ts';
import { seededRandom, shuffled } from '../debate/seeded-random.ts';
import type { Control, Settings } from '../debate/setup.ts';
import type { ComparisonAims } from './comparison-aims.ts';

/** In which order the personas stand; the turn order of a debate starts from it. */
export type CastOrder =
  | { kind: 'given' }
  | { kind: 'reversed' }
  /** The first `by` go to the end. */
  | { kind: 'rotated'; by: number }
  /** Shuffle number `number`, the same for every debate of a plan's seed. */
  | { kind: 'shuffled'; number: number }
  | { kind: 'listed'; personas: string[] };

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

/** One way to hold the debates of a plan: a strategy and the models that speak. */
export interface Arm {
  id: string;
  /** Id of a strategy, or the path of a strategy file. */
  strategy: string;
  /** Model spec for every role without its own; null leaves the choice to the environment. */
  model: string | null;
  /** Model spec by persona id or `moderator`. */
  models: Record<string, string>;
  /** Folder of prompt files that go before the bundled ones; null for none. */
  prompts: string | null;
  /** Its debates are controls; absent where they are debates like others. */
  control?: Control;
}

/** What a plan calls a scenario's own article. */
export const ownArticle = 'own';

/** Names an article of a plan; a dossier by its sources. */
export function articleNamed(article: string | readonly string[]): string {
  return [article].flat().join(' + ');
}

/** Many debates, as one file describes them: the design of a comparison, or with one arm of a data set. */
export interface Plan {
  title: string;
  seed: number;
  /** cell: all arms of a cell have one seed (the default). arm: each has its own. */
  seedPer: 'cell' | 'arm';
  arms: Arm[];
  /** Model that reads positions, or several that take turns, the same for every arm and told nothing of it; null leaves the choice to the environment. */
  judge: string | string[] | null;
  /** Ids of bundled scenarios, or paths of folders. */
  scenarios: string[];
  /** Files, addresses, or `own`; a list of them is a dossier. Every scenario is debated on each. */
  articles: (string | string[])[];
  castOrders: CastOrder[];
  /** Debates of every arm on the same scenario, article and cast order. */
  repeats: number;
  settings: Settings;
  /** US dollars and tokens for all debates together; null for no limit. */
  budget: { usd: number | null; tokens: number | null };
  aims: ComparisonAims;
  /** Debates after which the plan is done, a multiple of the arms; null for all of them. */
  count: number | null;
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
export interface PlanSize {
  articles: number;
  cells: number;
  debates: number;
}

export function planSize(plan: Plan): PlanSize {
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
