import { execFileSync } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedParts } from '../../scripts/readme-parts.ts';
import { parley, temporaryFolder } from './parley.ts';

const readme = await readFile('README.md', 'utf8');

describe('the README', () => {
  test.each(Object.entries(generatedParts()))(
    'its %s are those of the code (npm run readme renews them)',
    (name, text) => {
      expect(readme).toContain(`<!-- ${name} -->\n\n${text}\n\n<!-- /${name} -->`);
    },
  );

  test('its library snippet prints a debate', async () => {
    const [, snippet] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    if (snippet === undefined) throw new Error('no snippet');
    expect(snippet.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'node_modules'));
    await symlink(resolve('.'), join(folder, 'node_modules', 'parley'), 'dir');
    await writeFile(join(folder, 'snippet.mjs'), snippet);
    const printed = execFileSync(process.execPath, ['snippet.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(printed).toMatch(/^moderator: /);
    expect(printed.match(/^state-department: /gm)).toHaveLength(2);
    expect(printed.match(/^convergence /gm)).toHaveLength(2);
  });

  test('its way to training data can be gone as it is written', async () => {
    const [, commands = ''] = /## Make training data\n\n```sh\n([\s\S]*?)```/.exec(readme) ?? [];
    const lines = commands.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(10);
    const cwd = await temporaryFolder();
    for (const line of lines) {
      const [name, ...args] = line.replace(/\s#.*/, '').trim().split(/\s+/);
      expect(name).toBe('parley');
      const { code, stderr } = await parley(args, { cwd });
      expect(code, `${line}\n${stderr}`).toBe(0);
    }
  }, 120_000);

  test('every parley command in it is one that there is', async () => {
    const { stdout: help } = await parley(['--help']);
    const commands = new Set([...readme.matchAll(/^parley ([a-z-]+)/gm)].map(([, name]) => name ?? ''));
    expect(commands.size).toBeGreaterThan(3);
    for (const name of commands) expect(help).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  test('every file it links to is there', async () => {
    for (const [, path] of readme.matchAll(/\]\((?!http)([^)#]+)\)/g)) {
      await expect(readFile(path as string)).resolves.toBeDefined();
    }
  });
});
