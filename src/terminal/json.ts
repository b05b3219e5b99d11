import { escapedJson } from '../text/json-in-text.ts';
import { createOutput } from './output.ts';
import type { FrontEnd, OutputStream } from './types.ts';

export interface JsonOptions {
  out: OutputStream;
  /** Called once when nobody reads `out` any more. */
  outClosed?: () => void;
}

/**
 * One event or notice a line. An event stands as in the journal, with `number` and `at`; a notice has neither.
 * A reader that is too slow loses deltas, never events.
 */
export function createJson({ out, outClosed }: JsonOptions): FrontEnd {
  const output = createOutput(out, outClosed);
  return {
    show(signal) {
      const value = signal.kind === 'event' ? signal.event : signal.notice;
      if (value.type === 'turn-delta' && output.isBehind) return;
      output.write(`${escapedJson(value)}\n`);
    },
    close: () => output.flush(),
  };
}
