import type { SuspendTerminal } from 'ink';
import type { Clock } from '../../debate/clock.ts';
import type { Debate } from '../../debate/debate.ts';
import type { DebateEvent } from '../../debate/events.ts';
import { simulatedMark } from '../../debate/phrases.ts';
import { controlSentence } from '../../debate/setup.ts';
import { wrapText } from '../../text/columns.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { totalsOf } from '../plain-status.ts';
import { paragraphsOf } from '../plain-transcript.ts';
import { createTheme, type Theme, type ThemeName } from '../theme/theme.ts';
import type { ColorDepth, Controls, FrontEnd, OutputStream } from '../types.ts';
import type { Leaving, Reach } from './actions.ts';
import type { Mounted } from './app.ts';
import { createAttention } from './attention.ts';
import { layoutOf } from './layout.ts';
import { takeScreen } from './screen-owner.ts';
import { cutText } from './span.ts';
import { createStore } from './store.ts';
import type { StatusPart } from './view.ts';

export interface TuiOptions {
  stdin: NodeJS.ReadStream;
  stdout: OutputStream & { readonly fd?: number };
  stderr: OutputStream;
  /** A screen of its own, or a few rows below the normal text. */
  mode: 'full' | 'inline';
  controls: Controls;
  theme: ThemeName;
  color: ColorDepth;
  /** False for --no-animation. */
  isAnimated: boolean;
  /** What stands at the right of the status line; the usual unless given. */
  status?: readonly StatusPart[];
  /** No bell and no window title. */
  isQuiet?: boolean;
  clock: Pick<Clock, 'now'>;
  /** Replays only: the speed at the start; 1 is reading pace. */
  speed?: number;
  /** Seen at once, before anything is loaded. */
  title: string;
  /** The person leaves; the run has been told to stop. `at-once` waits for nothing. */
  leave(how: Leaving): void;
  /** The screen broke; it has been given back. */
  failed(error: unknown): void;
  /** Nobody sees the screen any more. */
  outClosed?: () => void;
  /** After each frame, with the milliseconds it took to draw. */
  onFrame?: (milliseconds: number) => void;
  /** More lines for the normal screen on exit: where it is saved, how to go on. */
  exitLines?: () => readonly string[];
}

/** Told of new text at most this often, in milliseconds; without animation a few times a second. */
const pace = { animated: 26, still: 250 };

/** The full-screen front end. The screen is taken at once; Ink loads behind it. */
export function createTui(options: TuiOptions): FrontEnd {
  const { stdin, stdout, stderr, clock, controls, isAnimated } = options;
  const isFull = options.mode === 'full';
  const theme = createTheme(options.theme, options.color);
  const store = createStore({
    now: () => clock.now(),
    columns: stdout.columns || 80,
    rows: stdout.rows || 24,
    speed: options.speed ?? 1,
    paceMs: isAnimated ? pace.animated : pace.still,
  });
  let mounted: Mounted | null = null;
  let closing: Promise<void> | null = null;
  let hasFailed = false;
  /** Nothing on a screen that is too small: what is said there would stand above it. */
  const firstLine = () => {
    const [columns, rows] = [stdout.columns || 80, stdout.rows || 24];
    if (!layoutOf({ columns, rows, isZoomed: false })) return '';
    return theme.paint(cutText(` parley  ${sanitizeLine(options.title)}`, columns), 'accent');
  };

  stdout.on('error', () => options.outClosed?.());
  const redraw = () => mounted?.redraw();
  const screen = takeScreen({ stdout, isFull, firstLine, redraw });
  const attention = options.isQuiet ? null : createAttention({ stdin, stdout, name: options.title });

  const giveBack = () => {
    attention?.end();
    screen.giveBack(stderr);
  };
  const editElsewhere: Reach['editElsewhere'] = (text, done) => {
    const edit = controls.seats?.edit;
    if (!edit) return store.say('there is no editor: set VISUAL or EDITOR');
    void screen.lend(async () => {
      const edited = await edit(text);
      if (edited === null) store.say('the editor failed: nothing was changed');
      else done(edited);
    });
  };
  const reach = (suspendTerminal: SuspendTerminal): Reach => {
    screen.suspendable(suspendTerminal);
    const { suspend, copy } = screen;
    return { store, controls, isFull, leave: options.leave, suspend, redraw, editElsewhere, copy };
  };
  const failed = (error: unknown) => {
    if (hasFailed) return;
    hasFailed = true;
    store.close();
    // Lets go of the keyboard at once; what it still writes is on the screen that is left next.
    void mounted?.unmount();
    giveBack();
    options.failed(error);
  };
  const starting = import('./app.ts').then(({ mount }) => {
    if (closing) return;
    const { onFrame, status = null } = options;
    mounted = mount({
      ...{ store, theme, status, isAnimated, reach, stdin, stdout, isFull, failed },
      ...{ isReplay: controls.isReplay, isPaced: controls.setSpeed !== undefined },
      hasKeys: stdin.isTTY === true,
      ...(onFrame ? { onFrame } : {}),
    });
  });
  starting.catch(failed);

  const close = async () => {
    await starting.catch(() => {});
    store.close();
    await mounted?.unmount();
    giveBack();
    const { feed } = store.snapshot();
    const columns = Math.min(100, stdout.columns || 80);
    // Inline, the transcript is on the normal screen already; what broke the screen may break this too.
    const lines = isFull && !hasFailed ? exitSummary(feed.debate, theme, columns) : [];
    const more = options.exitLines?.().map(sanitizeLine) ?? [];
    for (const line of [...lines, ...more]) stdout.write(`${line}\n`);
  };

  return {
    show(signal) {
      try {
        store.show(signal);
        attention?.saw(signal, store.latest().debate);
      } catch (error) {
        failed(error);
      }
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** What stays on the normal screen: how the transcript ends, the verdict, the end and what it cost. */
export function exitSummary(debate: Debate | null, theme: Theme, columns: number): string[] {
  if (!debate) return [];
  const { started, turns, verdicts, polls, statement, answers, ended } = debate;
  const lastTurn = turns.at(-1);
  const last: DebateEvent[] = [
    ...(statement || !lastTurn ? [] : [lastTurn]),
    ...verdicts.slice(-1),
    ...polls.slice(-1),
    ...(statement ? [statement] : []),
    ...answers,
    ...(ended ? [ended] : []),
  ];
  const paragraphs = last.flatMap((event) => paragraphsOf(event, debate, theme));
  return [
    theme.paint(started.scenario.title, 'strong'),
    ...wrapText(started.disclaimer, columns).map((line) => theme.paint(line, 'muted')),
    ...(started.control ? [theme.paint(controlSentence(started.control), 'caution')] : []),
    ...(started.simulated ? [theme.paint(simulatedMark, 'caution')] : []),
    '',
    ...paragraphs.flatMap((text) => [...wrapText(text, columns), '']),
    totalsOf(debate),
  ];
}
