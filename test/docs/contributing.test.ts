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

test('a person who follows CONTRIBUTING.md gets a provider, a format and a command that work', async () => {
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

  const [counted, ran, exported, bare, refused] = runAll(folder, [
    ['count'],
    ['run', '--model', 'simulator', '--rounds', '1', '--plain'],
    ['export', 'words', '--format', 'last-words', '--files', 'jsonl', '--include-simulated'],
    ['count', '--bare'],
    ['run', '--model', 'acme:road-runner', '--rounds', '1'],
  ]);
  expect(counted?.out).toBe('0 runs in transcripts\n');
  expect(ran?.code).toBe(0);
  expect(exported?.code, exported?.err).toBe(0);
  expect(bare?.out).toBe('1\n');
  expect(refused?.err).toContain('ACME_API_KEY');
  expect(refused?.code).toBe(1);
});

/** Runs command lines of the sources in a folder one after the other, in one process: to read its six hundred files takes seconds. */
function runAll(folder: string, commands: readonly (readonly string[])[]) {
  const program = `
    import { Writable } from 'node:stream';
    import { readEnvironment } from './src/cli/environment.ts';
    import { main } from './src/cli/program.ts';
    const ended = [];
    for (const args of ${JSON.stringify(commands)}) {
      const said = { stdout: '', stderr: '' };
      const into = (name) => new Writable({ write(text, _, done) { said[name] += text; done(); } });
      const { env, stdin } = process;
      const given = { env, stdin, argv: [], cwd: process.cwd, stdout: into('stdout'), stderr: into('stderr') };
      const code = await main(args, readEnvironment(given));
      ended.push({ code, out: said.stdout, err: said.stderr });
    }
    console.log(JSON.stringify(ended));`;
  const done = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(done.stderr).toBe('');
  return JSON.parse(done.stdout) as { code: number; out: string; err: string }[];
}
