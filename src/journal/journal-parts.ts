import type { DebateEvent } from '../debate/events.ts';
import { eventOfLine, type LineFault } from './event-line.ts';
import { type Line, linesOf } from './lines.ts';

/** What reading a journal gives: its events, then exactly one part that says how it ends. */
export type JournalPart =
  | { type: 'event'; event: DebateEvent }
  | {
      type: 'end';
      /** Bytes up to the end of the last whole event. */
      wholeBytes: number;
      /** Bytes after them were left by a write cut short. */
      isTorn: boolean;
      /** The last event is whole but for its newline. */
      lacksNewline: boolean;
    }
  | { type: 'damage'; line: number; fault: LineFault };

/**
 * Reads a journal, strictly: numbers run from 0 with no gap, and every line but the last must be whole.
 *
 * The last line counts as torn when it has no newline and is no JSON, or when it holds NUL bytes (the blocks
 * of a power cut). A last line that is a whole event and only lacks its newline is kept: no beginning of a
 * line is JSON by itself, so nothing can be missing. Anything else is damage.
 */
export async function* partsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JournalPart> {
  let wholeBytes = 0;
  let number = 0;
  let isLastTerminated = true;
  let torn: LineFault | null = null;
  for await (const line of linesOf(chunks)) {
    if (torn) return yield damage(torn);
    const parsed = eventOfLine(line.bytes, number);
    if (parsed.ok) {
      wholeBytes = line.end;
      isLastTerminated = line.isTerminated;
      number++;
      yield { type: 'event', event: parsed.event };
    } else if (looksTorn(line, parsed.fault)) {
      torn = parsed.fault;
    } else {
      return yield damage(parsed.fault);
    }
  }
  yield { type: 'end', wholeBytes, isTorn: torn !== null, lacksNewline: !isLastTerminated };

  function damage(fault: LineFault): JournalPart {
    return { type: 'damage', line: number + 1, fault };
  }
}

function looksTorn(line: Line, fault: LineFault): boolean {
  return fault.kind === 'unreadable' && (!line.isTerminated || line.bytes.includes(0));
}
