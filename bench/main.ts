import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Figure, meets, table } from './measure.ts';

/** The parts of the benchmark; `npm run bench -- start-up` runs one, `--write` puts the tables into the README. */
const parts: Record<string, { title: string; load: () => Promise<{ measure(): Promise<Figure[]> }> }> = {
  orchestration: { title: 'Orchestration', load: () => import('./orchestration.ts') },
  tui: { title: 'Screen', load: () => import('./tui.ts') },
  batch: { title: 'Many debates', load: () => import('./batch.ts') },
  workers: { title: 'Workers', load: () => import('./workers.ts') },
  streams: { title: 'Debates at once', load: () => import('./streams.ts') },
  'start-up': { title: 'Start-up', load: () => import('./start-up.ts') },
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
const sections: string[] = [`Measured by \`npm run bench\` on ${date}: ${machine}. Medians.`];
const missed: string[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const { measure } = await part.load();
  const figures = await measure();
  sections.push(`**${part.title}**\n\n${table(figures)}`);
  missed.push(...figures.filter((figure) => meets(figure) === false).map((figure) => figure.what));
}
const report = sections.join('\n\n');
console.log(report);
console.log(missed.length === 0 ? '\nEvery aim is met.' : `\nNot met: ${missed.join('; ')}.`);

if (process.argv.includes('--write')) {
  const readme = readFileSync('README.md', 'utf8');
  const marked = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
  writeFileSync('README.md', readme.replace(marked, `$1\n${report}\n\n$2`));
}
