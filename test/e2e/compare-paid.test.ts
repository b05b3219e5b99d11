import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comparisonSchema } from '../../src/compare/comparison.ts';
import { callsOf } from '../../src/debate/debate.ts';
import { storedDebates } from '../batch/batch-command.ts';
import { errors, type ProviderServer, startProviderServer } from '../helpers/provider-server.ts';
import { debating } from '../run/debates.ts';
import { parley, temporaryFolder } from './parley.ts';

const key = 'sk-test-0123456789';
/** US dollars per million tokens, in and out. */
const price = { input: 2, output: 8 };

/** Two arms on two articles, twice, with a provider that charges. */
async function paidPlan(): Promise<string> {
  const cwd = await temporaryFolder();
  await cp(resolve('examples/articles'), join(cwd, 'articles'), { recursive: true });
  const plan = [
    'arms: [{ id: plain, strategy: plain }, { id: steel, strategy: steelman }]',
    'model: openai:scripted',
    'scenarios: [us-dprk-talks]',
    'articles: [own, articles/one-site-short.md]',
    'repeats: 2',
    'debate: { rounds: 1, judgeSamples: 1 }',
  ];
  await writeFile(join(cwd, 'plan.yaml'), plan.join('\n'));
  return cwd;
}

function comparing(server: ProviderServer, cwd: string, ...more: string[]) {
  const args = ['--base-url', server.baseUrl, '--price', `${price.input},${price.output}`, '--json'];
  return parley(['compare', 'plan.yaml', ...args, ...more], { cwd, env: { OPENAI_API_KEY: key } });
}

/** Takes the debates away and leaves everything else. */
async function forgetDebates(cwd: string): Promise<void> {
  const transcripts = join(cwd, 'transcripts');
  for (const name of await readdir(transcripts)) {
    if (name !== '.replies') await rm(join(transcripts, name), { recursive: true });
  }
}

describe('parley compare with a provider that charges', () => {
  test('asks before it spends, and says afterwards what it cost', async () => {
    const server = await startProviderServer({ answer: debating, key });
    const cwd = await paidPlan();
    const refused = await comparing(server, cwd);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/8 debates[\s\S]*about \d+ calls, [\s\S]*\$0\.\d*[1-9]/);
    expect(server.requests).toHaveLength(0);

    const { code, stdout, stderr } = await comparing(server, cwd, '--yes');
    expect(code, stderr).toBe(0);
    const result = comparisonSchema.parse(JSON.parse(stdout));
    expect(result.caveat ?? '').toBe('');
    expect(result.arms.map(({ debates, simulated }) => ({ debates, simulated }))).toEqual([
      { debates: 4, simulated: 0 },
      { debates: 4, simulated: 0 },
    ]);
    const stored = await storedDebates(join(cwd, 'transcripts'));
    const calls = stored.flatMap(({ debate }) => callsOf(debate));
    expect(server.requests).toHaveLength(calls.length);
    const paid = calls.reduce(
      (sum, { usage }) => sum + usage.inputTokens * price.input + usage.outputTokens * price.output,
      0,
    );
    const told = result.arms.reduce((sum, { costUsd }) => sum + (costUsd ?? Number.NaN), 0);
    expect(told).toBeCloseTo(paid / 1_000_000, 9);
    expect(told).toBeGreaterThan(0);
  });

  test('with --cache holds the same plan again without one request, and says that its costs are none', async () => {
    const server = await startProviderServer({ answer: debating, key });
    const cwd = await paidPlan();
    const first = await comparing(server, cwd, '--yes', '--cache');
    expect(first.code, first.stderr).toBe(0);
    const asked = server.requests.length;
    await forgetDebates(cwd);

    const again = await comparing(server, cwd, '--yes', '--cache');
    expect(again.code, again.stderr).toBe(0);
    expect(server.requests).toHaveLength(asked);
    const [one, other] = [first, again].map(({ stdout }) => comparisonSchema.parse(JSON.parse(stdout)));
    const measured = (result: typeof one) =>
      result?.arms.map(({ measures }) => measures.filter(({ measure }) => measure !== 'cost'));
    expect(measured(other)).toEqual(measured(one));
    expect(other?.arms.map(({ costUsd }) => costUsd)).toEqual([0, 0]);
    expect(other?.warnings.join(' ')).toContain(`Cached replies answered ${asked} calls at no cost`);
    expect(one?.warnings.join(' ')).not.toContain('Kept replies');
  });

  test('without --cache asks everything anew', async () => {
    const server = await startProviderServer({ answer: debating, key });
    const cwd = await paidPlan();
    await comparing(server, cwd, '--yes', '--cache', '--count', '2');
    const asked = server.requests.length;
    await forgetDebates(cwd);
    await comparing(server, cwd, '--yes', '--count', '2');
    expect(server.requests.length).toBe(2 * asked);
  });

  test('an arm whose every call fails is no arm that did not converge: errors in JUnit, and every condition fails', async () => {
    const server = await startProviderServer({
      answer: (request) => (request.body['model'] === 'broken' ? errors.badRequest : debating(request)),
      key,
    });
    const cwd = await paidPlan();
    const plan = [
      'arms: [{ id: plain, strategy: plain }, { id: broken, strategy: plain, model: "openai:broken" }]',
      'model: openai:scripted',
      'judge: openai:scripted',
      'scenarios: [us-dprk-talks]',
      'articles: [own, articles/one-site-short.md]',
      'debate: { rounds: 1, judgeSamples: 1 }',
    ];
    await writeFile(join(cwd, 'plan.yaml'), plan.join('\n'));
    const gates = ['--yes', '--junit', 'result.xml', '--fail-if', 'converged < 0', '--no-probe'];
    const { code, stdout, stderr } = await comparing(server, cwd, ...gates);
    expect(code, stderr).toBe(4);
    const result = comparisonSchema.parse(JSON.parse(stdout));
    expect(result.arms.map(({ arm, failed, aborted }) => ({ arm, failed, aborted }))).toEqual([
      { arm: 'plain', failed: 0, aborted: 0 },
      { arm: 'broken', failed: 2, aborted: 0 },
    ]);
    expect(result.pairs[0]?.finding).toBe('inconclusive');
    expect(stderr).toContain('Failed: broken has no number for converged: every debate of it failed');
    const xml = await readFile(join(cwd, 'result.xml'), 'utf8');
    expect(xml).toContain('failures="1" errors="2"');
    expect(xml.match(/<error message="[^"]*broken[^"]*"\/>/g)).toHaveLength(2);
  });
});

test('parley run --cache asks nothing twice, and another seed is another request', async () => {
  const server = await startProviderServer({ answer: debating, key });
  const cwd = await temporaryFolder();
  const run = (name: string, seed: string) =>
    parley(
      ['run', '--model', 'openai:scripted', '--base-url', server.baseUrl, '--rounds', '1', '--cache'].concat([
        '--seed',
        seed,
        '--name',
        name,
        '--plain',
      ]),
      { cwd, env: { OPENAI_API_KEY: key } },
    );
  const first = await run('first', '1');
  const asked = server.requests.length;
  expect(asked).toBeGreaterThan(5);
  expect((await run('second', '1')).stdout).toBe(first.stdout);
  expect(server.requests).toHaveLength(asked);
  await run('third', '2');
  expect(server.requests.length).toBeGreaterThan(asked);
});
