import { Box, type Key, useApp, useInput, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Theme } from '../theme/theme.ts';
import { pressesOf } from '../tui/key-name.ts';
import { Lines } from '../tui/lines.ts';
import { createPainter } from '../tui/paint.ts';
import { progressRows } from './progress-rows.ts';
import type { ProgressState } from './progress-state.ts';

/** What the view is drawn from, outside React: taken anew a few times a second. */
export interface ProgressFeed {
  subscribe(listener: () => void): () => void;
  state(): ProgressState;
}

export interface ProgressAppProps {
  feed: ProgressFeed;
  theme: Theme;
  /** False where stdin is no terminal: nothing is read then. */
  hasKeys: boolean;
  /** The name of a key that was pressed. */
  press(name: string): void;
  /** Takes Ink's way to let go of the terminal for a while. */
  suspendable(suspendTerminal: ReturnType<typeof useApp>['suspendTerminal']): void;
}

export function ProgressApp({ feed, theme, hasKeys, press, suspendable }: ProgressAppProps): ReactNode {
  const state = useSyncExternalStore(feed.subscribe, feed.state);
  const { columns, rows } = useWindowSize();
  const { suspendTerminal } = useApp();
  const paint = useMemo(() => createPainter(theme), [theme]);
  useEffect(() => suspendable(suspendTerminal), [suspendable, suspendTerminal]);
  const onInput = (input: string, key: Key) => {
    for (const { name } of pressesOf(input, key)) press(name);
  };
  useInput(onInput, { isActive: hasKeys });
  const lines = progressRows(state, { columns, rows }).map((row) => paint(row, columns));
  return createElement(Box, { width: columns, height: rows }, createElement(Lines, { lines, columns }));
}
