import { createHash } from 'node:crypto';
import { seededInteger } from '../debate/seeded-random.ts';
import {
  type Arm,
  articleNamed,
  type CastOrder,
  castOrderText,
  ownArticle,
  type Plan,
  parseCastOrder,
  planSize,
} from './plan.ts';

/** One debate to run. */
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
    if (plan.onlyArticles && !plan.onlyArticles.includes(articleUnit)) continue;
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
          yield { place: { scenario, article: articleNamed(article), castOrder }, repeat, index: index++ };
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

/** Where in a plan's design a debate stands. */
export interface Place {
  scenario: string;
  /** A file, an address, `own`, or the sources of a dossier. */
  article: string;
  castOrder: CastOrder;
  /** From 1. */
  repeat: number;
}

/** Names a place in measures and reports: "us-dprk-talks / own / given / 1". */
export function cellName({ scenario, article, castOrder, repeat }: Place): string {
  return [scenario, article, castOrderText(castOrder), repeat].join(' / ');
}

/** The place that a name was made of. */
export function placeNamed(name: string): Place {
  const [scenario = '', ...parts] = name.split(' / ');
  const repeat = Number(parts.pop());
  const order = parts.pop() ?? '';
  const castOrder = parseCastOrder(order) ?? { kind: 'listed', personas: order.split(' ') };
  return { scenario, article: parts.join(' / '), castOrder, repeat };
}

/** All that decides a debate, except its arm and the plan's settings. */
interface DebateContent {
  place: { scenario: string; article: string; castOrder: string };
  /** Fingerprint of the prompt files. */
  prompts: string;
  repeat: number;
  seed: number;
}

/**
 * The name of a debate's run, from a hash of what decides it: the same debate has the same id in every plan, so that a
 * run goes on where it stopped and shared debates are run once. Limits on money and the names of plan and arm decide nothing.
 */
function debateId(plan: Plan, arm: Arm, content: DebateContent): string {
  const { budgetUsd, budgetTokens, ...settings } = plan.settings;
  const models = [arm.model, Object.entries(arm.models).sort(), plan.judge];
  const { place, prompts, repeat, seed } = content;
  const whole = [place.scenario, place.article, place.castOrder, prompts, models, settings, repeat, seed];
  const hash = createHash('sha256').update(JSON.stringify(whole)).digest('hex').slice(0, 16);
  return [slug(place.scenario, 40), slug(arm.strategy, 30), hash].filter(Boolean).join('-');
}

/** The last part of a path or id as lower-case words, for people who look into the folder. */
function slug(reference: string, most: number): string {
  const last = reference.replace(/\.md$/, '').split(/[/\\]/).filter(Boolean).at(-1) ?? '';
  const words = last.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, most).replace(/-$/, '');
}
