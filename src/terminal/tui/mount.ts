import { render } from 'ink';
import { createElement } from 'react';
import type { OutputStream } from '../types.ts';
import { App, type AppProps } from './app.ts';
import { InlineApp } from './inline-app.ts';

export interface Mounted {
  /** Draws everything anew, as on a fresh screen. */
  redraw(): void;
  unmount(): Promise<void>;
}

export interface MountOptions extends AppProps {
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
