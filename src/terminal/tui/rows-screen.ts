import { sanitizeLine } from '../../text/sanitize.ts';
import type { Theme } from '../theme/theme.ts';
import type { OutputStream } from '../types.ts';
import type { KeyPress } from './key-name.ts';
import type { MountedRows } from './rows-app.ts';
import { takeScreen } from './screen-owner.ts';
import { createPainter, createScreenWriter } from './screen-writer.ts';
import { cutText, type Row, type Size } from './span.ts';

export interface RowsScreenOptions {
  stdin: NodeJS.ReadStream;
  out: OutputStream & { readonly fd?: number };
  theme: Theme;
  /** Seen at once, behind the name of the program. */
  title(): string;
  /** Never more rows than the screen has, none wider than it. */
  rows(size: Size): readonly Row[];
  press(key: KeyPress): void;
  /** A component threw; the screen is Ink's no more. */
  failed(error: unknown): void;
  maxFps: number;
  /** After each frame. */
  onFrame?: (() => void) | undefined;
}

/** A screen of rows that takes keys. It is taken at once; Ink loads behind it. */
export interface RowsScreen {
  readonly size: () => Size;
  /** The rows are others now. */
  draw(): void;
  /** Draws everything anew, as on a fresh screen. */
  redraw(): void;
  suspend(): void;
  /** Has Ink draw the rows and read keys. `isDrawn`: the rows are put there before, and from then on without Ink. */
  open(isDrawn: boolean): Promise<void>;
  /** Gives the screen back at once, without waiting for anything. Safe to call twice. */
  giveBack(): void;
  close(): Promise<void>;
}

export function createRowsScreen(options: RowsScreenOptions): RowsScreen {
  const { stdin, out, theme, title, rows, press, failed, maxFps, onFrame } = options;
  const listeners = new Set<() => void>();
  let frame = {};
  let mounted: MountedRows | null = null;
  let isOver = false;
  const redraw = () => mounted?.redraw();
  const firstLine = () =>
    theme.paint(cutText(` parley  ${sanitizeLine(title())}`, out.columns || 80), 'accent');
  const screen = takeScreen({ stdout: out, isFull: true, firstLine, redraw });
  const size = () => ({ columns: out.columns || 80, rows: out.rows || 24 });
  const drawn = () => {
    const { columns } = size();
    const paint = createPainter(theme);
    const writer = createScreenWriter((text) => void out.write(text));
    writer.draw([{ lines: rows(size()).map((row) => paint(row, columns)), row: 0, column: 0, columns }]);
    // Ink begins with a line feed, which must not scroll what stands there.
    out.write('\u001b[H');
    return writer;
  };
  const giveBack = () => {
    if (isOver) return;
    isOver = true;
    // Ink writes its last frame when it ends, or at the end of the process: not on the normal screen.
    void mounted?.unmount();
    screen.giveBack(out);
  };
  return {
    size,
    draw() {
      frame = {};
      for (const listener of listeners) listener();
    },
    redraw,
    suspend: screen.suspend,
    async open(isDrawn) {
      const writer = isDrawn ? drawn() : undefined;
      const { mountRows } = await import('./rows-app.ts');
      if (isOver) return;
      mounted = mountRows({
        ...{ stdin, out, theme, press, failed, maxFps, suspendable: screen.suspendable },
        feed: {
          frame: () => frame,
          subscribe(listener) {
            listeners.add(listener);
            return () => void listeners.delete(listener);
          },
          rows,
        },
        hasKeys: stdin.isTTY === true,
        ...(writer ? { writer } : {}),
        ...(onFrame ? { onFrame } : {}),
      });
    },
    giveBack,
    async close() {
      if (!isOver) await mounted?.unmount();
      giveBack();
    },
  };
}
