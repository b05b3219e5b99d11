const newline = 0x0a;

/** A line of a file as bytes, without its newline. */
export interface Line {
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
