import { Box, type Key, render, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { OutputStream } from '../types.ts';
import type { AppProps } from './actions.ts';
import { createFrameMaker } from './frame.ts';
import { InlineApp } from './inline-app.ts';
import { isUnmarkedPaste, pressesOf } from './key-name.ts';
import { Lines } from './lines.ts';
import { handleKey, overlayTakesPaste } from './overlay-keys.ts';

/** The full screen: rows drawn from the store, keys into it. */
export function App({
  store,
  theme,
  isReplay,
  isPaced,
  status,
  isAnimated,
  hasKeys,
  reach,
}: AppProps): ReactNode {
  const { feed, view, now } = useSyncExternalStore(store.subscribe, store.snapshot);
  const { columns, rows } = useWindowSize();
  const { suspendTerminal } = useApp();
  const makeFrame = useMemo(() => createFrameMaker(theme), [theme]);
  const hands = useMemo(() => reach(suspendTerminal), [reach, suspendTerminal]);

  useEffect(() => {
    store.update((old) => (old.columns === columns && old.rows === rows ? old : { ...old, columns, rows }));
  }, [store, columns, rows]);
  const onInput = (input: string, key: Key) => {
    if (isUnmarkedPaste(input)) return overlayTakesPaste(hands, input);
    for (const press of pressesOf(input, key)) handleKey(hands, press);
  };
  useInput(onInput, { isActive: hasKeys });
  usePaste((text) => overlayTakesPaste(hands, text), { isActive: hasKeys });

  // The size may be newer than the view: the frame must never be larger than the screen.
  const frame = makeFrame({
    feed,
    view: { ...view, columns, rows },
    now,
    theme,
    isReplay,
    isPaced,
    status,
    isFull: true,
    isAnimated,
  });
  const body = [
    createElement(Lines, { key: 'left', lines: frame.left, columns: frame.rightFrom }),
    createElement(Lines, { key: 'right', lines: frame.right, columns: columns - frame.rightFrom }),
  ];
  return createElement(
    Box,
    { flexDirection: 'column', width: columns, height: rows },
    createElement(Lines, { lines: frame.above, columns }),
    createElement(Box, null, body),
    createElement(Lines, { lines: frame.below, columns }),
  );
}

export interface Mounted {
  /** Draws everything anew, as on a fresh screen. */
  redraw(): void;
  unmount(): Promise<void>;
}

interface MountOptions extends AppProps {
  stdin: NodeJS.ReadStream;
  stdout: OutputStream;
  /** Below the text of the normal screen, or on a screen of its own. */
  isFull: boolean;
  /** A component threw; the screen is Ink's no more. */
  failed(error: unknown): void;
  /** After each frame, with the milliseconds it took. */
  onFrame?: (milliseconds: number) => void;
}

/** Starts Ink on a screen that is already taken. This file and what it imports load lazily: Ink takes a while. */
export function mount({ stdin, stdout, isFull, failed, onFrame, ...props }: MountOptions): Mounted {
  const instance = render(createElement(isFull ? App : InlineApp, props), {
    stdin,
    stdout,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    // People with screen readers get sentences (screen-reader.ts), which Ink cannot make of a screen.
    isScreenReaderEnabled: false,
    incrementalRendering: true,
    maxFps: 30,
    ...(onFrame ? { onRender: ({ renderTime }: { renderTime: number }) => onFrame(renderTime) } : {}),
  });
  let isUnmounting = false;
  instance.waitUntilExit().catch((error: unknown) => {
    if (!isUnmounting) failed(error);
  });
  return {
    redraw() {
      instance.clear();
      props.store.update((view) => ({ ...view }));
    },
    async unmount() {
      isUnmounting = true;
      instance.unmount();
      await instance.waitUntilExit().catch(() => {});
    },
  };
}
