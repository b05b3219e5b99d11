import type { ProgressFault } from '../../terminal/progress/progress-state.ts';

/** What went wrong so far: all of it counted, the last of it kept. */
export interface FaultList {
  add(fault: ProgressFault): void;
  readonly last: readonly ProgressFault[];
  readonly count: number;
}

/** More than a screen shows and a person reads. */
const mostKept = 50;

export function createFaultList(): FaultList {
  const last: ProgressFault[] = [];
  let count = 0;
  return {
    add(fault) {
      count += 1;
      last.push(fault);
      if (last.length > mostKept) last.shift();
    },
    last,
    get count() {
      return count;
    },
  };
}
