import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import { eventSchema } from '../../src/debate/events.ts';
import { command, journalOf, parley, temporaryFolder } from './parley.ts';

const quick = ['--model', 'simulator', '--rounds', '2', '--seed', '7', '--name', 'one'];
const escapeCharacter = '\u001b';

describe('parley run in a pipe', () => {
  test('prints the transcript on stdout and the status on stderr, and ends well', async () => {
    const cwd = await temporaryFolder();
    const { code, stdout, stderr } = await parley(['run', ...quick], { cwd });
    expect(stderr).toContain('Model: simulator, as chosen with --model.');
    expect(stderr).toContain('Saved in transcripts/one.');
    expect(stdout).toContain('SIMULATED');
    expect(stdout).toContain('State Department official');
    expect(stdout).not.toContain(escapeCharacter);
    expect(stdout).not.toContain('reading positions');
    expect(code).toBe(0);
    const debate = fold(await journalOf(join(cwd, 'transcripts'), 'one'));
    expect(debate?.turns.filter((turn) => turn.kind === 'speech')).toHaveLength(8);
    expect(debate?.verdicts).toHaveLength(2);
    expect(debate?.answers).toHaveLength(2);
    expect(debate?.ended?.reason).toMatch(/round-limit|converged/);
  });

  test('the same seed gives the same words, another seed gives others', async () => {
    const cwd = await temporaryFolder();
    const speeches = async (name: string, seed: string) => {
      await parley(['run', '--model', 'simulator', '--rounds', '1', '--seed', seed, '--name', name], { cwd });
      return fold(await journalOf(join(cwd, 'transcripts'), name))?.turns.map((turn) => turn.text);
    };
    const [first, again, other] = [
      await speeches('a', '1'),
      await speeches('b', '1'),
      await speeches('c', '2'),
    ];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('--json gives one valid event or notice a line, the events being those of the journal', async () => {
    const cwd = await temporaryFolder();
    const { code, stdout } = await parley(['run', ...quick, '--json'], { cwd });
    const values = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const events = values.filter((value) => 'number' in value).map((value) => eventSchema.parse(value));
    expect(events).toEqual(await journalOf(join(cwd, 'transcripts'), 'one'));
    expect(values.some((value) => value.type === 'turn-delta')).toBe(true);
    expect(code).toBe(0);
  });

  test('head -1 ends it quietly, with a journal that can be resumed', async () => {
    const cwd = await temporaryFolder();
    const shell = `"${process.execPath}" "${command}" run --model simulator --pace 200 --seed 1 --name cut 2>errors | head -1`;
    spawnSync('sh', ['-c', shell], { cwd, env: { PATH: process.env['PATH'] } });
    const debate = fold(await journalOf(join(cwd, 'transcripts'), 'cut'));
    expect(debate?.ended?.reason).toBe('stopped');
    const resumed = await parley(['resume', 'cut', '--pace', '0'], { cwd });
    expect(resumed.code).toBe(0);
  });

  test('keeps the prompt files it used, with the hashes that the journal names', async () => {
    const cwd = await temporaryFolder();
    await parley(['run', ...quick], { cwd });
    const [started] = await journalOf(join(cwd, 'transcripts'), 'one');
    if (started?.type !== 'debate-started') throw new Error('no start');
    expect(started.prompts.map((file) => file.path)).toContain('strategies/plain.md');
    const kept = await readFile(join(cwd, 'transcripts', 'one', 'prompts.txt'), 'utf8');
    expect(kept).toContain('==> strategies/plain.md <== ');
    expect(kept).toContain(await readFile('prompts/strategies/plain.md', 'utf8'));
  });
});

describe('parley replay', () => {
  test('prints what the run printed', async () => {
    const cwd = await temporaryFolder();
    const run = await parley(['run', ...quick], { cwd });
    const replay = await parley(['replay', 'one'], { cwd });
    expect(replay.stdout).toBe(run.stdout);
    expect(replay.code).toBe(0);
  });
});
