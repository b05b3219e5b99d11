import { spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { PseudoTerminal } from '../helpers/pseudo-terminal.ts';

const program = 'test/fixtures/terminal/play-debate.ts';
const open: PseudoTerminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.kill();
});

function play(...args: string[]): PseudoTerminal {
  const terminal = new PseudoTerminal(process.execPath, [program, ...args]);
  open.push(terminal);
  return terminal;
}

describe('in a real terminal', () => {
  it('shows the debate, pauses, steps, asks, goes on, and leaves the end on the normal screen', async () => {
    const terminal = play('full', '2');
    await terminal.until('is speaking');
    terminal.press(' ');
    await terminal.until('❚❚ paused');
    terminal.press('i');
    await terminal.until('your question, put to everyone');
    terminal.press('What of the fish?\r');
    await terminal.until('asked: it is put to everyone');
    terminal.press(' ');
    await terminal.until(/You asked {2}after T\d/u);
    await terminal.until('Round limit reached. q leaves.');
    terminal.press('q');
    expect((await terminal.exited).exitCode).toBe(0);
    expect(await terminal.until('parley resume made-up')).toContain('Round 2: convergence');
    expect(await terminal.leftBehind()).toEqual([]);
  });

  it('shows its first line long before Ink has loaded', async () => {
    const terminal = play('full', '2');
    await terminal.until('parley  A made-up debate');
    expect(terminal.output).not.toContain('CONVERGENCE');
    await terminal.until('CONVERGENCE');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('gives the terminal back on %s', async (signal) => {
    const terminal = play('full', '2');
    await terminal.until('is speaking');
    terminal.process.kill(signal);
    expect((await terminal.exited).exitCode).toBe(130);
    await terminal.until('parley resume made-up');
    expect(await terminal.leftBehind()).toEqual([]);
  });

  it('gives the terminal back on Ctrl+C, and at once on a second', async () => {
    const terminal = play('full', '2');
    await terminal.until('is speaking');
    terminal.press('\u0003\u0003');
    await terminal.exited;
    expect(await terminal.leftBehind()).toEqual([]);
  });

  it.each([
    ['an exception', 'throw', 'a bug in the run'],
    ['a rejected promise', 'reject', 'a promise nobody caught'],
  ])(
    'gives the terminal back after %s that nobody caught, and the message can be read',
    async (_what, trouble, message) => {
      const terminal = play('full', '2', trouble);
      expect((await terminal.exited).exitCode).not.toBe(0);
      await terminal.until(message);
      expect(await terminal.leftBehind()).toEqual([]);
    },
  );

  it('survives resizes while it streams', async () => {
    const terminal = play('full', '2');
    await terminal.until('is speaking');
    for (const [columns, rows] of [
      [60, 20],
      [140, 50],
      [30, 8],
      [90, 28],
    ] as const) {
      terminal.resize(columns, rows);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    const screen = await terminal.until('POSITIONS');
    expect(screen.split('\n')[0]).toContain('parley  Who gets the water of a dry summer?');
  });

  it('streams below the text of the normal screen when inline', async () => {
    const terminal = play('inline', '2');
    await terminal.until(/T2 · speaking/u);
    expect(terminal.terminal.isAlternate).toBe(false);
    terminal.press('q');
    await terminal.exited;
    expect(await terminal.leftBehind()).toEqual([]);
    expect(terminal.output).not.toContain('\u001b[?1049h');
  });

  it.skipIf(process.platform === 'win32')(
    'stops on Ctrl+Z, gives the shell the terminal, and comes back with fg',
    async () => {
      const shell = new PseudoTerminal('bash', ['--norc', '--noprofile', '-i'], { env: { PS1: 'shell> ' } });
      open.push(shell);
      await shell.until('shell> ');
      // Readline has the same mode for itself; it would hide whether parley left it on.
      shell.press("bind 'set enable-bracketed-paste off'\r");
      shell.press(`${process.execPath} ${program} full 20\r`);
      await shell.until('is speaking');
      shell.press('\u001a');
      await shell.until('Stopped');
      expect(await shell.leftBehind()).toEqual([]);
      shell.press('echo still $((40+2)) here\r');
      await shell.until('still 42 here');
      shell.press('fg\r');
      const screen = await shell.until('POSITIONS');
      expect(shell.terminal.isAlternate).toBe(true);
      expect(screen).not.toContain('still 42 here');
      shell.press('q');
      await shell.until('parley resume made-up');
      shell.press('exit\r');
      expect(await shell.leftBehind()).toEqual([]);
    },
  );
});

describe('in a pipe', () => {
  const pipe = (command: string) =>
    new Promise<{ code: number | null; text: string; errors: string }>((resolve) => {
      const child = spawn('bash', ['-o', 'pipefail', '-c', command]);
      let text = '';
      let errors = '';
      child.stdout.on('data', (chunk) => (text += chunk));
      child.stderr.on('data', (chunk) => (errors += chunk));
      child.on('close', (code) => resolve({ code, text, errors }));
    });

  it.each(['plain', 'json'])('ends quietly as %s when its reader has read enough', async (mode) => {
    const { code, text, errors } = await pipe(`${process.execPath} ${program} ${mode} 1 | head -1`);
    expect(code).toBe(0);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(errors).not.toMatch(/EPIPE|Error/u);
  });

  it('does not crash with no terminal to read keys from', async () => {
    const { code, text } = await pipe(`${process.execPath} ${program} plain 0 < /dev/null 2> /dev/null`);
    expect(code).toBe(0);
    expect(text).toContain('Round 2: convergence');
  });
});
