import { fold } from '../../debate/debate.ts';
import type { JournalStore } from '../../journal/types.ts';
import { systemClock } from '../../run/system-clock.ts';
import type { ProgressOptions, ProgressScreen } from '../../terminal/progress/create-progress.ts';
import type { ProgressFault, ProgressState } from '../../terminal/progress/progress-state.ts';
import { say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { colorDepth, isProgressWatched, themeOf } from '../front-end.ts';
import { type Interruption, listenForSignals } from '../signals.ts';

/** What the screen knows by itself. */
export type SeenOnScreen = Pick<
  ProgressState,
  'now' | 'startedAt' | 'isInterrupted' | 'faults' | 'faultCount'
>;

/** Long work, as it is reported. */
interface ReportedWork {
  /** How it stands, for the screen. */
  look(seen: SeenOnScreen): ProgressState;
  /** The same in a few lines. */
  lines(elapsedMs: number): readonly string[];
  /** What Ctrl+C does where keys are read. */
  interrupt(): void;
  /** Reads a debate that a person opened on the screen; absent where none can be opened. */
  open?: NonNullable<ProgressOptions['open']>;
  /** A person asked on the screen for a pause or another budget. */
  ask?: NonNullable<ProgressOptions['ask']>;
}

/** Keeps a person informed of long work: on a screen in a terminal, by a line now and then elsewhere. */
export interface Reporter {
  readonly isOnScreen: boolean;
  /** Reports this work from now on. */
  follow(work: ReportedWork): void;
  /** Something worth a line of its own; on the screen it stands among what went wrong. */
  say(line: string): void;
  /** Something went wrong with a debate; `line` is what is said where there is no screen. */
  fault(fault: ProgressFault, line: string): void;
  /** The person was heard: `line` says what happens now. */
  stopping(line: string): void;
  /** Ends before a process that exits at once; `line` is what is said once the screen is given back. */
  leave(line: string): void;
  close(): Promise<void>;
}

export interface ReporterOptions {
  environment: Environment;
  /** As the options say it. */
  plain: boolean;
  theme: string;
  /** What is said first should the screen break: what goes on. */
  whenBroken: string;
  /** Milliseconds after which lines that have not changed are said again; 0 for always. */
  sameAgainMs: number;
  /** Where lines go; usually stderr, since stdout is for results. */
  linesTo?: 'stdout' | 'stderr';
}

/** Reads a debate that a person opened on the screen. */
export function debateReader(store: Pick<JournalStore, 'read'>): NonNullable<ReportedWork['open']> {
  return async (name) => {
    const read = await store.read(name);
    if (read.ok) return { debate: fold(read.value.events), trouble: null };
    return { debate: null, trouble: read.failure.message };
  };
}

/** A signal stops the work, and a second one ends the process. */
export function stopOnSignal(
  reporter: Reporter,
  stop: () => void,
  {
    stopping = 'Stopping: calls in progress finish and everything is saved. Press Ctrl+C again to leave at once.',
    left = 'Left at once. What was finished is saved.',
  } = {},
): Interruption {
  const begin = () => {
    reporter.stopping(stopping);
    stop();
  };
  return listenForSignals(begin, (code) => {
    reporter.leave(left);
    process.exit(code);
  });
}

/** Milliseconds between two reports in lines: rarely enough for a log. */
const betweenMs = 10_000;

/** The screen, and Ink with it, is loaded only where a person watches. */
export async function openReporter(options: ReporterOptions): Promise<Reporter> {
  if (!isProgressWatched(options, options.environment)) return createLineReporter(options);
  const { createProgress } = await import('../../terminal/progress/create-progress.ts');
  return createScreenReporter(options, createProgress);
}

function createLineReporter({ environment, sameAgainMs, linesTo = 'stderr' }: ReporterOptions): Reporter {
  const out = { stderr: environment[linesTo] };
  const startedAt = systemClock.now();
  let last = { words: '', at: startedAt };
  let timer: NodeJS.Timeout | null = null;
  const end = () => {
    if (timer) clearInterval(timer);
  };
  const show = (work: ReportedWork) => {
    const now = systemClock.now();
    const lines = work.lines(now - startedAt);
    const words = lines.join('\n');
    if (words === last.words && now - last.at < sameAgainMs) return;
    last = { words, at: now };
    for (const line of lines) say(out, line);
  };
  return {
    isOnScreen: false,
    follow(work) {
      timer = setInterval(() => show(work), betweenMs);
      if (linesTo === 'stdout') show(work);
    },
    say: (line) => say(environment, line),
    fault: (_fault, line) => say(environment, line),
    stopping: (line) => say(environment, line),
    leave: end,
    close: async () => end(),
  };
}

/** Faults that are left on the normal screen once the view is gone, and those that are kept to be shown. */
const mostLeft = 20;
const mostKept = 1000;

function createScreenReporter(
  options: ReporterOptions,
  createProgress: typeof import('../../terminal/progress/create-progress.ts').createProgress,
): Reporter {
  const { environment, theme } = options;
  const { stdin, stderr } = environment;
  const lines = createLineReporter(options);
  const startedAt = systemClock.now();
  const faults: ProgressFault[] = [];
  let faultCount = 0;
  let screen: ProgressScreen | null = null;
  let isInterrupted = false;
  let isBroken = false;
  let isOver = false;
  const isOnScreen = () => screen !== null && !isBroken && !isOver;

  const add = (fault: ProgressFault) => {
    faultCount += 1;
    faults.push(fault);
    if (faults.length > mostKept) faults.shift();
  };
  /** What went wrong is said again where it stays. */
  const recall = () => {
    if (isBroken) return;
    const hidden = faultCount - Math.min(faultCount, mostLeft);
    if (hidden > 0) lines.say(`${hidden} more went wrong before these.`);
    for (const { debate, why } of faults.slice(-mostLeft)) {
      lines.say(debate === null ? why : `${debate}: ${why}`);
    }
  };
  const broken = (error: unknown, work: ReportedWork) => {
    lines.say(`The progress screen failed, and ${options.whenBroken}. ${String(error)}`);
    recall();
    isBroken = true;
    lines.follow(work);
  };
  return {
    get isOnScreen() {
      return isOnScreen();
    },
    follow(work) {
      screen = createProgress({
        ...{ stdin, out: stderr, interrupt: work.interrupt },
        ...(work.open ? { open: work.open } : {}),
        ...(work.ask ? { ask: work.ask } : {}),
        theme: themeOf(theme, environment),
        color: theme === 'none' ? 'none' : colorDepth(environment),
        look: () => work.look({ now: systemClock.now(), startedAt, isInterrupted, faults, faultCount }),
        failed: (error) => broken(error, work),
      });
    },
    say(line) {
      if (isOnScreen()) add({ debate: null, why: line });
      else lines.say(line);
    },
    fault(fault, line) {
      if (isOnScreen()) add(fault);
      else lines.say(line);
    },
    stopping(line) {
      isInterrupted = true;
      if (!isOnScreen()) lines.say(line);
    },
    leave(line) {
      lines.leave(line);
      if (!isOnScreen()) return;
      screen?.giveBack();
      isOver = true;
      recall();
      lines.say(line);
    },
    async close() {
      await screen?.close();
      isOver = true;
      recall();
      await lines.close();
    },
  };
}
