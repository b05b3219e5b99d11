// Draws home as an SVG, over made-up runs of the bundled scenarios, through a virtual terminal:
//   node scripts/home-picture.ts [OUT.svg]
import { writeFileSync } from 'node:fs';
import { listScenarios, listStrategies } from '../src/prompts/list-prompts.ts';
import { createHome } from '../src/terminal/home/create-home.ts';
import type { HomeContent, HomeRun, HomeThing } from '../src/terminal/home/home-content.ts';
import { initialHome } from '../src/terminal/home/home-state.ts';
import { VirtualTerminal } from '../test/helpers/virtual-terminal.ts';
import { terminalSvg } from './terminal-svg.ts';

const [out = 'transcripts/samples/home.svg'] = process.argv.slice(2);
const now = new Date(2026, 10, 30, 15).getTime();
const hour = 3_600_000;
const scenarios = await listScenarios('prompts');
const strategies = await listStrategies('prompts');
const titles = scenarios.map(({ scenario }) => scenario?.title ?? '');
const endings = ['converged', 'round-limit', 'plateau', 'deadlock', 'round-limit'] as const;

/** Figures of a made-up run: they show what the columns look like, and nothing else. */
function run(index: number, batch: string | null = null): HomeRun {
  const ids = scenarios.map(({ id }) => id);
  const at = index % ids.length;
  const rounds = 3 + ((index * 5) % 4);
  const last = 0.28 + ((index * 37) % 60) / 100;
  const trend = Array.from({ length: rounds }, (_, round) => 0.2 + ((last - 0.2) * (round + 1)) / rounds);
  const isLive = index === 0;
  return {
    ...{
      name: `${ids[at]}-${30 - index}`,
      title: titles[at] ?? '',
      at: now - index * 7 * hour,
      state: 'read',
    },
    ...{ trouble: '', isLive, trend, convergence: last, interval: { low: last - 0.06, high: last + 0.06 } },
    ...{ ending: isLive ? null : (endings[index % endings.length] ?? null), rounds, turns: rounds * 4 },
    ...{ costUsd: 0, isUnpriced: false, models: 'simulator', strategy: 'plain', isSimulated: true },
    ...{ control: null, forkedFrom: null, batch },
  };
}

/** A plan that is under way: its debates stand in one row. */
const batch = {
  ...{ id: 'steelman', title: 'Steelman first, against plain argument', planned: 56, isLive: true },
  arms: new Map(),
};
const ofBatch = Array.from({ length: 31 }, (_, index) => run(index + 1, batch.id));

const thing = (id: string): HomeThing => ({ id, title: id, about: '', folder: '', trouble: null });
const content: HomeContent = {
  ...{ place: 'transcripts', unread: 0 },
  runs: [...Array.from({ length: 24 }, (_, index) => run(index)), ...ofBatch],
  batches: [batch],
  scenarios: scenarios.map(({ id }) => thing(id)),
  strategies: strategies.map(({ id }) => thing(id)),
  ...{ plans: [thing('steelman.yaml')], bin: [], hasBin: true },
};
const terminal = new VirtualTerminal(120, 32);
const shown = createHome({
  stdin: terminal.stdin as unknown as NodeJS.ReadStream,
  stdout: terminal.stdout,
  ...{ theme: 'dark', color: '256', state: initialHome({}), content: () => content, now: () => now },
  subscribe: () => () => {},
  change: async () => '',
});
await new Promise((resolve) => setTimeout(resolve, 700));
writeFileSync(out, await terminalSvg(terminal, 'parley, at home'));
terminal.stdin.write('q');
await shown;
process.stderr.write(`${out}\n`);
