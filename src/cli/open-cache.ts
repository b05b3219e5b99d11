import { join } from 'node:path';
import { isPostgresAddress } from '../journal/postgres/address.ts';
import { openResponseCache, type ResponseCache } from '../models/response-cache.ts';
import { defaultFolder } from '../run/catalogue/find-run.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import type { Environment } from './environment.ts';

/** Beside the runs; hidden, so that no store takes it for one. */
const cacheFolder = '.replies';

/** The cache that `--cache` asks for; null without it. */
export function openCache(
  options: { cache?: unknown; transcripts?: unknown },
  { stderr }: Pick<Environment, 'stderr'>,
): ResponseCache | null {
  if (options.cache !== true) return null;
  const transcripts = String(options.transcripts);
  // Replies are kept on this machine even where runs are in a database.
  const folder = isPostgresAddress(transcripts) ? defaultFolder : transcripts;
  return openResponseCache({
    folder: join(folder, cacheFolder),
    onTrouble: (message) => void stderr.write(`parley: ${sanitizeLine(message)}\n`),
  });
}
