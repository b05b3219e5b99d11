import { sanitizeDeep } from '../../text/sanitize.ts';
import { createTheme, type ThemeName } from '../theme/theme.ts';
import type { KeyPress } from '../tui/key-name.ts';
import { createRowsScreen } from '../tui/rows-screen.ts';
import type { ColorDepth, OutputStream } from '../types.ts';
import { type EstimateState, scrollableRows, setupRows } from './setup-rows.ts';
import {
  choiceOf,
  initialSetup,
  type SetupChoice,
  type SetupEstimate,
  type SetupOffer,
  setupAfter,
} from './setup-state.ts';

export interface SetupOptions extends SetupOffer {
  stdin: NodeJS.ReadStream;
  stdout: OutputStream & { readonly fd?: number };
  theme: ThemeName;
  color: ColorDepth;
  /** What is chosen at first. */
  start?: Partial<SetupChoice>;
  /** What a choice would take; asked anew with every change, and nothing is spent for it. */
  estimate(choice: SetupChoice): Promise<SetupEstimate>;
}

/** Lets a person set up a debate on the screen; resolves with the choice, or null where they leave. The screen is given back either way. */
export async function createSetup(options: SetupOptions): Promise<SetupChoice | null> {
  const { stdin, stdout, scenarios, strategies, models } = options;
  const theme = createTheme(options.theme, options.color);
  const offer = sanitizeDeep<SetupOffer>({ scenarios, strategies, models });
  const left = Promise.withResolvers<SetupChoice | null>();
  let state = initialSetup(offer, options.start ?? {});
  let estimated: EstimateState = 'pending';
  let asked: SetupChoice | null = null;
  /** What the choice would take; an answer to a choice before it is of no use. */
  const estimate = () => {
    const choice = choiceOf(state, offer);
    if (JSON.stringify(choice) === JSON.stringify(asked)) return;
    [asked, estimated] = [choice, 'pending'];
    const settle = (value: EstimateState) => {
      if (asked !== choice) return;
      estimated = value;
      screen.draw();
    };
    options.estimate(choice).then(settle, (error: unknown) => settle({ failure: String(error) }));
  };
  const press = (key: KeyPress) => {
    const step = setupAfter(state, key, offer, scrollableRows(state, offer, screen.size()));
    state = step.state;
    const choice = choiceOf(state, offer);
    if (step.end === 'leave') left.resolve(null);
    else if (step.end === 'begin' && choice.scenario !== '') left.resolve(choice);
    estimate();
    screen.draw();
  };
  const screen = createRowsScreen({
    ...{ stdin, out: stdout, theme, press, failed: left.reject, maxFps: 30 },
    title: () => 'set up a debate',
    rows: (size) => setupRows(state, offer, estimated, size),
  });
  try {
    estimate();
    await screen.open(false);
    return await left.promise;
  } finally {
    await screen.close();
  }
}
