import { basename, dirname, resolve } from 'node:path';

/** Where runs are kept and looked for unless told otherwise. */
export const defaultFolder = 'transcripts';

/** A run as a person names it: by its name below the transcripts folder, or by the path of its own folder. */
export function placeOfRun(given: string, transcripts: string): { folder: string; name: string } {
  const isPath = /[/\\]/.test(given) && !given.split(/[/\\]/).includes('..');
  if (!isPath) return { folder: transcripts, name: given };
  const path = resolve(given.replace(/[/\\]journal\.jsonl$/, ''));
  return { folder: dirname(path), name: basename(path) };
}
