import type { Debate } from '../../debate/debate.ts';
import type { EventOf } from '../../debate/events.ts';

/** A debate as far as its descent goes. */
export interface Descent {
  run: string;
  /** Its id in the journal, by which forks name it. */
  debate: string;
  forkedFrom: { debate: string; turn: number } | null;
}

/** Debates that share everything before one turn, the one they come from first where it is there. */
export interface Family {
  turn: number;
  runs: string[];
}

/** Finds the families: only descent makes one, so two separate debates are never of the same. */
export function familiesOf(debates: readonly Descent[]): Family[] {
  const byId = new Map(debates.map((debate) => [debate.debate, debate]));
  const families = new Map<string, Family>();
  for (const { run, forkedFrom } of debates) {
    if (!forkedFrom) continue;
    const { turn } = forkedFrom;
    const root = ownerOf(forkedFrom, byId);
    const key = `${turn}\n${root}`;
    const parent = byId.get(root);
    const family = families.get(key) ?? { turn, runs: parent ? [parent.run] : [] };
    families.set(key, family);
    if (!family.runs.includes(run)) family.runs.push(run);
  }
  return [...families.values()].filter(({ runs }) => runs.length > 1);
}

/** A fork of a fork shares its turns before the older fork with the debate above; this finds whose the prefix is. */
function ownerOf(
  { debate, turn }: { debate: string; turn: number },
  byId: ReadonlyMap<string, Descent>,
): string {
  const seen = new Set<string>();
  let owner = debate;
  for (
    let above = byId.get(owner)?.forkedFrom;
    above && above.turn >= turn;
    above = byId.get(owner)?.forkedFrom
  ) {
    if (seen.has(owner)) break;
    seen.add(owner);
    owner = above.debate;
  }
  return owner;
}

/** Everything public before a turn, and who speaks it: equal for all of a family, or it is none. */
export function prefixOf(debate: Debate, turn: number): string | null {
  const forked = debate.turns[turn - 1];
  if (!forked) return null;
  const before = debate.turns.slice(0, turn - 1);
  return JSON.stringify({
    article: debate.started.article.sha256,
    agenda: debate.started.agenda,
    turns: before.map(({ speaker, kind, text }) => [speaker, kind, text]),
    questions: debate.questions.filter(({ number }) => number < forked.number).map(({ text }) => text),
    next: [forked.speaker, forked.kind, forked.round],
  });
}

/**
 * Knows which speeches of a family of forks stand in a row already: a fork's conversation begins with those of the debate it
 * came from, and each distinct speech is learned once.
 */
export interface Repeats {
  isTaught(started: EventOf<'debate-started'>, speech: string): boolean;
  /** Notes that a speech stands in a row. Costs nothing for debates without forks. */
  teach(started: EventOf<'debate-started'>, speech: string): void;
}

/** `descents` are the forks and those they come from. */
export function createRepeats(descents: readonly Descent[]): Repeats {
  const parents = new Map(descents.map(({ debate, forkedFrom }) => [debate, forkedFrom?.debate ?? null]));
  const taught = new Map<string, Set<string>>();
  const familyOf = ({ debate, forkedFrom }: EventOf<'debate-started'>): string | null =>
    parents.has(debate) || forkedFrom ? firstOf(debate, parents) : null;
  return {
    isTaught(started, speech) {
      const family = familyOf(started);
      return family !== null && (taught.get(family)?.has(speech) ?? false);
    },
    teach(started, speech) {
      const family = familyOf(started);
      if (family === null) return;
      const known = taught.get(family) ?? new Set();
      taught.set(family, known.add(speech));
    },
  };
}

/** Those that are no fork first, so that a family is taught by the debate it comes from wherever that is there. */
export function forksLast(runs: readonly string[], descents: readonly Descent[]): readonly string[] {
  const forks = new Set(descents.filter(({ forkedFrom }) => forkedFrom).map(({ run }) => run));
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
