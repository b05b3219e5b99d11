import type { Agenda, Passage } from '../debate/agenda.ts';
import { remembered, remembering } from '../text/memo.ts';
import { mostLetters } from '../text/words.ts';
import { withoutCitations } from './citations.ts';
import { findFacts, isKnown, type KnownFacts, knownFacts } from './facts.ts';
import type { Fact } from './numbers.ts';

/** Says whether a fact stands in a source: most stand in the article; what was said is looked through only for those that do not. */
export function supportIn(
  { text, agenda, castNames, earlierTurns }: FactSources & { text: string },
  article: Article,
): (fact: Fact) => boolean {
  const isTranslated = isInOtherWords(text, article.words);
  const given = [article.known, knownFromAgenda({ agenda, castNames })];
  let all: KnownFacts[] | null = null;
  const everything = () =>
    (all ??= [...given, ...earlierTurns.map(({ text: said }) => factsKnownFrom(said))]);
  return onceByKey((fact) => isKnown(fact, given, isTranslated) || isKnown(fact, everything(), isTranslated));
}

/** The same fact comes many times in a long text. */
function onceByKey(test: (fact: Fact) => boolean): (fact: Fact) => boolean {
  const known = new Map<string, boolean>();
  return (fact) => {
    const key = `${fact.kind} ${fact.key}`;
    const answer = known.get(key) ?? test(fact);
    known.set(key, answer);
    return answer;
  };
}

function agendaTexts(agenda: Agenda): string[] {
  return agenda.flatMap(({ title, question, anchors }) => [title, question, ...Object.values(anchors)]);
}

/** A turn is a source for all after it. */
const factsKnownFrom = remembered(knownFacts);

/** The same for every turn of a debate. */
const agendas = new WeakMap<Agenda, { castNames: readonly string[]; known: KnownFacts }>();

function knownFromAgenda({ agenda, castNames }: Pick<FactSources, 'agenda' | 'castNames'>): KnownFacts {
  const before = agendas.get(agenda);
  const isSame =
    before?.castNames.length === castNames.length &&
    before.castNames.every((name, place) => name === castNames[place]);
  if (before && isSame) return before.known;
  const known = factsKnownFrom([...agendaTexts(agenda), ...castNames].join('\n'));
  agendas.set(agenda, { castNames, known });
  return known;
}

interface Article {
  known: KnownFacts;
  bearing: Bearing;
  /** All words of it in small letters. */
  words: ReadonlySet<string>;
}

/** Words that an article and a speech must have for their language to be compared. */
const fewestCompared = { article: 100, speech: 20 };

/** Of the words of a speech in the article's language, at least 0.4 stood in the articles looked at; in a related language, at most 0.16. */
const leastShared = 0.25;

/** What was told of the speech looked at last: its facts are looked for and held against the sources one after the other. */
let lastTold: { text: string; known: ReadonlySet<string>; isInOther: boolean } | null = null;

/** Is a speech in another language than the article, as far as their words tell? */
function isInOtherWords(text: string, known: ReadonlySet<string>): boolean {
  if (lastTold?.text !== text || lastTold.known !== known)
    lastTold = { text, known, isInOther: sharesFewWords(text, known) };
  return lastTold.isInOther;
}

function sharesFewWords(text: string, known: ReadonlySet<string>): boolean {
  const words = lowerWords(text);
  if (known.size < fewestCompared.article || words.length < fewestCompared.speech) return false;
  return words.filter((word) => known.has(word)).length / words.length < leastShared;
}

function lowerWords(text: string): string[] {
  return (
    text
      .slice(0, mostLetters)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  );
}

/** What is worked out of an article once, however many turns are checked against it. */
const articles = new WeakMap<readonly Passage[], Article>();

export function articleOf(passages: readonly Passage[]): Article {
  const texts = passages.map(({ text }) => text);
  const article = articles.get(passages) ?? {
    known: knownFacts(texts.join('\n')),
    bearing: bearingAmong(texts),
    words: new Set(texts.flatMap(lowerWords)),
  };
  articles.set(passages, article);
  return article;
}

/**
 * The numbers, dates and names of a speech that can be held against an article. A name has another form in another language ("Cor\u00e9e"), so that
 * nothing is known of it there; numbers and dates have not.
 */
export function comparableFacts(text: string, article: Article): Fact[] {
  const isTranslated = isInOtherWords(text, article.words);
  return findFacts(text).filter(({ kind }) => kind !== 'name' || !isTranslated);
}

interface FactSources {
  agenda: Agenda;
  castNames: readonly string[];
  earlierTurns: readonly { text: string }[];
}

/** Says how far the words of a sentence bear on each of some texts. */
export interface Bearing {
  /** 0..1; 0 where the sentence has no content words. */
  of(sentence: string, text: string): number;
}

const stopWords = new Set(
  `the and for that this with from are was were have has had not but you your our their they them his her its who what when where which
will would can could should may might must shall been being than then there here into onto over under about after before because since
until while also only just more most much many some any each every other another such same very too all both one two`.split(
    /\s+/,
  ),
);

/** Letters that stand for a word, so that lift, lifts and lifting compare alike. */
const stemLength = 6;

/**
 * Lexical bearing: the share of a sentence's content words, each weighted by how rare it is among the passages (inverse document
 * frequency, Sparck Jones 1972: ln(1 + N / n)), that the text has too. It sees words and not meaning: a true paraphrase in other
 * words bears little, so it is a hint for a reader and no proof.
 */
export function bearingAmong(passages: readonly string[]): Bearing {
  const counts = new Map<string, number>();
  for (const passage of passages) {
    for (const stem of stemsOf(passage)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  const weights = new Map([...counts].map(([stem, count]) => [stem, Math.log(1 + passages.length / count)]));
  const unknown = Math.log(1 + passages.length / 0.5);
  const weightOf = (stem: string) => weights.get(stem) ?? unknown;
  return {
    of(sentence, text) {
      const inText = stemsOf(text);
      let shared = 0;
      let total = 0;
      for (const stem of stemsOf(sentence)) {
        total += weightOf(stem);
        if (inText.has(stem)) shared += weightOf(stem);
      }
      return total === 0 ? 0 : shared / total;
    },
  };
}

/** A sentence is held against many passages and anchors, and each of them against many sentences. */
const stemsOf = remembering(256, (text: string): ReadonlySet<string> => {
  const words =
    withoutCitations(text.slice(0, mostLetters))
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.filter((word) => (word.length > 2 || /\d/.test(word)) && !stopWords.has(word)).map(stemOf),
  );
});

function stemOf(word: string): string {
  return word.replace(/(?<=\p{L}{3})(?:ing|ed|es|s)$/u, '').slice(0, stemLength);
}
