import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { DebateEvent } from '../debate/events.ts';
import { eventOfLine, type LineFault } from './event-line.ts';

const newline = 0x0a;

const chunkBytes = 1 << 18;
/** Chunks after which other work of the process gets its turn. */
const chunksAtOnce = 32;

/**
 * A file in pieces. Read synchronously: a journal is one piece, and a round through the thread pool for each of open,
 * read and close costs more than the reading. Throws where it cannot be read.
 */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const room = Math.min(chunkBytes, Math.max(4096, fstatSync(file).size + 1));
    for (let count = 1; ; count++) {
      const chunk = Buffer.allocUnsafeSlow(room);
      const length = readSync(file, chunk, 0, room, null);
      if (length === 0) return;
      yield chunk.subarray(0, length);
      if (count % chunksAtOnce === 0) await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}

/** A line of a file as bytes, without its newline. */
interface Line {
  bytes: Uint8Array;
  /** Offset of the byte after the line, its newline included. */
  end: number;
  /** False for what follows the last newline. */
  isTerminated: boolean;
}

/** Splits a stream of chunks at newlines; memory is one line. Nothing is given for an empty rest. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let end = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      parts.push(chunk.subarray(from, at));
      end += at + 1 - from;
      from = at + 1;
      yield { bytes: joined(parts), end, isTerminated: true };
      parts = [];
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
    end += chunk.length - from;
  }
  const rest = joined(parts);
  if (rest.length > 0) yield { bytes: rest, end, isTerminated: false };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}

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
