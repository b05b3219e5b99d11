import type { Theme } from '../theme/theme.ts';
import type { Feed } from './feed.ts';
import type { View } from './view.ts';

/** All that a screen is drawn from. */
export interface Screen {
  readonly feed: Feed;
  readonly view: View;
  readonly now: number;
  readonly theme: Theme;
  readonly isReplay: boolean;
  /** A screen of its own, or a few rows below the normal text. */
  readonly isFull: boolean;
  /** False for --no-animation: no moving signs, text in larger steps. */
  readonly isAnimated: boolean;
}
