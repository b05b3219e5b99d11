import { Box, type Key, Text, useApp, useInput, usePaste, useStdout, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { AppProps } from './app.ts';
import { rowsOfEntry } from './entry-rows.ts';
import { handleKey } from './handle-key.ts';
import { createInlineFrame } from './inline-frame.ts';
import { pressesOf } from './key-name.ts';
import { overlayTakesPaste } from './overlay-keys.ts';
import { createPainter } from './paint.ts';

/** The inline screen: finished turns go to the normal screen once and stay there; a few live rows below them. */
export function InlineApp({ store, theme, isReplay, isAnimated, hasKeys, reach }: AppProps): ReactNode {
  const { feed, view, now } = useSyncExternalStore(store.subscribe, store.snapshot);
  const { columns, rows } = useWindowSize();
  const { suspendTerminal } = useApp();
  const { write } = useStdout();
  const makeFrame = useMemo(() => createInlineFrame(theme), [theme]);
  const hands = useMemo(() => reach(suspendTerminal), [reach, suspendTerminal]);
  const written = useRef({ count: 0 });

  useEffect(() => {
    store.update((old) => (old.columns === columns && old.rows === rows ? old : { ...old, columns, rows }));
  }, [store, columns, rows]);
  const onInput = (input: string, key: Key) => {
    for (const press of pressesOf(input, key)) handleKey(hands, press);
  };
  useInput(onInput, { isActive: hasKeys });
  usePaste((text) => overlayTakesPaste(hands, text), { isActive: hasKeys });

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

  const lines = makeFrame({
    feed,
    view: { ...view, columns, rows },
    now,
    theme,
    isReplay,
    isFull: false,
    isAnimated,
  });
  return createElement(
    Box,
    { flexDirection: 'column' },
    lines.map((line, index) =>
      createElement(Text, { key: index, wrap: 'truncate-end' }, line === '' ? ' ' : line),
    ),
  );
}
