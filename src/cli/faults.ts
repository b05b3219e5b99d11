import type { SourceFault } from '../source/source-fault.ts';

/** A fault as compilers write it, so that editors and people find the place. */
export function faultLine({ file, line, message }: SourceFault): string {
  return `${file}:${line}: ${message}`;
}

/** Faults of a scenario that was to be debated, in one line where there is only one. */
export function describeFaults(faults: readonly SourceFault[]): string {
  const [first] = faults;
  if (!first) return 'The scenario cannot be used.';
  const others = faults.length - 1;
  const more =
    others === 0 ? '' : ` (and ${others} more ${others === 1 ? 'fault' : 'faults'}: parley check names all)`;
  return `${faultLine(first)}${more}`;
}
