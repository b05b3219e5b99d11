import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawn as spawnTerminal } from '@lydell/node-pty';
import { type Figure, median } from './measure.ts';

const command = resolve('dist/parley.js');
const runs = 15;

/** Wall-clock time of a whole process, and from its start to the first frame in a real pseudo-terminal. */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const frames: number[] = [];
  const views: number[] = [];
  try {
    for (let run = 0; run <= runs; run++) {
      const { first, view } = await firstFrame(folder);
      if (run > 0) frames.push(first);
      if (run > 0) views.push(view);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const cpu = processorTimes({
    bare: ['-e', '0'],
    help: [command, '--help'],
    runHelp: [command, 'run', '--help'],
    list: [command, 'ls', '--transcripts', join(tmpdir(), 'parley-bench-none')],
  });
  const against = (name: string) =>
    median((cpu[name] ?? []).map((ms, run) => ms / (cpu['bare']?.[run] ?? 1)));
  return [
    {
      what: 'bare node, for comparison',
      value: median(times(() => spawnSync(process.execPath, ['-e', '0']))),
      unit: 'ms',
    },
    {
      what: 'parley --help',
      value: median(times(() => spawnSync(process.execPath, [command, '--help']))),
      unit: 'ms',
      aim: { most: 150 },
    },
    { what: 'bare node, processor time', value: median(cpu['bare'] ?? []), unit: 'ms' },
    {
      what: 'parley --help, processor time against bare node',
      value: against('help'),
      unit: 'x',
      aim: { most: 1.4 },
    },
    { what: 'parley run --help, processor time against bare node', value: against('runHelp'), unit: 'x' },
    { what: 'parley ls of nothing, processor time against bare node', value: against('list'), unit: 'x' },
    { what: 'first frame of a debate', value: median(frames), unit: 'ms', aim: { most: 150 } },
    { what: 'first frame with the panels drawn', value: median(views), unit: 'ms', aim: { most: 300 } },
  ];
}

/** User and system time of whole processes in milliseconds, taking turns; the shell counts what node cannot of a child. */
function processorTimes(commands: Record<string, readonly string[]>): Record<string, number[]> {
  const spent = Object.fromEntries(Object.keys(commands).map((name) => [name, [] as number[]]));
  const script = `TIMEFORMAT='%U %S'; time "$0" "$@" >/dev/null 2>&1`;
  for (let run = 0; run <= runs; run++) {
    for (const [name, args] of Object.entries(commands)) {
      const { stderr } = spawnSync('bash', ['-c', script, process.execPath, ...args], { encoding: 'utf8' });
      const [user = 0, system = 0] = stderr.trim().split(' ').map(Number);
      if (run > 0) spent[name]?.push((user + system) * 1000);
    }
  }
  return spent;
}

function times(work: () => void): number[] {
  return Array.from({ length: runs + 1 }, () => {
    const before = performance.now();
    work();
    return performance.now() - before;
  }).slice(1);
}

/**
 * Milliseconds to the first bytes on the screen, and to the first frame that names the moderator. Ends as a person
 * would: a process that is killed leaves no compiled code behind for the next one.
 */
function firstFrame(folder: string): Promise<{ first: number; view: number }> {
  const before = performance.now();
  const args = [command, 'run', '--model', 'simulator', '--pace', '50', '--transcripts', folder];
  const terminal = spawnTerminal(process.execPath, args, {
    cols: 120,
    rows: 40,
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color' },
  });
  let first: number | null = null;
  let view: number | null = null;
  let text = '';
  return new Promise((done) => {
    terminal.onData((data) => {
      text += data;
      first ??= performance.now() - before;
      if (view !== null || !text.includes('Moderator')) return;
      view = performance.now() - before;
      terminal.write('q');
    });
    terminal.onExit(() => done({ first: first ?? Number.NaN, view: view ?? Number.NaN }));
  });
}
