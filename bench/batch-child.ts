import { writeFileSync } from 'node:fs';

// Loaded before the command: tells its memory when it ends.
const { PARLEY_BENCH_PEAK: file } = process.env;
process.once('exit', () => {
  // maxRSS is in kilobytes.
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS / 1024));
});
