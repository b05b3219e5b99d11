import { Box, type Key, Text, useApp, useInput, usePaste, useStdout, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Debate } from '../../debate/debate.ts';
import type { OutputStream } from '../types.ts';
import type { AppProps } from './actions.ts';
import { rowsOfEntry } from './entry-rows.ts';
import { rowsOfItem, scrolledOf } from './exchange.ts';
import { footerRows } from './footer.ts';
import { createFrameMaker } from './frame.ts';
import { labelOf, labelWithin, marksOf } from './header.ts';
import { startInk } from './ink.ts';
import { isUnmarkedPaste, pressesOf } from './key-name.ts';
import type { Layout } from './layout.ts';
import { overlayRows, writingIn } from './overlay/overlay.ts';
import { handleKey, overlayTakesPaste } from './overlay-keys.ts';
import { convergenceLine } from './panel/gauge.ts';
import { createPainter, createScreenWriter } from './screen-writer.ts';
import { justified, type Row, rowWidth, span } from './span.ts';
import { keyPlaceOf, type Screen } from './view.ts';

/** The full screen: rows drawn from the store and written as they are, keys into it. Ink has the keyboard, the size and the way out. */
export function App(props: AppProps): ReactNode {
  const { theme, writer, onFrame } = props;
  const makeFrame = useMemo(() => createFrameMaker(theme), [theme]);
  const begun = performance.now();
  const screen = useScreen(props, true);
  const { columns } = screen.view;
  const frame = makeFrame(screen);
  const middle = frame.above.length;
  useEffect(() => {
    writer?.draw([
      { lines: frame.above, row: 0, column: 0, columns },
      { lines: frame.left, row: middle, column: 0, columns: frame.rightFrom },
      { lines: frame.right, row: middle, column: frame.rightFrom, columns: columns - frame.rightFrom },
      { lines: frame.below, row: middle + frame.left.length, column: 0, columns },
    ]);
    onFrame?.(performance.now() - begun);
  });
  return null;
}

export interface Mounted {
  /** Draws everything anew, as on a fresh screen. */
  redraw(): void;
  unmount(): Promise<void>;
}

interface MountOptions extends Omit<AppProps, 'writer'> {
  stdin: NodeJS.ReadStream;
  stdout: OutputStream;
  /** Below the text of the normal screen, or on a screen of its own. */
  isFull: boolean;
  /** A component threw; the screen is Ink's no more. */
  failed(error: unknown): void;
}

/** Starts Ink on a screen that is already taken. */
export function mount({ stdin, stdout, isFull, failed, ...props }: MountOptions): Mounted {
  const writer = isFull ? createScreenWriter((text) => void stdout.write(text)) : null;
  const app = createElement(isFull ? App : InlineApp, { ...props, writer });
  const { clear, unmount } = startInk(app, { stdin, stdout, failed, maxFps: 30 });
  return {
    redraw() {
      if (writer) writer.forget();
      else clear();
      props.store.update((view) => ({ ...view }));
    },
    unmount,
  };
}

/** Rows of the turn under way that stay in sight above the status. */
const mostLive = 8;

/**
 * The live area of the inline screen: the end of the turn under way, the gauge and the status. Finished turns are
 * above it, on the normal screen. Always lower than the screen, or it would flood the scrollback.
 */
export function createInlineFrame(theme: Screen['theme']): (screen: Screen) => string[] {
  const paint = createPainter(theme);
  return (screen) => {
    const { feed, view, isAnimated } = screen;
    const { columns } = view;
    const room = Math.max(1, view.rows - 1);
    const layout: Layout = {
      columns,
      rows: room,
      header: 0,
      footer: room >= 12 ? 3 : 1,
      gauge: 1,
      exchange: { columns, rows: Math.max(0, room - 4) },
      panel: null,
    };
    const over = overlayRows({
      overlay: view.overlay,
      debate: feed.debate,
      place: keyPlaceOf(screen),
      columns,
      rows: Math.min(16, layout.exchange.rows),
      found: '',
      ...writingIn(screen, false),
    });
    const scrolled = scrolledOf(feed, view, columns, isAnimated);
    const live = scrolled?.live ? rowsOfItem({ ...scrolled, entries: [] }, 0) : [];
    const gauge: Row[] = feed.debate ? [gaugeRow(feed.debate, columns, layout.footer === 1)] : [];
    const rows = [...live.slice(-mostLive), ...over, ...gauge, ...footerRows(screen, layout)];
    return rows.slice(-room).map((row) => paint(row, columns));
  };
}

/** The gauge, and beside it that the words are simulated: what said so at the start has scrolled away. */
function gaugeRow(debate: Debate, columns: number, isBare: boolean): Row {
  const label = isBare ? labelOf(debate, Math.floor(columns / 2)) : marksOf(debate, columns >= 100);
  const room = columns - rowWidth(label) - 1;
  if (room < leastGauge) return [span(' '), ...(isBare ? labelWithin(debate, columns - 1) : label)];
  return justified(convergenceLine(debate, room), label, columns);
}

const leastGauge = 12;

/** The inline screen: finished turns go to the normal screen once and stay there; a few live rows below them. */
export function InlineApp(props: AppProps): ReactNode {
  const { theme } = props;
  const screen = useScreen(props, false);
  const { feed, view } = screen;
  const { columns } = view;
  const { write } = useStdout();
  const makeFrame = useMemo(() => createInlineFrame(theme), [theme]);
  const written = useRef({ count: 0 });

  useEffect(() => {
    const { debate, entries } = feed;
    if (!debate) return;
    // A replay that jumps begins anew; what it shows again is written again.
    if (entries.length < written.current.count) written.current.count = 0;
    const paint = createPainter(theme);
    const fresh = entries.slice(written.current.count);
    written.current.count = entries.length;
    const lines = fresh.flatMap((entry) => rowsOfEntry(entry, debate, columns, view.showsNotes));
    if (lines.length > 0) write(`${lines.map((row) => paint(row, columns)).join('\n')}\n`);
  }, [feed, columns, theme, view.showsNotes, write]);

  const lines = makeFrame(screen);
  return createElement(
    Box,
    { flexDirection: 'column' },
    lines.map((line, index) =>
      createElement(Text, { key: index, wrap: 'truncate-end' }, line === '' ? ' ' : line),
    ),
  );
}

/** What both screens share: the store as it is now at the terminal's size, and the keys led into it. */
function useScreen(props: AppProps, isFull: boolean): Screen {
  const { store, hasKeys, reach, theme, isReplay, isPaced, status, isAnimated } = props;
  const { feed, view, now } = useSyncExternalStore(store.subscribe, store.snapshot);
  const { columns, rows } = useWindowSize();
  const { suspendTerminal } = useApp();
  const hands = useMemo(() => reach(suspendTerminal), [reach, suspendTerminal]);

  useEffect(() => {
    store.update((old) => (old.columns === columns && old.rows === rows ? old : { ...old, columns, rows }));
  }, [store, columns, rows]);
  const onInput = (input: string, key: Key) => {
    if (isUnmarkedPaste(input)) return overlayTakesPaste(hands, input);
    for (const press of pressesOf(input, key)) handleKey(hands, press);
  };
  useInput(onInput, { isActive: hasKeys });
  usePaste((text) => overlayTakesPaste(hands, text), { isActive: hasKeys });

  // The size may be newer than the view: the frame must never be larger than the screen.
  const sized = { ...view, columns, rows };
  const hasSeats = hands.controls.seats !== undefined;
  return { feed, view: sized, now, theme, isReplay, isPaced, hasSeats, status, isFull, isAnimated };
}
