import type { EventOf } from '../../debate/events.ts';
import type { Descent } from './families.ts';

/**
 * Knows what forks took over. A fork's conversation begins with speeches that stand in the debate it came from too; a
 * trainer that learns from every speech of a row would learn from those once more with every fork.
 */
export interface Repeats {
  /** True where a row of this persona from the same family was written before. */
  isTaught(started: EventOf<'debate-started'>, persona: string): boolean;
  /** Notes that a row of this persona was written. Costs nothing for debates without forks. */
  teach(started: EventOf<'debate-started'>, persona: string): void;
}

/** `descents` are the forks and those they come from. */
export function createRepeats(descents: readonly Descent[]): Repeats {
  const parents = new Map(descents.map(({ debate, forkedFrom }) => [debate, forkedFrom?.debate ?? null]));
  const taught = new Set<string>();
  const keyOf = ({ debate, forkedFrom }: EventOf<'debate-started'>, persona: string): string | null =>
    parents.has(debate) || forkedFrom ? `${firstOf(debate, parents)}\n${persona}` : null;
  return {
    isTaught(started, persona) {
      const key = keyOf(started, persona);
      return key !== null && taught.has(key);
    },
    teach(started, persona) {
      const key = keyOf(started, persona);
      if (key !== null) taught.add(key);
    },
  };
}

/** Those that are no fork first, so that a family is taught by the debate it comes from wherever that is there. */
export function forksLast(runs: readonly string[], descents: readonly Descent[]): readonly string[] {
  const forks = new Set(descents.filter(({ forkedFrom }) => forkedFrom).map(({ run }) => run));
  if (forks.size === 0) return runs;
  return [...runs.filter((run) => !forks.has(run)), ...runs.filter((run) => forks.has(run))];
}

/** The debate at the head of a line of forks, whether it is there or not. */
function firstOf(debate: string, parents: ReadonlyMap<string, string | null>): string {
  const seen = new Set<string>();
  let first = debate;
  for (let above = parents.get(first); above && !seen.has(above); above = parents.get(first)) {
    seen.add(above);
    first = above;
  }
  return first;
}
