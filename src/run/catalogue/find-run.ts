import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { checkRunName, latestRun, noSuchRun } from '../../journal/named-run.ts';
import { isPostgresAddress, readAddress, shownAddress } from '../../journal/postgres/address.ts';
import { ServerError } from '../../journal/postgres/server-error.ts';
import { type JournalPlace, journalsIn } from '../../journal/run-folder.ts';
import type { JournalStore } from '../../journal/types.ts';
import { counted } from '../../text/figures.ts';
import { parsedJson } from '../../text/json-in-text.ts';
import { openRuns } from './open-runs.ts';

/** The usual place of runs. */
export const defaultFolder = 'transcripts';

/** Where a run is. */
export interface RunPlace {
  /** A folder of runs, or the address of a database. */
  folder: string;
  name: string;
}

/**
 * Finds the run that a person names: by its whole name in the transcripts (a folder, or the address of a database), by a
 * beginning that no other run there has, as `latest` (the run last written), as `#3` of the last list (`@3` where a shell
 * takes # for a comment), by the path of its own folder, or by an address with its name after the database's:
 * postgres://host/database/run, which is passed on for the store to say whether it is there. Any other name fails, with one that is near.
 */
export async function findRun(given: string, transcripts: string): Promise<Outcome<RunPlace>> {
  const named = placeOf(given, transcripts);
  const place = (name: string) => success({ folder: named.folder, name });
  if (named.folder !== transcripts || given === '') return success(named);
  const listed = /^[#@](\d{1,6})$/.exec(given);
  if (listed) return numbered(Number(listed[1]), transcripts);
  const opened = await openRuns(transcripts);
  if (!opened.ok) return opened;
  const { store, close } = opened.value;
  try {
    if (given !== latestRun && (await isThere(store, given))) return place(given);
    const names: string[] = [];
    for await (const name of store.list()) names.push(name);
    if (given === latestRun) {
      const latest = isPostgresAddress(transcripts) ? names.at(-1) : await lastWritten(transcripts);
      return latest === undefined ? noRun(store) : place(latest);
    }
    const [first, ...others] = names.filter((name) => name.startsWith(given));
    if (first !== undefined && others.length === 0) return place(first);
    if (first !== undefined) return failure('ambiguous-run', ambiguous(given, [first, ...others]));
    const name = checkRunName(given);
    return name.ok ? noSuchRun(store.place, given, names) : name;
  } catch (error) {
    if (error instanceof ServerError) return failure(error.reason, error.message);
    throw error;
  } finally {
    await close();
  }
}

/** Keeps the names of a list that was shown, so that its numbers can be used; what cannot be written is not kept. */
export async function keepList(transcripts: string, runs: readonly string[]): Promise<void> {
  const kept = { place: keptPlace(transcripts), runs: runs.slice(0, mostKept) };
  await writeFile(listFile(transcripts), JSON.stringify(kept)).catch(() => {});
}

/** Longer lists nobody counts. */
const mostKept = 100_000;
const listSchema = z.strictObject({ place: z.string(), runs: z.array(z.string()) });

async function numbered(number: number, transcripts: string): Promise<Outcome<RunPlace>> {
  const text = await readFile(listFile(transcripts), 'utf8').catch(() => 'null');
  const kept = listSchema.safeParse(parsedJson(text)).data;
  if (kept?.place !== keptPlace(transcripts)) {
    return failure(
      'no-list',
      `No list of the runs in ${keptPlace(transcripts)} is known, so it has no #${number}.`,
    );
  }
  const name = kept.runs[number - 1];
  if (name !== undefined) return success({ folder: transcripts, name });
  return failure(
    'no-list',
    `The last list of ${kept.place} has ${counted(kept.runs.length, 'run')}, and no #${number}.`,
  );
}

/** Beside the runs, hidden; lists of a database are kept in the usual folder. */
function listFile(transcripts: string): string {
  return join(isPostgresAddress(transcripts) ? defaultFolder : transcripts, '.last-list.json');
}

function keptPlace(transcripts: string): string {
  return isPostgresAddress(transcripts) ? shownAddress(transcripts) : transcripts;
}

/** True for a run that cannot be read, too: it has the name. */
async function isThere(store: JournalStore, name: string): Promise<boolean> {
  for await (const event of store.events(name)) {
    return event.ok || !['not-found', 'bad-name'].includes(event.failure.reason);
  }
  return true;
}

async function lastWritten(transcripts: string): Promise<string | undefined> {
  let last: JournalPlace | undefined;
  for await (const journal of journalsIn(transcripts)) {
    if (last === undefined || journal.writtenAt >= last.writtenAt) last = journal;
  }
  return last?.run;
}

function noRun(store: JournalStore): Outcome<never> {
  return failure('not-found', `There is no run in ${store.place} yet.`);
}

/** Names that a message shows of several. */
const mostShown = 4;

function ambiguous(given: string, names: readonly string[]): string {
  const more = names.length > mostShown ? ` and ${names.length - mostShown} more` : '';
  const shown = names.slice(0, mostShown).join(', ');
  return `${given} matches ${names.length} runs: ${shown}${more}. Give more of the name.`;
}

function placeOf(given: string, transcripts: string): RunPlace {
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
