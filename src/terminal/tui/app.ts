import { Box, type Key, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { createElement, type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Theme } from '../theme/theme.ts';
import type { Reach } from './actions.ts';
import { createFrameMaker } from './frame.ts';
import { handleKey } from './handle-key.ts';
import { pressesOf } from './key-name.ts';
import { Lines } from './lines.ts';
import { overlayTakesPaste } from './overlay-keys.ts';
import type { Store } from './store.ts';

export interface AppProps {
  store: Store;
  theme: Theme;
  isReplay: boolean;
  isAnimated: boolean;
  /** False where stdin is no terminal: nothing is read then. */
  hasKeys: boolean;
  /** What keys can reach; `suspend` is Ink's to give. */
  reach(suspendTerminal: ReturnType<typeof useApp>['suspendTerminal']): Reach;
}

/** The full screen: rows drawn from the store, keys into it. */
export function App({ store, theme, isReplay, isAnimated, hasKeys, reach }: AppProps): ReactNode {
  const { feed, view, now } = useSyncExternalStore(store.subscribe, store.snapshot);
  const { columns, rows } = useWindowSize();
  const { suspendTerminal } = useApp();
  const makeFrame = useMemo(() => createFrameMaker(theme), [theme]);
  const hands = useMemo(() => reach(suspendTerminal), [reach, suspendTerminal]);

  useEffect(() => {
    store.update((old) => (old.columns === columns && old.rows === rows ? old : { ...old, columns, rows }));
  }, [store, columns, rows]);
  const onInput = (input: string, key: Key) => {
    for (const press of pressesOf(input, key)) handleKey(hands, press);
  };
  useInput(onInput, { isActive: hasKeys });
  usePaste((text) => overlayTakesPaste(hands, text), { isActive: hasKeys });

  // The size may be newer than the view: the frame must never be larger than the screen.
  const frame = makeFrame({
    feed,
    view: { ...view, columns, rows },
    now,
    theme,
    isReplay,
    isFull: true,
    isAnimated,
  });
  const body = [
    createElement(Lines, { key: 'left', lines: frame.left, columns: frame.rightFrom }),
    createElement(Lines, { key: 'right', lines: frame.right, columns: columns - frame.rightFrom }),
  ];
  return createElement(
    Box,
    { flexDirection: 'column', width: columns, height: rows },
    createElement(Lines, { lines: frame.above, columns }),
    createElement(Box, null, body),
    createElement(Lines, { lines: frame.below, columns }),
  );
}
