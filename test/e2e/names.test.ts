import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { journalOf, parley, temporaryFolder } from './parley.ts';

const quick = ['--model', 'simulator', '--rounds', '1', '--seed', '1', '--judge-samples', '1'];

describe('names on the command line', () => {
  test('a run is named by latest, a beginning, or its place in the last list, in every command', async () => {
    const cwd = await temporaryFolder();
    for (const name of ['tram-morning', 'river-noon'])
      await parley(['run', ...quick, '--name', name], { cwd });
    expect((await parley(['report', 'latest'], { cwd })).code).toBe(0);
    expect((await parley(['ls'], { cwd })).stdout.split('\n')[1]).toMatch(/^tram-morning /);
    const replayed = await parley(['replay', '#2', '--json'], { cwd });
    expect(JSON.parse(replayed.stdout.split('\n')[0] ?? '')).toMatchObject({ debate: 'tram-morning' });
    expect((await parley(['diff', 'tram', 'river', '--json'], { cwd })).code).toBe(0);
    const forked = await parley(['fork', 'tram', '--turn', '3', '--plain'], { cwd });
    expect(forked.code).toBe(0);
    expect((await journalOf(join(cwd, 'transcripts'), 'tram-morning-t3-1'))[0]).toMatchObject({
      forkedFrom: { debate: 'tram-morning', turn: 3 },
    });
    const seated = ['fork', 'river-noon', '--turn', '3', '--seat', 'dprk-negotiator', '--plain'];
    const mine = 'We open the gates in May.';
    expect((await parley(seated, { cwd, input: `${mine}\n.\n` })).stdout).toContain(mine);
    expect((await parley([...seated, '-n', '2'], { cwd })).stderr).toContain(
      '--seat is for one fork, and that is 2',
    );
    const near = await parley(['resume', 'river-nune'], { cwd });
    expect(near).toMatchObject({ code: 1, stdout: '' });
    expect(near.stderr).toBe('parley: There is no run river-nune in transcripts. Did you mean river-noon?\n');
  }, 60_000);

  test('an empty list says where it looked', async () => {
    const cwd = await temporaryFolder();
    const { stdout, stderr, code } = await parley(['ls'], { cwd });
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    expect(stderr).toContain(`There is no run in ${join(cwd, 'transcripts')}.`);
    await parley(['run', ...quick, '--name', 'one'], { cwd });
    expect((await parley(['ls', '--ending', 'failed'], { cwd })).stderr).toContain('matches these filters');
  }, 60_000);

  test('scenarios of one’s own are found by name: here, below scenarios/ and where PARLEY_SCENARIOS says', async () => {
    const cwd = await temporaryFolder();
    const env = { PARLEY_SCENARIOS: join(cwd, 'shelf') };
    await parley(['new', 'beside'], { cwd });
    for (const place of ['scenarios/below', 'shelf/far']) {
      await mkdir(join(cwd, place, '..'), { recursive: true });
      await parley(['new', place], { cwd });
    }
    const listed = await parley(['list', 'scenarios'], { cwd, env });
    for (const name of ['us-dprk-talks', 'beside', 'below', 'far'])
      expect(listed.stdout).toMatch(new RegExp(`^${name} `, 'm'));
    for (const name of ['beside', 'below', 'far'])
      expect(await parley(['run', name, ...quick, '--name', `of-${name}`], { cwd, env })).toMatchObject({
        code: 0,
      });
    await writeFile(
      join(cwd, 'plan.yaml'),
      'model: simulator\narms: [{ id: a, strategy: plain }]\nscenarios: [below, far]\ndebate: { rounds: 1, judgeSamples: 1 }\n',
    );
    expect(await parley(['batch', 'plan.yaml', '--yes'], { cwd, env })).toMatchObject({ code: 0 });
    const without = await parley(['batch', 'plan.yaml', '--yes'], { cwd });
    expect(without.stderr).toMatch(/plan\.yaml:3: there is no scenario "far".*such as \.\/far/);
  }, 120_000);

  test.each([
    ['strategies', /^steelman {2,}\S/m],
    ['formats', /^sft {2,}\S/m],
    ['models', /^simulator/m],
  ])('lists %s', async (what, expected) => {
    const { stdout, code } = await parley(['list', what], { cwd: await temporaryFolder() });
    expect(stdout).toMatch(expected);
    expect(code).toBe(0);
  });

  test('an unknown list is a misuse that names the lists', async () => {
    const { stderr, code } = await parley(['list', 'things'], { cwd: await temporaryFolder() });
    expect(stderr).toContain('Lists: scenarios, strategies, models, formats.');
    expect(code).toBe(2);
  });
});
