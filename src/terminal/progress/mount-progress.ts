import { render } from 'ink';
import { createElement } from 'react';
import type { OutputStream } from '../types.ts';
import { ProgressApp, type ProgressAppProps } from './progress-app.ts';

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
