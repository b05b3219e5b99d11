import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { calibrated } from './calibration.ts';

// Measures how far the lexical reader is off on the development transcripts, and writes that down for its intervals. Held-out
// transcripts are not looked at.
const { values } = parseArgs({ options: { seeds: { type: 'string', default: '20' } } });
const seeds = Array.from({ length: Number(values.seeds) || 0 }, (_, place) => place + 1);
if (seeds.length === 0) {
  process.stderr.write(`--seeds ${values.seeds} is no number of transcripts. Give 1 or more.\n`);
  process.exit(1);
}
const file = join(import.meta.dirname, '../../src/convergence/lexical/measured-error.ts');
const { cells, unreadIssue, quantiles, transcripts } = await calibrated(seeds);
const rows = Object.entries(cells).map(
  ([kind, { points, count }]) => `    '${kind}': { points: ${points}, count: ${count} },`,
);
await writeFile(
  file,
  `import type { EvidenceKind } from './evidence-kind.ts';

/**
 * Measured on ${new Date().toISOString().slice(0, 10)} by \`node bench/validate/calibrate.ts\` on ${transcripts} development transcripts; written by it, not by hand.
 * Root mean square errors in points of the scale by kind of evidence, and on how many cells (over all rounds); of C on an unread issue
 * (0..1); and the 0.025 and 0.975 quantiles of (true C - read C) / computed error, each field of talk held against what the others gave.
 */
export const measuredError: {
  cells: Record<EvidenceKind, { points: number; count: number }>;
  unreadIssue: { share: number; count: number };
  quantiles: { low: number; high: number };
} = {
  cells: {
${rows.join('\n')}
  },
  unreadIssue: { share: ${unreadIssue.share}, count: ${unreadIssue.count} },
  quantiles: { low: ${quantiles.low}, high: ${quantiles.high} },
};
`,
);
process.stdout.write(`Wrote ${file}.\n`);
