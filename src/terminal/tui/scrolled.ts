import type { Entry } from './entries.ts';
import type { Scrolled } from './exchange.ts';
import type { Feed } from './feed.ts';
import type { View } from './view.ts';

/** What there is to scroll through: all entries, or those of the persona in focus where it is zoomed. */
export function scrolledOf(feed: Feed, view: View, columns: number, isAnimated: boolean): Scrolled | null {
  const { debate, live } = feed;
  if (!debate) return null;
  const only = view.isZoomed ? view.focus : null;
  return {
    debate,
    entries: only === null ? feed.entries : entriesOf(feed.entries, only),
    live: only === null || live?.speaker === only ? live : null,
    columns,
    showsNotes: view.showsNotes,
    isAnimated,
  };
}

function entriesOf(entries: readonly Entry[], speaker: string): Entry[] {
  return entries.filter(({ event }) => event.type === 'turn-ended' && event.speaker === speaker);
}
