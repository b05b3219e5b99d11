import { type IPty, spawn } from '@lydell/node-pty';
import { VirtualTerminal } from './virtual-terminal.ts';

/** A program in a real pseudo-terminal, with a virtual terminal that shows what a person would see. */
export class PseudoTerminal {
  readonly terminal: VirtualTerminal;
  readonly process: IPty;
  /** Everything the program wrote. */
  output = '';
  readonly exited: Promise<{ exitCode: number; signal: number | undefined }>;

  constructor(
    file: string,
    args: string[],
    { columns = 100, rows = 30, env = {} as Record<string, string> } = {},
  ) {
    this.terminal = new VirtualTerminal(columns, rows);
    // The terminal driver gives line feeds their carriage returns.
    this.terminal.xterm.options.convertEol = false;
    const environment = {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      TERM: 'xterm-256color',
      ...env,
    };
    this.process = spawn(file, args, { cols: columns, rows, env: environment, name: 'xterm-256color' });
    this.process.onData((data) => {
      this.output += data;
      this.terminal.stdout.write(data);
    });
    this.exited = new Promise((resolve) => {
      this.process.onExit(({ exitCode, signal }) => resolve({ exitCode, signal }));
    });
  }

  press(keys: string): void {
    this.process.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.terminal.xterm.resize(columns, rows);
    this.process.resize(columns, rows);
  }

  async text(): Promise<string> {
    return (await this.terminal.screen()).join('\n');
  }

  /** Resolves with the screen once it holds the text; fails after the time with what it held instead. */
  async until(wanted: string | RegExp, milliseconds = 15_000): Promise<string> {
    const end = Date.now() + milliseconds;
    while (Date.now() < end) {
      const screen = await this.text();
      if (typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen)) return screen;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`never on the screen: ${wanted}\n${await this.text()}`);
  }

  /** What is wrong with the terminal as the program left it; nothing where all was given back. */
  async leftBehind(): Promise<string[]> {
    await this.terminal.settled();
    const lastOf = (mode: string) =>
      Math.max(this.output.lastIndexOf(`${mode}h`), this.output.lastIndexOf(`${mode}l`));
    const isOn = (mode: string) =>
      lastOf(mode) >= 0 && this.output.charAt(lastOf(mode) + mode.length) === 'h';
    const isOff = (mode: string) => lastOf(mode) >= 0 && !isOn(mode);
    return [
      ...(this.terminal.isAlternate ? ['the alternate screen is on'] : []),
      ...(isOff('\u001b[?25') ? ['the cursor is hidden'] : []),
      ...(isOn('\u001b[?2004') ? ['bracketed paste is on'] : []),
      ...(isOff('\u001b[?7') ? ['lines do not wrap'] : []),
      ...(isOn('\u001b[?2026') ? ['output is held back'] : []),
    ];
  }

  kill(): void {
    try {
      this.process.kill('SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
