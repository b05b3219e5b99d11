import { parentPort } from 'node:worker_threads';
import { textOfDocument } from './read-document.ts';
import type { RawDocument } from './types.ts';

/** Reads documents one after the other in a thread of its own, so that one that takes too long can be given up. */
parentPort?.on('message', async (raw: RawDocument) => {
  parentPort?.postMessage(await textOfDocument({ ...raw, bytes: Buffer.from(raw.bytes) }));
});
