import { sanitizeDeep } from '../../text/sanitize.ts';
import { createTheme, type ThemeName } from '../theme/theme.ts';
import { createScreenOwner } from '../tui/screen-owner.ts';
import type { ColorDepth, OutputStream } from '../types.ts';
import type { SetupChoice, SetupEstimate, SetupOffer } from './setup-state.ts';

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
  const { stdin, stdout, estimate, start = {} } = options;
  const theme = createTheme(options.theme, options.color);
  const offer = sanitizeDeep<SetupOffer>({
    scenarios: options.scenarios,
    strategies: options.strategies,
    models: options.models,
  });
  const owner = createScreenOwner({ stdout, isFull: true });
  owner.enter(theme.paint(' parley  set up a debate', 'accent'));
  try {
    const { mountSetup } = await import('./setup-app.ts');
    return await mountSetup({ stdin, stdout, offer, start, theme, estimate });
  } finally {
    owner.leave();
  }
}
