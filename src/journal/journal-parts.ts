import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { DebateEvent } from '../debate/events.ts';
import { eventOfLine, type LineFault } from './event-line.ts';

const newline = 0x0a;

const chunkBytes = 1 << 18;
/** Chunks after which other work of the process gets its turn. */
const chunksAtOnce = 32;
const mostRooms = 4;

/** Rooms for chunks that nobody uses: to make one anew for each of ten thousand journals costs more than to read them. */
const rooms: Buffer[] = [];

/**
 * A file in pieces, each good until the next is asked for. Read synchronously: a journal is one piece, and a round through the thread pool
 * for each of open, read and close costs more than the reading. Throws where it cannot be read.
 */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const file = openSync(path, 'r');
  const room = rooms.pop() ?? Buffer.allocUnsafeSlow(chunkBytes);
  try {
    for (let count = 1; ; count++) {
      const length = readSync(file, room, 0, chunkBytes, null);
      if (length === 0) return;
      yield room.subarray(0, length);
      if (count % chunksAtOnce === 0) await setImmediate();
    }
  } finally {
    closeSync(file);
    if (rooms.length < mostRooms) rooms.push(room);
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

/**
 * Splits a stream of chunks at newlines: what ends in each chunk comes together, to be gone through before the next is asked for. Memory
 * is one line beside the chunk. Nothing is given for an empty rest.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Iterable<Line>> {
  let parts: Uint8Array[] = [];
  let end = 0;

  function* within(chunk: Uint8Array): Generator<Line> {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      parts.push(chunk.subarray(from, at));
      end += at + 1 - from;
      from = at + 1;
      yield { bytes: joined(parts), end, isTerminated: true };
      parts = [];
    }
    // The chunk's room is used again.
    if (from < chunk.length) parts.push(Buffer.from(chunk.subarray(from)));
    end += chunk.length - from;
  }

  for await (const chunk of chunks) yield within(chunk);
  const rest = joined(parts);
  if (rest.length > 0) yield [{ bytes: rest, end, isTerminated: false }];
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
 *
 * The parts of a chunk come together and are read as they are gone through, which is to be done before the next are asked for: a round
 * through the queue of promises for each event costs as much as its check.
 */
export async function* partsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Iterable<JournalPart>> {
  let wholeBytes = 0;
  let number = 0;
  let isLastTerminated = true;
  let torn: LineFault | null = null;
  let isDamaged = false;

  function* within(lines: Iterable<Line>): Generator<JournalPart> {
    for (const line of lines) {
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
  }

  function damage(fault: LineFault): JournalPart {
    isDamaged = true;
    return { type: 'damage', line: number + 1, fault };
  }

  for await (const lines of linesOf(chunks)) {
    yield within(lines);
    if (isDamaged) return;
  }
  yield [{ type: 'end', wholeBytes, isTorn: torn !== null, lacksNewline: !isLastTerminated }];
}

function looksTorn(line: Line, fault: LineFault): boolean {
  return fault.kind === 'unreadable' && (!line.isTerminated || line.bytes.includes(0));
}
