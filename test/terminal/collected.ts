import { Writable } from 'node:stream';
import type { OutputStream } from '../../src/terminal/types.ts';

/** A stream that keeps what is written to it, as a pipe or as a terminal. */
export class Collected extends Writable {
  text = '';
  readonly isTTY: boolean;

  constructor({ isTTY = false } = {}) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }

  get stream(): OutputStream {
    return this as unknown as OutputStream;
  }
}
