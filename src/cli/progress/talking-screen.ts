import { systemClock } from '../../run/system-clock.ts';
import { createProgress, type ProgressScreen } from '../../terminal/progress/create-progress.ts';
import type { ProgressFault, ProgressState } from '../../terminal/progress/progress-state.ts';
import type { Environment } from '../environment.ts';
import { colorDepth, themeOf } from '../look.ts';
import { createFaultList } from './fault-list.ts';

/** Faults that are left on the normal screen once the view is gone. */
const mostLeft = 20;

/** What the view knows by itself, for whoever fills in the rest. */
export type SeenOnScreen = Pick<
  ProgressState,
  'now' | 'startedAt' | 'isInterrupted' | 'faults' | 'faultCount'
>;

export interface Shown {
  look(seen: SeenOnScreen): ProgressState;
  /** What Ctrl+C does where keys are read. */
  interrupt(): void;
  /** The screen broke and was given back: what it showed is told in lines from now on. */
  broken(): void;
}

/** The progress screen, with the lines that are said while it is not there. */
export interface TalkingScreen {
  readonly isShown: boolean;
  show(shown: Shown): void;
  /** On the screen a fault, else a line. */
  say(line: string): void;
  fault(fault: ProgressFault): void;
  /** The person was heard: `line` says what happens now. */
  stopping(line: string): void;
  /** Gives the screen back before a process that exits at once, and says what went wrong on it. */
  leave(line: string): void;
  close(): Promise<void>;
}

export interface TalkingScreenOptions {
  environment: Environment;
  theme: string | undefined;
  /** Says a line on the normal screen. */
  say(line: string): void;
  /** Said first should the screen break: what goes on. */
  whenBroken: string;
}

export function createTalkingScreen({
  environment,
  theme,
  say,
  whenBroken,
}: TalkingScreenOptions): TalkingScreen {
  const { stdin, stderr } = environment;
  const faults = createFaultList();
  const startedAt = systemClock.now();
  let screen: ProgressScreen | null = null;
  let isInterrupted = false;
  let isBroken = false;
  let isOver = false;
  const isShown = () => screen !== null && !isBroken && !isOver;

  const recall = () => {
    if (isBroken) return;
    const hidden = faults.count - Math.min(faults.count, mostLeft);
    if (hidden > 0) say(`${hidden} more went wrong before these.`);
    for (const { debate, why } of faults.last.slice(-mostLeft)) {
      say(debate === null ? why : `${debate}: ${why}`);
    }
  };
  return {
    get isShown() {
      return isShown();
    },
    show({ look, interrupt, broken }) {
      screen = createProgress({
        ...{ stdin, out: stderr, interrupt },
        theme: themeOf(theme, environment),
        color: theme === 'none' ? 'none' : colorDepth(environment),
        look: () => {
          const now = systemClock.now();
          return look({ now, startedAt, isInterrupted, faults: faults.last, faultCount: faults.count });
        },
        failed(error) {
          say(`The progress screen broke, and ${whenBroken}. ${String(error)}`);
          recall();
          isBroken = true;
          broken();
        },
      });
    },
    say(line) {
      if (isShown()) faults.add({ debate: null, why: line });
      else say(line);
    },
    fault: faults.add,
    stopping(line) {
      isInterrupted = true;
      if (!isShown()) say(line);
    },
    leave(line) {
      if (!isShown()) return;
      screen?.giveBack();
      isOver = true;
      recall();
      say(line);
    },
    async close() {
      await screen?.close();
      isOver = true;
      recall();
    },
  };
}
