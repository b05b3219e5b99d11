import { counted, grouped } from '../../text/figures.ts';
import { rememberingFor } from '../../text/memo.ts';

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
  /** The batch that it belongs to; null for one that was begun by itself. */
  readonly batch: string | null;
}

/** The debates of one plan. */
export interface HomeBatch {
  readonly id: string;
  readonly title: string;
  /** Debates of its plan; null where that is not known. */
  readonly planned: number | null;
  /** A process is running it. */
  readonly isLive: boolean;
  /** The arm of each of its debates, by the debate's name. */
  readonly arms: ReadonlyMap<string, string>;
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
  readonly batches: readonly HomeBatch[];
  /** Journals that are still to be read. */
  readonly unread: number;
  readonly scenarios: readonly HomeThing[];
  readonly strategies: readonly HomeThing[];
  readonly plans: readonly HomeThing[];
  readonly bin: readonly HomeRun[];
  /** Runs of a database cannot be put into a bin. */
  readonly hasBin: boolean;
}

/** What stands in a row of the list: a run, a batch of runs or a thing. */
export interface HomeItem {
  /** The run's name or the thing's id: what is chosen and marked. */
  readonly key: string;
  readonly run: HomeRun | null;
  readonly batch: BatchRow | null;
  readonly thing: HomeThing | null;
  /** In a tree of forks, how deep it stands; 0 elsewhere. */
  readonly depth: number;
}

/** A batch in one row, with what its debates come to together. */
export interface BatchRow extends HomeBatch {
  readonly runs: readonly HomeRun[];
  /** Debates that came to an end of their own, that failed, and that are under way. */
  readonly done: number;
  readonly failed: number;
  readonly running: number;
  /** As if the batch were one run: the mean of C, the sum of the costs, the time of the last word. */
  readonly sum: HomeRun;
}

export const sorts = ['newest', 'name', 'C', 'cost', 'title'] as const;
export type HomeSort = (typeof sorts)[number];

/** What an order is called. */
export const orderWords: Record<HomeSort, string> = {
  newest: 'newest first',
  name: 'by name',
  C: 'highest C first',
  cost: 'highest cost first',
  title: 'by title',
};

const text = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
const newest = (one: HomeRun, other: HomeRun) =>
  (other.at === one.at ? 0 : other.at - one.at) || text(one.name, other.name);
const orders: Record<HomeSort, (one: HomeRun, other: HomeRun) => number> = {
  newest,
  name: (one, other) => text(one.name, other.name),
  // Those without a number, or without a title, come last.
  C: (one, other) => (other.convergence ?? -1) - (one.convergence ?? -1) || newest(one, other),
  cost: (one, other) => other.costUsd - one.costUsd || newest(one, other),
  title: (one, other) =>
    Number(one.title === '') - Number(other.title === '') ||
    text(one.title, other.title) ||
    newest(one, other),
};

export interface Listing {
  content: HomeContent;
  section: Section;
  sort: HomeSort;
  /** Forks stand below the debates they left. */
  isTree: boolean;
  /** Words that must all be there, whatever their case. */
  filter: string;
  /** The batch whose debates alone are shown; null for all, where each batch is one row. */
  batch: string | null;
}

/** The rows of a section. A filter looks into batches: what it finds there stands by itself. */
export function itemsOf({ content, section, sort, isTree, filter, batch }: Listing): readonly HomeItem[] {
  const words = filter.toLowerCase().split(/\s+/u).filter(Boolean);
  const passes = (text: string) => words.every((word) => text.includes(word));
  if (section === 'runs' || section === 'bin') {
    const own = section === 'runs' && batch !== null;
    const all = own ? content.runs.filter((run) => run.batch === batch) : content[section];
    // A batch whose title is looked for stays one row; of others, the debates that are looked for stand by themselves.
    const isGrouped = section === 'runs' && !own && !isTree;
    const whole = isGrouped
      ? content.batches.filter(({ id, title }) => passes(`${title} ${id}`.toLowerCase()))
      : [];
    const inWhole = new Set<string | null>(whole.map(({ id }) => id));
    const runs = all.filter((run) => inWhole.has(run.batch) || words.length === 0 || passes(wordsOf(run)));
    if (isTree) return inTree(runs.sort(orders[sort]));
    return isGrouped ? inBatches(runs, whole, sort) : runs.sort(orders[sort]).map(itemOf);
  }
  return content[section]
    .filter(({ id, title, about }) => passes(`${id} ${title} ${about}`.toLowerCase()))
    .map((thing) => ({ key: thing.id, run: null, batch: null, thing, depth: 0 }));
}

function itemOf(run: HomeRun): HomeItem {
  return { key: run.name, run, batch: null, thing: null, depth: 0 };
}

/** Each batch in one row among the runs that were begun by themselves. */
function inBatches(runs: readonly HomeRun[], batches: readonly HomeBatch[], sort: HomeSort): HomeItem[] {
  const byBatch = Map.groupBy(runs, ({ batch }) => batch);
  const rows = batches.flatMap((batch): HomeItem[] => {
    const own = byBatch.get(batch.id) ?? [];
    // Runs of a batch that was deleted, or has begun nothing yet, make no row.
    if (own.length === 0 && !batch.isLive) return [];
    const row = batchRow(batch, own);
    return [{ key: `batch ${batch.id}`, run: null, batch: row, thing: null, depth: 0 }];
  });
  const known = new Set(batches.map(({ id }) => id));
  const others = runs.filter(({ batch }) => batch === null || !known.has(batch));
  const all = [...others.map(itemOf), ...rows];
  const order = orders[sort];
  return all.sort((one, other) => order(rowOf(one), rowOf(other)));
}

/** A run as a row, or a batch as if it were one. */
export function rowOf({ run, batch }: HomeItem): HomeRun {
  return run ?? (batch as BatchRow).sum;
}

/** Did the debate come to an end of its own? */
const unended: readonly (string | null)[] = [null, 'failed', 'stopped', 'budget'];

function batchRow(batch: HomeBatch, runs: readonly HomeRun[]): BatchRow {
  const rounds = runs.reduce((most, { trend }) => Math.max(most, trend.length), 0);
  const trend = Array.from({ length: rounds }, (_, round) => meanOf(runs.map((run) => run.trend[round])));
  const sum: HomeRun = {
    ...{ name: batch.id, title: batch.title, state: 'read', trouble: '', isLive: batch.isLive },
    // One that has begun no debate yet is the newest of all.
    at: runs.reduce((last, { at }) => Math.max(last, at), runs.length === 0 ? Number.POSITIVE_INFINITY : 0),
    ...{ trend, rounds, interval: null },
    convergence: meanOf(runs.map(({ convergence }) => convergence)),
    costUsd: runs.reduce((all, { costUsd }) => all + costUsd, 0),
    turns: runs.reduce((all, { turns }) => all + turns, 0),
    isUnpriced: runs.some(({ isUnpriced }) => isUnpriced),
    models: [...new Set(runs.map(({ models }) => models).filter(Boolean))].join(' '),
    isSimulated: runs.some(({ isSimulated }) => isSimulated),
    ...{ ending: null, strategy: '', control: null, forkedFrom: null, batch: batch.id },
  };
  return {
    ...{ ...batch, runs, sum },
    done: runs.filter(({ state, ending }) => state === 'read' && !unended.includes(ending)).length,
    failed: runs.filter(({ state, ending }) => state === 'damaged' || ending === 'failed').length,
    running: runs.filter(({ isLive }) => isLive).length,
  };
}

/** `3 of 8 debates done, 1 failed`. */
export function batchCounts({ planned, runs, done, failed, running }: BatchRow): string {
  return [
    `${grouped(done)} of ${counted(planned ?? runs.length, 'debate')} done`,
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
    ...(running > 0 ? [`${grouped(running)} running`] : []),
  ].join(', ');
}

/** The mean of the numbers among them; null where there are none. */
export function meanOf(values: readonly (number | null | undefined)[]): number | null {
  const numbers = values.filter((value) => value !== null && value !== undefined);
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

/** What a run is found by. */
const wordsOf = rememberingFor((run: HomeRun): string => {
  const { name, title, models, strategy, control, isLive, isSimulated, batch } = run;
  const ending = run.ending ?? (isLive ? 'running' : run.state === 'read' ? 'unfinished' : run.state);
  const words = [name, title, models, strategy, control, ending, isSimulated ? 'simulated' : '', batch];
  return words.join(' ').toLowerCase();
});

/** Each fork below the debate it left, where that is among them, in the order of their turns. */
function inTree(runs: readonly HomeRun[]): HomeItem[] {
  const names = new Set(runs.map(({ name }) => name));
  const forks = Map.groupBy(runs, ({ forkedFrom }) =>
    forkedFrom && names.has(forkedFrom.debate) ? forkedFrom.debate : '',
  );
  const items: HomeItem[] = [];
  const add = (run: HomeRun, depth: number) => {
    items.push({ ...itemOf(run), depth });
    const own = forks.get(run.name) ?? [];
    for (const fork of own.toSorted(byTurn)) add(fork, depth + 1);
  };
  for (const run of forks.get('') ?? []) add(run, 0);
  return items;
}

function byTurn(one: HomeRun, other: HomeRun): number {
  return (one.forkedFrom?.turn ?? 0) - (other.forkedFrom?.turn ?? 0);
}
