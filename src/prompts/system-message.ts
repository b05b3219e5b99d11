import type { ChatMessage } from '../debate/calls.ts';
import type { Debate } from '../debate/debate.ts';
import { agendaBlock, articleBlock, castBlock, personaBlock } from './blocks.ts';
import { dealtArticle, dealtBlock } from './facts-prompts.ts';
import { block } from './fence.ts';
import { onceACast, scenarioValues } from './placeholder-values.ts';
import { fillTemplate } from './template.ts';
import type { FactPrompts, Persona, PromptSet } from './types.ts';

/** Rules, article, agenda and cast: the same bytes for all who speak, so that providers can cache them. Then the persona. */
export function personaSystem(set: PromptSet, debate: Debate, persona: string): ChatMessage {
  return personaMessage(set, debate, persona);
}

/** The same bytes as for the cast, whose rules the moderator knows; then what it is itself. */
export function moderatorSystem(set: PromptSet, debate: Debate): ChatMessage {
  return moderatorMessage(set, debate);
}

const personaMessage = onceACast((set, debate, persona): ChatMessage => {
  const own = personaOf(set, persona);
  const { knows } = own.member;
  // Who holds only some passages has an article of its own, and no prompt in common with the others.
  const shared = knows && set.facts ? dealtParts(set, debate, knows, set.facts) : sharedParts(set, debate);
  const content = `${shared}\n${personaBlock(own)}`;
  return { role: 'system', content };
});

const moderatorMessage = onceACast((set, debate): ChatMessage => {
  const role = fillTemplate(set.moderator['role']?.body ?? '', scenarioValues(set, debate));
  return { role: 'system', content: `${sharedParts(set, debate)}\n${block('moderator', {}, role)}` };
});

const sharedParts = onceACast((set, debate) => partsWith(set, debate, [articleBlock(set.scenario.article)]));

function dealtParts(
  set: PromptSet,
  debate: Pick<Debate, 'started'>,
  knows: readonly number[],
  prompts: FactPrompts,
): string {
  return partsWith(set, debate, [dealtArticle(set.scenario.article, knows), dealtBlock(prompts, knows)]);
}

function partsWith(set: PromptSet, debate: Pick<Debate, 'started'>, article: readonly string[]): string {
  const { agenda, language } = set.scenario;
  const rules = fillTemplate(set.strategy.sections['rules'] ?? '', scenarioValues(set, debate));
  const parts = [
    block('rules', {}, rules),
    ...article,
    agendaBlock(agenda, { language }),
    castBlock(debate.started.cast),
  ];
  return parts.join('\n');
}

function personaOf(set: PromptSet, id: string): Persona {
  const persona = set.scenario.personas.find(({ member }) => member.id === id);
  if (!persona) throw new Error(`the prompts hold no persona "${id}"`);
  return persona;
}
