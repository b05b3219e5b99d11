import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './parley.ts';

const execute = promisify(execFile);

/** Runs one of the example programs as a person would, with nothing in its environment. */
async function example(name: string, cwd: string, ...args: string[]): Promise<string> {
  const program = resolve('examples/library', name);
  const { stdout } = await execute(process.execPath, [program, ...args], { cwd, env: {} });
  return stdout;
}

describe('the example programs of the library', () => {
  test('one watches a debate as it is said, and writes nothing', async () => {
    const cwd = await temporaryFolder();
    const said = await example('watch-a-debate.mjs', cwd);
    expect(said.match(/\[dprk-negotiator\] /g)).toHaveLength(2);
    expect(said).toMatch(/Round 1: C = 0\.\d\d\n[\s\S]*Round 2: C = 0\.\d\d\n/);
    expect(said).toMatch(/Ended after 10 turns: round-limit\./);
    expect(await readdir(cwd)).toEqual([]);
  });

  test('one gives a persona a model of its own, whose words are its turn', async () => {
    const said = await example('custom-model.mjs', await temporaryFolder());
    expect(said).toContain('The state department is played by langchain:Stubborn.');
    expect(said).toContain('[state-department] Sanctions stay until the last centrifuge is gone [P1].');
    expect(said).toMatch(/\[dprk-negotiator\] (?!Sanctions stay)/);
  });

  test('one compares two strategies, and says which does better', async () => {
    const cwd = await temporaryFolder();
    const plan = [
      'title: Small',
      'arms: [{ id: plain, strategy: plain }, { id: steelman, strategy: steelman }]',
      'scenarios: [us-dprk-talks]',
      'debate: { rounds: 1, judgeSamples: 1 }',
    ];
    await writeFile(join(cwd, 'plan.yaml'), plan.join('\n'));
    const said = await example('compare-strategies.mjs', cwd, 'plan.yaml');
    expect(said.match(/: done\n/g)).toHaveLength(2);
    expect(said).toContain('2 of 2 debates are done.');
    expect(said).toMatch(/plain.*steelman|steelman.*plain/);
  });

  test('one runs debates and exports them as checked training data', async () => {
    const cwd = await temporaryFolder();
    const said = await example('export-training-data.mjs', cwd, 'data');
    expect(said.match(/turns, ended as round-limit/g)).toHaveLength(2);
    expect(said).toMatch(/[1-9]\d* rows checked, 0 faults\./);
    expect((await readdir(cwd)).sort()).toEqual(['data', 'transcripts']);
  });
});
