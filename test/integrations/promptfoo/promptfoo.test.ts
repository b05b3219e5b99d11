import { execFile } from 'node:child_process';
import { cp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/parley.ts';

const run = promisify(execFile);
const isLong = Boolean(process.env['PARLEY_TEST_LONG']);

/** The native part of promptfoo's database for this machine, by the names under which npm has it. */
function databasePart(): string {
  const libc = (process.report.getReport() as { header: { glibcVersionRuntime?: string } }).header
    .glibcVersionRuntime
    ? 'gnu'
    : 'musl';
  const kinds: Record<string, string> = { linux: `-${libc}`, win32: '-msvc', darwin: '' };
  return `@libsql/${process.platform}-${process.arch}${kinds[process.platform] ?? ''}`;
}

/** Installs promptfoo itself, without the many optional parts that parley has no use for, and parley as it was built. */
async function installed(): Promise<string> {
  const folder = await temporaryFolder();
  for (const file of ['package.json', 'package-lock.json'])
    await cp(resolve('test/promptfoo', file), join(folder, file));
  const npm = (...args: string[]) =>
    run('npm', [...args, '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
  const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
  const part = databasePart();
  // Not `npm ci`, which wants the lock to hold even those optional parts that no registry has for every machine.
  await npm('install', '--no-save', `${part}@${packages[`node_modules/${part}`].version}`);
  await symlink(resolve('.'), join(folder, 'node_modules', 'parley-debate'));
  return folder;
}

interface EvalResult {
  success: boolean;
  error?: string;
  cost: number;
  prompt: { raw: string };
  response: { output: string; tokenUsage: { total: number }; metadata: Record<string, unknown> };
  namedScores: Record<string, number>;
}

/** `promptfoo eval` as a person types it, with nothing sent anywhere. */
async function evaluate(folder: string, config: string, ...more: string[]): Promise<EvalResult[]> {
  await writeFile(join(folder, 'promptfooconfig.yaml'), config);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    PROMPTFOO_CONFIG_DIR: join(folder, '.promptfoo'),
    PROMPTFOO_DISABLE_TELEMETRY: '1',
    PROMPTFOO_DISABLE_UPDATE: '1',
    PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
  };
  const entry = join(folder, 'node_modules/promptfoo/dist/src/entrypoint.js');
  const args = ['eval', '--no-progress-bar', '--no-cache', '-o', 'results.json', ...more];
  await run(process.execPath, [entry, ...args], { cwd: folder, env }).catch((error) => {
    // So it ends where tests failed; what they were is in the results.
    if (error.code !== 100) throw error;
  });
  const { results } = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8'));
  return results.results;
}

describe.runIf(isLong)('promptfoo itself', () => {
  test('runs debates with the example that comes with parley', { timeout: 600_000 }, async () => {
    const folder = await installed();
    const config = await readFile('examples/promptfooconfig.yaml', 'utf8');
    const results = await evaluate(folder, config, '--repeat', '2');
    expect(results).toHaveLength(4);
    expect(results.map(({ success }) => success)).toEqual([true, true, true, true]);
    expect(results.map(({ cost }) => cost)).toEqual([0, 0, 0, 0]);
    const held = results.map(({ response }) =>
      [response.metadata['strategy'], response.metadata['seed']].join(' '),
    );
    expect(held.sort()).toEqual(['plain 1', 'plain 2', 'steelman 1', 'steelman 2']);
    for (const { response, namedScores } of results) {
      expect(response.output.length).toBeGreaterThan(100);
      expect(response.tokenUsage.total).toBeGreaterThan(1000);
      expect(namedScores['convergence']).toBeCloseTo(Number(response.metadata['convergence']), 6);
    }
    expect(await readdir(join(folder, 'transcripts'))).toHaveLength(4);

    const byFile = config
      .replace(
        'package:parley-debate/promptfoo:ParleyProvider',
        'file://node_modules/parley-debate/dist/promptfoo.js',
      )
      .replace('rounds: 3', 'rounds: 0');
    const failed = await evaluate(folder, byFile);
    expect(failed.map(({ success }) => success)).toEqual([false, false]);
    expect(failed[0]?.error).toContain('config.rounds of the parley provider');
  });
});

test('the lock of promptfoo names no place to fetch from', async () => {
  const text = await readFile('test/promptfoo/package-lock.json', 'utf8');
  expect(text).not.toContain('"resolved"');
  expect(JSON.parse(text).packages['node_modules/promptfoo'].version).toBe('0.123.1');
});
