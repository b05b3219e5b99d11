import { remembering } from '../text/memo.ts';
import { type Sentence, sentencesOf } from '../text/sentences.ts';
import * as moves from './bank/move-lines.ts';
import * as replies from './bank/reply-lines.ts';
import { hashOf, type Run, runsOf } from './word-runs.ts';

/*
 * The words beside a stand that a judge is asked for, as the simulator finds them: by the forms in which it speaks itself. It shares
 * nothing with the code that checks them, and finds none in speeches of another kind.
 */

/** Words that give ground or take it back, each with what it names as the reason. */
const reasonKind = kindOf([...replies.concessions, ...replies.returns, ...replies.hardenings]);
/** Words that agree with what somebody else said. */
const agreementKind = kindOf([...replies.agreements, ...replies.agreementsAfter]);
/** Words that offer or sign something. */
const pledgeKind = kindOf([...moves.offers, ...moves.lastReady]);

/** A template as its sentences: a pattern for each, null for one that is a slot alone. */
type Form = readonly (RegExp | null)[];

/** A stretch of a text, in whole sentences. */
interface Stretch {
  quote: string;
  start: number;
  end: number;
}

function formsOf(templates: readonly string[]): Form[] {
  return templates
    .map((template) => template.split(/(?<=[.?!])\s+(?![^(]*\))/).map(patternOf))
    .filter((form) => form.some((pattern) => pattern !== null));
}

/** Fixed words as they stand, choices as choices, anything in the slots. */
function patternOf(part: string): RegExp | null {
  const fixed = part.replace(/\{\w+\}/g, '').replace(/[^\p{L}]/gu, '');
  if (fixed === '') return null;
  const source = part
    .replace(/[.?!]$/, '')
    .split(/(\{\w+\}|\([^()]*\|[^()]*\))/)
    .map((piece) => {
      if (piece.startsWith('{')) return '.+?';
      return piece.startsWith('(')
        ? `(?:${piece.slice(1, -1)})`
        : piece.replace(/[.*+?^${}()[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}[.?!"\u201d]*(?:\\s*\\[[PT]\\d+\\])*$`, 'iu');
}

/** Templates of one kind, and what a sentence is like that any of their sentences made: most are like none. */
interface Kind {
  forms: readonly Form[];
  any: RegExp;
}

function kindOf(templates: readonly string[]): Kind {
  const forms = formsOf(templates);
  const sources = forms.flat().flatMap((pattern) => pattern?.source ?? []);
  return { forms, any: new RegExp(sources.join('|'), 'iu') };
}

function stretchesLike({ forms, any }: Kind, sentences: readonly Sentence[], text: string): Stretch[] {
  const like = sentences.map((sentence) => any.test(sentence.text));
  const fits = (pattern: RegExp | null, at: number) =>
    at < sentences.length &&
    (pattern === null || (like[at] === true && pattern.test((sentences[at] as Sentence).text)));
  return sentences.flatMap((first, at) => {
    const form = forms.find((parts) => parts.every((pattern, place) => fits(pattern, at + place)));
    const last = sentences[at + (form?.length ?? 0) - 1];
    if (!form || !last) return [];
    return [{ quote: text.slice(first.start, last.end), start: first.start, end: last.end }];
  });
}

/** What one speech holds beside its stands, each kind looked for when it is asked for. */
export const evidenceIn = remembering(100, (text: string) => {
  const sentences = sentencesOf(text);
  const like = (kind: Kind) => {
    let found: readonly Stretch[] | null = null;
    return () => (found ??= stretchesLike(kind, sentences, text));
  };
  return { reasons: like(reasonKind), agreements: like(agreementKind), pledges: like(pledgeKind) };
});

/** The reason that a speech gives for a stand: the last before the stand's words that names no other issue. null for none. */
export function reasonFor(
  text: string,
  { quote, title }: { quote: string; title: string },
  otherTitles: readonly string[],
): string | null {
  const place = text.indexOf(quote);
  const isOfOther = (words: string) => {
    const lower = words.toLowerCase();
    return (
      !lower.includes(title.toLowerCase()) && otherTitles.some((other) => lower.includes(other.toLowerCase()))
    );
  };
  const reason = evidenceIn(text)
    .reasons()
    .findLast((stretch) => stretch.end <= place && !isOfOther(stretch.quote));
  return reason?.quote ?? null;
}

const echoedWords = 4;
const ownWords =
  /\b(?:we|i|our|ours|my|mine|me|us)\b|\b(?:must|should|insist|accept|propose|demand|require)\b/i;

/**
 * Takes from a speech the sentences that only repeat words of the first so many of these questions: those are the asker's.
 * Sentences that assert something stay.
 */
export function withoutEchoesOf(questions: readonly string[]): (text: string, count: number) => string {
  const asked = questions.map(askedWords);
  const firstWith = new Map<Run, number>();
  for (const [place, { runs }] of asked.entries())
    for (const run of runs) if (!firstWith.has(run)) firstWith.set(run, place);
  const isKept = ({ text }: Sentence, count: number) => {
    const runs = sentenceRuns(text);
    if (runs.length > 0 && !runs.some((run) => (firstWith.get(run) ?? count) < count)) return true;
    const words = wordsIn(text);
    const run = longestRun(words, asked.slice(0, count));
    if (run === null || run.length < Math.min(echoedWords, words.length)) return true;
    const rest = [...words.slice(0, run.at), ...words.slice(run.at + run.length)].join(' ');
    return ownWords.test(rest);
  };
  return (text, count) => {
    if (count === 0) return text;
    const sentences = sentencesOf(text);
    const kept = sentences.filter((sentence) => isKept(sentence, count));
    return kept.length === sentences.length ? text : kept.map((sentence) => sentence.text).join(' ');
  };
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}'\u2019-]+/gu) ?? [];
}

/** The runs of as many words as make an echo; none where a text has fewer. */
function runsIn(words: readonly string[]): readonly Run[] {
  return runsOf(words.map(hashOf), echoedWords);
}

const sentenceRuns = remembering(1500, (text: string) => runsIn(wordsIn(text)));

/** The words of a question, where each stands, and its runs: a sentence that shares none of those echoes nothing. */
const askedWords = remembering(100, (question: string) => {
  const words = wordsIn(question);
  const places = new Map<string, number[]>();
  for (const [place, word] of words.entries()) places.set(word, [...(places.get(word) ?? []), place]);
  return { words, places, runs: runsIn(words) };
});

const nowhere: readonly number[] = [];

/** The longest run of words that stands in one of the questions, the first of several. */
function longestRun(
  words: readonly string[],
  asked: readonly ReturnType<typeof askedWords>[],
): { at: number; length: number } | null {
  let longest: { at: number; length: number } | null = null;
  for (let at = 0; at < words.length; at++) {
    for (const question of asked) {
      for (const place of question.places.get(words[at] as string) ?? nowhere) {
        // A run that goes on from the word before was met there, and was longer.
        if (at > 0 && place > 0 && question.words[place - 1] === words[at - 1]) continue;
        let length = 1;
        while (at + length < words.length && question.words[place + length] === words[at + length]) length++;
        if (length > (longest?.length ?? 0)) longest = { at, length };
      }
    }
  }
  return longest;
}
