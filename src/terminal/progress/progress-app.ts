import { Box, type Key, render, useApp, useInput, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Theme } from '../theme/theme.ts';
import { pressesOf } from '../tui/key-name.ts';
import { Lines } from '../tui/lines.ts';
import { createPainter } from '../tui/paint.ts';
import type { OutputStream } from '../types.ts';
import { progressRows, type Seen } from './progress-rows.ts';
import type { ProgressState } from './progress-state.ts';

/** What the view is drawn from, outside React: taken anew a few times a second. */
interface ProgressFeed {
  subscribe(listener: () => void): () => void;
  frame(): ProgressFrame;
}

/** How things stand, and what of it a person looks at; a new object for every frame. */
export interface ProgressFrame extends Seen {
  readonly state: ProgressState;
}

interface ProgressAppProps {
  feed: ProgressFeed;
  theme: Theme;
  /** False where stdin is no terminal: nothing is read then. */
  hasKeys: boolean;
  /** The name of a key that was pressed. */
  press(name: string): void;
  /** Takes Ink's way to let go of the terminal for a while. */
  suspendable(suspendTerminal: ReturnType<typeof useApp>['suspendTerminal']): void;
}

function ProgressApp({ feed, theme, hasKeys, press, suspendable }: ProgressAppProps): ReactNode {
  const { state, ...seen } = useSyncExternalStore(feed.subscribe, feed.frame);
  const { columns, rows } = useWindowSize();
  const { suspendTerminal } = useApp();
  const paint = useMemo(() => createPainter(theme), [theme]);
  useEffect(() => suspendable(suspendTerminal), [suspendable, suspendTerminal]);
  const onInput = (input: string, key: Key) => {
    for (const { name } of pressesOf(input, key)) press(name);
  };
  useInput(onInput, { isActive: hasKeys });
  const lines = progressRows(state, { columns, rows }, seen).map((row) => paint(row, columns));
  return createElement(Box, { width: columns, height: rows }, createElement(Lines, { lines, columns }));
}

export interface MountedProgress {
  /** Draws everything anew, as on a fresh screen. */
  redraw(): void;
  unmount(): Promise<void>;
}

interface MountProgressOptions extends ProgressAppProps {
  stdin: NodeJS.ReadStream;
  out: OutputStream;
  /** A component threw; the screen is Ink's no more. */
  failed(error: unknown): void;
  onFrame?: () => void;
}

/** Starts Ink on a screen that is already taken. Loaded lazily: a batch in a pipe never needs it. */
export function mountProgress({
  stdin,
  out,
  failed,
  onFrame,
  ...props
}: MountProgressOptions): MountedProgress {
  const instance = render(createElement(ProgressApp, props), {
    stdin,
    stdout: out,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    isScreenReaderEnabled: false,
    incrementalRendering: true,
    maxFps: 10,
    ...(onFrame ? { onRender: onFrame } : {}),
  });
  let isUnmounting = false;
  instance.waitUntilExit().catch((error: unknown) => {
    if (!isUnmounting) failed(error);
  });
  return {
    redraw() {
      instance.clear();
      instance.rerender(createElement(ProgressApp, { ...props }));
    },
    async unmount() {
      isUnmounting = true;
      instance.unmount();
      await instance.waitUntilExit().catch(() => {});
    },
  };
}
