import { join } from 'node:path';
import type { Debate } from '../debate/debate.ts';
import { openTracing } from '../integrations/opentelemetry/open-tracing.ts';
import { isPostgresAddress } from '../journal/postgres/address.ts';
import type { Subscriber } from '../run/broadcast.ts';
import { shownRun } from '../run/catalogue/find-run.ts';
import type { DebateRun } from '../run/debate-run.ts';
import { systemClock } from '../run/system-clock.ts';
import type { SeatLines } from '../terminal/seat-lines.ts';
import type { Controls } from '../terminal/types.ts';
import { complain, say } from './complain.ts';
import type { Environment } from './environment.ts';
import { exitCode } from './exit-codes.ts';
import { chooseScreen, openScreen, type ScreenKind, type ScreenOptions } from './front-end.ts';
import { labelsShown, whyShown } from './labels-shown.ts';
import type { ReadingPace } from './reading-pace.ts';
import { seatPeople } from './seat-people.ts';
import { listenForSignals } from './signals.ts';

export interface WatchedRun {
  title: string;
  folder: string;
  pace?: ReadingPace;
  /** Personas whose speeches people at this terminal write. */
  seats?: readonly string[];
}

/** Shows a run until it ends and hands it what the person does; resolves with the exit code. */
export async function watchRun(
  run: DebateRun,
  { title, folder, pace, seats = [] }: WatchedRun,
  options: ScreenOptions,
  environment: Environment,
): Promise<number> {
  let ended: Debate | null = null;
  const tracing = await openTracing(environment);
  tracing?.follow(run);
  if (pace) run.subscribe(pace.saw);
  const { pause, resume, step, ask, stop } = run;
  const kind = chooseScreen(options, environment);
  const people = seatPeople(run, { folder, seats, kind }, environment);
  const shown = {
    kind,
    ...(people.lines ? { lines: people.lines } : {}),
    title,
    controls: {
      ...{ isReplay: false, pause, resume, step, ask, stop },
      why: () => whyShown(folder, run.debate, environment),
      ...labelsShown(folder, run.debate),
      seats: people.controls,
      ...(pace?.isUsed ? { setSpeed: pace.setSpeed, finishTurn: pace.finishTurn } : {}),
    },
    subscribe: run.subscribe,
    start: async () => {
      ended = await run.start();
      return ended;
    },
    exitSummary: () => exitSummary(run.debate, folder, ended),
  };
  try {
    const { result, code } = await watch(shown, options, environment);
    return code ?? (result.ended?.reason === 'failed' ? exitCode.failed : exitCode.done);
  } catch (error) {
    if (error instanceof Error && error.name === 'JournalError') return complain(environment, error.message);
    throw error;
  } finally {
    people.close();
    await tracing?.close();
  }
}

/** Runs a debate without showing it, and says how it ended; resolves with the exit code. */
export async function runUnseen(run: DebateRun, what: string, environment: Environment): Promise<number> {
  const interruption = listenForSignals(() => run.stop());
  const tracing = await openTracing(environment);
  tracing?.follow(run);
  try {
    const { ended } = await run.start();
    say(environment, `${what}: ${run.debate}, ${ended?.reason ?? 'not ended'}`);
    if (ended?.reason === 'failed') return complain(environment, ended.detail);
    return interruption.code ?? exitCode.done;
  } finally {
    interruption.dispose();
    await tracing?.close();
  }
}

/** Where a run is and what to do next; the front ends say how it ended and what it cost. */
export function exitSummary(debate: string, folder: string, ended: Debate | null): string[] {
  const named = shownRun(folder, debate);
  const place = isPostgresAddress(folder) ? named : join(folder, debate);
  const reason = ended?.ended?.reason ?? null;
  const canGoOn = reason === null || ['stopped', 'failed', 'budget'].includes(reason);
  const next = canGoOn
    ? `Continue with: parley resume ${named}`
    : `Watch it again with: parley replay ${named}`;
  return [`Saved in ${place}. ${next}`];
}

/** Something to be watched: a run or a replay. */
export interface Watched<Result> {
  kind: ScreenKind;
  title: string;
  controls: Controls;
  /** Of a replay, at its start. */
  speed?: number;
  subscribe(subscriber: Subscriber): () => void;
  start(): Promise<Result>;
  /** Words for seats come in as lines beside it. */
  lines?: 'text' | 'json';
  /** What stays on the normal screen afterwards. */
  exitSummary(): string[];
}

/**
 * Shows something until it ends; a full screen stays until the person leaves it. The terminal is given back
 * however it ends. `code` is owed to a signal or Ctrl+C, null where none came.
 */
export async function watch<Result>(
  watched: Watched<Result>,
  options: ScreenOptions,
  environment: Environment,
): Promise<{ result: Result; code: number | null }> {
  const { kind, title, controls } = watched;
  const isScreen = kind === 'full' || kind === 'inline';
  const left = Promise.withResolvers<void>();
  const stop = () => {
    controls.stop();
    left.resolve();
  };
  const interruption = listenForSignals(
    stop,
    (code) => void screen.close().finally(() => process.exit(code)),
  );
  const screen = await openScreen({
    kind,
    title,
    ...(watched.speed === undefined ? {} : { speed: watched.speed }),
    options,
    environment,
    clock: systemClock,
    controls,
    exitSummary: watched.exitSummary,
    outClosed: stop,
    leave: (how) => {
      if (how !== 'quit') return interruption.interrupt();
      // A replay that has reached its end waits there for a jump back.
      if (controls.isReplay) controls.stop();
      left.resolve();
    },
  });
  watched.subscribe(screen.show);
  const lines = await openSeatLines(watched, environment, { interrupted: interruption.interrupt, stop });
  if (lines) watched.subscribe(lines.show);
  try {
    const result = await watched.start();
    if (isScreen) await left.promise;
    return { result, code: interruption.code };
  } finally {
    interruption.dispose();
    lines?.close();
    await screen.close();
    if (!isScreen && kind !== 'json') {
      for (const line of watched.exitSummary()) environment.stderr.write(`${line}\n`);
    }
  }
}

/** Reads the words of people who hold seats as lines, where there is no screen that they are written on. */
async function openSeatLines<Result>(
  { kind, lines: form, controls }: Watched<Result>,
  environment: Environment,
  { interrupted, stop }: { interrupted(): void; stop(): void },
): Promise<SeatLines | null> {
  if (!form || !controls.seats) return null;
  const { createSeatLines } = await import('../terminal/seat-lines.ts');
  const { stdin, stdout, stderr } = environment;
  return createSeatLines({
    ...{ input: stdin, form, controls: controls.seats, interrupted },
    out: kind === 'screen-reader' ? stdout : stderr,
    ended(persona) {
      say(
        environment,
        `Standard input ended before the words of ${persona}: the debate is saved and stopped.`,
      );
      stop();
    },
  });
}
