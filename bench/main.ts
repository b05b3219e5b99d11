import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { section, withTables } from './document-tables.ts';
import { type Figure, meets, table } from './measure.ts';

/** The parts of the benchmark; `npm run bench -- start-up` runs one, `--write` puts the tables into docs/benchmarks.md. */
const parts: Record<string, { title: string; load: () => Promise<{ measure(): Promise<Figure[]> }> }> = {
  orchestration: { title: 'Orchestration', load: () => import('./orchestration.ts') },
  tui: { title: 'Screen', load: () => import('./tui.ts') },
  batch: { title: 'Many debates', load: () => import('./batch.ts') },
  workers: { title: 'Workers', load: () => import('./workers.ts') },
  streams: { title: 'Debates at once', load: () => import('./streams.ts') },
  'start-up': { title: 'Start-up', load: () => import('./start-up.ts') },
  home: { title: 'Many stored runs', load: () => import('./home.ts') },
  growth: { title: 'Growth', load: () => import('./growth.ts') },
  export: { title: 'Training data', load: () => import('./export.ts') },
};

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = chosen.find((name) => !(name in parts));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". Parts: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

const date = new Date().toISOString().slice(0, 10);
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}`;
const form = process.argv.includes('--quick') ? ', the short form' : '';
const tables = new Map<string, string>();
const missed: string[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const { measure } = await part.load();
  const figures = await measure();
  tables.set(part.title, section(part.title, `${date}, ${machine}${form}`, table(figures)));
  missed.push(...figures.filter((figure) => meets(figure) === false).map((figure) => figure.what));
}
console.log([...tables.values()].join('\n\n'));
console.log(missed.length === 0 ? '\nEvery aim is met.' : `\nNot met: ${missed.join('; ')}.`);

if (process.argv.includes('--write')) {
  const titles = Object.values(parts).map(({ title }) => title);
  writeFileSync('docs/benchmarks.md', withTables(readFileSync('docs/benchmarks.md', 'utf8'), tables, titles));
}
