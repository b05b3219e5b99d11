import { exportDataset } from '../src/dataset/export-dataset.ts';
import { openFileStore } from '../src/journal/file-store.ts';
import { systemClock } from '../src/run/system-clock.ts';
import { exportRequest } from '../test/helpers/export-request.ts';

/** Exports the runs of a folder in a process of its own, so that its memory can be told from its maker's. */
const [directory = '', out = ''] = process.argv.slice(2);
const began = performance.now();
const cpuBefore = process.cpuUsage();
const made = await exportDataset(
  exportRequest({
    store: openFileStore({ directory, clock: systemClock }),
    out,
    onProgress: ({ phase, done, of }) => {
      if (process.stderr.isTTY && done % 500 === 0)
        process.stderr.write(`\r\u001b[K${phase} ${done} of ${of}`);
    },
  }),
);
if (!made.ok) throw new Error(made.failure.message);
const rows = Object.values(made.value.counts.rows['sft'] ?? {}).reduce((sum, count) => sum + count, 0);
const milliseconds = performance.now() - began;
const { user, system } = process.cpuUsage(cpuBefore);
// maxRSS is in kilobytes.
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ rows, milliseconds, cpuMs: (user + system) / 1000, peakMb }));
