import type { Issue, Passage } from '../debate/agenda.ts';
import { remembering } from '../text/memo.ts';
import { contentStems } from '../text/words.ts';
import { issueWords } from './anchor-match.ts';
import { type AnchorForms, anchorForms } from './anchor-words.ts';
import { type Casing, casingFrom } from './casing.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Prompt, Setting } from './parse-prompt.ts';
import { type Ranking, rankingOf } from './relevance.ts';
import { placementsIn } from './stand-reader.ts';

/** A setting with what is worked out from its texts once: casing, anchors in words, what bears on what. */
export interface Stage {
  setting: Setting;
  casing: Casing;
  anchors: Map<string, Record<0 | 3 | 6, AnchorForms>>;
  /** An issue's title as it stands inside a sentence. */
  title: (issue: string) => string;
  issue: (id: string) => Issue | undefined;
  passages: Passage[];
  rankPassages: Ranking;
  /** The issue that a text is most about, or null where that is not clear. */
  issueOf: (text: string) => string | null;
  /** Does a sentence place its speaker on an issue's scale? Such a sentence is answered by a stand, less well by an argument. */
  isStand: (text: string) => boolean;
}

/** A stage and what has been said on it so far. */
export interface Scene extends Stage {
  prompt: Prompt;
}

/** By how much an issue must outrank the next for a text to be about it. */
const clearly = 1.15;
const mostTexts = 1000;

export function stageOf(setting: Setting): Stage {
  const { agenda, passages, persona } = setting;
  const casing = casingFrom(textsOf(setting), setting.isEnglish);
  const anchorCasing = areSmall(agenda) ? { ...casing, phrase: (text: string) => text } : casing;
  const words = issueWords(agenda);
  const rankIssues = rankingOf(agenda.map((issue) => aboutIssue(issue, persona)));
  return {
    setting,
    casing,
    anchors: new Map(agenda.map((issue, at) => [issue.id, anchorForms(issue, words[at], anchorCasing)])),
    title: (id) => {
      const title = agenda.find((issue) => issue.id === id)?.title ?? id.replaceAll('-', ' ');
      return casing.phrase(title).replace(/[.?!]$/, '');
    },
    issue: (id) => agenda.find((issue) => issue.id === id),
    passages,
    rankPassages: rankingOf(passages.map(({ text }) => text)),
    issueOf: remembering(mostTexts, (text: string) => {
      const [best, second] = rankIssues.rank(contentStems(text).length > 0 ? text : '');
      if (!best || (second && best.score < clearly * second.score)) return null;
      return agenda[best.index]?.id ?? null;
    }),
    isStand: remembering(mostTexts, (text: string) => placementsIn(agenda, text).some(({ isOwn }) => isOwn)),
  };
}

/** Where an agenda's anchors begin with small letters, as they can, one that does not begins with a name. */
function areSmall(agenda: readonly Issue[]): boolean {
  const anchors = agenda.flatMap((issue) => Object.values(issue.anchors)).filter((text) => text !== '');
  return anchors.filter((text) => /^\p{Ll}/u.test(text)).length > anchors.length / 2;
}

function textsOf({ agenda, passages, persona, cast }: Setting): string[] {
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
