import { createTheme, type ThemeName } from '../theme/theme.ts';
import type { KeyPress } from '../tui/key-name.ts';
import { createRowsScreen } from '../tui/rows-screen.ts';
import type { ColorDepth, OutputStream } from '../types.ts';
import type { HomeContent } from './home-content.ts';
import type { HomeChange, HomeIntent } from './home-keys.ts';
import { homeRows, listRows } from './home-rows.ts';
import { type HomeState, homeAfter } from './home-state.ts';

export interface HomeOptions {
  stdin: NodeJS.ReadStream;
  stdout: OutputStream & { readonly fd?: number };
  theme: ThemeName;
  color: ColorDepth;
  /** How it was left, or how it begins. */
  state: HomeState;
  /** What there is to show now. */
  content(): HomeContent;
  /** Resolves when there is something to show; Ink is loaded only then, since that takes longer. */
  ready?: Promise<void>;
  /** Calls the listener whenever there is something new to show. */
  subscribe(listener: () => void): () => void;
  /** Deletes, restores, empties; resolves with what to say of it. */
  change(asked: Exclude<HomeChange, { type: 'suspend' | 'redraw' }>): Promise<string>;
  now(): number;
  /** After each frame. */
  onFrame?: () => void;
}

/** Shows home until a person wants something that needs the screen; the screen is given back then. Rejects where it broke. */
export async function createHome(options: HomeOptions): Promise<{ intent: HomeIntent; state: HomeState }> {
  const { stdin, stdout, content, onFrame } = options;
  const left = Promise.withResolvers<HomeIntent>();
  let { state } = options;
  const change = async (asked: HomeChange) => {
    if (asked.type === 'suspend') return screen.suspend();
    if (asked.type === 'redraw') return screen.redraw();
    const said = await options.change(asked);
    state = { ...state, said };
    screen.draw();
  };
  const press = (key: KeyPress) => {
    const step = homeAfter(state, key, content(), listRows(screen.size()));
    state = step.state;
    if (step.intent) left.resolve(step.intent);
    if (step.change) change(step.change).catch(left.reject);
    screen.draw();
  };
  const screen = createRowsScreen({
    ...{ stdin, out: stdout, theme: createTheme(options.theme, options.color), press, onFrame },
    ...{ failed: left.reject, maxFps: 30 },
    title: () => content().place,
    rows: (size) => homeRows(state, content(), size, options.now()),
  });
  const unsubscribe = options.subscribe(screen.draw);
  try {
    await options.ready;
    await screen.open(true);
    return { intent: await left.promise, state };
  } finally {
    unsubscribe();
    await screen.close();
  }
}
