import { sanitizeLine } from '../../text/sanitize.ts';
import { createTheme, type ThemeName } from '../theme/theme.ts';
import { createScreenOwner, guardConsole } from '../tui/screen-owner.ts';
import { cutText } from '../tui/span.ts';
import { createSuspension } from '../tui/suspension.ts';
import type { ColorDepth, OutputStream } from '../types.ts';
import type { MountedProgress } from './progress-app.ts';
import type { ProgressState } from './progress-state.ts';

export interface ProgressOptions {
  stdin: NodeJS.ReadStream;
  /** The terminal to draw on; usually stderr, so that stdout stays free for results. */
  out: OutputStream & { readonly fd?: number };
  theme: ThemeName;
  color: ColorDepth;
  /** How things stand now; asked a few times a second, and never more often. */
  look(): ProgressState;
  /** Ctrl+C, which in raw mode sends no signal. */
  interrupt(): void;
  /** The screen broke; it has been given back. */
  failed(error: unknown): void;
  /** After each frame. */
  onFrame?: () => void;
}

export interface ProgressScreen {
  /** Gives the screen back and prints what was said to the console meanwhile. Safe to call twice. */
  close(): Promise<void>;
  /** The same at once, without waiting for anything: for a process that is about to exit. */
  giveBack(): void;
}

/** Often enough to look alive, rarely enough to cost nothing beside a hundred debates. */
const betweenMs = 250;

/** The view of many debates, on a screen of its own. The screen is taken at once; Ink loads behind it. */
export function createProgress(options: ProgressOptions): ProgressScreen {
  const { stdin, out, look } = options;
  const theme = createTheme(options.theme, options.color);
  const owner = createScreenOwner({ stdout: out, isFull: true });
  const listeners = new Set<() => void>();
  let state = look();
  let mounted: MountedProgress | null = null;
  let hasFailed = false;
  let isOver = false;

  const firstLine = () =>
    theme.paint(cutText(` parley  ${sanitizeLine(state.heading)}`, out.columns || 80), 'accent');
  const guard = guardConsole();
  const suspension = createSuspension({ owner, firstLine, redraw: () => mounted?.redraw() });
  owner.enter(firstLine());

  const draw = () => {
    try {
      state = look();
      for (const listener of listeners) listener();
    } catch (error) {
      failed(error);
    }
  };
  const timer = setInterval(draw, betweenMs);
  const giveBack = () => {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    suspension.end();
    // Ink writes its last frame when it ends, or at the end of the process: not on the normal screen.
    void mounted?.unmount();
    owner.leave();
    for (const line of guard.release()) out.write(`${sanitizeLine(line)}\n`);
  };
  const failed = (error: unknown) => {
    if (hasFailed || isOver) return;
    hasFailed = true;
    giveBack();
    options.failed(error);
  };
  const press = (name: string) => {
    if (name === 'ctrl+c') {
      options.interrupt();
      draw();
    }
    if (name === 'ctrl+z') suspension.begin();
    if (name === 'ctrl+l') mounted?.redraw();
  };
  const starting = import('./progress-app.ts').then(({ mountProgress }) => {
    if (isOver) return;
    const { onFrame } = options;
    mounted = mountProgress({
      ...{ stdin, out, theme, press, failed },
      feed: {
        state: () => state,
        subscribe(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
      hasKeys: stdin.isTTY === true,
      suspendable: suspension.use,
      ...(onFrame ? { onFrame } : {}),
    });
  });
  starting.catch(failed);

  return {
    giveBack,
    async close() {
      await starting.catch(() => {});
      if (!isOver) await mounted?.unmount();
      giveBack();
    },
  };
}
