import type { Article } from '../debate/setup.ts';
import { keptPath } from './prompt-set.ts';
import type { Persona, PromptSet, Scenario } from './types.ts';

/** What a person should know before a cast argues over another text than its own. */
export type ArticleNotice =
  /** A text of so few words gives a cast too little to argue over. */
  | { kind: 'short'; words: number }
  /** It seems to have nothing to do with the agenda. `share` says how much of the agenda's language it has, next to the scenario's own article (1). */
  | { kind: 'other-subject'; share: number; issues: string[] }
  /** It may have been read wrongly. */
  | { kind: 'doubtful'; doubt: string };

/** A text of fewer words gives four personas too little to argue over. */
const fewestWords = 80;

/**
 * An article whose words are shared with the agenda and the personas less than this, next to the scenario's own article, is
 * taken to be about something else. Measured: 14 articles on a bundled agenda's subject 0.43 to 0.89, the bundled
 * scenarios' articles under each other's agendas 0.08 to 0.53, 141 news pages about other things 0.47 and less, all but
 * six of them below 0.4. In doubt nothing is said.
 */
const leastShare = 0.4;

/** Two texts of one language share this much of their most frequent words; English and French share a tenth at most. */
const leastOfLanguage = 0.2;
const mostFrequent = 30;

/**
 * What is odd about giving a cast this article. Whether it is about something else is a guess by words that a
 * scenario's agenda and personas share with an article, held against how many they share with the scenario's own: so
 * it needs no list of words and works in every language. Words of the strategy and the moderator are in every debate
 * and say nothing of a subject. In another language than the scenario's own article nothing can be said.
 */
export function articleNotices(set: PromptSet, article: Article): ArticleNotice[] {
  const given = wordsOf(textOf(article));
  if (given.length < fewestWords) return [{ kind: 'short', words: given.length }];
  const { agenda, personas, article: ownArticle } = set.scenario;
  const own = wordsOf(textOf(ownArticle));
  if (sharedFrequent(own, given) < leastOfLanguage) return [];
  const general = new Set(wordsOf(generalText(set)).map(stem));
  const subject = new Set(
    subjectWords(
      wordsOf(
        [
          ...agenda.map(({ title, question, anchors }) =>
            [title, question, ...Object.values(anchors)].join(' '),
          ),
          ...personas.map(({ body }) => body),
        ].join(' '),
      ),
      general,
    ),
  );
  // Longer texts share more by chance: both are read to the same length.
  const length = Math.min(own.length, given.length);
  const shareOf = (words: readonly string[]) => {
    const known = [...new Set(subjectWords(words.slice(0, length), general))];
    return known.filter((word) => subject.has(word)).length / Math.max(1, known.length);
  };
  const ownShare = shareOf(own);
  const share = ownShare === 0 ? 1 : shareOf(given) / ownShare;
  return share < leastShare
    ? [{ kind: 'other-subject', share, issues: agenda.map(({ title }) => title) }]
    : [];
}

function textOf({ passages }: Article): string {
  return passages.map(({ text }) => text).join(' ');
}

/** Prompts that every debate has, whatever it is about. */
function generalText({ strategy, moderator }: PromptSet): string {
  const sections = [strategy.sections, ...Object.values(moderator).map((prompt) => prompt.sections)];
  return [
    ...sections.flatMap((texts) => Object.values(texts)),
    ...Object.values(moderator).map(({ body }) => body),
  ].join(' ');
}

/** Words in order, in small letters; scripts without spaces by pairs of characters. At most so many as decide. */
function wordsOf(text: string): string[] {
  const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{2}|[\p{L}\p{M}]+/gu;
  return (text.slice(0, mostText).toLowerCase().match(word) ?? []).slice(0, mostWords);
}

const mostText = 200_000;
const mostWords = 5_000;

function subjectWords(words: readonly string[], general: ReadonlySet<string>): string[] {
  return words
    .filter(
      (word) => word.length >= 5 || /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word),
    )
    .map(stem)
    .filter((word) => !general.has(word));
}

function stem(word: string): string {
  return word.slice(0, 6);
}

function sharedFrequent(one: readonly string[], other: readonly string[]): number {
  const [ones, others] = [one, other].map(frequentIn) as [string[], string[]];
  const known = new Set(others);
  return ones.filter((word) => known.has(word)).length / Math.max(1, Math.min(ones.length, others.length));
}

function frequentIn(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostFrequent)
    .map(([word]) => word);
}

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
