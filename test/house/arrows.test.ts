import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../e2e/parley.ts';

/** What dependency-cruiser says of a small tree under the house's own rules. */
async function verdictOn(files: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries({ 'tsconfig.json': '{}', ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const command = resolve('node_modules/.bin/depcruise');
  const config = resolve('.dependency-cruiser.mjs');
  const { status, stdout, stderr } = spawnSync(command, ['--config', config, 'src'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, output: stdout + stderr };
}

const one = 'export const one = 1;\n';
const orphanFree = { 'src/index.ts': "import './debate/one.ts';\n", 'src/debate/one.ts': one };

describe('the arrows of the house are checked', () => {
  test('a tree that keeps them passes', async () => {
    const { code, output } = await verdictOn({
      ...orphanFree,
      'src/run/two.ts': "import { one } from '../debate/one.ts';\nexport const two = one + 1;\n",
    });
    expect(output).toContain('no dependency violations');
    expect(code).toBe(0);
  });

  test.each([
    [
      'a value against an arrow',
      "import { one } from '../run/one.ts';\nexport const two = one;\n",
      'arrows-of-debate',
    ],
    [
      'a type against an arrow',
      "import type { One } from '../run/one.ts';\nexport type Two = One;\n",
      'arrows-of-debate',
    ],
    [
      'a module of node in a pure room',
      "import { join } from 'node:path';\nexport const two = join;\n",
      'pure-rooms-import-zod-only',
    ],
  ])('%s is a violation', async (_title, text, rule) => {
    const run = `${one}export type One = number;\n`;
    const { code, output } = await verdictOn({
      ...orphanFree,
      'src/run/one.ts': run,
      'src/debate/two.ts': text,
    });
    expect(output).toContain(rule);
    expect(code).not.toBe(0);
  });
});
