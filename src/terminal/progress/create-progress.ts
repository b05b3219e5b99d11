import { createTheme, type ThemeName } from '../theme/theme.ts';
import type { KeyPress } from '../tui/key-name.ts';
import { createRowsScreen } from '../tui/rows-screen.ts';
import type { Size } from '../tui/span.ts';
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

/** The view of many debates, on a screen of its own. */
export function createProgress(options: ProgressOptions): ProgressScreen {
  const { stdin, out, look, onFrame } = options;
  const canOpen = options.open !== undefined;
  const first = look();
  let frame: ProgressFrame = { state: first, view: firstViewOf(first), opened: null };
  let openedAt = 0;
  let isOver = false;

  const giveBack = () => {
    isOver = true;
    clearInterval(timer);
    screen.giveBack();
  };
  const failed = (error: unknown) => {
    if (isOver) return;
    giveBack();
    options.failed(error);
  };
  const draw = () => {
    try {
      const state = look();
      frame = { ...frame, state, view: withChoice(frame.view, frame.state.debates, state.debates) };
      readOpened();
      screen.draw();
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
  const mostScrolled = ({ columns, rows }: Size) => {
    const { state, view, opened } = frame;
    const size = { columns, rows: rows - rowsAround };
    if (view.on === 'strain' && state.tree) {
      return Math.max(0, diffRowCount(state.tree, view.strain, columns) - size.rows);
    }
    return opened ? scrollableRows(opened, size) : 0;
  };
  const press = (key: KeyPress) => {
    if (key.name === 'ctrl+c') {
      options.interrupt();
      draw();
    }
    if (key.name === 'ctrl+z') screen.suspend();
    if (key.name === 'ctrl+l') screen.redraw();
    const most = mostScrolled(screen.size());
    const meant = pressed(frame.view, key, { state: frame.state, most, canOpen });
    if (meant === null) return;
    frame = { ...frame, view: meant.view };
    if (meant.ask) options.ask?.(meant.ask);
    if (meant.press !== undefined) return press({ name: meant.press, input: '' });
    draw();
  };
  const screen = createRowsScreen({
    ...{ stdin, out, theme: createTheme(options.theme, options.color), press, failed, onFrame, maxFps: 10 },
    title: () => frame.state.heading,
    rows: (size) => progressRows(frame.state, size, frame, canOpen),
  });
  const timer = setInterval(draw, betweenMs);
  const starting = screen.open(false);
  starting.catch(failed);

  return {
    giveBack,
    async close() {
      await starting.catch(() => {});
      await screen.close();
      giveBack();
    },
  };
}
