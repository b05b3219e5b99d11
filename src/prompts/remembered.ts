import type { FaultLog } from '../source/source-fault.ts';
import type { TextFile } from './text-file.ts';

/** Files as they were read, by path or name. */
export type Texts = ReadonlyMap<string, TextFile>;

/** Enough for the scenarios and strategies of a plan that are taken in turn. */
const mostKept = 8;

/**
 * Keeps the last results of checking files while these are the same to the byte: a batch reads the same ones before
 * every debate. What anything was said against is not kept, so that it is said again.
 */
export function remembering<Result>(): (texts: Texts, log: FaultLog, check: () => Result) => Result {
  const known: { texts: Texts; result: Result }[] = [];
  return (texts, log, check) => {
    const before = log.faults.length + log.warnings.length;
    const same = known.find((earlier) => areSame(earlier.texts, texts));
    if (same) return same.result;
    const result = check();
    if (log.faults.length + log.warnings.length === before) {
      known.unshift({ texts, result });
      known.length = Math.min(known.length, mostKept);
    }
    return result;
  };
}

function areSame(one: Texts, other: Texts): boolean {
  if (one.size !== other.size) return false;
  return [...one].every(([path, file]) => {
    const there = other.get(path);
    return file.ok && there?.ok && file.text === there.text;
  });
}
