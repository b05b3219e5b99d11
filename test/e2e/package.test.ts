import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './parley.ts';

const quiet: ExecFileSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };

describe('the packed command', () => {
  test('installs elsewhere from its tarball and holds a debate there', { timeout: 180_000 }, async () => {
    const folder = await temporaryFolder();
    // --ignore-scripts: `npm test` has just built what is packed.
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
      ...quiet,
      cwd: resolve('.'),
    });
    const [tarball] = await readdir(folder);
    await writeFile(join(folder, 'package.json'), '{"name":"elsewhere","private":true,"type":"module"}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', join(folder, tarball ?? '')], {
      ...quiet,
      cwd: folder,
    });

    const bin = join(folder, 'node_modules', '.bin', 'parley');
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(execFileSync(bin, ['--version'], { ...quiet, cwd: folder, env }).trim()).toBe(version);
    const args = ['run', '--model', 'simulator', '--rounds', '1', '--seed', '1', '--name', 'there'];
    expect(execFileSync(bin, args, { ...quiet, cwd: folder, env })).toContain('DPRK negotiator');
    expect(await readdir(join(folder, 'transcripts', 'there'))).toContain('journal.jsonl');

    const program = "import { runDebate } from 'parley'; console.log(typeof runDebate);";
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      ...quiet,
      cwd: folder,
      env,
    });
    expect(printed.trim()).toBe('function');
  });

  test('holds no test, no source, and nothing of a developer', async () => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], quiet);
    const [{ files }] = JSON.parse(listed) as [{ files: { path: string }[] }];
    const tops = new Set(files.map(({ path }) => path.split('/')[0]));
    expect([...tops].sort()).toEqual(['LICENSE', 'README.md', 'dist', 'examples', 'package.json', 'prompts']);
  });
});
