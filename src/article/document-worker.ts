import { parentPort, workerData } from 'node:worker_threads';
import { textOfDocument } from './read-document.ts';
import type { RawDocument } from './types.ts';

/** Reads one document in a thread of its own, so that one that takes too long can be given up. */
const raw = workerData as RawDocument;
parentPort?.postMessage(await textOfDocument({ ...raw, bytes: Buffer.from(raw.bytes) }));
