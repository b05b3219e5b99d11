import type { OutputStream } from './types.ts';

/** A stream that is written to until its reader goes away. */
export interface Output {
  write(text: string): void;
  /** True while the reader is slower than the run: what may be lost should be. */
  readonly isBehind: boolean;
  /** Resolves when all that was written has gone out, or can go nowhere. */
  flush(): Promise<void>;
}

/**
 * Goes quiet when the reader has closed its end (`| head -1`), and says so once. A closed pipe is no error of the
 * run: it ends with its journal whole.
 */
export function createOutput(stream: OutputStream, onClosed: () => void = () => {}): Output {
  let isClosed = false;
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    onClosed();
  };
  stream.on('error', close);
  stream.on('close', close);

  return {
    write(text) {
      if (!isClosed) stream.write(text);
    },
    get isBehind() {
      return stream.writableNeedDrain ?? false;
    },
    flush() {
      return new Promise((resolve) => {
        if (isClosed) return resolve();
        stream.once('error', () => resolve());
        stream.write('', () => resolve());
      });
    },
  };
}
