import { sanitizeLine } from '../../text/sanitize.ts';
import { createTheme, type ThemeName } from '../theme/theme.ts';
import type { KeyPress } from '../tui/key-name.ts';
import type { MountedRows } from '../tui/rows-app.ts';
import { createScreenOwner, guardConsole } from '../tui/screen-owner.ts';
import { cutText } from '../tui/span.ts';
import { createSuspension } from '../tui/suspension.ts';
import type { ColorDepth, OutputStream } from '../types.ts';
import { type OpenedDebate, scrollableRows } from './opened-debate.ts';
import { progressRows, type Seen } from './progress-rows.ts';
import type { ProgressState } from './progress-state.ts';
import { firstViewOf, type ProgressAsk, pressed, withChoice } from './progress-view.ts';
import { diffRowCount } from './tree-rows.ts';

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
  /** Reads a debate that a person opened; absent where none can be opened. */
  open?(debate: string): Promise<Pick<OpenedDebate, 'debate' | 'trouble'>>;
  /** A person asked something of the work itself. */
  ask?(asked: ProgressAsk): void;
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
const readAgainMs = 1000;
/** Header, rule and footer about an opened debate. */
const rowsAround = 3;

/** How things stand, and what of it a person looks at; a new object for every frame. */
interface ProgressFrame extends Seen {
  readonly state: ProgressState;
}

/** The view of many debates, on a screen of its own. The screen is taken at once; Ink loads behind it. */
export function createProgress(options: ProgressOptions): ProgressScreen {
  const { stdin, out, look } = options;
  const theme = createTheme(options.theme, options.color);
  const owner = createScreenOwner({ stdout: out, isFull: true });
  const listeners = new Set<() => void>();
  const first = look();
  let frame: ProgressFrame = { state: first, view: firstViewOf(first), opened: null };
  let openedAt = 0;
  let mounted: MountedRows | null = null;
  let hasFailed = false;
  let isOver = false;

  const firstLine = () =>
    theme.paint(cutText(` parley  ${sanitizeLine(frame.state.heading)}`, out.columns || 80), 'accent');
  const guard = guardConsole();
  const suspension = createSuspension({ owner, firstLine, redraw: () => mounted?.redraw() });
  owner.enter(firstLine());

  const draw = () => {
    try {
      const state = look();
      frame = { ...frame, state, view: withChoice(frame.view, frame.state.debates, state.debates) };
      readOpened();
      for (const listener of listeners) listener();
    } catch (error) {
      failed(error);
    }
  };
  /** An open debate goes on: its journal is read again now and then. */
  const readOpened = () => {
    const { view } = frame;
    if (view.on !== 'debate' || !options.open) return;
    const name = view.debate;
    const now = performance.now();
    if (frame.opened?.name === name && now - openedAt < readAgainMs) return;
    openedAt = now;
    if (frame.opened?.name !== name) frame = { ...frame, opened: { name, debate: null, trouble: null } };
    options.open(name).then((read) => {
      if (frame.opened?.name === name) frame = { ...frame, opened: { name, ...read } };
    }, failed);
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
  const mostScrolled = (size: { columns: number; rows: number }) => {
    const { state, view, opened } = frame;
    if (view.on === 'strain' && state.tree) {
      return Math.max(0, diffRowCount(state.tree, view.strain, size.columns) - size.rows);
    }
    return opened ? scrollableRows(opened, size) : 0;
  };
  const press = ({ name, input }: KeyPress) => {
    if (name === 'ctrl+c') {
      options.interrupt();
      draw();
    }
    if (name === 'ctrl+z') suspension.begin();
    if (name === 'ctrl+l') mounted?.redraw();
    const size = { columns: out.columns || 80, rows: (out.rows || 24) - rowsAround };
    const most = mostScrolled(size);
    const meant = pressed(
      frame.view,
      { name, input },
      { state: frame.state, most, canOpen: options.open !== undefined },
    );
    if (meant === null) return;
    frame = { ...frame, view: meant.view };
    if (meant.ask) options.ask?.(meant.ask);
    if (meant.press !== undefined) return press({ name: meant.press, input: '' });
    draw();
  };
  const starting = import('../tui/rows-app.ts').then(({ mountRows }) => {
    if (isOver) return;
    const { onFrame } = options;
    mounted = mountRows({
      ...{ stdin, out, theme, press, failed, maxFps: 10 },
      feed: {
        frame: () => frame,
        subscribe(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
        rows: (size) => progressRows(frame.state, size, frame, options.open !== undefined),
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
