import { basename } from 'node:path';
import { defaultAims } from '../batch/comparison-aims.ts';
import { type Debate, fold, peopleIn } from '../debate/debate.ts';
import { formatVersion } from '../debate/events.ts';
import { judgesOf } from '../debate/judges.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { openRuns, type Runs } from '../run/catalogue/open-runs.ts';
import type { Verdict } from '../score/score-transcript.ts';
import { counted } from '../text/figures.ts';
import { compareArms } from './compare-arms.ts';
import type { MeasuredCells } from './measure-debate.ts';
import { measureDebate } from './measure-debate.ts';
import { createReportShelf } from './reported-debate.ts';
import type { Compared } from './run-comparison.ts';
import { leftOut } from './warnings.ts';

/** What tells the arms of stored runs apart. */
type ArmKind = 'strategy' | 'model' | 'folder';

export interface StoredRunsRequest {
  /** Folders of runs, or addresses of databases. */
  places: readonly string[];
  armsBy: ArmKind;
  /** Is everything kept that the page shows? */
  isReported: boolean;
  /** True compares debates in which people wrote speeches too. */
  people?: boolean;
  /** Has every run read anew by one judge; left out, every run is taken as its own judge read it. */
  readAnew?(runs: readonly StoredRun[]): Promise<Outcome<ReadAnew>>;
}

/** Readings of one judge in the place of those that the runs hold. */
export interface ReadAnew {
  /** Who reads: the judge's model, in words. */
  judge: string;
  simulated: boolean;
  /** The verdicts of a run, round by round; null where it could not be read to its end. */
  verdictsOf(run: StoredRun): readonly Verdict[] | null;
}

/** One stored run, as far as it must be known to find the others it is compared with. */
export interface StoredRun {
  runs: Runs;
  name: string;
  /** When it began: of two runs of one name and time in two folders one is a copy. */
  startedAt: string;
  /** What a reader knows it by: its name, or with its folder where others have that name too. */
  label: string;
  arm: string;
  article: string;
  /** Scenario, article and cast order: runs of two arms on the same are of one cell. */
  place: string;
  seed: number;
  judge: string;
  rounds: number;
  hasPeople: boolean;
}

/**
 * Compares runs that are stored, of any plan or none: one arm for each strategy, model or folder. Runs on the same
 * scenario, article and cast order are paired in the order of their seeds. `no-debates` and `one-arm` where there is nothing to compare.
 */
export async function compareStoredRuns({
  places,
  armsBy,
  isReported,
  people = false,
  readAnew,
}: StoredRunsRequest): Promise<Outcome<Compared>> {
  const opened: Runs[] = [];
  try {
    const found: StoredRun[] = [];
    const unreadable: MeasuredCells['unreadable'] = [];
    const withPeople: string[] = [];
    const labels = labelsOf(places);
    for (const [index, place] of places.entries()) {
      const runs = await openRuns(place);
      if (!runs.ok) return runs;
      opened.push(runs.value);
      await findRuns(runs.value, { folder: labels[index] ?? place, armsBy }, found, unreadable);
    }
    if (!people) {
      withPeople.push(...found.filter((run) => run.hasPeople).map(({ name }) => name));
      found.splice(0, found.length, ...found.filter((run) => !run.hasPeople));
    }
    const runs = onceEach(found);
    const arms = [...new Set(runs.map(({ arm }) => arm))].sort();
    if (runs.length === 0) return failure('no-debates', `No run is stored in ${places.join(', ')}.`);
    if (arms.length < 2) {
      return failure('one-arm', `A comparison needs two arms; all runs are of one ${armsBy}, ${arms[0]}.`);
    }
    const anew = readAnew ? await readAnew(runs) : null;
    if (anew && !anew.ok) return anew;
    const readings = anew?.value ?? null;
    const measured = await measureRuns(runs, { isReported, readings }, unreadable);
    const { debates } = measured;
    if (readings !== null && debates.length === 0) {
      return failure('no-debates', 'No run was read to its end, so there is nothing to compare.');
    }
    const aims = defaultAims(Math.max(...runs.map(({ rounds }) => rounds)));
    const read = readings === null ? '' : `, read by ${readings.judge}`;
    const title = `${labels.join(', ')} by ${armsBy}${read}`;
    const compared = compareArms({ title, arms, debates, aims, seed: 1 });
    const warnings = readings === null ? judgesApart(runs, arms) : unreadRuns(runs, debates.length);
    const comparison = { ...compared, warnings: [...compared.warnings, ...leftOut(withPeople), ...warnings] };
    const isWhole = debates.length === runs.length && debates.every(({ aborted }) => !aborted);
    return success({ comparison, measured, isWhole });
  } finally {
    for (const { close } of opened) await close();
  }
}

async function findRuns(
  runs: Runs,
  { folder, armsBy }: { folder: string; armsBy: ArmKind },
  found: StoredRun[],
  unreadable: MeasuredCells['unreadable'],
): Promise<void> {
  for await (const name of runs.store.list()) {
    const debate = await debateOf(runs, name, unreadable);
    if (!debate) continue;
    const { scenario, article, cast, strategy, models, seed } = debate.started;
    const speakers = [...new Set(cast.map(({ id }) => models[id]?.spec ?? ''))];
    const words = { strategy, model: speakers.join(' '), folder }[armsBy];
    found.push({
      ...{ runs, name, seed, article: article.title, startedAt: debate.started.at },
      label: `${folder}/${name}`,
      arm: identifierOf(words),
      place: [
        scenario.id,
        article.title,
        article.sha256.slice(0, 8),
        cast.map(({ id }) => id).join(' '),
      ].join(' / '),
      judge: judgesOf(models)
        .map((role) => models[role]?.spec ?? '')
        .sort()
        .join(' with '),
      rounds: debate.settings.rounds,
      hasPeople: peopleIn(debate).length > 0,
    });
  }
}

async function debateOf(
  { store }: Runs,
  name: string,
  unreadable: MeasuredCells['unreadable'],
): Promise<Debate | null> {
  const stored = await store.read(name);
  if (stored.ok) return fold(stored.value.events);
  unreadable.push({ debate: name, message: stored.failure.message });
  return null;
}

/**
 * A copy of a run in a second folder is no second debate of its arm; another run of the same plan is, whose debates have the
 * same names. Only where names meet does a folder stand before them.
 */
function onceEach(found: readonly StoredRun[]): StoredRun[] {
  const once = [...new Map(found.map((run) => [`${run.arm} ${run.name} ${run.startedAt}`, run])).values()];
  const times = new Map<string, number>();
  for (const { name } of once) times.set(name, (times.get(name) ?? 0) + 1);
  return once.map((run) => (times.get(run.name) === 1 ? { ...run, label: run.name } : run));
}

/** Folders by as many of their last parts as tell them apart; an address, which may hold a password, by its last alone. */
function labelsOf(places: readonly string[]): string[] {
  const parts = places.map((place) =>
    place.includes('://') ? [basename(place)] : place.split(/[/\\]+/).filter(Boolean),
  );
  const tails = (length: number) => parts.map((part) => part.slice(-length).join('/'));
  const longest = Math.max(...parts.map(({ length }) => length));
  const isApart = (length: number) => new Set(tails(length)).size === new Set(places).size;
  const enough = Array.from({ length: longest }, (_, index) => index + 1).find(isApart);
  return tails(enough ?? longest);
}

/** Cell by cell: the first run of every arm on a place, then the second. */
async function measureRuns(
  runs: readonly StoredRun[],
  { isReported, readings }: { isReported: boolean; readings: ReadAnew | null },
  unreadable: MeasuredCells['unreadable'],
): Promise<MeasuredCells> {
  const shelf = createReportShelf();
  const measured: MeasuredCells = { debates: [], reported: shelf.debates, unreadable, withPeople: [] };
  const inOrder = [...runs].sort((one, other) => one.seed - other.seed || (one.name < other.name ? -1 : 1));
  const repeats = new Map<string, number>();
  const placed = inOrder.map((run) => {
    const repeat = (repeats.get(`${run.arm} ${run.place}`) ?? 0) + 1;
    repeats.set(`${run.arm} ${run.place}`, repeat);
    return { run, cell: `${run.place} / ${repeat}` };
  });
  placed.sort((one, other) => (one.cell < other.cell ? -1 : one.cell > other.cell ? 1 : 0));
  for (const { run, cell } of placed) {
    const stored = await run.runs.store.read(run.name);
    const own = stored.ok ? fold(stored.value.events) : null;
    if (!stored.ok || !own) continue;
    const verdicts = readings === null ? own.verdicts : readings.verdictsOf(run);
    if (verdicts === null) continue;
    const debate = readings === null ? own : withVerdicts(own, verdicts);
    const measures = measureDebate(debate, { arm: run.arm, article: run.article, cell });
    measures.debate = run.label;
    measures.simulated ||= readings?.simulated ?? false;
    measured.debates.push(measures);
    if (isReported) shelf.add(debate, measures, stored.value.files);
  }
  return measured;
}

/** The debate as if another judge had read it; its speeches and its end stay what they are. */
function withVerdicts(debate: Debate, verdicts: readonly Verdict[]): Debate {
  const { started } = debate;
  const stamp = { v: formatVersion, number: 0, at: started.at } as const;
  return { ...debate, verdicts: verdicts.map((verdict) => ({ ...verdict, ...stamp })) };
}

function unreadRuns(runs: readonly StoredRun[], read: number): string[] {
  const unread = runs.length - read;
  return unread === 0
    ? []
    : [`${unread} of ${counted(runs.length, 'run')} could not be read to the end and are left out.`];
}

/** Two judges read differently: what looks like a difference of arms may be theirs. */
function judgesApart(runs: readonly StoredRun[], arms: readonly string[]): string[] {
  const judgesOf = (arm: string) => [
    ...new Set(runs.filter((run) => run.arm === arm).map(({ judge }) => judge)),
  ];
  const byArm = arms.map((arm) => [arm, judgesOf(arm).sort().join(' and ')] as const);
  if (new Set(byArm.map(([, judges]) => judges)).size < 2) return [];
  const words = byArm.map(([arm, judges]) => `${arm} by ${judges}`).join(', ');
  return [`The arms were read by different judges (${words}): a difference in C may be the judges'.`];
}

/** Words as the name of an arm: openai:gpt-5-mini becomes openai-gpt-5-mini. */
function identifierOf(words: string): string {
  const name =
    words
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('-') ?? '';
  return name === '' ? 'unnamed' : name.slice(0, 60).replace(/-$/, '');
}
