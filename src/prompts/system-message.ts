import type { Debate } from '../debate/debate.ts';
import type { ChatMessage } from '../debate/messages.ts';
import { agendaBlock, articleBlock, castBlock, personaBlock } from './blocks.ts';
import { block } from './fence.ts';
import { scenarioValues } from './placeholder-values.ts';
import { fillTemplate } from './template.ts';
import type { Persona, PromptSet } from './types.ts';

/** Rules, article, agenda and cast: the same bytes for all speakers, so that providers can cache them. Then the persona. */
export function personaSystem(set: PromptSet, debate: Debate, persona: string): ChatMessage {
  const shared = sharedParts(set, debate, 'rules', set.strategy.sections['rules'] ?? '');
  return { role: 'system', content: `${shared}\n${personaBlock(personaOf(set, persona))}` };
}

/** The moderator's rules, with the same article, agenda and cast. */
export function moderatorSystem(set: PromptSet, debate: Debate): ChatMessage {
  return { role: 'system', content: sharedParts(set, debate, 'role', set.moderator['role']?.body ?? '') };
}

export function personaOf(set: PromptSet, id: string): Persona {
  const persona = set.scenario.personas.find(({ member }) => member.id === id);
  if (!persona) throw new Error(`the prompts hold no persona "${id}"`);
  return persona;
}

/** Rendered once a debate and set: an article is long, and a debate asks for it before every call. */
const rendered = new WeakMap<PromptSet, WeakMap<Debate['started'], Map<string, string>>>();

function sharedParts(set: PromptSet, debate: Debate, kind: 'rules' | 'role', rules: string): string {
  const bySet = rendered.get(set) ?? new WeakMap<Debate['started'], Map<string, string>>();
  rendered.set(set, bySet);
  const byKind = bySet.get(debate.started) ?? new Map<string, string>();
  bySet.set(debate.started, byKind);
  const known = byKind.get(kind);
  if (known !== undefined) return known;
  const { article, agenda } = set.scenario;
  const parts = [
    block('rules', {}, fillTemplate(rules, scenarioValues(set, debate))),
    articleBlock(article),
    agendaBlock(agenda),
    castBlock(debate.started.cast),
  ];
  const text = parts.join('\n');
  byKind.set(kind, text);
  return text;
}
