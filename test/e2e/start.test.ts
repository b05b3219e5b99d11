import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './parley.ts';

/** The tree as git keeps it, so without `dist`, with the packages that npm has installed. */
async function freshTree(): Promise<string> {
  const folder = await temporaryFolder();
  for (const part of ['package.json', 'prompts', 'scripts', 'src'])
    await cp(part, join(folder, part), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

function npm(folder: string, ...args: string[]) {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, OLLAMA_HOST: '127.0.0.1:9' };
  return new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    execFile('npm', args, { cwd: folder, env }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

const start = ['--silent', 'start', '--', '--rounds', '1', '--seed', '1', '--name'];

describe('npm start', () => {
  test('builds a tree that nobody has built, once, and holds a debate', async () => {
    const tree = await freshTree();
    const first = await npm(tree, ...start, 'first');
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('DPRK negotiator') });
    expect(first.stderr).toContain('parley is not built yet: building it, once.\n');
    const built = await stat(join(tree, 'dist', 'parley.js'));

    const second = await npm(tree, ...start, 'second');
    expect(second).toMatchObject({ code: 0, stdout: first.stdout });
    expect(second.stderr).not.toContain('building');
    expect((await stat(join(tree, 'dist', 'parley.js'))).mtimeMs).toBe(built.mtimeMs);
  });

  test.runIf(process.env['PARLEY_TEST_LONG'])('leaves nothing of an earlier build behind', async () => {
    const tree = await freshTree();
    await mkdir(join(tree, 'dist', 'chunks'), { recursive: true });
    for (const file of ['old.js', 'chunks/old.js']) await writeFile(join(tree, 'dist', file), '');
    execFileSync(process.execPath, ['scripts/bundle.js'], { cwd: tree });
    const files = await readdir(join(tree, 'dist'), { recursive: true });
    expect(files).toContain('parley.js');
    expect(files.filter((file) => /old\.js$|(^|\/)\./u.test(file))).toEqual([]);
  });

  test('says what to do in a tree where nothing is installed', async () => {
    const tree = await freshTree();
    await rm(join(tree, 'node_modules'));
    expect(await npm(tree, ...start, 'bare')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'parley is not built, and what builds it is not installed: run npm ci, then this again.\n',
    });
  });

  test('says what to do where the sources cannot be built', async () => {
    const tree = await freshTree();
    await rm(join(tree, 'node_modules'));
    await mkdir(join(tree, 'node_modules', 'rolldown'), { recursive: true });
    const { code, stderr } = await npm(tree, ...start, 'torn');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^parley could not be built \(Cannot find package .*\)\. Run npm ci, then this again\.$/m,
    );
    expect(stderr).not.toContain('    at ');
  });
});
