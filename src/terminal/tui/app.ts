import { render } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo } from 'react';
import type { OutputStream } from '../types.ts';
import type { AppProps } from './actions.ts';
import { createFrameMaker } from './frame.ts';
import { InlineApp } from './inline-app.ts';
import { createScreenWriter } from './screen-writer.ts';
import { useScreen } from './use-screen.ts';

/** The full screen: rows drawn from the store and written as they are, keys into it. Ink has the keyboard, the size and the way out. */
export function App(props: AppProps): ReactNode {
  const { theme, writer, onFrame } = props;
  const makeFrame = useMemo(() => createFrameMaker(theme), [theme]);
  const begun = performance.now();
  const screen = useScreen(props, true);
  const { columns } = screen.view;
  const frame = makeFrame(screen);
  const middle = frame.above.length;
  useEffect(() => {
    writer?.draw([
      { lines: frame.above, row: 0, column: 0, columns },
      { lines: frame.left, row: middle, column: 0, columns: frame.rightFrom },
      { lines: frame.right, row: middle, column: frame.rightFrom, columns: columns - frame.rightFrom },
      { lines: frame.below, row: middle + frame.left.length, column: 0, columns },
    ]);
    onFrame?.(performance.now() - begun);
  });
  return null;
}

export interface Mounted {
  /** Draws everything anew, as on a fresh screen. */
  redraw(): void;
  unmount(): Promise<void>;
}

interface MountOptions extends Omit<AppProps, 'writer'> {
  stdin: NodeJS.ReadStream;
  stdout: OutputStream;
  /** Below the text of the normal screen, or on a screen of its own. */
  isFull: boolean;
  /** A component threw; the screen is Ink's no more. */
  failed(error: unknown): void;
}

/** Starts Ink on a screen that is already taken. This file and what it imports load lazily: Ink takes a while. */
export function mount({ stdin, stdout, isFull, failed, ...props }: MountOptions): Mounted {
  const writer = isFull ? createScreenWriter((text) => void stdout.write(text)) : null;
  const instance = render(createElement(isFull ? App : InlineApp, { ...props, writer }), {
    stdin,
    stdout,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    // People with screen readers get sentences (screen-reader.ts), which Ink cannot make of a screen.
    isScreenReaderEnabled: false,
    incrementalRendering: true,
    maxFps: 30,
  });
  let isUnmounting = false;
  instance.waitUntilExit().catch((error: unknown) => {
    if (!isUnmounting) failed(error);
  });
  return {
    redraw() {
      writer?.forget();
      if (!isFull) instance.clear();
      props.store.update((view) => ({ ...view }));
    },
    async unmount() {
      isUnmounting = true;
      instance.unmount();
      await instance.waitUntilExit().catch(() => {});
    },
  };
}
