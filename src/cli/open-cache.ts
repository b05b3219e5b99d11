import { join } from 'node:path';
import { openResponseCache, type ResponseCache } from '../models/response-cache.ts';
import { sanitizeLine } from '../terminal/sanitize.ts';
import type { Environment } from './environment.ts';

/** Beside the runs; hidden, so that no store takes it for one. */
const cacheFolder = '.replies';

/** The cache that `--cache` asks for; null without it. */
export function openCache(
  options: { cache?: unknown; transcripts?: unknown },
  { stderr }: Pick<Environment, 'stderr'>,
): ResponseCache | null {
  if (options.cache !== true) return null;
  return openResponseCache({
    folder: join(String(options.transcripts), cacheFolder),
    onTrouble: (message) => void stderr.write(`parley: ${sanitizeLine(message)}\n`),
  });
}
