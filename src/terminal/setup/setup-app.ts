import { type Key, render, useInput, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Theme } from '../theme/theme.ts';
import { pressesOf } from '../tui/key-name.ts';
import { Lines } from '../tui/lines.ts';
import { createPainter } from '../tui/paint.ts';
import type { OutputStream } from '../types.ts';
import { type EstimateState, setupRows } from './setup-rows.ts';
import {
  choiceOf,
  initialSetup,
  type SetupChoice,
  type SetupEstimate,
  type SetupOffer,
  setupAfter,
} from './setup-state.ts';

interface SetupAppProps {
  offer: SetupOffer;
  start: Partial<SetupChoice>;
  theme: Theme;
  estimate(choice: SetupChoice): Promise<SetupEstimate>;
  /** null where the person leaves without choosing. */
  done(choice: SetupChoice | null): void;
}

function SetupApp({ offer, start, theme, estimate, done }: SetupAppProps): ReactNode {
  const { columns, rows } = useWindowSize();
  const [state, setState] = useState(() => initialSetup(offer, start));
  const [estimated, setEstimated] = useState<EstimateState>('pending');
  const paint = useMemo(() => createPainter(theme), [theme]);
  const choice = useMemo(() => choiceOf(state, offer), [state, offer]);

  useEffect(() => {
    let isStale = false;
    const settle = (value: EstimateState) => {
      if (!isStale) setEstimated(value);
    };
    setEstimated('pending');
    estimate(choice).then(settle, (error: unknown) => settle({ failure: String(error) }));
    return () => {
      isStale = true;
    };
  }, [choice, estimate]);

  useInput((input: string, key: Key) => {
    for (const { name } of pressesOf(input, key)) {
      if (name === 'return' && choice.scenario !== '') done(choice);
      else if (name === 'q' || name === 'escape' || name === 'ctrl+c') done(null);
      else setState((now) => setupAfter(now, name, offer));
    }
  });

  const lines = setupRows(state, offer, estimated, { columns, rows }).map((row) => paint(row, columns));
  return createElement(Lines, { lines, columns });
}

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
