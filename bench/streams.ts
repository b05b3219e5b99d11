import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { runDebate as RunDebate } from '../src/index.ts';
import { piecesOf } from '../test/helpers/provider-server/reply.ts';
import { type Contender, loadContenders } from './contenders.ts';
import { type Figure, median } from './measure.ts';
import { type Calls, callsOfADebate, startServer } from './orchestration.ts';
import { answer } from './scripted-debate.ts';

type Run = typeof RunDebate;

const isQuick = process.argv.includes('--quick');
const settings = { rounds: 2, stopEarly: false, judgeSamples: 1, seed: 1, model: 'openai:scripted' };
const turns = 9;
const paceMs = 20;
/** The bare SDK's place among the contenders: what everything is held against. */
const sdk = 'openai ';

/** Wall and processor time of some work. */
interface Spent {
  wallMs: number;
  cpuMs: number;
}

/** Many debates in one process, each with its journal, beside others that make the very same calls; all take turns. */
export async function measure(): Promise<Figure[]> {
  const { runDebate } = (await import('../dist/index.js' as string)) as { runDebate: Run };
  const calls = await callsOfADebate(runDebate, settings);
  const figures: Figure[] = [];
  for (const atOnce of isQuick ? [1, 20] : [1, 50, 500]) {
    figures.push(...(await beside(runDebate, calls, atOnce)));
  }
  const short = { ...settings, rounds: 1 };
  return [...figures, ...(await paced(runDebate, short, await callsOfADebate(runDebate, short)))];
}

/** From so many debates at once a run is long enough to be measured twice, and too long with frameworks, of which fewer tell enough. */
const many = 500;
const runsOf = (atOnce: number) => (atOnce >= many ? 2 : atOnce === 1 && !isQuick ? 12 : 4);
const isFramework = ({ name }: Contender) => !/^(parley|openai|a bare fetch)/.test(name);

/** The most that parley's wall time may be of the bare SDK's, by debates at once. */
const mostWall = (atOnce: number) => (atOnce >= many ? 1 : 1.15);

async function beside(runDebate: Run, calls: Calls, atOnce: number): Promise<Figure[]> {
  const { baseUrl, stop } = await startServer();
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const { contenders, skipped } = await loadContenders(baseUrl);
  for (const line of skipped) console.error(line);
  const beside = contenders.filter((contender) => atOnce < many || !isFramework(contender));
  const all = [parleyIn(runDebate, baseUrl, folder, atOnce > 1), ...beside];
  console.error(`${atOnce} at once: ${all.map(({ name }) => name).join(', ')}`);
  const spent = new Map(all.map(({ name }) => [name, [] as Spent[]]));
  try {
    for (let run = 0; run < runsOf(atOnce); run++) {
      for (const contender of all) {
        const one = await timed(() => together(atOnce, () => contender.run(calls)));
        // Before many at once run, everything is warm.
        if (run > 0 || atOnce >= many) spent.get(contender.name)?.push(one);
      }
    }
  } finally {
    stop();
    await rm(folder, { recursive: true });
  }
  const reference = spentBy(spent, (name) => name.startsWith(sdk));
  const of = `${atOnce} debate${atOnce === 1 ? '' : 's'} at once, no delay`;
  return all.flatMap(({ name }, index): Figure[] => {
    const own = spentBy(spent, (other) => other === name);
    if (name.startsWith(sdk)) return [];
    const isParley = index === 0;
    const ratio = (field: keyof Spent) =>
      median(own.map((one, run) => one[field] / (reference[run]?.[field] ?? Number.NaN)));
    return [
      {
        what: `${of}: ${name}, processor time a turn against the bare SDK`,
        value: ratio('cpuMs'),
        unit: 'x',
        ...(isParley ? { aim: { most: 1 } } : {}),
      },
      {
        what: `${of}: ${name}, wall time against the bare SDK`,
        value: ratio('wallMs'),
        unit: 'x',
        ...(isParley ? { aim: { most: mostWall(atOnce) } } : {}),
      },
      ...(isParley
        ? [
            {
              what: `${of}: ${name}, a turn`,
              value: median(own.map(({ wallMs }) => wallMs)) / turns / atOnce,
              unit: 'ms' as const,
            },
          ]
        : []),
    ];
  });
}

function spentBy(spent: ReadonlyMap<string, Spent[]>, isIt: (name: string) => boolean): Spent[] {
  return [...spent].find(([name]) => isIt(name))?.[1] ?? [];
}

/** Debates of one round on streams that say a word every 20 ms: how long 500 take, and how many one process carries within 1.1 of the ideal. */
async function paced(runDebate: Run, short: typeof settings, calls: Calls): Promise<Figure[]> {
  const { baseUrl, stop } = await startServer([String(paceMs)]);
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const { contenders } = await loadContenders(baseUrl);
  const bare = contenders.find(({ name }) => name.startsWith(sdk));
  if (!bare) throw new Error('the openai SDK is a dependency');
  const parley = parleyIn(runDebate, baseUrl, folder, true, short);
  const ideal = calls.reduce(
    (sum, group) =>
      sum + Math.max(...group.map((messages) => piecesOf(answer({ messages })).length - 1)) * paceMs,
    0,
  );
  const share = async (contender: Contender, atOnce: number) =>
    (await timed(() => together(atOnce, () => contender.run(calls)))).wallMs / ideal;
  const most = isQuick ? 50 : 500;
  const of = `${most} debates on streams of ${paceMs} ms a token, journal on`;
  try {
    const [bareTotal, parleyTotal] = [await share(bare, most), await share(parley, most)];
    const figures: Figure[] = [
      { what: `${of}: total time against the ideal`, value: parleyTotal, unit: 'x' },
      { what: 'the same calls in bare loops on the openai SDK', value: bareTotal, unit: 'x' },
      { what: `${of}: against the bare SDK`, value: parleyTotal / bareTotal, unit: 'x', aim: { most: 1.1 } },
    ];
    if (isQuick) return figures;
    const [byParley, byBare] = [await carried(parley, share), await carried(bare, share)];
    return [
      ...figures,
      {
        what: 'paced debates that one process carries within 1.1 of the ideal',
        value: byParley,
        unit: 'debates',
      },
      { what: 'the same in bare loops on the openai SDK', value: byBare, unit: 'debates' },
      { what: 'the first against the second', value: byParley / byBare, unit: 'x', aim: { least: 1.2 } },
    ];
  } finally {
    stop();
    await rm(folder, { recursive: true });
  }
}

/** The largest number that stays within 1.1 of the ideal, to a fifth: doubled until one does not, then halved between. */
async function carried(
  contender: Contender,
  share: (contender: Contender, atOnce: number) => Promise<number>,
): Promise<number> {
  const holds = async (atOnce: number) => {
    const of = await share(contender, atOnce);
    console.error(`${contender.name}, ${atOnce} paced: ${of.toFixed(2)} of the ideal`);
    return of <= 1.1;
  };
  let most = 0;
  let least = 5;
  while (least <= 3200 && (await holds(least))) {
    most = least;
    least *= 2;
  }
  while (most > 0 && least / most > 1.2) {
    const between = Math.round(Math.sqrt(most * least));
    if (await holds(between)) most = between;
    else least = between;
  }
  return most;
}

/** As a batch runs them: many runs are spread over folders and share their prompt files. */
function parleyIn(
  runDebate: Run,
  baseUrl: string,
  transcripts: string,
  sharded: boolean,
  of = settings,
): Contender {
  return {
    name: 'parley with its journal',
    async run() {
      const run = await runDebate({ ...of, baseUrl, transcripts, sharded });
      await run.result();
    },
  };
}

async function together(times: number, work: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: times }, work));
}

async function timed(work: () => Promise<void>): Promise<Spent> {
  const before = performance.now();
  const cpuBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wallMs: performance.now() - before, cpuMs: (user + system) / 1000 };
}
