import { main } from '../src/cli/main.ts';

// Holds a batch in a process of its own, as the command does, and tells its time and its memory.
const began = performance.now();
const code = await main(['batch', ...process.argv.slice(2)]);
const milliseconds = performance.now() - began;
// maxRSS is in kilobytes.
process.send?.({ code, milliseconds, peakMb: process.resourceUsage().maxRSS / 1024 });
process.disconnect?.();
