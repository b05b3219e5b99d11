import { writeSync } from 'node:fs';
import type { OutputStream } from '../types.ts';

/** Console output and process warnings that came while the screen was taken. */
interface ConsoleGuard {
  /** Gives console and warnings back; returns what came, in order. Safe to call twice. */
  release(): string[];
}

const guarded = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
const mostKept = 200;

/** Libraries print to the console when something goes wrong; on a screen that would leave marks, or worse. */
export function guardConsole(): ConsoleGuard {
  const kept: string[] = [];
  let isReleased = false;
  const keep = (...parts: unknown[]) => {
    if (kept.length < mostKept) kept.push(parts.map(String).join(' '));
  };
  const originals = guarded.map((name) => [name, console[name]] as const);
  for (const name of guarded) console[name] = keep;
  // Node itself prints warnings past the console.
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', keep);
  return {
    release() {
      if (isReleased) return [];
      isReleased = true;
      for (const [name, original] of originals) console[name] = original;
      process.off('warning', keep);
      for (const listener of listeners) process.on('warning', listener);
      return kept.splice(0);
    },
  };
}

/** The one owner of the screen: what is switched on here is switched off here, on every way out. */
export interface ScreenOwner {
  /** Takes the screen; `firstLine` is seen at once, long before the first frame. */
  enter(firstLine: string): void;
  /** Gives the screen back. Safe to call twice. */
  leave(): void;
  /** Puts a text on the clipboard by OSC 52, the only one that parley writes. */
  copy(text: string): void;
}

export interface ScreenOwnerOptions {
  stdout: OutputStream & { readonly fd?: number };
  /** Whether the alternate screen is used. */
  isFull: boolean;
}

/** Terminals take about this much base64 in one OSC 52. */
const mostCopied = 74_994;

// Without autowrap a row that a terminal finds wider than we do spoils its own end only, not the screen.
const enterFull = '\u001b[?1049h\u001b[?7l\u001b[?25l\u001b[H\u001b[2J';
const leaveBoth = '\u001b[?2026l\u001b[?2004l\u001b[?25h\u001b[0m';
const leaveFull = `${leaveBoth}\u001b[?7h\u001b[?1049l`;

export function createScreenOwner({ stdout, isFull }: ScreenOwnerOptions): ScreenOwner {
  let isHeld = false;
  const restore = isFull ? leaveFull : leaveBoth;
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

  return {
    enter(firstLine) {
      if (!isHeld) process.on('exit', restoreNow);
      isHeld = true;
      stdout.write(isFull ? `${enterFull}${firstLine}\u001b[H` : '');
    },
    leave() {
      if (!isHeld) return;
      isHeld = false;
      process.off('exit', restoreNow);
      stdout.write(restore);
    },
    copy(text) {
      const encoded = Buffer.from(text, 'utf8').toString('base64').slice(0, mostCopied);
      stdout.write(`\u001b]52;c;${encoded}\u0007`);
    },
  };
}
