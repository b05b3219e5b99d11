import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../e2e/parley.ts';
import { documentText } from './documents.ts';

interface Step {
  kind: 'ts' | 'diff';
  path: string;
  text: string;
}

/** The blocks of CONTRIBUTING.md that name a file, in order. */
function steps(): Step[] {
  const blocks = documentText('CONTRIBUTING.md').matchAll(/^```(ts|diff) (\S+)\n([\s\S]*?)^```/gm);
  return [...blocks].map(([, kind, path, text]) => ({ kind, path, text }) as Step);
}

/** The lines that must be there already, and what the file holds at that place afterwards. */
function sides(diff: string): { before: string; after: string } {
  const lines = diff.split('\n').slice(0, -1);
  const kept = lines.filter((line) => !line.startsWith('+'));
  return { before: join2(kept), after: join2(lines) };
}

const join2 = (lines: readonly string[]) => lines.map((line) => line.slice(1)).join('\n');

async function follow(folder: string, { kind, path, text }: Step): Promise<void> {
  const file = join(folder, path);
  if (kind === 'ts') {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
    return;
  }
  const before = await readFile(file, 'utf8');
  const change = sides(text);
  expect(before.split(change.before).length, `${path} holds the place of\n${text}`).toBe(2);
  await writeFile(
    file,
    before.replace(change.before, () => change.after),
  );
}

test('whoever follows CONTRIBUTING.md gets a provider, a format and a command that work', async () => {
  const folder = await temporaryFolder();
  for (const part of ['src', 'prompts', 'package.json', 'tsconfig.json']) {
    await cp(resolve(part), join(folder, part), { recursive: true });
  }
  await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'dir');
  expect(steps().length).toBeGreaterThanOrEqual(8);
  for (const step of steps()) await follow(folder, step);

  const types = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--noEmit'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(types.stdout).toBe('');

  const parley = (...args: string[]) =>
    spawnSync(process.execPath, ['src/cli/parley.ts', ...args], { cwd: folder, encoding: 'utf8' });
  expect(parley('count').stdout).toBe('0 runs in transcripts\n');
  expect(parley('run', '--model', 'simulator', '--rounds', '1', '--plain').status).toBe(0);
  const exported = parley(
    'export',
    'words',
    '--format',
    'last-words',
    '--files',
    'jsonl',
    '--include-simulated',
  );
  expect(exported.status, exported.stderr).toBe(0);
  expect(parley('count', '--bare').stdout).toBe('1\n');
  const refused = parley('run', '--model', 'acme:road-runner', '--rounds', '1');
  expect(refused.stderr).toContain('ACME_API_KEY');
  expect(refused.status).toBe(1);
});
