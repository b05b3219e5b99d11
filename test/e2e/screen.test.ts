import { describe, expect, onTestFinished, test } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import { PseudoTerminal } from '../helpers/pseudo-terminal.ts';
import { command, journalOf, temporaryFolder } from './parley.ts';

const debate = [
  'run',
  '--model',
  'simulator',
  '--seed',
  '7',
  '--rounds',
  '2',
  '--no-stop-early',
  '--pace',
  '2500',
];

function inTerminal(
  folder: string,
  args: readonly string[],
  size = { columns: 120, rows: 40 },
): PseudoTerminal {
  const where = args[0] === 'doctor' ? [] : ['--transcripts', folder];
  const terminal = new PseudoTerminal(process.execPath, [command, ...args, ...where], {
    ...size,
    env: { OLLAMA_HOST: '127.0.0.1:9' },
  });
  onTestFinished(() => terminal.kill());
  return terminal;
}

describe('parley in a real terminal', () => {
  test('holds a debate in the full screen, stays for the reader, and gives the terminal back on q', async () => {
    const folder = await temporaryFolder();
    const terminal = inTerminal(folder, [...debate, '--name', 'seen']);
    await terminal.until('CONVERGENCE');
    const end = await terminal.until('Round limit reached. q leaves.', 60_000);
    expect(end).toContain('SIMULATED');
    terminal.press('q');
    expect((await terminal.exited).exitCode).toBe(0);
    expect(await terminal.text()).toMatch(/parley replay \S*seen/);
    expect(await terminal.leftBehind()).toEqual([]);
    expect(fold(await journalOf(folder, 'seen'))?.ended?.reason).toBe('round-limit');
  });

  test('q in the middle saves, and resume goes on to the end', async () => {
    const folder = await temporaryFolder();
    const first = inTerminal(folder, [...debate, '--pace', '60', '--name', 'left']);
    await first.until(/DPRK negotiator.*speaking/);
    first.press('q');
    expect((await first.exited).exitCode).toBe(0);
    expect(await first.text()).toMatch(/parley resume \S*left/);
    expect(fold(await journalOf(folder, 'left'))?.ended?.reason).toBe('stopped');

    const second = inTerminal(folder, ['resume', 'left', '--pace', '0']);
    await second.until('Round limit reached. q leaves.', 60_000);
    second.press('q');
    expect((await second.exited).exitCode).toBe(0);
    const whole = fold(await journalOf(folder, 'left'));
    expect(whole?.turns.filter((turn) => turn.kind === 'speech')).toHaveLength(8);
  });

  test('Ctrl+C saves and ends with 130', async () => {
    const folder = await temporaryFolder();
    const terminal = inTerminal(folder, [...debate, '--pace', '60', '--name', 'cut']);
    await terminal.until(/State Department official.*speaking/);
    terminal.press('\u0003');
    expect((await terminal.exited).exitCode).toBe(130);
    expect(await terminal.leftBehind()).toEqual([]);
    expect(fold(await journalOf(folder, 'cut'))?.ended?.reason).toBe('stopped');
  });

  test('a question typed at the screen is journaled and answered by those who speak after it', async () => {
    const folder = await temporaryFolder();
    const terminal = inTerminal(folder, [...debate, '--pace', '120', '--name', 'asked']);
    await terminal.until(/State Department official.*speaking/);
    terminal.press('i');
    await terminal.until('your question');
    terminal.press('Who checks the closed plant?\r');
    await terminal.until('You asked', 60_000);
    terminal.press('\u0003');
    await terminal.exited;
    const asked = fold(await journalOf(folder, 'asked'))?.questions;
    expect(asked?.map((question) => question.text)).toEqual(['Who checks the closed plant?']);
  });

  test('a replay can go back to an earlier turn and leaves the journal as it was', async () => {
    const folder = await temporaryFolder();
    const run = inTerminal(folder, [...debate, '--pace', '0', '--name', 'again']);
    await run.until('Round limit reached. q leaves.', 60_000);
    run.press('q');
    await run.exited;
    const before = await journalOf(folder, 'again');
    const terminal = inTerminal(folder, ['replay', 'again', '--speed', '0']);
    await terminal.until('Round limit reached', 60_000);
    terminal.press('t');
    terminal.press('3\r');
    await terminal.until(/▸.*T3 · round 1/);
    terminal.press('q');
    expect((await terminal.exited).exitCode).toBe(0);
    expect(await terminal.leftBehind()).toEqual([]);
    expect(await journalOf(folder, 'again')).toEqual(before);
  });

  test.each<[string, string[], { columns: number; rows: number }]>([
    ['by itself at 60x18', [], { columns: 60, rows: 18 }],
    ['by itself at 38x9', [], { columns: 38, rows: 9 }],
    ['with --ui full at 38x9', ['--ui', 'full'], { columns: 38, rows: 9 }],
  ])('started %s it becomes the full screen once the window is large enough', async (_, ui, size) => {
    const folder = await temporaryFolder();
    const terminal = inTerminal(folder, [...debate, ...ui, '--pace', '60', '--name', 'grown'], size);
    const small =
      size.columns < 40 ? /SIMULATED[\s\S]*need 40x10 \(have 38x9\)/u : 'convergence is read after round 1';
    const before = await terminal.until(small);
    expect(before).toContain('AI simulation');
    expect(before).toContain('SIMULATED');
    expect(before).not.toContain('POSITIONS');
    terminal.resize(100, 30);
    const after = await terminal.until(/POSITIONS[\s\S]*AGREEMENT/u);
    expect(after.split('\n')[0]).toContain('SIMULATED: not a language model');
    terminal.resize(50, 14);
    const again = await terminal.until(/AI simulation\s+SIMULATED/u);
    expect(again).not.toContain('AGREEMENT');
    terminal.press('q');
    expect((await terminal.exited).exitCode).toBe(0);
    expect(await terminal.leftBehind()).toEqual([]);
  });

  test('a pause waits for the turn that is spoken, and says so', async () => {
    const folder = await temporaryFolder();
    const terminal = inTerminal(folder, [...debate, '--pace', '40', '--name', 'held']);
    await terminal.until(/Moderator.*speaking/);
    terminal.press(' ');
    await terminal.until('❚❚ pausing after this turn');
    const held = await terminal.until('❚❚ paused', 60_000);
    expect(held).not.toMatch(/T1 · speaking/);
    terminal.press(' ');
    await terminal.until(/State Department official.*speaking/);
    terminal.press('q');
    await terminal.exited;
  });

  test('a small terminal gets one pane, and NO_COLOR takes every colour out', async () => {
    const folder = await temporaryFolder();
    const terminal = new PseudoTerminal(
      process.execPath,
      [command, ...debate, '--pace', '0', '--transcripts', folder, '--name', 'grey'],
      { columns: 70, rows: 20, env: { NO_COLOR: '1', OLLAMA_HOST: '127.0.0.1:9' } },
    );
    onTestFinished(() => terminal.kill());
    await terminal.until(/q leaves|Round limit/, 60_000);
    terminal.press('q');
    await terminal.exited;
    expect(terminal.output).not.toMatch(/\u001b\[[0-9;]*(?:3[0-7]|4[0-7]|9[0-7]|38|48)[;m]/);
    expect(await terminal.leftBehind()).toEqual([]);
  });
});
