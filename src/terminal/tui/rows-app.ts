import { Box, type Key, Transform, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Theme } from '../theme/theme.ts';
import type { OutputStream } from '../types.ts';
import { startInk } from './ink.ts';
import { type KeyPress, pressesOf } from './key-name.ts';
import { createPainter, type ScreenWriter } from './screen-writer.ts';
import type { Row } from './span.ts';

/** A screen of rows, kept outside React: drawn anew whenever its frame is another object. */
interface RowsFeed {
  subscribe(listener: () => void): () => void;
  frame(): object;
  /** Never more rows than the screen has, none wider than it. */
  rows(size: { columns: number; rows: number }): readonly Row[];
}

interface RowsAppProps {
  feed: RowsFeed;
  theme: Theme;
  /** False where stdin is no terminal: nothing is read then. */
  hasKeys: boolean;
  press(key: KeyPress): void;
  /** Puts the rows where they belong, on a screen that was drawn before Ink came; Ink draws them where there is none. */
  writer?: ScreenWriter;
  /** Takes Ink's way to let go of the terminal for a while. */
  suspendable(suspendTerminal: ReturnType<typeof useApp>['suspendTerminal']): void;
}

function RowsApp({ feed, theme, hasKeys, press, writer, suspendable }: RowsAppProps): ReactNode {
  useSyncExternalStore(feed.subscribe, feed.frame);
  const { columns, rows } = useWindowSize();
  const { suspendTerminal } = useApp();
  const paint = useMemo(() => createPainter(theme), [theme]);
  useEffect(() => suspendable(suspendTerminal), [suspendable, suspendTerminal]);
  const onInput = (input: string, key: Key) => {
    for (const one of pressesOf(input, key)) press(one);
  };
  useInput(onInput, { isActive: hasKeys });
  // What is pasted is text, and no sequence of commands.
  usePaste((text) => press({ name: '', input: sanitizeLine(text.replace(/\s+/gu, ' ')) }), {
    isActive: hasKeys,
  });
  const lines = feed.rows({ columns, rows }).map((row) => paint(row, columns));
  useEffect(() => writer?.draw([{ lines, row: 0, column: 0, columns }]));
  if (writer) return null;
  return createElement(Box, { width: columns, height: rows }, createElement(Lines, { lines, columns }));
}

export interface MountedRows {
  /** Draws everything anew, as on a fresh screen. */
  redraw(): void;
  unmount(): Promise<void>;
}

interface MountRowsOptions extends RowsAppProps {
  stdin: NodeJS.ReadStream;
  out: OutputStream;
  maxFps: number;
  /** A component threw; the screen is Ink's no more. */
  failed(error: unknown): void;
  onFrame?: () => void;
}

/** Starts Ink on a screen that is already taken. */
export function mountRows({ stdin, out, maxFps, failed, onFrame, ...props }: MountRowsOptions): MountedRows {
  const measured = onFrame ? { onRender: onFrame } : {};
  const app = createElement(RowsApp, props);
  const { clear, rerender, unmount } = startInk(app, { stdin, stdout: out, failed, maxFps, ...measured });
  return {
    redraw() {
      if (props.writer) props.writer.forget();
      else clear();
      rerender(createElement(RowsApp, { ...props }));
    },
    unmount,
  };
}

/**
 * Lines that are laid out and painted already, in a column of a width. Ink gets a column of blanks, which it need not
 * measure, wrap or lay out again, and each line in its place at the end: a third of the work of one Text for each.
 */
export function Lines({ lines, columns }: { lines: readonly string[]; columns: number }): ReactNode {
  if (lines.length === 0) return null;
  const blanks = Array.from(lines, () => ' ').join('\n');
  const inPlace = (_blank: string, index: number) => lines[index] ?? '';
  return createElement(
    Box,
    { width: columns, height: lines.length, flexShrink: 0 },
    createElement(Transform, { transform: inPlace }, blanks),
  );
}
