// One measurement of the screen, in a process of its own: EVENTS.json TURNS SECONDS paused|streaming. Bundled and started by tui.ts.
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { DebateEvent } from '../src/debate/events.ts';
import { createTui } from '../src/terminal/tui/create-tui.ts';
import { signalsBefore } from '../test/helpers/debate-events.ts';

const [stored = '', ...numbers] = process.argv.slice(2, 5);
const [turns = 10, seconds = 5] = numbers.map(Number);
const isPaused = process.argv[5] === 'paused';
const tokensPerSecond = 200;

class CountingTerminal extends Writable {
  readonly isTTY = true;
  readonly columns = 120;
  readonly rows = 40;
  bytes = 0;
  writes = 0;
  frames = 0;
  /** Milliseconds since the process began. */
  firstWrite: number | null = null;
  firstFrame: number | null = null;
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.bytes += chunk.length;
    this.writes += 1;
    this.firstWrite ??= performance.now();
    // Each frame begins with the start of a synchronised update.
    if (chunk.includes('\u001b[?2026h')) {
      this.frames += 1;
      this.firstFrame ??= performance.now();
    }
    done();
  }
}

const stdout = new CountingTerminal();
const nothing = () => {};
let rendering = 0;
let renders = 0;
const tui = createTui({
  stdin: Object.assign(process.stdin, { isTTY: false }),
  stdout,
  stderr: process.stderr,
  mode: 'full',
  controls: { isReplay: false, pause: nothing, resume: nothing, step: nothing, ask: nothing, stop: nothing },
  theme: 'dark',
  color: '256',
  isAnimated: true,
  clock: { now: Date.now },
  title: 'bench',
  leave: nothing,
  failed: (error) => {
    throw error;
  },
  onFrame(milliseconds) {
    rendering += milliseconds;
    renders += 1;
  },
});

const past = JSON.parse(readFileSync(stored, 'utf8')) as DebateEvent[];
const start = past.findIndex((event) => event.type === 'turn-ended' && event.turn > turns);
for (const event of past.slice(0, start)) tui.show({ kind: 'event', event });
const coming = past.slice(start).flatMap(signalsBefore);
await wait(1500);

if (isPaused) tui.show({ kind: 'notice', notice: { type: 'paused' } });
await wait(300);
const [bytes, writes, frames] = [stdout.bytes, stdout.writes, stdout.frames];
rendering = 0;
renders = 0;
const cpu = process.cpuUsage();
const begun = performance.now();
let tokens = 0;
while (performance.now() - begun < seconds * 1000) {
  await wait(isPaused ? 500 : 5);
  const due = isPaused ? 0 : Math.floor(((performance.now() - begun) / 1000) * tokensPerSecond);
  while (tokens < due) {
    const signal = coming.shift();
    if (!signal) throw new Error('the debate is too short for the time');
    tui.show(signal);
    if (signal.kind === 'notice' && signal.notice.type === 'turn-delta') tokens += 1;
  }
}
const wall = performance.now() - begun;
const used = process.cpuUsage(cpu);
const cpuMs = (used.user + used.system) / 1000;
process.stdout.write(
  JSON.stringify({
    tokens,
    cpuMs,
    wallMs: wall,
    bytes: stdout.bytes - bytes,
    writes: stdout.writes - writes,
    frames: stdout.frames - frames,
    renderMs: renders === 0 ? 0 : rendering / renders,
    firstWriteMs: stdout.firstWrite,
    firstFrameMs: stdout.firstFrame,
    rssMb: process.memoryUsage.rss() / 1024 ** 2,
  }),
);
process.exit(0);

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
