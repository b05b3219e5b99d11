import type { Debate } from '../../debate/debate.ts';

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
