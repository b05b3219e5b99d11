import { join } from 'node:path';
import { formatVersion } from '../debate/events.ts';
import { type Failure, failure, type Outcome, success } from '../debate/outcome.ts';
import { nearestName } from '../text/near-names.ts';
import { diskFault, diskRemedy } from './disk.ts';
import type { LineFault } from './event-line.ts';
import { lockFile, type Refusal } from './lock.ts';
import type { JournalFailure } from './types.ts';

export const journalFile = 'journal.jsonl';

const longest = 100;
const windowsReserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const shardFolder = /^[0-9a-f]{2}$/i;

/** What every store accepts as a debate's id: safe as a folder name on all systems and to print on a screen. */
export function checkRunName(name: string): Outcome<string, 'bad-name'> {
  const why = faultOf(name);
  if (why === null) return success(name);
  const proposal = proposalFor(name);
  return failure('bad-name', `${quoted(name)} cannot be the name of a run: ${why}. ${proposal}`);
}

/** The word for the run that was written last, wherever a person names a run. */
export const latestRun = 'latest';

/** How many names are compared for a hint; looking further would take longer than the hint is worth. */
const mostNames = 2000;

/** The first names of a store, as many as are worth comparing. */
export async function proposableNames(runs: Iterable<string> | AsyncIterable<string>): Promise<string[]> {
  const names: string[] = [];
  for await (const name of runs) if (names.push(name) === mostNames) break;
  return names;
}

/** What every store says of a run that it does not hold, with the stored name that was probably meant; `runs` gives the names. */
export async function noSuchRun(
  place: string,
  debate: string,
  runs: Iterable<string> | AsyncIterable<string>,
): Promise<{ ok: false; failure: Failure<'not-found'> }> {
  const near = nearestName(debate, [latestRun, ...(await proposableNames(runs))]);
  const advice = near === null ? 'Check the name and the place.' : `Did you mean ${near}?`;
  return failure('not-found', `There is no run ${debate} in ${place}. ${advice}`);
}

/** Where a store keeps many debates, it may spread them over folders of two hexadecimal digits. */
export function isShardFolder(name: string): boolean {
  return shardFolder.test(name);
}

function faultOf(name: string): string | null {
  if (name === '') return 'it is empty';
  if (!name.isWellFormed() || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)) return 'it has invisible characters';
  if (/[/\\]/.test(name)) return 'it has a slash, and a run is one folder';
  if (name.startsWith('.')) return 'it begins with a dot';
  if (name.startsWith('-')) return 'it begins with a hyphen, like an option';
  if (/[<>:"|?*]/.test(name)) return 'it has one of < > : " | ? *, which not every system takes';
  if (/^\s|[\s.]$/u.test(name)) return 'it begins or ends with a space or ends with a dot';
  if (Buffer.byteLength(name) > longest) {
    return `it is ${Buffer.byteLength(name)} bytes long; ${longest} is the most`;
  }
  if (windowsReserved.test(name)) return 'Windows keeps that name for a device';
  if (isShardFolder(name)) return 'two hexadecimal digits name a folder of runs where there are very many';
  return null;
}

function proposalFor(name: string): string {
  const words = name.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
  const proposal = words.join('-').toLowerCase().slice(0, 60).replace(/-$/, '');
  const fit = [proposal, `run-${proposal}`].find((one) => proposal !== '' && faultOf(one) === null);
  return fit === undefined ? 'Use letters, digits and hyphens, such as first-run.' : `Try ${fit}.`;
}

/** For messages: short, and with nothing that acts on a terminal. */
function quoted(name: string): string {
  const shown = [...name].length > 40 ? `${[...name].slice(0, 40).join('')}…` : name;
  return `"${shown.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�')}"`;
}

type Failed<Reason extends JournalFailure> = { ok: false; failure: Failure<Reason> };

/** What goes wrong with runs on a disk, for the person: what happened, to what, what to do next. */

export function unreadable(path: string, error: unknown): Failed<'not-found'> {
  return failure('not-found', `${path} cannot be read: ${diskFault(error)}. Make it readable and try again.`);
}

export function runExists(folder: string): Failed<'exists'> {
  return failure('exists', `${folder} already exists. Resume it, or choose another name.`);
}

export function notWritable(path: string, error: unknown): Failed<'not-writable'> {
  return failure('not-writable', `${path} cannot be written: ${diskFault(error)}. ${diskRemedy(error)}.`);
}

export function damaged(
  folder: string,
  debate: string,
  line: number,
  fault: LineFault,
): Failed<'damaged' | 'unsupported-version'> {
  const place = `${join(folder, journalFile)} line ${line}`;
  if (fault.kind === 'unsupported-version') {
    return failure(
      'unsupported-version',
      `${place} is ${fault.what}; this parley reads format ${formatVersion}. Nothing was changed. Use the version of parley that wrote it, or a newer one.`,
    );
  }
  const next =
    line === 1
      ? 'No event before it could be saved to a copy.'
      : `parley repair ${debate} copies the ${line - 1} whole events before it to a new run, which can be resumed.`;
  return failure('damaged', `${place} is damaged (${fault.what}). Nothing was changed. ${next}`);
}

export function inUse(folder: string, { heldBy, state }: Refusal): Failed<'locked'> {
  if (heldBy === null) return failure('locked', `${folder} is being opened by another process. Try again.`);
  const since = heldBy.since.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  const isThisProcess = state === 'running' && heldBy.pid === process.pid;
  const holder = isThisProcess
    ? `process ${heldBy.pid}, this process,`
    : `process ${heldBy.pid} on ${heldBy.host}`;
  const next = {
    running: isThisProcess
      ? 'Close it first.'
      : `Wait for it to end or stop it (kill ${heldBy.pid}), then try again.`,
    unknown: `Whether that process still runs cannot be checked from here. Once it has ended, delete ${join(folder, lockFile)} and try again.`,
  }[state];
  return failure('locked', `${folder} is in use by ${holder} since ${since}. ${next}`);
}
