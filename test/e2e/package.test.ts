import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './parley.ts';

const quiet: ExecFileSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };

/** Models of LangChain's, of a provider and of a person's own, as users give them. */
const anyModel = `
import { SimpleChatModel } from '@langchain/core/language_models/chat_models';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { ChatOpenAI } from '@langchain/openai';
import { type GivenModel, type RunDebateOptions, runDebate } from 'parley-debate';

class Own extends SimpleChatModel {
  _llmType() {
    return 'own';
  }
  async _call() {
    return 'My own.';
  }
}

const given: GivenModel[] = [new ChatOpenAI({ apiKey: 'none' }), 'simulator'];
const options: RunDebateOptions = { model: given[0] ?? 'simulator', rounds: 1 };
void options;
for (const [model, words] of [
  [new FakeListChatModel({ responses: ['As one of a list.'] }), 'As one of a list.'],
  [new Own({}), 'My own.'],
] as const) {
  const debate = await runDebate({ model: 'simulator', models: { 'dprk-negotiator': model }, rounds: 1 });
  const { turns, models } = await debate.result();
  const said = turns.find(({ speaker }) => speaker === 'dprk-negotiator')?.text;
  console.log(models['dprk-negotiator']?.spec, 'says:', said === words ? words : 'something else: ' + said);
}
`;

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
    expect(execFileSync(bin, ['example'], { ...quiet, cwd: folder })).toMatch(/^steelman +Does putting/m);
    execFileSync(bin, ['example', 'steelman'], { ...quiet, cwd: folder });
    expect(await readFile(join(folder, 'steelman.yaml'), 'utf8')).toContain('id: steelman');
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
    const { name, version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await readFile('README.md', 'utf8')).toContain(`npx ${name} `);
    expect(execFileSync('npx', ['--no', name, '--', '--version'], { ...quiet, cwd: folder }).trim()).toBe(
      version,
    );
    expect(execFileSync(bin, ['--version'], { ...quiet, cwd: folder, env }).trim()).toBe(version);
    const args = ['run', '--model', 'simulator', '--rounds', '1', '--seed', '1', '--name', 'there'];
    expect(execFileSync(bin, args, { ...quiet, cwd: folder, env })).toContain('DPRK negotiator');
    expect(await readdir(join(folder, 'transcripts', 'there'))).toContain('journal.jsonl');

    // LangChain is a person's own: parley has none among its dependencies.
    for (const name of ['@langchain', '@types'])
      await symlink(resolve('node_modules', name), join(folder, 'node_modules', name));
    await writeFile(join(folder, 'program.ts'), anyModel);
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const strict =
      '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck --target es2024 --lib es2024';
    const types = `${strict} --module nodenext --types node program.ts`.split(' ');
    expect(execFileSync(process.execPath, [compiler, ...types], { ...quiet, cwd: folder })).toBe('');
    const printed = execFileSync(process.execPath, ['program.ts'], { ...quiet, cwd: folder, env });
    expect(printed).toBe(
      'langchain:FakeListChatModel says: As one of a list.\nlangchain:Own says: My own.\n',
    );
  });

  test('holds no test, no source, and nothing of a developer', async () => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], quiet);
    const [{ files, size }] = JSON.parse(listed) as [{ files: { path: string }[]; size: number }];
    expect(size).toBeLessThan(12e6);
    const tops = new Set(files.map(({ path }) => path.split('/')[0]));
    expect([...tops].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'docs',
      'examples',
      'package.json',
      'prompts',
    ]);
  });
});
