import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { debating } from '../run/debates.ts';
import { parley, temporaryFolder } from './parley.ts';

/** A folder with one stored debate in which positions changed. */
async function folderWithDebate(): Promise<string> {
  const cwd = await temporaryFolder();
  const run = ['run', '--model', 'simulator', '--rounds', '3', '--seed', '3', '--judge-samples', '1'];
  const { code, stderr } = await parley([...run, '--name', 'one', '--plain'], { cwd });
  expect(code, stderr).toBe(0);
  return cwd;
}

describe('parley why', () => {
  test('says what moved a speaker, keeps every answer, and asks nothing twice', async () => {
    const cwd = await folderWithDebate();
    const journal = await readFile(join(cwd, 'transcripts/one/journal.jsonl'), 'utf8');
    const first = await parley(['why', 'one', '--shift', '1', '--answers', '3'], { cwd });
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toMatch(/^#1 T\d+ .+ on .+: [\d.]+ to [\d.]+ \(\w+\)\n {2}after T\d+ /);
    expect(first.stdout).toMatch(/ {2}the real speech +[+−]?\d\.\d {3}3 answers/);
    expect(first.stdout).toMatch(/itself .+ · pressure .+ · persuasion .+, in points of the scale/);
    expect(first.stderr).toContain('12 of 12');
    expect(await readFile(join(cwd, 'transcripts/one/journal.jsonl'), 'utf8')).toBe(journal);

    const again = await parley(['why', 'one', '--shift', '1', '--answers', '3', '--json'], { cwd });
    expect(again.stderr).not.toContain('of 12');
    expect(JSON.parse(again.stdout)).toMatchObject({
      run: 'one',
      ended: 'done',
      explanations: [{ number: 1 }],
    });
    const resumed = await parley(['resume', 'one', '--rounds', '4', '--plain'], { cwd });
    expect(resumed.code, resumed.stderr).toBe(0);
  });

  test('tells the cost first, asks, and without anybody to ask spends nothing', async () => {
    const cwd = await folderWithDebate();
    const server = await startProviderServer({ answer: debating });
    const model = ['--model', 'openai:scripted', '--base-url', server.baseUrl];
    const refused = await parley(['why', 'one', ...model, '--price', '1,4'], { cwd });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/about \d+ calls, .* tokens, \$\d[\s\S]*Add --yes/);
    const unpriced = await parley(['why', 'one', ...model, '--budget', '1', '--yes'], { cwd });
    expect(unpriced.code).toBe(1);
    expect(unpriced.stderr).toContain('Give --price INPUT,OUTPUT');
    expect(unpriced.stderr).toContain('--budget-tokens N');
    for (const budget of [
      ['--budget', '0.000001'],
      ['--budget-tokens', '10'],
    ]) {
      const small = await parley(['why', 'one', ...model, '--price', '1,4', ...budget, '--yes'], { cwd });
      expect(small).toMatchObject({ code: 1, stdout: '' });
      expect(small.stderr).toMatch(/not one answer fits the budget\. It takes about [$\d]/);
    }
    expect(server.requests).toHaveLength(0);
  });

  test('a budget ends it with 3, and the same command goes on', async () => {
    const cwd = await folderWithDebate();
    const server = await startProviderServer({ answer: debating });
    const args = ['why', 'one', '--shift', '1', '-k', '3', '--yes', '--concurrency', '1', '--price', '1,4'];
    const model = ['--model', 'openai:scripted', '--base-url', server.baseUrl];
    const short = await parley([...args, ...model, '--budget', '0.02'], { cwd });
    expect(short.code, short.stderr).toBe(3);
    expect(short.stderr).toContain('a larger --budget continues from here');
    const before = server.requests.length;
    const rest = await parley([...args, ...model], { cwd });
    expect(rest.code, rest.stderr).toBe(0);
    expect(before).toBeGreaterThan(0);
    // One reading of the speech that came before, and an answer with its reading three times under four conditions.
    expect(server.requests.length).toBe(1 + 2 * 3 * 4);
  });

  test.each([
    [['why', 'one', '--shift', '99'], 'There is no shift 99'],
    [['why', 'one', '--issue', 'weather'], '"weather" is not on the agenda'],
    [['why', 'nowhere'], 'There is no run nowhere'],
  ])('%j is refused', async (args, message) => {
    const cwd = await folderWithDebate();
    const { code, stderr, stdout } = await parley(args, { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});
