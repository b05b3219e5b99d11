/** Tells, with each test, which parts of the files under mutation ran in it: `reach` in its meta. See `withReach`. */
import { afterEach, beforeEach } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Parts that ran in the test itself. */
    reach?: readonly string[];
    /** Parts that ran before it and in no test: while modules load, and in hooks of whole files. */
    reachBefore?: readonly string[];
  }
}

const reached = new Set<string>();
Object.assign(globalThis, { partsReached: reached });

beforeEach(({ task }) => {
  task.meta.reachBefore = [...reached];
  reached.clear();
});

afterEach(({ task }) => {
  task.meta.reach = [...reached];
  reached.clear();
});
