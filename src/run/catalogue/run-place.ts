import { basename, dirname, join, resolve } from 'node:path';
import { isPostgresAddress, readAddress, shownAddress } from '../../journal/postgres/address.ts';

/** The usual place of runs. */
export const defaultFolder = 'transcripts';

/**
 * A run as a person names it: by its name in the transcripts (a folder, or the address of a database), by the path of its
 * own folder, or by an address with its name after the database's: postgres://host/database/run.
 */
export function placeOfRun(given: string, transcripts: string): { folder: string; name: string } {
  if (isPostgresAddress(given)) return placeInDatabase(given);
  const isPath = /[/\\]/.test(given) && !given.split(/[/\\]/).includes('..');
  if (!isPath) return { folder: transcripts, name: given };
  const path = resolve(given.replace(/[/\\]journal\.jsonl$/, ''));
  return { folder: dirname(path), name: basename(path) };
}

/** How a run is shown to a person: without a password, and as a command takes it. */
export function shownRun(folder: string, name: string): string {
  if (!isPostgresAddress(folder)) return folder === defaultFolder ? name : join(folder, name);
  return `${shownAddress(folder)}/${encodeURIComponent(name)}`;
}

function placeInDatabase(given: string): { folder: string; name: string } {
  const url = readAddress(given);
  const [database = '', ...rest] = url?.pathname.slice(1).split('/') ?? [];
  if (!url) return { folder: given, name: '' };
  url.pathname = `/${database}`;
  return { folder: url.href, name: decoded(rest.join('/')) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
