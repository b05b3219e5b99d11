import { type RenderOptions, render } from 'ink';
import type { ReactElement } from 'react';
import type { OutputStream } from '../types.ts';

/** Ink on a screen that is taken already. */
export interface InkScreen {
  /** Forgets what stands on the screen: the next frame is drawn whole. */
  clear(): void;
  rerender(screen: ReactElement): void;
  unmount(): Promise<void>;
}

interface InkOptions extends Pick<RenderOptions, 'maxFps' | 'onRender'> {
  stdin: NodeJS.ReadStream;
  stdout: OutputStream;
  /** A component threw; the screen is Ink's no more. */
  failed(error: unknown): void;
}

/** Starts Ink. This file and what imports it load lazily: Ink takes a while, and what is piped never needs it. */
export function startInk(screen: ReactElement, { stdout, failed, ...options }: InkOptions): InkScreen {
  const instance = render(screen, {
    ...options,
    stdout: stdout as NodeJS.WriteStream,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    // People with screen readers get sentences (screen-reader.ts), which Ink cannot make of a screen.
    isScreenReaderEnabled: false,
    incrementalRendering: true,
  });
  let isUnmounting = false;
  instance.waitUntilExit().catch((error: unknown) => {
    if (!isUnmounting) failed(error);
  });
  return {
    clear: instance.clear,
    rerender: instance.rerender,
    async unmount() {
      isUnmounting = true;
      instance.unmount();
      await instance.waitUntilExit().catch(() => {});
    },
  };
}
