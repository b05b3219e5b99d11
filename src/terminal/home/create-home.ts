import { sanitizeLine } from '../../text/sanitize.ts';
import { createTheme, type ThemeName } from '../theme/theme.ts';
import type { KeyPress } from '../tui/key-name.ts';
import { createPainter } from '../tui/paint.ts';
import type { MountedRows } from '../tui/rows-app.ts';
import { createScreenOwner, guardConsole } from '../tui/screen-owner.ts';
import { createScreenWriter } from '../tui/screen-writer.ts';
import { cutText } from '../tui/span.ts';
import { createSuspension } from '../tui/suspension.ts';
import type { ColorDepth, OutputStream } from '../types.ts';
import type { HomeContent } from './home-content.ts';
import type { HomeChange, HomeIntent } from './home-intent.ts';
import { type HomeSize, homeRows, listRows } from './home-rows.ts';
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
  const theme = createTheme(options.theme, options.color);
  const owner = createScreenOwner({ stdout, isFull: true });
  const listeners = new Set<() => void>();
  const left = Promise.withResolvers<HomeIntent>();
  let { state } = options;
  let frame = {};
  let mounted: MountedRows | null = null;
  const firstLine = () =>
    theme.paint(cutText(` parley  ${sanitizeLine(content().place)}`, stdout.columns || 80), 'accent');
  const guard = guardConsole();
  const suspension = createSuspension({ owner, firstLine, redraw: () => mounted?.redraw() });
  const draw = () => {
    frame = {};
    for (const listener of listeners) listener();
  };
  const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const change = async (asked: HomeChange) => {
    if (asked.type === 'suspend') return suspension.begin();
    if (asked.type === 'redraw') return mounted?.redraw();
    const said = await options.change(asked);
    state = { ...state, said };
    draw();
  };
  const press = (key: KeyPress) => {
    const step = homeAfter(state, key, content(), listRows(size()));
    state = step.state;
    if (step.intent) left.resolve(step.intent);
    if (step.change) change(step.change).catch(left.reject);
    draw();
  };
  const rowsAt = (at: HomeSize) => homeRows(state, content(), at, options.now());
  owner.enter(firstLine());
  const unsubscribe = options.subscribe(draw);
  try {
    await options.ready;
    const paint = createPainter(theme);
    const { columns, rows } = size();
    const lines = rowsAt({ columns, rows }).map((row) => paint(row, columns));
    const writer = createScreenWriter((text) => void stdout.write(text));
    writer.draw([{ lines, row: 0, column: 0, columns }]);
    // Ink begins with a line feed, which must not scroll what stands there.
    stdout.write('\u001b[H');
    const { mountRows } = await import('../tui/rows-app.ts');
    mounted = mountRows({
      ...{ stdin, out: stdout, theme, press, writer, failed: left.reject, maxFps: 30 },
      feed: {
        frame: () => frame,
        subscribe(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
        rows: rowsAt,
      },
      hasKeys: stdin.isTTY === true,
      suspendable: suspension.use,
      ...(onFrame ? { onFrame } : {}),
    });
    return { intent: await left.promise, state };
  } finally {
    unsubscribe();
    suspension.end();
    await mounted?.unmount();
    owner.leave();
    for (const line of guard.release()) stdout.write(`${sanitizeLine(line)}\n`);
  }
}
