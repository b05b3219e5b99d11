import { modelIssues } from '../../convergence/lexical/issue-model.ts';
import { statementsOf } from '../../convergence/lexical/statements.ts';
import { contentStems } from '../../convergence/lexical/words.ts';
import type { Issue, Passage } from '../../debate/agenda.ts';
import { type AnchorForms, anchorForms } from './anchor-words.ts';
import { type Casing, casingFrom } from './casing.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Prompt } from './parse-prompt.ts';
import { type Ranking, rankingOf } from './relevance.ts';

/** A prompt with what is worked out from its texts once: casing, anchors in words, what bears on what. */
export interface Scene {
  prompt: Prompt;
  casing: Casing;
  anchors: Map<string, Record<0 | 3 | 6, AnchorForms>>;
  /** An issue's title as it stands inside a sentence. */
  title: (issue: string) => string;
  issue: (id: string) => Issue | undefined;
  passages: Passage[];
  rankPassages: Ranking;
  /** The issue that a text is most about, or null. */
  issueOf: (text: string) => string | null;
  /** Does a sentence place its speaker on an issue's scale? Such a sentence is answered by a stand, less well by an argument. */
  isStand: (text: string) => boolean;
}

export function sceneOf(prompt: Prompt): Scene {
  const { agenda, passages, persona } = prompt;
  const casing = casingFrom(textsOf(prompt));
  const anchors = new Map(agenda.map((issue) => [issue.id, anchorForms(issue, agenda, casing)]));
  const rankIssues = rankingOf(agenda.map((issue) => aboutIssue(issue, persona)));
  const models = modelIssues(agenda);
  return {
    prompt,
    casing,
    anchors,
    title: (id) => {
      const title = agenda.find((issue) => issue.id === id)?.title ?? id.replaceAll('-', ' ');
      return casing.phrase(title).replace(/[.?!]$/, '');
    },
    issue: (id) => agenda.find((issue) => issue.id === id),
    passages,
    rankPassages: rankingOf(passages.map(({ text }) => text)),
    issueOf: (text) => {
      const best = rankIssues.rank(contentStems(text).length > 0 ? text : '')[0];
      return best ? (agenda[best.index]?.id ?? null) : null;
    },
    isStand: (text) => statementsOf(text, models, []).some(({ isPlain }) => isPlain),
  };
}

function textsOf({ agenda, passages, persona, cast }: Prompt): string[] {
  return [
    ...passages.map(({ text }) => text),
    ...agenda.flatMap(({ title, question, anchors }) => [
      title,
      question,
      anchors[0],
      anchors[3],
      anchors[6],
    ]),
    ...cast.map(({ name }) => name),
    ...(persona
      ? [
          persona.role,
          persona.voice,
          ...persona.interests,
          ...[...persona.reasons.values(), ...persona.offers.values()].flat(),
        ]
      : []),
  ];
}

/** All that the prompt says on an issue, its title twice: the vocabulary by which a remark finds its issue. */
function aboutIssue(issue: Issue, persona: PromptPersona | null): string {
  const { title, question, anchors } = issue;
  const reasons = [...(persona?.reasons.get(issue.id) ?? []), ...(persona?.offers.get(issue.id) ?? [])];
  return [title, title, question, anchors[0], anchors[3], anchors[6], ...reasons].join('\n');
}
