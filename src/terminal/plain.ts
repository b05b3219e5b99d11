import type { Clock } from '../debate/clock.ts';
import { apply, type Debate } from '../debate/debate.ts';
import type { DebateEvent, EventOf } from '../debate/events.ts';
import type { Notice } from '../debate/notices.ts';
import { wrapText } from '../text/columns.ts';
import { clockTime } from '../text/figures.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import { sanitizeSignal, settledText } from './live-text.ts';
import { createOutput } from './output.ts';
import { statusOfEvent, statusOfNotice } from './plain-status.ts';
import { headingOf, notesUnder, paragraphsOf } from './plain-transcript.ts';
import { bare, createTheme, type Paint, type ThemeName } from './theme/theme.ts';
import type { FrontEnd, OutputStream } from './types.ts';
import { type Wait, withWait } from './waits.ts';

export interface PlainOptions {
  /** Takes the transcript and nothing else. */
  out: OutputStream;
  /** Takes the status lines. */
  err: OutputStream;
  /** Columns at which paragraphs wrap; none for pipes, whose reader wraps. */
  width?: number;
  color: boolean;
  theme?: ThemeName;
  clock: Pick<Clock, 'now'>;
  /** Called once when nobody reads `out` any more. */
  outClosed?: () => void;
}

/**
 * The transcript as text. A pipe gets finished turns only, so that a reply that was dropped leaves nothing in it; a
 * terminal sees the words as they come.
 */
export function createPlain(options: PlainOptions): FrontEnd {
  const { clock } = options;
  const streams = options.out.isTTY === true;
  const theme = paintFor(options, streams);
  const out = createOutput(options.out, options.outClosed);
  const err = createOutput(options.err);
  const startedAt = clock.now();
  let debate: Debate | null = null;
  let live: { speaker: string; reply: string; shown: number } | null = null;
  /** Failed attempts that were told when they failed; their events come later. */
  let toldBefore = 0;
  let waits: readonly Wait[] = [];

  const wrapped = (text: string) => {
    const width = options.width ?? 0;
    return width > 0 ? wrapText(text, width).join('\n') : text;
  };
  const paragraph = (text: string) => out.write(`${wrapped(text)}\n\n`);
  const tell = (line: string | null) => {
    if (line !== null) err.write(`[${clockTime(clock.now() - startedAt)}] ${sanitizeLine(line)}\n`);
  };
  /** Writes what is new of the turn under way. */
  const stream = () => {
    if (!live) return;
    // Wrapping settled text again with more behind it changes nothing before its last line's end.
    const text = wrapped(settledText(live.reply)).trimEnd();
    out.write(text.slice(live.shown));
    live.shown = Math.max(live.shown, text.length);
  };
  const endStream = (turn: EventOf<'turn-ended'> | EventOf<'caucus-spoken'>) => {
    const shown = live?.shown ?? 0;
    live = null;
    out.write(`${wrapped(turn.text).slice(shown)}\n\n`);
    const notes = debate && turn.type === 'turn-ended' ? notesUnder(turn, debate, theme) : [];
    for (const note of notes) paragraph(note);
  };

  const onEvent = (event: DebateEvent) => {
    debate = apply(event.number === 0 ? null : debate, event);
    const isSaid = event.type === 'turn-ended' || event.type === 'caucus-spoken';
    if (isSaid && live?.speaker === event.speaker) endStream(event);
    else for (const text of paragraphsOf(event, debate, theme)) paragraph(text);
    if (event.type === 'attempt-failed' && event.retryInMs !== null && toldBefore > 0) toldBefore -= 1;
    else tell(statusOfEvent(event, debate));
  };

  const onNotice = (notice: Notice) => {
    if (notice.type === 'turn-started' && streams && debate) {
      live = { speaker: notice.speaker, reply: '', shown: 0 };
      return paragraph(headingOf(notice, debate, theme));
    }
    if (notice.type === 'turn-delta' && live?.speaker === notice.speaker) {
      live.reply += notice.text;
      return stream();
    }
    if (notice.type === 'reply-dropped' && live?.speaker === notice.speaker) {
      live = { ...live, reply: '', shown: 0 };
      out.write('\n\n');
    }
    if (notice.type === 'waiting') waits = withWait(waits, notice, clock.now());
    const status = statusOfNotice(notice, debate, waits, clock.now());
    if (notice.type === 'waiting' && status !== null) toldBefore += 1;
    tell(status);
  };

  return {
    show(signal) {
      const safe = sanitizeSignal(signal);
      if (safe.kind === 'event') onEvent(safe.event);
      else onNotice(safe.notice);
    },
    async close() {
      await Promise.all([out.flush(), err.flush()]);
    },
  };
}

/** NO_COLOR leaves a terminal bold and underline; a pipe gets no escape sequence unless colour was asked for. */
function paintFor({ color, theme = 'dark' }: PlainOptions, isTerminal: boolean): Paint {
  if (color) return createTheme(theme, '16');
  return isTerminal ? createTheme(theme, 'none') : bare;
}
