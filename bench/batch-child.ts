import { writeFileSync } from 'node:fs';

// Loaded before the command: tells its memory and its processor time when it ends.
const { PARLEY_BENCH_PEAK: file } = process.env;
process.once('exit', () => {
  // maxRSS is in kilobytes, the times are in microseconds.
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const spent = { peakMb: maxRSS / 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 };
  if (file) writeFileSync(file, JSON.stringify(spent));
});
