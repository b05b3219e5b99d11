/** The parts of home, in the order of their tabs. */
export const sections = ['runs', 'scenarios', 'strategies', 'plans', 'bin'] as const;
export type Section = (typeof sections)[number];

/** A stored run. Its texts are as they came: what draws them makes them safe. */
export interface HomeRun {
  readonly name: string;
  /** The scenario's title; empty where it is not known. */
  readonly title: string;
  /** When its journal was last written, in milliseconds since 1970. */
  readonly at: number;
  /** `unread`: its journal is still to be read; `empty`: it holds no event yet; `damaged`: `trouble` says why. */
  readonly state: 'read' | 'unread' | 'empty' | 'damaged';
  readonly trouble: string;
  /** A process is writing it now. */
  readonly isLive: boolean;
  /** C after each round; null where nothing could be read. */
  readonly trend: readonly (number | null)[];
  readonly convergence: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Why it ended; null where it has not. */
  readonly ending: string | null;
  readonly rounds: number;
  readonly turns: number;
  readonly costUsd: number;
  /** Some of its calls have no known price. */
  readonly isUnpriced: boolean;
  readonly models: string;
  readonly strategy: string;
  readonly isSimulated: boolean;
  readonly control: string | null;
  readonly forkedFrom: { readonly debate: string; readonly turn: number } | null;
}

/** A scenario, a strategy or a plan. */
export interface HomeThing {
  /** What it is chosen by: a name, or a path. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** Its folder, for a scenario. */
  readonly folder: string;
  /** Its faults, or null where it can be used. */
  readonly trouble: string | null;
}

/** All that home shows; a new object whenever anything differs. */
export interface HomeContent {
  /** Where the runs are, as a person knows it. */
  readonly place: string;
  readonly runs: readonly HomeRun[];
  /** Journals that are still to be read. */
  readonly unread: number;
  readonly scenarios: readonly HomeThing[];
  readonly strategies: readonly HomeThing[];
  readonly plans: readonly HomeThing[];
  readonly bin: readonly HomeRun[];
  /** Runs of a database cannot be put into a bin. */
  readonly hasBin: boolean;
}

/** What stands in a row of the list. */
export interface HomeItem {
  /** The run's name or the thing's id: what is chosen and marked. */
  readonly key: string;
  readonly run: HomeRun | null;
  readonly thing: HomeThing | null;
  /** In a tree of forks, how deep it stands; 0 elsewhere. */
  readonly depth: number;
}

export const sorts = ['newest', 'name', 'C', 'cost', 'title'] as const;
export type HomeSort = (typeof sorts)[number];

const text = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
const newest = (one: HomeRun, other: HomeRun) => other.at - one.at || text(one.name, other.name);
const orders: Record<HomeSort, (one: HomeRun, other: HomeRun) => number> = {
  newest,
  name: (one, other) => text(one.name, other.name),
  // Those without a number come last.
  C: (one, other) => (other.convergence ?? -1) - (one.convergence ?? -1) || newest(one, other),
  cost: (one, other) => other.costUsd - one.costUsd || newest(one, other),
  title: (one, other) => text(one.title, other.title) || newest(one, other),
};

export interface Listing {
  content: HomeContent;
  section: Section;
  sort: HomeSort;
  /** Forks stand below the debates they left. */
  isTree: boolean;
  /** Words that must all be there, whatever their case. */
  filter: string;
}

/** The rows of a section. */
export function itemsOf({ content, section, sort, isTree, filter }: Listing): readonly HomeItem[] {
  const words = filter.toLowerCase().split(/\s+/u).filter(Boolean);
  const passes = (text: string) => words.every((word) => text.includes(word));
  if (section === 'runs' || section === 'bin') {
    const runs = content[section].filter((run) => words.length === 0 || passes(wordsOf(run)));
    const inOrder = runs.sort(orders[sort]);
    if (isTree) return inTree(inOrder);
    return inOrder.map((run) => ({ key: run.name, run, thing: null, depth: 0 }));
  }
  return content[section]
    .filter(({ id, title, about }) => passes(`${id} ${title} ${about}`.toLowerCase()))
    .map((thing) => ({ key: thing.id, run: null, thing, depth: 0 }));
}

const known = new WeakMap<HomeRun, string>();

/** What a run is found by. */
function wordsOf(run: HomeRun): string {
  const before = known.get(run);
  if (before !== undefined) return before;
  const { name, title, models, strategy, control, isLive, isSimulated } = run;
  const ending = run.ending ?? (isLive ? 'running' : run.state === 'read' ? 'unfinished' : run.state);
  const words = [name, title, models, strategy, control ?? '', ending, isSimulated ? 'simulated' : ''];
  const all = words.join(' ').toLowerCase();
  known.set(run, all);
  return all;
}

/** Each fork below the debate it left, where that is among them, in the order of their turns. */
function inTree(runs: readonly HomeRun[]): HomeItem[] {
  const names = new Set(runs.map(({ name }) => name));
  const forks = Map.groupBy(runs, ({ forkedFrom }) =>
    forkedFrom && names.has(forkedFrom.debate) ? forkedFrom.debate : '',
  );
  const items: HomeItem[] = [];
  const add = (run: HomeRun, depth: number) => {
    items.push({ key: run.name, run, thing: null, depth });
    const own = forks.get(run.name) ?? [];
    for (const fork of own.toSorted((one, other) => turnOf(one) - turnOf(other))) add(fork, depth + 1);
  };
  for (const run of forks.get('') ?? []) add(run, 0);
  return items;
}

function turnOf({ forkedFrom }: HomeRun): number {
  return forkedFrom?.turn ?? 0;
}
