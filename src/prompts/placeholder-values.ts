import type { Agenda } from '../debate/agenda.ts';
import type { Debate } from '../debate/debate.ts';
import { fenced, fencedLine } from './fence.ts';
import { onceADebate } from './once-a-debate.ts';
import type { Placeholder } from './placeholders.ts';
import type { PromptSet } from './types.ts';

type Values = Partial<Record<Placeholder, string>>;

/** Values that hold for a whole debate. */
export const scenarioValues = onceADebate((set, debate): Values => {
  const { scenario } = set;
  const cast = debate.started.cast;
  return {
    'scenario-title': fencedLine(scenario.title),
    'article-title': fencedLine(scenario.article.title),
    ...issueValues(scenario.agenda),
    'cast-names': listed(cast.map((member) => member.name)),
    'principal-names': listed(cast.filter((member) => member.principal).map((member) => member.name)),
  };
});

export function issueValues(agenda: Agenda): Values {
  return {
    issues: listed(agenda.map((issue) => issue.title)),
    'issue-ids': listed(agenda.map((issue) => issue.id)),
  };
}

export function countValues({ round, rounds }: { round: number; rounds: number }): Values {
  return { round: String(round), rounds: String(rounds), 'rounds-left': String(Math.max(0, rounds - round)) };
}

/** Values about one speaker; each persona speaks once a round, so its turns left are this one and one for each round left. */
export function speakerValues(
  { started }: Pick<Debate, 'started'>,
  persona: string,
  { round, rounds }: { round: number; rounds: number },
): Values {
  const others = started.cast.filter((member) => member.id !== persona).map((member) => member.name);
  const name = started.cast.find((member) => member.id === persona)?.name ?? persona;
  return {
    name: fencedLine(name),
    'other-names': listed(others),
    'turns-left': String(Math.max(0, rounds - round) + 1),
  };
}

export function groundingValue({ strategy }: PromptSet): Values {
  return { 'minimum-grounding': String(Math.round((strategy.minimumGrounding ?? 0) * 100)) };
}

/** "A", "A and B", "A, B and C". */
export function listed(items: readonly string[]): string {
  const safe = items.map(fencedLine);
  if (safe.length < 2) return safe[0] ?? '';
  return `${safe.slice(0, -1).join(', ')} and ${safe.at(-1)}`;
}

/** One line each. */
export function bulleted(items: readonly string[]): string {
  return items.map((item) => `- ${fenced(item.trim())}`).join('\n');
}
