import type { Subscriber } from '../run/broadcast.ts';
import { systemClock } from '../run/system-clock.ts';
import type { Controls } from '../terminal/types.ts';
import type { Environment } from './environment.ts';
import { openScreen, type ScreenKind, type ScreenOptions } from './front-end.ts';
import { listenForSignals } from './signals.ts';

/** Something to be watched: a run or a replay. */
export interface Shown<Result> {
  kind: ScreenKind;
  title: string;
  controls: Controls;
  /** Of a replay, at its start. */
  speed?: number;
  subscribe(subscriber: Subscriber): () => void;
  start(): Promise<Result>;
  /** What stays on the normal screen afterwards. */
  farewell(): string[];
}

/**
 * Shows something until it ends; a full screen stays until the person leaves it. The terminal is given back
 * however it ends. `code` is owed to a signal or Ctrl+C, null where none came.
 */
export async function show<Result>(
  shown: Shown<Result>,
  options: ScreenOptions,
  environment: Environment,
): Promise<{ result: Result; code: number | null }> {
  const { kind, title, controls, farewell } = shown;
  const isScreen = kind === 'full' || kind === 'inline';
  const left = Promise.withResolvers<void>();
  const interruption = listenForSignals(
    () => {
      controls.stop();
      left.resolve();
    },
    (code) => void screen.close().finally(() => process.exit(code)),
  );
  const screen = await openScreen({
    kind,
    title,
    ...(shown.speed === undefined ? {} : { speed: shown.speed }),
    options,
    environment,
    clock: systemClock,
    controls,
    farewell,
    outClosed: () => {
      controls.stop();
      left.resolve();
    },
    leave: (how) => {
      if (how !== 'quit') return interruption.interrupt();
      // A replay that has reached its end waits there for a jump back.
      if (controls.isReplay) controls.stop();
      left.resolve();
    },
  });
  shown.subscribe(screen.show);
  try {
    const result = await shown.start();
    if (isScreen) await left.promise;
    return { result, code: interruption.code };
  } finally {
    interruption.dispose();
    await screen.close();
    if (!isScreen && kind !== 'json') for (const line of farewell()) environment.stderr.write(`${line}\n`);
  }
}
