import { type Key, render, useInput, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Theme } from '../theme/theme.ts';
import { type KeyPress, pressesOf } from '../tui/key-name.ts';
import { Lines } from '../tui/lines.ts';
import { createPainter } from '../tui/paint.ts';
import type { OutputStream } from '../types.ts';
import { type EstimateState, scrollableRows, setupRows } from './setup-rows.ts';
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
  const { scenario, strategy, model, rounds } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what lies over the screen, and the scrolling, ask for no new estimate.
  const choice = useMemo(() => choiceOf(state, offer), [scenario, strategy, model, rounds, offer]);
  // Keys that come together must each see what the one before made.
  const latest = useRef(state);

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

  const take = (press: KeyPress) => {
    const most = scrollableRows(latest.current, offer, { columns, rows });
    const { state: next, end } = setupAfter(latest.current, press, offer, most);
    latest.current = next;
    setState(next);
    const chosen = choiceOf(next, offer);
    if (end === 'leave') done(null);
    else if (end === 'begin' && chosen.scenario !== '') done(chosen);
  };
  useInput((input: string, key: Key) => {
    for (const press of pressesOf(input, key)) take(press);
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
