import type { Passage } from '../debate/agenda.ts';
import { seededRandom } from '../debate/seeded-random.ts';
import { remembering, rememberingFor } from '../text/memo.ts';
import { sentencesOf } from '../text/sentences.ts';
import { contentStems, stopWords } from '../text/words.ts';
import { kindOf } from './anchor-words.ts';
import * as moves from './bank/move-lines.ts';
import * as replies from './bank/reply-lines.ts';
import * as stands from './bank/stand-lines.ts';
import { wordCount } from './casing.ts';
import { fixedParts, isSaid, type Memory } from './memory.ts';
import { sharedTerms } from './relevance.ts';
import type { Scene } from './scene.ts';
import { settle } from './templates.ts';

const settlings = 10;
const runLength = 3;

/** Word runs that stand in the simulator's own templates: phrases that carry no argument and are not worth answering. */
const runs: ReadonlySet<string> = new Set(
  [moves, replies, stands].flatMap((bank) =>
    Object.values(bank).flatMap((templates: readonly string[]) =>
      templates.flatMap((template) => {
        const random = seededRandom('own words', template);
        return Array.from({ length: settlings }, () => fixedParts(settle(template, random)))
          .flat()
          .flatMap(runsOf);
      }),
    ),
  ),
);

const tooMany = 0.3;

/** Is a text mostly made of phrases that the simulator uses around arguments? */
export const isPadding: (text: string) => boolean = remembering(1000, (text: string) => {
  const own = runsOf(text);
  return own.length > 0 && own.filter((run) => runs.has(run)).length / own.length >= tooMany;
});

function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
  return words
    .slice(0, Math.max(0, words.length - runLength + 1))
    .map((_, at) => words.slice(at, at + runLength).join(' '));
}

/** A passage to cite, with words of it to quote. */
export interface Evidence {
  passage: number;
  /** Verbatim, without quotation marks. */
  quote: string;
}

const edges =
  /^(?:and|but|or|so|yet|because|that|which|who|while|since|as|then|though|for example|if|et|mais|ou|car|donc)\s+/i;

/** "we accept that": the stand's frame, not its matter. */
const standsFor =
  /^(?:we|i) (?:\w+ ){0,2}?(?:accept|propose|expect|support|want)(?: only)?(?: that)? (?=\w+ \w+)/i;

/** A few consecutive words of somebody's sentence that stand well in quotation marks, or null; more than the issues' titles, which are no claim. */
export function echoOf(sentence: string, about: string, titles: readonly string[]): string | null {
  const plain = sentence.replace(/\s*\[[PT]\d+\]/g, '');
  if (/["“”]/.test(plain) || conditional.test(plain) || isOrder(plain)) return null;
  const stems = new Set(contentStems(about));
  const titleStems = new Set(titles.flatMap(contentStems));
  const isTitle = (clause: string) => contentStems(clause).filter((stem) => !titleStems.has(stem)).length < 2;
  // "Three years after opening, it took more": what leads in is no claim by itself.
  const led = /^(?:\S+\s+){1,4}\S+,\s/.test(plain) ? plain.slice(plain.indexOf(', ') + 2) : plain;
  const clauses = led.split(/[,;:?]\s+|\s[–—]\s|(?<=\w)\s+(?=(?:because|although)\s)/).map((clause) =>
    clause
      .replace(/[.,;:!?]+$/, '')
      .replace(edges, '')
      .replace(standsFor, '')
      .trim(),
  );
  const weight = (clause: string) =>
    contentStems(clause).filter((stem) => stems.has(stem)).length +
    0.3 * Math.min(8, contentStems(clause).length);
  const candidates = clauses
    .flatMap((clause) => (wordCount(clause) > mostEchoed ? trimmed(clause) : [clause]))
    .filter((clause) => wordCount(clause) >= 4 && contentStems(clause).length >= 2)
    .filter((clause) => !isTorn(clause) && !isPadding(clause) && !isTitle(clause));
  return candidates.sort((one, other) => weight(other) - weight(one))[0] ?? null;
}

const mostEchoed = 14;

/** Half of such a sentence, quoted by itself, would say what its speaker did not. */
const conditional = /^(?:if|unless|when|once|until|should|were|suppose|nobody|no|not|never|perhaps)\b/i;

/** "Ask for all, and you get nothing": an order is often a condition, and its half the opposite of what was meant. */
function isOrder(sentence: string): boolean {
  return kindOf(sentence) === 'order' && /, (?:and|or)\s/.test(sentence);
}

/** Begins or ends in the middle of a phrase. */
function isTorn(clause: string): boolean {
  const last = clause.split(/\s+/).at(-1) ?? '';
  if (/\b(?:nearer|closer) to\b|\bhalf ?way\b|^somewhere between\b/i.test(clause)) return true;
  return (
    stopWords.has(last.toLowerCase()) ||
    /^(?:on|in|of|to|for|with|by|at|from|than|as|is|are|was|were|has|have|can|will|would|until|unless|whether|when|if|after|before|once|while|not|nor|where|who|what|which|they|it|he|she|them|this|these|those|each|only|even|neither|both|then|also|there|such|both)\s/i.test(
      clause,
    )
  );
}

/** Shorter runs of a long clause, cut where a phrase begins. */
function trimmed(clause: string): string[] {
  const cuts = [...clause.matchAll(/\s(?=(?:and|so|because)\s)/g)].map((match) => match.index);
  return cuts
    .map((cut) => clause.slice(0, cut))
    .filter((part) => wordCount(part) >= 4 && wordCount(part) <= mostEchoed);
}

export interface EvidenceWanted {
  /** How many words the quotation must share with point or issue; where one is enough, as for an opening, what somebody said outright goes first. */
  enough?: number;
  /** Passages that may be quoted. */
  isFit?: (passage: Passage) => boolean;
}

/** The passage that bears most on a point and words of it to quote; null where nothing in the article bears on it. */
export function evidenceFor(
  scene: Scene,
  memory: Memory,
  point: string,
  issueId: string,
  { enough = 2, isFit = () => true }: EvidenceWanted = {},
): Evidence | null {
  const issue = scene.issue(issueId);
  const about = `${issue?.title ?? ''} ${issue?.question ?? ''} ${issue ? Object.values(issue.anchors).join(' ') : ''}`;
  const listed = issue?.passages ?? [];
  const ranked = scene.rankPassages
    .rank(`${point} ${about}`)
    .flatMap(({ index }) => scene.passages[index] ?? [])
    .filter((passage) => (listed.length === 0 || listed.includes(passage.number)) && isFit(passage));
  const isSpoken = ({ text }: Passage) => /["“][^"“”]{25,}["”]/.test(text);
  const inOrder =
    enough > 1 ? ranked : [...ranked.filter(isSpoken), ...ranked.filter((one) => !isSpoken(one))];
  for (const passage of inOrder.slice(0, 4)) {
    if (sharedTerms(`${point} ${about}`, passage, scene.passages).length < 1) continue;
    const quote = quotable(passage, `${point} ${about}`, enough).find(
      (words) => !isSaid(memory, words, 'anyone'),
    );
    if (quote !== undefined) return { passage: passage.number, quote };
  }
  return null;
}

/** Verbatim pieces of a passage that make a sentence by themselves, 5 to 24 words. */
const piecesOf = rememberingFor(({ text }: Passage) => {
  const spoken = [...text.matchAll(/["“]([^"“”]+)["”]/g)].map((match) => (match[1] ?? '').trim());
  const unspoken = sentencesOf(text)
    .filter((sentence) => !/["“”]/.test(sentence.text))
    .flatMap((sentence) => [sentence.text, ...firstClause(sentence.text)]);
  return [...new Set([...spoken, ...unspoken])]
    .map((words) => words.replace(/[.,;:]+$/, '').trim())
    .filter((words) => /^[\p{Lu}\d]/u.test(words) && !/["“”?]/.test(words) && !startsBadly.test(words))
    .filter((words) => wordCount(words) >= 5 && wordCount(words) <= 24)
    .map((words) => ({ words, stems: contentStems(words), isSpoken: text.includes(`"${words}`) }));
});

/** Those that share so many words with a query, the most relevant first; what somebody said outright is worth more than what the article says of it. */
function quotable(passage: Passage, query: string, enough: number): string[] {
  const stems = new Set(contentStems(query));
  return piecesOf(passage)
    .map(({ words, stems: own, isSpoken }) => {
      const shared = own.filter((stem) => stems.has(stem)).length;
      return { words, shared, weight: shared + (isSpoken ? 2 : 0) };
    })
    .filter(({ shared }) => shared >= enough)
    .sort((one, other) => other.weight - one.weight)
    .map(({ words }) => words);
}

/** The beginning of a sentence, where it can stand alone. */
function firstClause(sentence: string): string[] {
  const first = sentence.split(/[;:,]\s+/)[0] ?? '';
  return kindOf(first) === 'clause' ? [first] : [];
}

/** Such a sentence leans on the one before it, or its first part on the rest. */
const startsBadly =
  /^(?:it|he|she|they|this|that|these|those|but|and|so|yet|also|in other words|for example|by|if|when|while|although|though|because|since|as|after|before|until|unless|where|once|even|given|whether|which|who|what|how|one thing)\b/i;
