import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { draft } from '../helpers/meadow-draft.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { parley, temporaryFolder } from './parley.ts';

const article = [
  'The council owns a meadow of nine hectares and has to lease it again in May.',
  'A farmer has cut hay there since 1994, and a cycling club wants a track.',
  'Storks were seen on the wet half in two of the last three springs.',
].join('\n\n');

async function withArticle(): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'meadow.txt'), article);
  return cwd;
}

describe('parley new --from', () => {
  test('writes what a model drafted, with a reason for each scale, and it checks', async () => {
    const cwd = await withArticle();
    const server = await startProviderServer({ replies: [JSON.stringify(draft)] });
    const args = ['new', 'meadow', '--from', 'meadow.txt', '--model', 'openai:gpt-5-mini', '--no-probe'];
    const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.baseUrl };
    const made = await parley([...args, '--price', '1,2'], { cwd, env });
    expect([made.code, made.stderr]).toEqual([0, expect.stringContaining('Model: openai:gpt-5-mini')]);
    expect(made.stderr).toMatch(
      /It takes about 1 call, .+, \$0\.01\d* before cache discounts, and more for each repair/u,
    );
    expect(made.stdout).toContain('It runs: one round on the simulator gave 4 speeches');
    expect(made.stdout).toContain('Wrote 6 files to meadow:');
    expect(made.stdout).toContain('- dry half: The article leaves the dry-half open.');
    expect(made.stdout).toMatch(/\n1 call, \$0\.0/);
    const checked = await parley(['check', 'meadow'], { cwd });
    expect(checked.stdout).toBe('The scenario is valid: 4 personas, 3 issues.\n');
    const again = await parley(args, { cwd, env });
    expect([again.code, again.stderr]).toEqual([
      1,
      expect.stringContaining('meadow is not empty; nothing was written'),
    ]);
  });

  test('needs a model that can draft, and --model needs an article', async () => {
    const cwd = await withArticle();
    const simulated = await parley(['new', 'meadow', '--from', 'meadow.txt', '--model', 'simulator'], {
      cwd,
    });
    expect([simulated.code, simulated.stderr]).toEqual([
      2,
      expect.stringContaining('The simulator cannot draft'),
    ]);
    const alone = await parley(['new', 'meadow', '--model', 'openai:gpt-5-mini'], { cwd });
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('add --from FILE')]);
  });
});
