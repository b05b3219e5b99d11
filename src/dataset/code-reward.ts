import { withoutCitations } from '../grounding/citations.ts';
import { bearingAmong } from '../grounding/fact-sources.ts';
import { roleBreaksIn } from '../grounding/role-breaks.ts';
import { groundTurn, isFaithful, knownPassages, type TurnGrounding } from '../grounding/turn-grounding.ts';
import { isRefusal } from '../run/reading/refusals.ts';
import { rememberingFor } from '../text/memo.ts';
import { type Sentence, sentencesOf } from '../text/sentences.ts';
import { copiedFrom, ownWordsIn, tellLanguage } from './own-words.ts';
import type { RewardContext } from './reward-context.ts';

/**
 * Each 0..1; null where there is nothing to judge by. All are of the persona's own words: what is quoted, taken from the article or from
 * an earlier speech, or said before in the same speech, earns nothing of its own, and thoughts between tags are no part of it.
 */
interface RewardParts {
  /**
   * Share of citations, claims and facts that the passages bear out, citations by the sentence they stand in; full from one citation
   * borne out in every 75 words on.
   */
  grounding: number | null;
  /** Share of quotations of four words or more that stand word for word where they are cited from, in a sentence that says something. */
  quotations: number | null;
  /** 1 / (1 + places where the role is left); 0 for a refusal. */
  role: number;
  /** Share of stated positions inside the persona's own red lines. */
  own_lines: number | null;
  /** 1 inside the length asked for, falling to 0 at nothing and at twice the most. Quoted words count up to as many as own ones. */
  length: number;
  /** 1 where a stand on some issue is stated, and no other on the same issue. */
  stand: number;
}

type RewardName = keyof RewardParts;

export interface Reward extends RewardParts {
  /** Share of what is asked of own words, half of all, that there is; every part is multiplied by it. 0 for another language. */
  own_words: number;
  /** Weighted mean of the parts that are there; 0 for a completion that says nothing. */
  reward: number;
}

export interface RewardOptions {
  weights: Readonly<Record<RewardName, number>>;
  /** Words that a speech should have. */
  words: { least: number; most: number };
}

export const defaultRewardOptions: RewardOptions = {
  weights: { grounding: 0.35, quotations: 0.15, role: 0.2, own_lines: 0.1, length: 0.1, stand: 0.1 },
  words: { least: 60, most: 260 },
};

export const rewardNames = Object.keys(defaultRewardOptions.weights) as RewardName[];

/** Below this share of a sentence's rare words, a passage does not bear it out. */
const bearsFrom = 0.3;

/** Own words of a sentence that says something beside what it quotes. */
const fewestSaid = 4;

/** Words for each of which one citation should be borne out. */
const wordsPerCitation = 75;

/** Past so many for each word that it should have at most, a completion is far too long, and is read no further. */
const charactersPerWord = 40;

const nothing: Reward = {
  grounding: 0,
  quotations: null,
  role: 0,
  own_lines: null,
  length: 0,
  stand: 0,
  own_words: 0,
  reward: 0,
};

/** What no persona says: marks of templates and prompts, other speakers of a chat, fences, records, and talk of the task. */
const outsideRole =
  /<\|[^|\n]{1,40}\|>|<\/?(?:s|INST|think|thinking|reasoning|task|turn|rules|article|agenda|persona|answer|speech|output)\b[^>\n]{0,80}>|\[\/?INST\]|^[ \t*_#]*(?:user|assistant|human|system|thinking|thoughts?|reasoning|analysis|draft|speech|final(?: answer)?)[ \t*_]*:|^[ \t]*```|^[ \t]*\{\s*"|\bthe (?:user|prompt|instructions?|task) (?:wants?|asks?|asked|says?|said|needs?|requires?|is asking)\b|\b(?:I|we) (?:need|have|should|must|am going|want) to (?:speak as|write|cite|draft|respond as|answer as|stay in|craft)\b|\blet(?: me|'s) (?:draft|write|craft|think|start by writing)\b/gim;

/** Computes the rewards of one completion, by code alone: the same words always earn the same. */
export function rewardOf(
  completion: string,
  context: RewardContext,
  options: RewardOptions = defaultRewardOptions,
): Reward {
  const text = withoutThoughts(completion)
    .trim()
    .slice(0, options.words.most * charactersPerWord);
  const { agenda, cast, persona, earlierTurns } = context;
  const { passages, copied, castNames } = preparedFrom(context);
  if (!/[\p{L}\p{N}]/u.test(withoutCitations(text))) return nothing;
  const grounded = groundTurn({ text, passages, agenda, castNames, earlierTurns, stated: 'figures' });
  const said = ownWordsIn(text, grounded.quotations, copied);
  if (!said.isInLanguage) return nothing;
  const share = Math.min(1, (2 * said.own) / said.words);
  const turn = (earlierTurns.at(-1)?.turn ?? 0) + 1;
  const breaks =
    roleBreaksIn({ turn, speaker: persona, text }, cast).length + (text.match(outsideRole)?.length ?? 0);
  const saying = (least: number) =>
    sentencesOf(text).filter(({ start, end }) => said.between(start, end) >= least);
  const sentences = saying(fewestSaid);
  // A stand may be put in an anchor's words, but not by reciting it.
  const stands = standsIn(saying(1), context);
  const parts: RewardParts = {
    grounding: groundingOf(grounded, sentences, said.words),
    quotations: quotationsOf(grounded, sentences),
    role: isRefusal(text) ? 0 : 1 / (1 + breaks),
    own_lines: insideLines(stands, context.ownLines),
    length: lengthReward(said.own + Math.min(said.own, said.quoted), said.words, options.words),
    stand: stands.length > 0 ? 1 : 0,
  };
  for (const name of rewardNames) {
    const value = parts[name];
    if (value !== null) parts[name] = value * share;
  }
  return { ...parts, own_words: share, reward: weighted(parts, options.weights) };
}

/** Thoughts between tags are taken off a reply before anybody hears it; an open tag has thoughts behind it alone. */
function withoutThoughts(text: string): string {
  return text.replace(/^\s*<(think|thinking|reasoning)>[\s\S]*?(?:<\/\1>|$)/i, '');
}

/** What is the same for all completions of a context: the passages that the persona can know, and what may not be copied. */
const preparedFrom = rememberingFor(
  ({ knows, agenda, cast, earlierTurns, language, ...context }: RewardContext) => {
    // A fact that was dealt to others alone is none that the persona can know.
    const passages = knownPassages({ passages: context.passages, knows, earlierTurns });
    const article = passages.map(({ text }) => text);
    const said = earlierTurns.map(({ text }) => text);
    const castNames = cast.flatMap(({ name, short }) => [name, short]);
    const anchors = agenda.flatMap((issue) => Object.values(issue.anchors));
    // Before much was said, the article and the agenda tell the language, unless another one is named.
    const written = language === undefined ? [...article, JSON.stringify(agenda), ...castNames] : [];
    const spoken = tellLanguage(said) ? said : [...said, ...written];
    return { passages, castNames, copied: copiedFrom([...article, ...said, ...anchors], spoken) };
  },
);

/** Is a place in one of the sentences? */
function isIn(sentences: readonly Sentence[], place: number): boolean {
  return sentences.some(({ start, end }) => place >= start && place < end);
}

/** A citation counts only where its sentence says something that the passage bears out; nothing said earns nothing. */
function groundingOf(
  { citations, facts, unsupported, claims, claimsCited }: TurnGrounding,
  sentences: readonly Sentence[],
  words: number,
): number {
  if (citations.length + facts + claims === 0) return 0;
  const borne = citations.filter(
    ({ exists, bears, start }) => exists && (bears ?? 0) >= bearsFrom && isIn(sentences, start),
  ).length;
  // A claim is held up by citations that bear it out, not by any that stands there.
  const held = citations.length === 0 ? 0 : claimsCited * (borne / citations.length);
  const right = borne + (facts - unsupported.length) * Math.min(1, borne) + held;
  return (
    (right / (citations.length + facts + claims)) *
    Math.min(1, borne / Math.max(1, Math.floor(words / wordsPerCitation)))
  );
}

/** Quotations that stand alone are no false ones, but none that earn. */
function quotationsOf({ quotations }: TurnGrounding, sentences: readonly Sentence[]): number | null {
  const long = quotations.filter(({ kind }) => kind === 'quotation');
  if (long.length === 0) return null;
  return long.filter((one) => isFaithful(one) && isIn(sentences, one.start)).length / long.length;
}

/** An anchor is taken up where a sentence has this share of its rare words, and clearly more than of the issue's other anchors. */
const takenUpFrom = 0.5;
const clearlyMore = 0.15;

const negation =
  /\b(?:not|never|no|nor|neither|without|cannot|refuse[sd]?|reject(?:s|ed)?|oppose[sd]?)\b|n['’]t\b/gi;

/**
 * Stands that a speech states in an agenda's own words: the anchor (0, 3 or 6) that a sentence takes up. A sentence that negates
 * where the anchor does not, or the other way round, states none; so does one that is as near to two anchors. What is put in
 * other words is not seen: the part is a floor, not a reading.
 */
function standsIn(sentences: readonly Sentence[], { agenda }: RewardContext): Stand[] {
  const { bearing, issues } = anchorsOf(agenda);
  return issues.flatMap(({ issue, anchors }) => {
    const found = new Set<number>();
    for (const { text: sentence } of sentences) {
      const near = anchors
        .map(({ position, anchor }) => ({ position, anchor, share: bearing.of(anchor, sentence) }))
        .sort((one, other) => other.share - one.share);
      const [best, next] = near;
      if (!best || best.share < takenUpFrom || best.share - (next?.share ?? 0) < clearlyMore) continue;
      if (negates(sentence) === negates(best.anchor)) found.add(best.position);
    }
    // Who says one thing and the other has said neither.
    const [position] = found;
    return position !== undefined && found.size === 1 ? [{ issue, position }] : [];
  });
}

interface Stand {
  issue: string;
  position: number;
}

function negates(text: string): boolean {
  return (text.match(negation)?.length ?? 0) % 2 === 1;
}

const anchorsOf = rememberingFor((agenda: RewardContext['agenda']) => {
  const issues = agenda.map(({ id, anchors }) => ({
    issue: id,
    anchors: Object.entries(anchors).map(([position, anchor]) => ({ position: Number(position), anchor })),
  }));
  return {
    issues,
    bearing: bearingAmong(issues.flatMap(({ anchors }) => anchors.map(({ anchor }) => anchor))),
  };
});

function insideLines(stands: readonly Stand[], lines: RewardContext['ownLines']): number | null {
  const bound = stands.filter(({ issue }) => lines.some((line) => line.issue === issue));
  const isInside = ({ issue, position }: Stand) =>
    lines.every((line) => line.issue !== issue || (position >= line.min && position <= line.max));
  return bound.length === 0 ? null : bound.filter(isInside).length / bound.length;
}

function lengthReward(said: number, words: number, { least, most }: RewardOptions['words']): number {
  if (said < least && words <= most) return said / least;
  return words <= most ? 1 : Math.max(0, 1 - (words - most) / most);
}

function weighted(parts: RewardParts, weights: RewardOptions['weights']): number {
  let sum = 0;
  let total = 0;
  for (const [name, weight] of Object.entries(weights) as [RewardName, number][]) {
    const value = parts[name];
    if (value === null) continue;
    sum += weight * value;
    total += weight;
  }
  return total === 0 ? 0 : sum / total;
}
