import type { Agenda } from '../debate/agenda.ts';
import type { Debate } from '../debate/debate.ts';
import { languageName } from '../text/language.ts';
import { BoundedMap, rememberingFor } from '../text/memo.ts';
import { listed } from '../text/wording.ts';
import { fenced, fencedLine } from './fence.ts';
import type { Placeholder } from './template.ts';
import type { PromptSet } from './types.ts';

type Values = Partial<Record<Placeholder, string>>;

/** Values that hold for a whole debate. */
export const scenarioValues = onceACast((set, debate): Values => {
  const { scenario } = set;
  const cast = debate.started.cast;
  return {
    'scenario-title': fencedLine(scenario.title),
    'article-title': fencedLine(scenario.article.title),
    language:
      scenario.language === undefined ? 'the language of the article' : languageName(scenario.language),
    ...issueValues(scenario.agenda),
    'cast-names': fencedList(cast.map((member) => member.name)),
    'principal-names': fencedList(cast.filter((member) => member.principal).map((member) => member.name)),
  };
});

export function issueValues(agenda: Agenda): Values {
  return {
    issues: fencedList(agenda.map((issue) => issue.title)),
    'issue-ids': fencedList(agenda.map((issue) => issue.id)),
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
    'other-names': fencedList(others),
    'turns-left': String(Math.max(0, rounds - round) + 1),
  };
}

export function groundingValue({ strategy }: PromptSet): Values {
  return { 'minimum-grounding': String(Math.round((strategy.minimumGrounding ?? 0) * 100)) };
}

/** Names and titles, fenced, in a row: "A, B and C". */
export function fencedList(items: readonly string[]): string {
  return listed(items.map(fencedLine));
}

/** One line each. */
export function bulleted(items: readonly string[]): string {
  return items.map((item) => `- ${fenced(item.trim())}`).join('\n');
}

/** Casts of one set of prompts that are kept: plans seat a cast in a few orders. */
const mostCasts = 16;

type Kept = WeakMap<PromptSet, BoundedMap<string, Map<string, unknown>>>;

/** What all debates of a set and a cast have in common is told by the cast, as its order and its names may differ. */
const castKey = rememberingFor((cast: Debate['started']['cast']) => JSON.stringify(cast));

/**
 * Makes a function that works out something that is the same in all debates of one set and cast only once for each
 * key: an article is long, a debate asks for it before every call, and a reader of thousands of debates gets the very
 * same text each time. Nothing is kept alive beyond the set.
 */
export function onceACast<Value>(
  work: (set: PromptSet, debate: Pick<Debate, 'started'>, key: string) => Value,
): (set: PromptSet, debate: Pick<Debate, 'started'>, key?: string) => Value {
  const kept: Kept = new WeakMap();
  return (set, debate, key = '') => {
    const ofSet = kept.get(set) ?? new BoundedMap<string, Map<string, unknown>>(mostCasts);
    kept.set(set, ofSet);
    const cast = castKey(debate.started.cast);
    const ofCast = ofSet.get(cast) ?? new Map<string, unknown>();
    ofSet.set(cast, ofCast);
    if (!ofCast.has(key)) ofCast.set(key, work(set, debate, key));
    return ofCast.get(key) as Value;
  };
}
