import type { CallFailure } from '../../debate/calls.ts';
import { because, doing as purposes } from '../../debate/phrases.ts';
import { aboutTime, duration, grouped } from '../../text/figures.ts';
import { columnsOf, type Row, type Span, span } from '../tui/span.ts';
import type { Doing, Range, TimeLeft } from './progress-state.ts';

/** Short pieces on as few rows as they need, in their order, with a dot between neighbours. */
export function packed(pieces: readonly Span[], columns: number): Row[] {
  const rows: Span[][] = [];
  let room = 0;
  for (const piece of pieces) {
    const size = columnsOf(piece.text);
    const row = rows.at(-1);
    if (row && size + between.length <= room) {
      row.push(span(between, 'faint'), piece);
      room -= size + between.length;
    } else {
      rows.push([span(' '), piece]);
      room = columns - size - 2;
    }
  }
  return rows;
}

const between = ' · ';

/** Narrower screens use shorter words. */
export const roomForWords = 72;

/** `8 debates`, `1 debate`. */
export function several(value: number, noun: string): string {
  return `${grouped(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `just now`, `12 s ago`. */
export function ago(milliseconds: number): string {
  return milliseconds < 1000 ? 'just now' : `${duration(Math.floor(milliseconds / 1000) * 1000)} ago`;
}

/** A range in figures of one kind; one figure where both ends read the same. */
export function rangeInWords({ low, high }: Range, figure: (value: number) => string): string {
  const [from, to] = [figure(low), figure(high)];
  return from === to ? `about ${to}` : `${from}–${to}`;
}

/** `about 12 min left`, `35–50 min left`, `up to 3.1 h left`. */
export function timeLeftInWords(left: TimeLeft): string {
  if ('atMost' in left) return `up to ${aboutTime(left.atMost)} left`;
  const words = rangeInWords(left, aboutTime);
  // A unit that both ends have is said once.
  return `${words.replace(/^([\d.]+) (s|min|h)–([\d.]+ \2)$/u, '$1–$3')} left`;
}

/** What a running debate is doing: `DPRK is speaking, 412 characters`. */
export function doingInWords(doing: Doing, now: number, isNarrow: boolean): string {
  switch (doing.type) {
    case 'beginning':
      return 'being opened';
    case 'between':
      return 'between turns';
    case 'asked': {
      const silence = now - doing.since;
      const what = doing.purpose === 'speak' ? '' : ` (${purposes[doing.purpose]})`;
      return `waiting for ${doing.speaker}${what}${silence < longSilenceMs ? '' : `, ${duration(silence)}`}`;
    }
    case 'streaming':
      return `${spokenBy(doing, isNarrow)}, ${grouped(doing.characters)}${isNarrow ? '' : ' characters'}`;
    case 'working': {
      const part = doing.of > 1 ? ` ${Math.min(doing.done + 1, doing.of)} of ${doing.of}` : '';
      return `${purposes[doing.purpose]}${part}`;
    }
    case 'waiting': {
      const left = doing.until - now;
      const why = reasonInWords(doing.reason);
      if (left <= 0) return `asks ${doing.provider} again (${why})`;
      return `waits ${duration(left)} for ${doing.provider} (${why})`;
    }
  }
}

/** Milliseconds after which it is worth saying that no word has come. */
const longSilenceMs = 5000;

function spokenBy({ speaker, purpose }: Extract<Doing, { type: 'streaming' }>, isNarrow: boolean): string {
  return isNarrow && purpose === 'speak' ? speaker : `${speaker} is ${purposes[purpose]}`;
}

function reasonInWords(reason: CallFailure): string {
  return reason === 'rate-limited' ? `429: ${because[reason]}` : because[reason];
}
