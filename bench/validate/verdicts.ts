import { defaultAims, type MeasureId } from '../../src/batch/comparison-aims.ts';
import { compareArms } from '../../src/compare/compare-arms.ts';
import type { DebateMeasures } from '../../src/compare/measures.ts';
import { type Random, seededRandom } from '../../src/debate/seeded-random.ts';

/** What one debate of an arm measures; `article` is where both arms' debates of one article lie, 0 in the mean. */
type Draw = (arm: 'plain' | 'tried', article: number, random: Random) => Partial<DebateMeasures>;

/** A world in which the truth about two arms is known. */
export interface World {
  name: string;
  /** What a verdict may not say here, or whether it is asked for power. */
  kind: 'alike' | 'loss of the margin' | 'gain';
  /** The measures of which the arm tried loses just the margin. */
  loses?: MeasureId[];
  /** Shares of cells in which a debate of either arm gives no number. */
  missing?: number;
  draw: Draw;
}

const repeats = 2;

/** C at the end is primary and grounding a guard with a margin of 0.05, as in a plan that says nothing of them. */
export const worlds: readonly World[] = [
  { name: 'alike, scattered', kind: 'alike', draw: (_, article, random) => levels(article, random) },
  {
    name: 'alike, in quarters with many ties',
    kind: 'alike',
    draw: (_, article, random) => ({
      principals: Math.round(clipped(0.5 + article + 0.08 * normal(random)) * 4) / 4,
      grounding: 0.8,
    }),
  },
  {
    name: 'alike, a third of the cells missing',
    kind: 'alike',
    missing: 0.18,
    draw: (_, article, random) => levels(article, random),
  },
  {
    name: 'alike, both lose all now and then',
    kind: 'alike',
    draw: (_, article, random) =>
      random() < 0.1 ? { principals: 0, grounding: 0 } : levels(article, random),
  },
  {
    name: 'alike, skewed values',
    kind: 'alike',
    draw: (_, article, random) => ({
      principals: clipped(0.1 - 0.1 * Math.log(1 - random()) + article),
      grounding: clipped(0.95 + 0.05 * Math.log(1 - random())),
    }),
  },
  {
    name: 'loses 0.05 of everything, scattered',
    kind: 'loss of the margin',
    loses: ['principals', 'grounding'],
    draw: (arm, article, random) => shifted(levels(article, random), arm === 'tried' ? -0.05 : 0),
  },
  {
    name: 'loses 0.5 in one article of ten',
    kind: 'loss of the margin',
    loses: ['principals', 'grounding'],
    draw: (arm, article, random) => {
      const isLost = arm === 'tried' && rareOf(article, 0.1);
      return shifted(levels(0, random, 0.01), isLost ? -0.5 : 0);
    },
  },
  {
    name: 'gains 0.2 in C, loses 0.5 of grounding in one article of ten',
    kind: 'loss of the margin',
    loses: ['grounding'],
    draw: (arm, article) => ({
      principals: arm === 'tried' ? 0.7 : 0.5,
      grounding: arm === 'tried' && rareOf(article, 0.1) ? 0.3 : 0.8,
    }),
  },
  {
    name: 'gains 0.1 in C, keeps grounding',
    kind: 'gain',
    draw: (arm, article, random) => {
      const { principals, grounding } = levels(article, random);
      return { grounding, principals: clipped(principals + (arm === 'tried' ? 0.1 : 0)) };
    },
  },
];

/** Shares of comparisons, 0..1. */
export interface Verdicts {
  articles: number;
  comparisons: number;
  /** A difference in C found at the level: the false ones in a world of arms that are alike, else the power. */
  ahead: number;
  /** The whole verdict "tried is better". */
  better: number;
  /** "Better on the primary, guard not shown": the tried arm is ahead, and its guard open. */
  open: number;
  /** "tried is no worse" said of C or of grounding, in whatever verdict; where it loses the margin, of what it loses. */
  noWorse: number;
}

/** Runs the whole comparison many times over. */
export function verdictsIn(world: World, articles: number, comparisons: number): Verdicts {
  const counts = { ahead: 0, better: 0, open: 0, noWorse: 0 };
  const aims = { ...defaultAims(4), primary: ['principals' as const], guards: ['grounding' as const] };
  for (let run = 0; run < comparisons; run++) {
    const debates = debatesOf(world, articles, seededRandom('verdicts', world.name, articles, run));
    if (debates.length === 0) continue;
    const { pairs } = compareArms({
      title: '',
      arms: ['plain', 'tried'],
      debates,
      aims,
      seed: run,
      draws: 399,
    });
    const [pair] = pairs;
    const [primary, guard] = pair?.contrasts ?? [];
    if (primary?.better) counts.ahead += 1;
    if (pair?.finding === 'better' && pair.winner === 'tried') counts.better += 1;
    if (pair?.ahead === 'tried') counts.open += 1;
    const watched = [primary, guard].filter(
      (each) => each && (!world.loses || world.loses.includes(each.measure)),
    );
    if (watched.some((each) => each?.noWorse?.a.isShown)) counts.noWorse += 1;
  }
  const share = (count: number) => count / comparisons;
  const { ahead, better, open, noWorse } = counts;
  return {
    ...{ articles, comparisons, ahead: share(ahead), better: share(better) },
    ...{ open: share(open), noWorse: share(noWorse) },
  };
}

/** What a share may be at most where the truth allows `level` and chance adds three standard errors. */
export function allowed(level: number, comparisons: number): number {
  return level + 3 * Math.sqrt((level * (1 - level)) / comparisons);
}

/** Whether a world keeps its promise: "better" at most 5% among arms alike, "no worse" at most 2.5% of a loss of the margin. */
export function isKept({ kind }: World, { ahead, noWorse, comparisons }: Verdicts): boolean {
  if (kind === 'alike') return ahead <= allowed(0.05, comparisons);
  return kind === 'gain' || noWorse <= allowed(0.025, comparisons);
}

function debatesOf(world: World, articles: number, random: Random): DebateMeasures[] {
  return Array.from({ length: articles }, (_, place) => {
    const article = 0.1 * normal(random);
    return Array.from({ length: repeats }, (_, repeat) =>
      (['plain', 'tried'] as const).map((arm): DebateMeasures => {
        const isMissing = random() < (world.missing ?? 0);
        return {
          ...{
            debate: `${arm}-${place}-${repeat}`,
            arm,
            article: `article-${place}`,
            cell: `${place}-${repeat}`,
          },
          ...{
            converged: false,
            rounds: 4,
            fidelity: 0.5,
            hollow: 0,
            costUsd: 0.1,
            aborted: false,
            simulated: false,
          },
          ...{ principals: null, grounding: null },
          ...(isMissing ? {} : world.draw(arm, article, random)),
        };
      }),
    ).flat();
  }).flat();
}

function levels(article: number, random: Random, noise = 0.08): { principals: number; grounding: number } {
  return {
    principals: clipped(0.5 + article + noise * normal(random)),
    grounding: clipped(0.8 + article / 2 + (noise / 2) * normal(random)),
  };
}

function shifted({ principals, grounding }: { principals: number; grounding: number }, by: number) {
  return { principals: clipped(principals + by), grounding: clipped(grounding + by) };
}

/** Is this one of the articles in which what is rare happens? An article's own level decides, so that all its repeats agree. */
function rareOf(article: number, share: number): boolean {
  return Math.abs((article * 1e4) % 1) < share;
}

function clipped(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The table of all worlds and numbers of articles, and whether every promise is kept. */
export function verdictReport(comparisons: number): { text: string; isKept: boolean } {
  const found = worlds.flatMap((world) =>
    articleCountsOf(world).map((articles) => ({ world, verdicts: verdictsIn(world, articles, comparisons) })),
  );
  const rows = found.map(({ world, verdicts }) =>
    [
      ...[world.name, verdicts.articles, percent(verdicts.ahead), percent(verdicts.better)],
      ...[percent(verdicts.open), percent(verdicts.noWorse), isKept(world, verdicts) ? 'kept' : 'BROKEN'],
    ].join(' | '),
  );
  const text = `# Verdicts of whole comparisons in worlds whose truth is known

${comparisons} comparisons of two arms for each row, ${repeats} debates an arm and article; C at the end is primary, grounding a guard, both with a
margin of 0.05. Among arms that are alike, a difference may be found in 5% of comparisons. Where the arm tried loses just the margin,
it may be called no worse, on what it loses, in 2.5%. Where it gains, the share that finds it is the power. "Better" needs the guard
shown to be kept as well, which takes 79 articles with this margin, however alike the arms are on it; no bound that holds for every loss
takes fewer than 72, since 0.95^71 is still above 2.5%. With fewer the verdict is "better on the primary, guard not shown".

| world | articles | difference found | called better | better, guard not shown | called no worse | promise |
|---|---|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}
`;
  return { text, isKept: found.every(({ world, verdicts }) => isKept(world, verdicts)) };
}

const articleCounts = [3, 5, 6, 8, 10, 30];
/** Enough for the guard. */
const manyArticles = 120;

function articleCountsOf({ kind }: World): number[] {
  return kind === 'gain' ? [...articleCounts, manyArticles] : articleCounts;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
