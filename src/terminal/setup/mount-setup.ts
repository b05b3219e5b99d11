import { render } from 'ink';
import { createElement } from 'react';
import type { OutputStream } from '../types.ts';
import { SetupApp, type SetupAppProps } from './setup-app.ts';
import type { SetupChoice } from './setup-types.ts';

interface MountSetupOptions extends Omit<SetupAppProps, 'done'> {
  stdin: NodeJS.ReadStream;
  stdout: OutputStream;
}

/** Runs the set-up on a screen that is already taken, until a choice is made. Rejects where a component throws. */
export async function mountSetup({
  stdin,
  stdout,
  ...props
}: MountSetupOptions): Promise<SetupChoice | null> {
  let choice: SetupChoice | null = null;
  const done = (chosen: SetupChoice | null) => {
    choice = chosen;
    instance.unmount();
  };
  const instance = render(createElement(SetupApp, { ...props, done }), {
    stdin,
    stdout,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    isScreenReaderEnabled: false,
    incrementalRendering: true,
  });
  await instance.waitUntilExit();
  return choice;
}
