import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { parley, type StartOptions, temporaryFolder } from './parley.ts';

interface BadInput {
  args: string[];
  says: RegExp;
  options?: StartOptions;
  code?: number;
}

/** Every one gets one clear line on stderr, nothing on stdout, and no run. */
const cases: Record<string, BadInput> = {
  'a missing key': {
    args: ['run', '--model', 'openai:gpt-6-luna'],
    says: /OPENAI_API_KEY/,
  },
  'a blank key': {
    args: ['run', '--model', 'anthropic:claude-haiku-5-5'],
    options: { env: { ANTHROPIC_API_KEY: '   ' } },
    says: /ANTHROPIC_API_KEY/,
  },
  'an unknown provider, with a near match': {
    args: ['run', '--model', 'opanai:gpt-6-luna'],
    says: /did you mean openai\?/,
  },
  'a role nobody has': {
    args: ['run', '--model', 'moderater=simulator'],
    says: /did you mean moderator\?/,
  },
  'an unknown scenario, with a near match': {
    args: ['run', 'us-dprk-talk'],
    says: /us-dprk-talks/,
  },
  'an unknown strategy, with a near match': {
    args: ['run', '--strategy', 'steelmen'],
    says: /steelman/,
  },
  'an unknown order': {
    args: ['run', '--order', 'random'],
    says: /Allowed choices are fixed, rotating/,
    code: 2,
  },
  'an unknown option, with a near match': {
    args: ['run', '--round', '3'],
    says: /Did you mean --rounds\?/,
    code: 2,
  },
  'rounds that are no number': {
    args: ['run', '--rounds', 'many'],
    says: /--rounds many must be a whole number/,
    code: 2,
  },
  'no rounds': { args: ['run', '--rounds', '0'], says: /--rounds 0 must be at least 1/, code: 2 },
  'a budget below nothing': { args: ['run', '--budget', '-1'], says: /--budget -1 must be above 0/, code: 2 },
  'a run name that climbs out of its folder': {
    args: ['run', '--model', 'simulator', '--name', '../elsewhere'],
    says: /name/,
  },
  'a run that does not exist': {
    args: ['resume', 'nothing'],
    says: /There is no run nothing in transcripts/,
  },
  'a replay of a run that does not exist': { args: ['replay', 'nothing'], says: /There is no run nothing/ },
  'an article that does not exist': {
    args: ['run', '--model', 'simulator', '--article', 'nowhere.md'],
    says: /nowhere\.md/,
  },
  'an empty article': {
    args: ['run', '--model', 'simulator', '--article', '-'],
    options: { input: '' },
    says: /empty|nothing/,
  },
  'a binary article': {
    args: ['run', '--model', 'simulator', '--article', '-'],
    options: { input: new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37, 0, 1, 2, 3]) },
    says: /PDF/,
  },
  'an article over 2 MB': {
    args: ['run', '--model', 'simulator', '--article', '-'],
    options: { input: 'words and words. '.repeat(150_000) },
    says: /2 MB/,
  },
  'an article at a loopback address': {
    args: ['run', '--model', 'simulator', '--article', 'http://127.0.0.1:9/article'],
    says: /private|loopback|this machine/,
  },
};

describe('bad input costs nothing and gets one clear line', () => {
  test.each(Object.entries(cases))('%s', async (_title, { args, says, options = {}, code = 1 }) => {
    const cwd = await temporaryFolder();
    const { code: actual, stdout, stderr } = await parley(args, { cwd, ...options });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/ {4}at |has a bug/);
    if (code === 1) expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(actual).toBe(code);
  });

  test('an unreachable server is named before anything is begun', async () => {
    const cwd = await temporaryFolder();
    const baseUrl = await closedAddress();
    const { code, stdout, stderr } = await parley(['run', '--model', 'openai:any', '--base-url', baseUrl], {
      cwd,
    });
    expect(stderr).toContain(baseUrl);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(await readdir(cwd)).toEqual([]);
    expect(code).toBe(1);
  });

  test('a model that the server does not list is named before anything is begun', async () => {
    const cwd = await temporaryFolder();
    const server = await startProviderServer({ replies: [] });
    const args = ['run', '--model', 'openai:skripted', '--base-url', server.baseUrl];
    const { code, stderr } = await parley(args, { cwd });
    expect(stderr).toContain('openai:skripted');
    expect(stderr).toContain('scripted');
    expect(await readdir(cwd)).toEqual([]);
    expect(code).toBe(1);
  });

  test('an article that the model cannot hold is named before anything is begun, with both sizes', async () => {
    const cwd = await temporaryFolder();
    const server = await startProviderServer({ replies: [], contextLength: 2_048 });
    const args = ['run', '--model', 'openai:scripted', '--base-url', server.baseUrl];
    const { code, stderr } = await parley(args, { cwd });
    expect(stderr).toMatch(/article has about [\d,]+ tokens, and openai:scripted holds 2,048 in all/);
    expect(stderr).toContain('a model with a larger context');
    expect(await readdir(cwd)).toEqual([]);
    expect(code).toBe(1);
  });

  test('a wrong key is named before anything is begun, and never shown', async () => {
    const cwd = await temporaryFolder();
    const server = await startProviderServer({ replies: [], key: 'sk-the-right-one-0123456789' });
    const args = ['run', '--model', 'openai:scripted', '--base-url', server.baseUrl];
    const env = { OPENAI_API_KEY: 'sk-the-wrong-one-0123456789' };
    const { code, stderr } = await parley(args, { cwd, env });
    expect(stderr).toContain('OPENAI_API_KEY');
    expect(stderr).not.toContain('wrong-one');
    expect(code).toBe(1);
  });

  test('a model that the server does not know after all fails on its first call and is not asked again', async () => {
    const cwd = await temporaryFolder();
    const body = { error: { message: 'The model `none` does not exist', code: 'model_not_found' } };
    const server = await startProviderServer({ replies: [{ status: 404, body }] });
    const args = ['run', '--model', 'openai:none', '--base-url', server.baseUrl, '--no-probe', '--name', 'x'];
    const { code, stderr } = await parley(args, { cwd });
    expect(stderr).toContain('none');
    expect(code).toBe(1);
  });

  test('faults of a scenario are named with file and line, and no call is made', async () => {
    const cwd = await temporaryFolder();
    await parley(['new', 'mine'], { cwd });
    const file = join(cwd, 'mine', 'scenario.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^title:/m, 'titel:'));
    const server = await startProviderServer({ replies: [] });
    const args = ['run', 'mine', '--model', 'openai:scripted', '--base-url', server.baseUrl];
    const { code, stderr } = await parley(args, { cwd });
    expect(stderr).toMatch(/mine\/scenario\.yaml:\d+: .*titel.*title/);
    expect(code).toBe(1);
  });

  test('a transcripts folder that cannot be written is named with a remedy', async () => {
    const cwd = await temporaryFolder();
    await mkdir(join(cwd, 'sealed'));
    await writeFile(join(cwd, 'sealed', 'transcripts'), 'a file in the way');
    const { code, stderr } = await parley(
      ['run', '--model', 'simulator', '--transcripts', 'sealed/transcripts'],
      {
        cwd,
      },
    );
    expect(stderr).toMatch(/sealed\/transcripts.*cannot be written/);
    expect(code).toBe(1);
  });
});

/** An address on this machine where nobody listens. */
async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1`;
}
