import { sanitizeLine } from '../../text/sanitize.ts';
import { hintSpans } from '../tui/bindings.ts';
import { type Row, rowWidth, span } from '../tui/span.ts';
import type { progressKeysOn } from './progress-keys.ts';
import type { ProgressState } from './progress-state.ts';
import type { ProgressView } from './progress-view.ts';
import { roomForWords, several } from './progress-words.ts';

/** What Ctrl+C does or has done, and how much is still under way. */
export function footerRow(
  { who, stopping, isInterrupted, providers, debates, controls }: ProgressState,
  view: ProgressView,
  keys: ReturnType<typeof progressKeysOn>,
  columns: number,
): Row {
  const isNarrow = columns < roomForWords;
  if (view.typed !== null) {
    return [
      span(' New budget in US dollars: ', 'strong'),
      span(`${view.typed}▏`),
      span(isNarrow ? '' : '  Enter sets it, empty removes it, Esc cancels', 'muted'),
    ];
  }
  const isPaused = controls?.isPaused === true;
  if (view.on !== 'overview' && view.on !== 'tree') return keysRow(keys, { columns, isNarrow, isPaused });
  if (stopping === null) {
    const [short, long] = leaving[who.type];
    const own = [span(' Ctrl+C', 'accent'), span(isNarrow || controls !== null ? short : long, 'muted')];
    const paused = isPaused ? [span(' PAUSED ', 'mark')] : [];
    const room = columns - rowWidth([...paused, ...own]);
    return [...paused, ...keysRow(keys, { columns: room, isNarrow, isPaused }), ...own];
  }
  const calls = providers.reduce((sum, { underWay }) => sum + underWay, 0);
  const finishing =
    calls > 0
      ? `Finishing ${several(calls, 'call')} of ${several(debates.length, 'debate')}, then all is saved.`
      : debates.length > 0
        ? `Saving ${several(debates.length, 'debate')}.`
        : 'Saving.';
  const again = isInterrupted ? ' Ctrl+C again leaves at once.' : ' Ctrl+C leaves at once.';
  if (isNarrow) {
    const short = calls > 0 ? ` Finishing ${several(calls, 'call')}.` : ` ${finishing}`;
    return [span(short, 'caution'), span(' ^C: leave now', 'muted')];
  }
  const why = isInterrupted ? [] : [span(` ${sanitizeLine(stopping)}`, 'strong')];
  return [...why, span(` ${finishing}`, 'caution'), span(again, 'muted')];
}

/** As many of the keys as there is room for, that of the help before all others, in the order of their table. */
function keysRow(
  bindings: ReturnType<typeof progressKeysOn>,
  { columns, isNarrow, isPaused }: { columns: number; isNarrow: boolean; isPaused: boolean },
): Row {
  const keys = bindings.filter(({ short }) => short !== undefined);
  const hints = keys.map(({ label, short = '', action }) => ({
    label: action === 'open' ? `↑↓ ${label}` : label,
    word: isNarrow ? '' : action === 'pause' && isPaused ? 'go on' : short,
  }));
  return [span(' '), ...hintSpans(hints, columns - 1, (at) => Number(keys[at]?.action !== 'help'))];
}

/** What Ctrl+C does, in few words and in more. */
const leaving: Record<ProgressState['who']['type'], readonly [short: string, long: string]> = {
  batch: [' stops cleanly', ' finishes the calls in progress, saves and quits'],
  worker: [' stops cleanly', ' finishes the calls in progress, saves, returns its debates and quits'],
  watcher: [' leaves', ' quits; workers continue'],
};
