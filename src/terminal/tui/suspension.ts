import type { SuspendTerminal } from 'ink';
import type { ScreenOwner } from './screen-owner.ts';

/** Ctrl+Z and back. */
export interface Suspension {
  /** Ink's way to let go of the terminal, known once it has started. */
  use(suspendTerminal: SuspendTerminal): void;
  /** Gives the terminal back and stops the process; goes on when the shell says so. */
  begin(): void;
  /** Gives the terminal to another program for as long as it takes. */
  during(work: () => Promise<void>): Promise<void>;
  /** No more signals are listened to. */
  end(): void;
}

interface SuspensionOptions {
  owner: ScreenOwner;
  firstLine(): string;
  redraw(): void;
}

/** Long enough for the stop to take hold; the timer then fires when the process runs again. */
const settleMs = 60;

export function createSuspension({ owner, firstLine, redraw }: SuspensionOptions): Suspension {
  let suspend: SuspendTerminal | null = null;
  let isSuspended = false;

  const stop = async () => {
    if (isSuspended || !suspend) return;
    isSuspended = true;
    const held = await suspend();
    owner.leave();
    process.off('SIGTSTP', onStop);
    // The whole group, as the terminal itself would: npm and a shell around us have to stop too.
    process.kill(0, 'SIGTSTP');
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    process.on('SIGTSTP', onStop);
    owner.enter(firstLine());
    await held.resume();
    redraw();
    isSuspended = false;
  };
  const during = async (work: () => Promise<void>) => {
    if (isSuspended || !suspend) return;
    isSuspended = true;
    const held = await suspend();
    owner.leave();
    try {
      await work();
    } finally {
      owner.enter(firstLine());
      await held.resume();
      redraw();
      isSuspended = false;
    }
  };
  const onStop = () => void stop();
  /** Stopped by someone else and going on: the screen may be anything by now. */
  const onContinue = () => {
    if (isSuspended) return;
    owner.enter(firstLine());
    redraw();
  };
  process.on('SIGTSTP', onStop);
  process.on('SIGCONT', onContinue);

  return {
    use(suspendTerminal) {
      suspend = suspendTerminal;
    },
    begin: onStop,
    during,
    end() {
      process.off('SIGTSTP', onStop);
      process.off('SIGCONT', onContinue);
    },
  };
}
