import { seededInteger } from '../debate/seeded-random.ts';
import { castOrderText } from './cast-order.ts';
import { cellName, type Place } from './cell-name.ts';
import { debateId } from './debate-id.ts';
import { type Arm, ownArticle, type Plan, planSize } from './plan.ts';

/** One debate to hold. */
export interface PlannedDebate {
  /** The same for the same debate of any plan; the name of its run. */
  id: string;
  arm: Arm;
  seed: number;
}

/** One place of the design, which every arm runs. */
export interface PlannedCell extends Place {
  /** Names the place in measures and reports. */
  id: string;
  /** The independent unit: cells of one article have this in common. */
  articleUnit: string;
  /** In the order in which they should be begun. */
  debates: PlannedDebate[];
}

/**
 * What the files a plan names hold, as hashes. Without them references stand for content: then a changed prompt file
 * keeps its debates' ids, and the same text under two names counts as two articles.
 */
export interface Fingerprints {
  /** Of the article that a scenario is debated on; equal for equal texts. */
  article(scenario: string, article: string): string;
  /** Of every prompt file an arm uses in a scenario. */
  prompts(arm: Arm, scenario: string): string;
}

const byReference: Fingerprints = {
  article: (scenario, article) => (article === ownArticle ? scenario : article),
  prompts: ({ strategy, prompts, control }) =>
    JSON.stringify([strategy, prompts, ...(control ? [control] : [])]),
};

/**
 * The cells of a plan in the order in which to run them, one by one so that a plan of 100,000 debates takes no room.
 * Repeats are blocks: the first of every scenario, article and cast order come before any second, so that a plan
 * stopped early is still balanced. Within a cell the arms follow each other, and who begins moves on from cell to
 * cell and block to block, so that drift over time falls on all arms alike.
 *
 * Seeds are hashes of what a debate is, so adding arms, scenarios, articles or repeats changes no other debate.
 */
export function* expandPlan(plan: Plan, fingerprints: Fingerprints = byReference): Generator<PlannedCell> {
  const units = new Map<string, string>();
  const start = seededInteger(plan.seed, 'first-arm') % plan.arms.length;
  const { cells } = planSize(plan);
  let made = 0;
  for (const { place, repeat, index } of places(plan)) {
    if (made++ === cells) return;
    const fingerprint = fingerprints.article(place.scenario, place.article);
    const articleUnit = units.get(fingerprint) ?? articleName(place);
    units.set(fingerprint, articleUnit);
    const order = castOrderText(place.castOrder);
    const arms = rotated(plan.arms, start + index + repeat);
    yield {
      ...place,
      id: cellName({ ...place, repeat }),
      articleUnit,
      repeat,
      debates: arms.map((arm) => {
        const seed = seedOf(plan, [place.scenario, place.article, order, repeat], arm);
        const prompts = fingerprints.prompts(arm, place.scenario);
        const content = { place: { ...place, article: fingerprint, castOrder: order }, prompts };
        return { id: debateId(plan, arm, { ...content, repeat, seed }), arm, seed };
      }),
    };
  }
}

function* places(plan: Plan): Generator<{ place: Omit<Place, 'repeat'>; repeat: number; index: number }> {
  for (let repeat = 1; repeat <= plan.repeats; repeat++) {
    let index = 0;
    for (const castOrder of plan.castOrders) {
      for (const scenario of plan.scenarios) {
        for (const article of plan.articles) {
          yield { place: { scenario, article, castOrder }, repeat, index: index++ };
        }
      }
    }
  }
}

function seedOf({ seed, seedPer }: Plan, place: readonly (string | number)[], arm: Arm): number {
  const keys = ['debate', seed, ...place];
  return seedPer === 'arm' ? seededInteger(...keys, arm.id) : seededInteger(...keys);
}

function articleName({ scenario, article }: Pick<Place, 'scenario' | 'article'>): string {
  return article === ownArticle ? scenario : article;
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const shift = by % items.length;
  return [...items.slice(shift), ...items.slice(0, shift)];
}
