import { defaultAims } from '../../src/batch/comparison-aims.ts';
import type { DebateMeasures } from '../../src/compare/measures.ts';
import { type Random, seededRandom } from '../../src/debate/seeded-random.ts';
import type { Control } from '../../src/debate/setup.ts';
import { evolve } from '../../src/evolve/evolution-loop.ts';
import { type Lineage, type LineageEntry, lineageOf, lineageVersion } from '../../src/evolve/lineage.ts';
import type { EvolutionDesign, EvolutionWork } from '../../src/evolve/types.ts';
import { allowed } from './verdicts.ts';

/** What one debate measures: how good its strategy is, and where its article lies, both 0 in the mean. */
interface Draw {
  quality: Quality;
  /** The same for every debate on the article. */
  article: number;
  /** Of this strategy on this article: what it is good or bad at. */
  fit: number;
  control: Control | null;
  random: Random;
}

/** What a strategy truly gains over the start, in C, in grounding, and in C under a control. */
interface Quality {
  gain: number;
  kept: number;
  bought: number;
}

/** A world in which it is known what rewriting brings. */
export interface EvolutionWorld {
  name: string;
  /** May any child be admitted, or is it asked how often one is? */
  kind: 'null' | 'planted';
  articles: { breed: number; test: number; sealed: number };
  /** Guard with a margin wide enough for these articles; none where it is left out. */
  margin?: number;
  controls?: readonly Control[];
  /** What a child must refute; that it is alike its parent where this is left out. */
  proof?: 'mean';
  /** What a child truly is, from what its parent is. */
  child(parent: Quality, random: Random): Quality;
  measure(draw: Draw): { principals: number | null; grounding: number | null };
}

const start: Quality = { gain: 0, kept: 0, bought: 0 };
const small = { breed: 2, test: 12, sealed: 6 };
const middle = { breed: 4, test: 30, sealed: 12 };
const many = { breed: 4, test: 60, sealed: 12 };
const noise = 0.08;

const scattered = ({ quality, article, fit, control, random }: Draw) => ({
  principals: clipped(
    0.5 + article + fit + (control ? quality.bought : quality.gain) + noise * normal(random),
  ),
  grounding: clipped(0.8 + quality.kept + article / 2 + (noise / 2) * normal(random)),
});

export const evolutionWorlds: readonly EvolutionWorld[] = [
  { name: 'every child is like its parent', kind: 'null', articles: small, child: same, measure: scattered },
  {
    name: 'every child is like its parent, on more articles',
    kind: 'null',
    articles: middle,
    child: same,
    measure: scattered,
  },
  {
    name: 'alike, in quarters with many ties',
    kind: 'null',
    articles: middle,
    child: same,
    measure: (draw) => ({
      ...scattered(draw),
      principals: Math.round((scattered(draw).principals ?? 0) * 4) / 4,
    }),
  },
  {
    name: 'alike, skewed, now and then lost whole',
    kind: 'null',
    articles: middle,
    child: same,
    measure: (draw) => {
      const { random, article } = draw;
      const value = random() < 0.1 ? 0 : clipped(0.1 - 0.15 * Math.log(1 - random()) + article);
      return { principals: value, grounding: 0.8 };
    },
  },
  {
    name: 'alike, a fifth of the debates unread',
    kind: 'null',
    articles: middle,
    child: same,
    measure: (draw) => (draw.random() < 0.2 ? { principals: null, grounding: null } : scattered(draw)),
  },
  {
    name: 'every child is worse by 0.05',
    kind: 'null',
    articles: middle,
    child: ({ gain, ...rest }) => ({ ...rest, gain: gain - 0.05 }),
    measure: scattered,
  },
  {
    name: 'every child gains 0.2 and gives up the margin of its guard',
    kind: 'null',
    articles: middle,
    margin: 0.2,
    child: ({ gain, kept, bought }) => ({ gain: gain + 0.2, kept: kept - 0.2, bought }),
    measure: scattered,
  },
  {
    name: 'the same, given up whole in one article of five',
    kind: 'null',
    articles: middle,
    margin: 0.2,
    child: ({ gain, kept, bought }) => ({ gain: gain + 0.2, kept: kept - 0.2, bought }),
    measure: (draw) => ({
      principals: scattered(draw).principals,
      grounding: draw.quality.kept < 0 && Math.abs((draw.article * 1e4) % 1) < 0.2 ? 0 : 1,
    }),
  },
  {
    name: 'every child gains 0.2, and as much where the speeches are shuffled',
    kind: 'null',
    articles: middle,
    controls: ['shuffled-turns'],
    child: ({ gain, kept, bought }) => ({ gain: gain + 0.2, kept, bought: bought + 0.2 }),
    measure: scattered,
  },
  {
    name: 'gains 0.05 on nine articles of ten, loses 0.45 on the tenth; proof of the mean',
    kind: 'null',
    proof: 'mean',
    articles: many,
    child: ({ gain, ...rest }) => ({ ...rest, gain: gain + 0.01 }),
    measure: (draw) => ({ ...scattered(draw), principals: seldomLost(draw) }),
  },
  {
    name: 'a first child gains 0.2, and none after it',
    kind: 'planted',
    articles: middle,
    child: (parent) => (parent.gain === 0 ? { ...parent, gain: 0.2 } : parent),
    measure: scattered,
  },
  {
    name: 'one child of three gains 0.1',
    kind: 'planted',
    articles: small,
    child: (parent, random) => better(parent, random, 0.1),
    measure: scattered,
  },
  {
    name: 'one child of three gains 0.1, on more articles',
    kind: 'planted',
    articles: middle,
    child: (parent, random) => better(parent, random, 0.1),
    measure: scattered,
  },
  {
    name: 'one child of three gains 0.2, guarded and beside a control',
    kind: 'planted',
    articles: middle,
    margin: 0.2,
    controls: ['shuffled-turns'],
    child: (parent, random) => better(parent, random, 0.2),
    measure: scattered,
  },
];

/** Shares of evolutions, 0..1. */
export interface EvolutionShares {
  evolutions: number;
  /** Any child was admitted. */
  admitted: number;
  /** A child was admitted that is no better than its parent, or gave up a guard, or bought what it gained. */
  falsely: number;
  /** The champion was claimed to be better on the sealed articles. */
  claimed: number;
  /** Children that were tested, and articles of a test that were looked at, in the mean. */
  tested: number;
  looked: number;
}

const generations = 3;
const children = 3;
const repeats = 2;

/** Runs the real loop of breeding, testing and claiming many times over, on made-up measures. */
export async function evolutionsIn(world: EvolutionWorld, evolutions: number): Promise<EvolutionShares> {
  const sums = { admitted: 0, falsely: 0, claimed: 0, tested: 0, looks: 0 };
  for (let run = 0; run < evolutions; run++) {
    const { lineage, qualities } = await evolutionIn(world, run);
    const strains = [...lineage.strains.values()];
    const judged = strains.flatMap((strain) => strain.judged ?? []);
    const isFalse = strains.some(({ id, parent, state }) => {
      const [child, before] = [qualities.get(id), qualities.get(parent ?? '')];
      return state === 'admitted' && child && before && !isBetter(child, before, world);
    });
    if (isFalse) sums.falsely += 1;
    if (judged.some(({ outcome }) => outcome === 'admitted')) sums.admitted += 1;
    if (lineage.claim?.isBetter) sums.claimed += 1;
    sums.tested += judged.length;
    sums.looks += judged.reduce((sum, { articles }) => sum + articles, 0);
  }
  return {
    evolutions,
    admitted: sums.admitted / evolutions,
    falsely: sums.falsely / evolutions,
    claimed: sums.claimed / evolutions,
    tested: sums.tested / evolutions,
    looked: sums.looks / Math.max(1, sums.tested),
  };
}

/** The truth about a child, which no test knows. */
function isBetter(child: Quality, parent: Quality, { margin, controls = [], kind }: EvolutionWorld): boolean {
  const gained = child.gain - parent.gain;
  const isKept = margin === undefined || parent.kept - child.kept < margin;
  const isEarned = controls.length === 0 || gained > child.bought - parent.bought;
  return kind === 'planted' && gained > 0 && isKept && isEarned;
}

async function evolutionIn(
  world: EvolutionWorld,
  run: number,
): Promise<{ lineage: Lineage; qualities: ReadonlyMap<string, Quality> }> {
  const key = [world.name, world.articles.test, run] as const;
  const random = seededRandom('evolutions', ...key);
  const names = (part: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${part}-${index}`);
  const { breed, test, sealed } = world.articles;
  const design: EvolutionDesign = {
    ...{ start: 'start', generations, children, seed: run, controls: world.controls ?? [] },
    proof: world.proof ?? 'alike',
    split: { breed: names('breed', breed), test: names('test', test), sealed: names('sealed', sealed) },
    lookEvery: Math.ceil(test / 5),
    aims: {
      ...defaultAims(4),
      guards: world.margin === undefined ? [] : ['grounding'],
      margins: { principals: 0.05, grounding: world.margin ?? 0.05 },
    },
  };
  const qualities = new Map<string, Quality>([['start', start]]);
  const work: EvolutionWork = {
    now: () => 0,
    async write({ id, parent }) {
      qualities.set(id, world.child(qualities.get(parent.id) as Quality, random));
      return { type: 'written', text: id, reason: id, repaired: [], calls: [], failedUsd: 0 };
    },
    async measure(strains, articles) {
      const debates = articles.flatMap((article) =>
        strains.flatMap((strain) => [
          ...debatesOf(world, {
            strain,
            article,
            control: null,
            quality: qualities.get(strain) as Quality,
            key,
          }),
          ...design.controls.flatMap((control) =>
            debatesOf(world, { strain, article, control, quality: qualities.get(strain) as Quality, key }),
          ),
        ]),
      );
      return { debates, stop: null };
    },
  };
  const started: LineageEntry = {
    ...{ type: 'evolution-started', v: lineageVersion, at: 0, start: 'start', design: 'simulated' },
    ...{ split: design.split, rewriter: 'simulated', simulated: true },
  };
  const entries: LineageEntry[] = [started];
  await evolve(design, work, { entries: [started], append: async (entry) => void entries.push(entry) });
  return { lineage: lineageOf(entries), qualities };
}

/** Debates are drawn by what they are, so that a parent's are the same in every test, as stored ones are. */
function debatesOf(
  world: EvolutionWorld,
  of: {
    strain: string;
    article: string;
    control: Control | null;
    quality: Quality;
    key: readonly (string | number)[];
  },
): DebateMeasures[] {
  const { strain, article, control, quality, key } = of;
  const place = 0.1 * normal(seededRandom('article', ...key, article));
  const fit = 0.05 * normal(seededRandom('fit', ...key, strain, article));
  const arm = control === null ? strain : `${strain}-${control}`;
  return Array.from({ length: repeats }, (_, repeat) => {
    const random = seededRandom('debate', ...key, arm, article, repeat);
    return {
      ...{ debate: `${arm}-${article}-${repeat}`, arm, article, cell: `${article} / ${repeat}` },
      ...{
        converged: false,
        rounds: 4,
        fidelity: 1,
        hollow: 0,
        costUsd: 0.1,
        aborted: false,
        simulated: false,
      },
      ...world.measure({ quality, article: place, fit, control, random }),
    };
  });
}

/** Nothing gained in the mean: a child's gain of 0.01 stands for 0.05 on nine articles of ten and for a loss of 0.45 on the tenth. */
function seldomLost({ quality, article, random }: Draw): number {
  const times = quality.gain / 0.01;
  const isLost = Math.abs((article * 1e4) % 1) < 0.1;
  return clipped(0.5 + times * (isLost ? -0.45 : 0.05) + 0.01 * normal(random));
}

function same(parent: Quality): Quality {
  return parent;
}

function better(parent: Quality, random: Random, by: number): Quality {
  return random() < 1 / 3 ? { ...parent, gain: parent.gain + by } : parent;
}

function clipped(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Whether a world keeps its promise: a child is admitted falsely in at most 5% of evolutions, and chance; what is planted is found. */
export function isEvolutionKept(
  { kind }: EvolutionWorld,
  { admitted, falsely, evolutions }: EvolutionShares,
): boolean {
  return falsely <= allowed(0.05, evolutions) && (kind === 'null' || admitted > 0);
}

/** The table of all worlds, and whether every promise is kept. */
export async function evolutionReport(evolutions: number): Promise<{ text: string; isKept: boolean }> {
  const found = [];
  for (const world of evolutionWorlds) found.push({ world, shares: await evolutionsIn(world, evolutions) });
  const rows = found.map(({ world, shares }) => {
    const { breed, test, sealed } = world.articles;
    return [
      ...[world.name, `${breed} + ${test} + ${sealed}`, percent(shares.admitted), percent(shares.falsely)],
      ...[percent(shares.claimed), shares.tested.toFixed(1), shares.looked.toFixed(1)],
      ...[isEvolutionKept(world, shares) ? (world.kind === 'null' ? 'kept' : 'found') : 'BROKEN'],
    ].join(' | ');
  });
  const text = `# Evolutions in worlds whose truth is known

${evolutions} evolutions for each row, of ${generations} generations with ${children} children, ${repeats} debates a strategy and article. C at the end is primary;
a guard and a control where the world says so. Articles are those to breed on, to test on and sealed. Where no child is better than its parent, or what
it gains is bought or costs the guard its margin, a child may be admitted in 5% of evolutions. Elsewhere the share that admits one is the power, and
one that is no better than its parent, also one bred from a child that was admitted before, may be among them in 5%.

| world | articles | a child admitted | admitted falsely | claimed on sealed articles | children tested | articles looked at | promise |
|---|---|---|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}
`;
  return { text, isKept: found.every(({ world, shares }) => isEvolutionKept(world, shares)) };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
