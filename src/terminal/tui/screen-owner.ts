import { writeSync } from 'node:fs';
import type { SuspendTerminal } from 'ink';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { OutputStream } from '../types.ts';

const guarded = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
const mostKept = 200;

/**
 * Libraries print to the console when something goes wrong; on a screen that would leave marks, or worse. Gives what
 * gives console and warnings back, with what came meanwhile.
 */
function guardConsole(): () => string[] {
  const kept: string[] = [];
  const keep = (...parts: unknown[]) => {
    if (kept.length < mostKept) kept.push(parts.map(String).join(' '));
  };
  const originals = guarded.map((name) => [name, console[name]] as const);
  for (const name of guarded) console[name] = keep;
  // Node itself prints warnings past the console.
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', keep);
  return () => {
    for (const [name, original] of originals.splice(0)) console[name] = original;
    process.off('warning', keep);
    for (const listener of listeners.splice(0)) process.on('warning', listener);
    return kept.splice(0);
  };
}

/** Terminals take about this much base64 in one OSC 52. */
const mostCopied = 74_994;

// Without autowrap a row that a terminal finds wider than we do spoils its own end only, not the screen.
const enterFull = '\u001b[?1049h\u001b[?7l\u001b[?25l\u001b[H\u001b[2J';
const leaveBoth = '\u001b[?2026l\u001b[?2004l\u001b[?25h\u001b[0m';
const leaveFull = `${leaveBoth}\u001b[?7h\u001b[?1049l`;

export interface ScreenOptions {
  stdout: OutputStream & { readonly fd?: number };
  /** Whether the alternate screen is used. */
  isFull: boolean;
  /** Seen at once, long before the first frame. */
  firstLine(): string;
  redraw(): void;
}

/** The one owner of the screen: what is switched on here is switched off here, on every way out. */
export interface TakenScreen {
  /** Takes Ink's way to let go of the terminal, known once it has started. */
  suspendable(suspendTerminal: SuspendTerminal): void;
  /** Ctrl+Z: gives the terminal back and stops the process; goes on when the shell says so. */
  suspend(): void;
  /** Gives the terminal to another program for as long as it takes. */
  lend(work: () => Promise<void>): Promise<void>;
  /** Puts a text on the clipboard by OSC 52, the only one that parley writes. */
  copy(text: string): void;
  /** Gives the screen back, and prints what was said to the console meanwhile. Safe to call twice. */
  giveBack(console: OutputStream): void;
}

/** Long enough for the stop to take hold; the timer then fires when the process runs again. */
const settleMs = 60;

/** Takes the screen, and guards the console until it is given back. */
export function takeScreen({ stdout, isFull, firstLine, redraw }: ScreenOptions): TakenScreen {
  const releaseConsole = guardConsole();
  const restore = isFull ? leaveFull : leaveBoth;
  let isHeld = false;
  let inkSuspends: SuspendTerminal | null = null;
  let isSuspended = false;

  /** The last chance: runs when the process ends in whatever way runs exit handlers. */
  const restoreNow = () => {
    if (!isHeld) return;
    isHeld = false;
    try {
      if (stdout.fd === undefined) stdout.write(restore);
      else writeSync(stdout.fd, restore);
    } catch {
      // Nobody is there to see the screen.
    }
  };
  const enter = () => {
    if (!isHeld) process.on('exit', restoreNow);
    isHeld = true;
    stdout.write(isFull ? `${enterFull}${firstLine()}\u001b[H` : '');
  };
  const leave = () => {
    if (!isHeld) return;
    isHeld = false;
    process.off('exit', restoreNow);
    stdout.write(restore);
  };

  const lend = async (work: () => Promise<void>) => {
    if (isSuspended || !inkSuspends) return;
    isSuspended = true;
    const held = await inkSuspends();
    leave();
    try {
      await work();
    } finally {
      enter();
      await held.resume();
      redraw();
      isSuspended = false;
    }
  };
  const stop = async () => {
    process.off('SIGTSTP', suspend);
    // The whole group, as the terminal itself would: npm and a shell around us have to stop too.
    process.kill(0, 'SIGTSTP');
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    process.on('SIGTSTP', suspend);
  };
  const suspend = () => void lend(stop);
  /** Stopped by someone else and going on: the screen may be anything by now. */
  const onContinue = () => {
    if (isSuspended) return;
    enter();
    redraw();
  };
  process.on('SIGTSTP', suspend);
  process.on('SIGCONT', onContinue);
  enter();

  return {
    suspendable(suspendTerminal) {
      inkSuspends = suspendTerminal;
    },
    suspend,
    lend,
    copy(text) {
      const encoded = Buffer.from(text, 'utf8').toString('base64').slice(0, mostCopied);
      stdout.write(`\u001b]52;c;${encoded}\u0007`);
    },
    giveBack(out) {
      process.off('SIGTSTP', suspend);
      process.off('SIGCONT', onContinue);
      leave();
      for (const line of releaseConsole()) out.write(`${sanitizeLine(line)}\n`);
    },
  };
}
