// Trains three steps with each of TRL's trainers on rows that were exported just now: npm run interop. Needs a Python with torch,
// transformers, trl and datasets (PARLEY_PYTHON names it, python3 else); without one it says so and ends well.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultRewardOptions } from '../src/dataset/code-reward.ts';
import { serveRewards } from '../src/dataset/reward-server.ts';

const python = process.env['PARLEY_PYTHON'] ?? 'python3';
const versions = spawnSync(
  python,
  [
    '-c',
    'import torch, transformers, trl, datasets; print(torch.__version__, transformers.__version__, trl.__version__, datasets.__version__)',
  ],
  { encoding: 'utf8' },
);
if (versions.status !== 0) {
  console.log(
    `Skipped: ${python} has no torch, transformers, trl and datasets. Nothing was trained and nothing is proved.`,
  );
  process.exit(0);
}
console.log(`torch, transformers, trl, datasets: ${versions.stdout.trim()}`);

const folder = await mkdtemp(join(tmpdir(), 'parley-interop-'));
const served = await serveRewards(0, defaultRewardOptions);
if (!served.ok) throw new Error(served.failure.message);
let code = 1;
try {
  const parley = (...args: string[]) => {
    const done = spawnSync(process.execPath, ['dist/parley.js', ...args], {
      encoding: 'utf8',
      cwd: process.cwd(),
    });
    if (done.status !== 0) throw new Error(`parley ${args.join(' ')}\n${done.stderr}`);
  };
  const runs = ['--transcripts', join(folder, 'transcripts')];
  parley('run', '--plain', '--rounds', '2', '--seed', '1', '--name', 'one', ...runs);
  parley('fork', 'one', '--turn', '7', '-n', '3', '--plain', ...runs);
  const formats = 'sft,prompt-completion,kto,kto-llamafactory,dpo,grpo,rft';
  parley(
    'export',
    join(folder, 'data'),
    '--include-simulated',
    '--allow-empty',
    '--format',
    formats,
    '--rank-by',
    'judge',
    '--min-margin',
    '0.001',
    ...runs,
  );
  const child = spawn(
    python,
    ['scripts/interop.py', join(folder, 'data'), `${served.value.address}/rewards`, folder],
    { stdio: 'inherit' },
  );
  [code] = (await once(child, 'exit')) as [number];
} finally {
  await served.value.close();
  await rm(folder, { recursive: true, force: true });
}
console.log(
  code === 0
    ? 'Every trainer took three steps on the rows as they are.'
    : 'A trainer failed on the rows as they are.',
);
process.exit(code);
