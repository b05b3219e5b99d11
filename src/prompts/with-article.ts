import type { Article } from '../debate/setup.ts';
import { keptPath } from './prompt-set.ts';
import type { Persona, PromptSet, Scenario } from './types.ts';

/**
 * The same cast on another text. References to passages of the scenario's own article are dropped from the
 * agenda, the personas and what is dealt to them, and its facts, since they would point at other passages. The text is not shared in exports: its
 * licence is not the scenario's.
 */
export function withArticle(set: PromptSet, article: Article): PromptSet {
  const own = keptPath.scenario(set.scenario.id, '');
  const files = new Map([...set.files].filter(([path]) => !isArticle(path, own)));
  files.set(keptPath.otherArticle, `${JSON.stringify(article, null, 2)}\n`);
  return { ...set, scenario: scenarioOn(set.scenario, article), files };
}

/** What `withArticle` makes of the scenario. */
export function scenarioOn(scenario: Scenario, article: Article): Scenario {
  const { facts: _facts, factsAtHand: _atHand, ...rest } = scenario;
  return {
    ...rest,
    group: null,
    article,
    shareText: false,
    articleUrl: null,
    agenda: scenario.agenda.map((issue) => ({ ...issue, passages: [] })),
    personas: scenario.personas.map(withoutCitations),
  };
}

function withoutCitations(persona: Persona): Persona {
  const { knows: _, ...member } = persona.member;
  return { ...persona, member, body: persona.body.replace(/[ \t]*\[P\d+\]/g, '') };
}

/** The scenario's own article: the only Markdown file of its folder that is no persona. */
function isArticle(path: string, own: string): boolean {
  if (path === keptPath.otherArticle) return true;
  return path.startsWith(own) && path !== `${own}scenario.yaml` && !path.startsWith(`${own}personas/`);
}
