import { join } from 'node:path';
import { isPostgresAddress, shownAddress } from '../../journal/postgres/address.ts';
import type { BrowsedRun, RunBrowser } from '../../run/catalogue/browse-runs.ts';
import type { HomeContent, HomeRun, HomeThing } from '../../terminal/home/home-content.ts';
import type { HomeChange } from '../../terminal/home/home-keys.ts';
import { counted } from '../../text/figures.ts';
import { rememberingFor } from '../../text/memo.ts';
import type { Environment } from '../environment.ts';
import { scenarioPlaces } from '../environment.ts';

/** Milliseconds between two looks at a folder, and at a database. */
const betweenMs = { folder: 2000, database: 5000 };

/** What home shows, kept up to date while it is looked at. */
export interface HomeData {
  content(): HomeContent;
  /** Resolves when there is something to show. */
  ready: Promise<void>;
  /** Resolves when every run has been looked at once. */
  looked(): Promise<void>;
  subscribe(listener: () => void): () => void;
  change(asked: Exclude<HomeChange, { type: 'suspend' | 'redraw' }>): Promise<string>;
  /** Looks again at everything: after something was done elsewhere. */
  refresh(): void;
  close(): void;
}

export function openHomeData(transcripts: string, environment: Environment): HomeData {
  const isDatabase = isPostgresAddress(transcripts);
  const listeners = new Set<() => void>();
  const ended = new AbortController();
  let content: HomeContent = {
    place: isDatabase ? shownAddress(transcripts) : transcripts,
    ...{ runs: [], batches: [], unread: 1, bin: [], hasBin: !isDatabase },
    ...{ scenarios: [], strategies: [], plans: [] },
  };
  const set = (changed: Partial<HomeContent>) => {
    content = { ...content, ...changed };
    for (const listener of listeners) listener();
  };
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const look = (isDatabase ? databaseLook : folderLook)(transcripts, ended.signal, set);
  const lookSoon = () => {
    if (timer) clearTimeout(timer);
    if (!ended.signal.aborted)
      timer = setTimeout(lookNow, isDatabase ? betweenMs.database : betweenMs.folder).unref();
  };
  /** One look at a time; an error shows in the next look, or when a run is used. */
  const lookNow = () => {
    looking = looking
      .then(look)
      .catch(() => set({ unread: 0 }))
      .finally(lookSoon);
    return looking;
  };
  const lookAtThings = () => things(environment).then(set, () => {});
  const first = lookNow();
  const ready = Promise.race([first, new Promise<void>((resolve) => listeners.add(resolve))]);
  // What is behind the other tabs comes after the first frame.
  setTimeout(() => void lookAtThings(), 50).unref();
  return {
    content: () => content,
    ready,
    looked: () => first,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async change(asked) {
      const said = await changed(transcripts, asked);
      await lookNow();
      return said;
    },
    refresh() {
      void lookNow();
      void lookAtThings();
    },
    close() {
      ended.abort();
      if (timer) clearTimeout(timer);
    },
  };
}

type Set = (changed: Partial<HomeContent>) => void;

function folderLook(transcripts: string, signal: AbortSignal, set: Set): () => Promise<void> {
  let browsers: Promise<readonly [runs: RunBrowser, bin: RunBrowser]> | null = null;
  return async () => {
    browsers ??= import('../../run/catalogue/browse-runs.ts').then(async ({ browseRuns }) => {
      const { binFolder } = await import('../../run/catalogue/bin.ts');
      return [browseRuns(transcripts), browseRuns(join(transcripts, binFolder))];
    });
    const [runs, bin] = await browsers;
    await runs.look(signal, () => set(seenIn(runs)));
    await bin.look(signal, () => set({ bin: bin.runs.map(shown) }));
  };
}

/** While a database does not answer, that stands in the place of its address. */
function databaseLook(transcripts: string, signal: AbortSignal, set: Set): () => Promise<void> {
  let browser: ReturnType<typeof import('../../run/catalogue/browse-database.ts').browseDatabase> | null =
    null;
  signal.addEventListener('abort', () => void browser?.close());
  return async () => {
    const { browseDatabase } = await import('../../run/catalogue/browse-database.ts');
    browser ??= browseDatabase(transcripts);
    const runs = browser;
    try {
      const place = shownAddress(transcripts);
      await runs.look(signal, () => set({ ...seenIn(runs), place }));
    } catch (error) {
      set({ unread: 0, place: error instanceof Error ? error.message : String(error) });
    }
  };
}

function seenIn({ runs, batches, unread }: RunBrowser): Pick<HomeContent, 'runs' | 'batches' | 'unread'> {
  return { runs: runs.map(shown), batches, unread };
}

const shown = rememberingFor((browsed: BrowsedRun): HomeRun => {
  const { run, writtenAt, summary, state, trouble, isLive, batch } = browsed;
  return {
    ...{ name: run, at: writtenAt, state, trouble, isLive, batch },
    title: summary?.title ?? summary?.scenario ?? '',
    trend: summary?.trend ?? [],
    convergence: summary?.convergence ?? null,
    interval: summary?.interval ?? null,
    ending: summary?.ending ?? null,
    rounds: summary?.rounds ?? 0,
    turns: summary?.turns ?? 0,
    costUsd: summary?.costUsd ?? 0,
    isUnpriced: (summary?.unpricedCalls ?? 0) > 0,
    models: summary?.models.join(' ') ?? '',
    strategy: summary?.strategy ?? '',
    isSimulated: summary?.simulated ?? false,
    control: summary?.control ?? null,
    forkedFrom: summary?.forkedFrom ?? null,
  };
});

/** Folders where plans usually lie. */
const planFolders = ['.', 'plans', 'examples'];

async function things(
  environment: Environment,
): Promise<Pick<HomeContent, 'scenarios' | 'strategies' | 'plans'>> {
  const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
  const { listScenarios, listStrategies } = await import('../../prompts/list-prompts.ts');
  const { listPlans } = await import('../../batch/parse-plan.ts');
  const root = bundledPrompts();
  const [scenarios, strategies, plans] = await Promise.all([
    listScenarios(root, scenarioPlaces(environment)),
    listStrategies(root),
    listPlans(planFolders),
  ]);
  return {
    scenarios: scenarios.map(({ id, scenario, faults, isOwn, folder }): HomeThing => {
      const own = isOwn ? ` (${folder})` : '';
      return {
        id,
        title: `${scenario?.title ?? id}${own}`,
        about: scenario?.summary ?? '',
        folder,
        trouble: scenario ? null : `${counted(faults.length, 'fault')}: c lists them${own}`,
      };
    }),
    strategies: strategies.map(
      ({ id, strategy, faults }): HomeThing => ({
        id,
        title: strategy?.title ?? id,
        about: strategy?.summary ?? '',
        folder: '',
        trouble: strategy ? null : counted(faults.length, 'fault'),
      }),
    ),
    plans: plans.map(
      ({ file, title, about, isFaulty }): HomeThing => ({
        id: file,
        title: title || about,
        about,
        folder: '',
        trouble: isFaulty ? about : null,
      }),
    ),
  };
}

async function changed(transcripts: string, asked: Parameters<HomeData['change']>[0]): Promise<string> {
  const { deleteRun, emptyBin, restoreRun } = await import('../../run/catalogue/bin.ts');
  if (asked.type === 'empty-bin') {
    const emptied = await emptyBin(transcripts);
    return emptied.ok ? `${counted(emptied.value, 'run')} deleted for good` : emptied.failure.message;
  }
  const [move, words] =
    asked.type === 'delete'
      ? ([deleteRun, 'put into the bin; u undoes it'] as const)
      : ([restoreRun, 'put back'] as const);
  let done = 0;
  for (const run of asked.runs) {
    const moved = await move(transcripts, run);
    if (!moved.ok) return moved.failure.message;
    done += 1;
  }
  return done === 1 ? `${asked.runs[0]} ${words}` : `${counted(done, 'run')} ${words}`;
}
