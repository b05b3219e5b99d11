import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { heapFlags } from '../../src/cli/small-heap.ts';
import { parley, startParley, temporaryFolder } from './parley.ts';

const quick = ['--model', 'simulator', '--rounds', '2', '--judge-samples', '1', '--plain'];

describe('training data from the command line', () => {
  test('goes from debates and forks to a checked directory', async () => {
    const cwd = await temporaryFolder();
    expect((await parley(['run', ...quick, '--seed', '3', '--name', 'first'], { cwd })).code).toBe(0);
    const forked = await parley(['fork', 'first', '--turn', '7', '-n', '2', '--plain'], { cwd });
    expect(forked.stderr).toContain('Fork 2 of 2: first-t7-2');
    expect(forked.code).toBe(0);

    const diff = await parley(['diff', 'first', 'first-t7-1'], { cwd });
    expect(diff.stdout).toContain('They share turns 1 to 6 word for word and part at turn 7.');

    const without = await parley(['export', 'data'], { cwd });
    expect(without.code).toBe(1);
    expect(without.stderr).toMatch(/3 debates of the built-in simulator.*--include-simulated/);
    expect(await readdir(cwd)).toEqual(['transcripts']);

    const made = await parley(['export', 'data', '--format', 'all', '--allow-empty', '--include-simulated'], {
      cwd,
    });
    expect(made.stderr).toContain('fit to train on');
    expect(made.code).toBe(0);
    // The simulator leaves no role, so that every label is good: unfit for KTO, and said to be.
    const checked = await parley(['check-export', 'data'], { cwd });
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(/one-label/);
    await parley(['export', 'plain', '--include-simulated'], { cwd });
    expect((await parley(['check-export', 'plain'], { cwd })).code).toBe(0);
    const [row = ''] = (await readFile(join(cwd, 'data/data/sft/train.jsonl'), 'utf8')).split('\n');
    expect(JSON.parse(row)).toMatchObject({ debate: 'first', synthetic: true, simulated: true });
  }, 60_000);

  test.each([
    [['export', 'x', '--format', 'sft,csv'], /--format sft,csv must be of: sft, prompt-completion/, 2],
    [['export', 'x', '--splits', 'train=0.5'], /--splits train=0.5 cannot be used: the shares sum to 0.5/, 2],
    [['export', 'x', '--near-duplicates', '0.1'], /must be from 0.5 to 1, or off/, 2],
    [['export', 'x'], /There is no debate in transcripts/, 1],
    [['check-export', 'nowhere'], /nowhere is not a folder/, 1],
    [['fork', 'gone', '--turn', 'x'], /--turn x must be whole numbers, such as 3 or 3,7/, 2],
    [['fork', 'gone'], /Say where to fork: --turn 3, --turns 3,7 or --every-turn/, 2],
    [['fork', 'gone', '--turn', '3', '--every-turn'], /Say where to fork/, 2],
    [['diff', 'one'], /Give two runs/, 2],
  ])('%j is refused in one line', async (args, message, misuse) => {
    const { code, stderr } = await parley(args, { cwd: await temporaryFolder() });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(message);
    expect(code).toBe(misuse);
  });

  test('killed half way, an export leaves no directory', async () => {
    const cwd = await temporaryFolder();
    await parley(['run', ...quick, '--seed', '3', '--name', 'first'], { cwd });
    const runs = join(cwd, 'transcripts');
    for (let copy = 0; copy < 150; copy++)
      await cp(join(runs, 'first'), join(runs, `copy-${copy}`), { recursive: true });
    // Its own process, so that the kill hits the one that writes.
    const args = [
      'export',
      'data',
      '--include-simulated',
      '--near-duplicates',
      'off',
      '--format',
      'all',
      '--allow-empty',
    ];
    const { process: child, finished } = startParley(args, { cwd, nodeArgs: heapFlags });
    while (!(await readdir(cwd)).some((name) => name.startsWith('.data.making-'))) await wait(5);
    await wait(100);
    child.kill('SIGKILL');
    expect((await finished).signal).toBe('SIGKILL');
    expect(await readdir(cwd)).not.toContain('data');
  }, 60_000);
});
