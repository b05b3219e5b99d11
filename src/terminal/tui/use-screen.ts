import { type Key, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AppProps } from './actions.ts';
import { isUnmarkedPaste, pressesOf } from './key-name.ts';
import { handleKey, overlayTakesPaste } from './overlay-keys.ts';
import type { Screen } from './view.ts';

/** What both screens share: the store as it is now at the terminal's size, and the keys led into it. */
export function useScreen(props: AppProps, isFull: boolean): Screen {
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
