import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { journalOf, parley, startParley, temporaryFolder } from './parley.ts';

const args = [
  'run',
  '--model',
  'simulator',
  '--seed',
  '3',
  '--rounds',
  '3',
  '--pace',
  '2500',
  '--no-stop-early',
];
const texts = (debate: Debate | null) => debate?.turns.map((turn) => turn.text);

describe('going on with a run', () => {
  test('kill -9 at any moment loses no finished turn, and the resumed debate is the one it would have been', async () => {
    const cwd = await temporaryFolder();
    const transcripts = join(cwd, 'transcripts');
    await parley([...args, '--pace', '0', '--name', 'whole'], { cwd });
    const whole = fold(await journalOf(transcripts, 'whole'));

    let started = startParley([...args, '--name', 'killed'], { cwd });
    for (const turn of ['T3', 'T7', 'T12']) {
      await started.says(new RegExp(`${turn}\\b`));
      started.process.kill('SIGKILL');
      const { signal } = await started.finished;
      expect(signal).toBe('SIGKILL');
      started = startParley(['resume', 'killed', '--pace', '2500'], { cwd });
    }
    const { code, stderr } = await started.finished;
    expect(stderr).toContain('as before');
    expect(code).toBe(0);
    const killed = fold(await journalOf(transcripts, 'killed'));
    expect(texts(killed)).toEqual(texts(whole));
    expect(killed?.verdicts.map((verdict) => verdict.convergence)).toEqual(
      whole?.verdicts.map((verdict) => verdict.convergence),
    );
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops after saving', async (signal) => {
    const cwd = await temporaryFolder();
    const run = startParley([...args, '--pace', '100', '--name', 'stopped'], { cwd });
    await run.says(/State Department official is speaking/);
    run.process.kill(signal);
    const { code, stderr } = await run.finished;
    expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]);
    expect(stderr).toContain('Continue with: parley resume stopped');
    const debate = fold(await journalOf(join(cwd, 'transcripts'), 'stopped'));
    expect(debate?.ended?.reason).toBe('stopped');
  });

  test('a second process on the same run is refused by name', async () => {
    const cwd = await temporaryFolder();
    const run = startParley([...args, '--pace', '100', '--name', 'busy'], { cwd });
    await run.says(/State Department official is speaking/);
    const second = await parley(['resume', 'busy'], { cwd });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(String(run.process.pid));
    expect(second.stderr).toContain('busy');
  });

  test('a debate that is over says how to hold more rounds, and then holds them', async () => {
    const cwd = await temporaryFolder();
    const short = [
      'run',
      '--model',
      'simulator',
      '--seed',
      '3',
      '--rounds',
      '1',
      '--no-stop-early',
      '--name',
      'short',
    ];
    await parley(short, { cwd });
    const refused = await parley(['resume', 'short'], { cwd });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('parley resume short --rounds 3');
    const longer = await parley(['resume', 'short', '--rounds', '2'], { cwd });
    expect(longer.code).toBe(0);
    const debate = fold(await journalOf(join(cwd, 'transcripts'), 'short'));
    expect(debate?.verdicts).toHaveLength(2);
    expect(debate?.answers).toHaveLength(2);
  });
});
