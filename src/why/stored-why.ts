import type { Debate } from '../debate/debate.ts';
import { folderOf } from '../journal/run-folder.ts';
import { type Explanation, explanationsOf } from './explanations.ts';
import { readWhyLog, spentOn, type WhyEntry } from './why-log.ts';

/**
 * Why the speakers of a stored debate moved, as far as it was asked: every shift, explained or not. Null where nobody
 * asked, where the run lies in a database, or where what was kept cannot be read.
 */
export function storedWhy(place: string, run: string, debate: Debate): Explanation[] | null {
  const entries = entriesOf(place, run);
  return entries && explanationsOf(debate, entries);
}

/** US dollars that answering again has cost so far. */
export function spentOnRun(place: string, run: string): number {
  return spentOn(entriesOf(place, run) ?? []);
}

function entriesOf(place: string, run: string): readonly WhyEntry[] | null {
  const folder = folderOf(place, run);
  const entries = folder === null ? null : readWhyLog(folder);
  return entries?.ok ? entries.value : null;
}
