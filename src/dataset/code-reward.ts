import { z } from 'zod';
import { agendaSchema, passageSchema } from '../debate/agenda.ts';
import type { Debate } from '../debate/debate.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { bearingAmong } from '../grounding/bearing.ts';
import { withoutCitations } from '../grounding/citations.ts';
import { roleBreaksIn } from '../grounding/role-breaks.ts';
import { groundTurn, isFaithful, type TurnGrounding } from '../grounding/turn-grounding.ts';
import { BoundedMap, rememberingFor } from '../text/memo.ts';
import { sentencesOf } from '../text/sentences.ts';
import { isRefusal } from './speech-facts.ts';

const speaker = z.object({ id: z.string(), name: z.string(), short: z.string() });

/** Everything that a reward for one speech is computed from, as a row of prompts carries it. */
const rewardContextSchema = z.object({
  passages: z.array(passageSchema),
  agenda: agendaSchema,
  cast: z.array(speaker),
  persona: z.string(),
  /** Where the persona would rather not go: positions it accepts, by issue. */
  ownLines: z.array(z.object({ issue: z.string(), min: z.number(), max: z.number() })),
  /** What was said before, which the speech may cite and quote. */
  earlierTurns: z.array(z.object({ turn: z.number(), speaker: z.string(), text: z.string() })),
});

export type RewardContext = z.infer<typeof rewardContextSchema>;

/** Each 0..1; null where a completion gives nothing to judge by. */
interface RewardParts {
  /** Share of citations, claims and facts that the passages bear out, citations by the sentence they stand in. */
  grounding: number | null;
  /** Share of quotations of four words or more that stand word for word where they are cited from. */
  quotations: number | null;
  /** 1 / (1 + places where the role is left); 0 for a refusal. */
  role: number;
  /** Share of stated positions inside the persona's own red lines. */
  own_lines: number | null;
  /** 1 inside the length asked for, falling to 0 at nothing and at twice the most. */
  length: number;
  /** 1 where a stand on some issue is stated. */
  stand: number;
}

type RewardName = keyof RewardParts;

export interface Reward extends RewardParts {
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

/** What the rewards of a persona's next speech are computed from. */
export function rewardContextOf(
  debate: Debate,
  persona: string,
  turn: number,
  isShared: boolean,
): RewardContext {
  const { agenda, article, cast } = debate.started;
  const own = cast.find(({ id }) => id === persona);
  return {
    passages: isShared ? article.passages : [],
    agenda,
    cast: cast.map(({ id, name, short }) => ({ id, name, short })),
    persona,
    ownLines: (own?.redLines ?? []).map(({ issue, min, max }) => ({ issue, min, max })),
    earlierTurns: debate.turns
      .filter((earlier) => earlier.turn < turn)
      .map(({ turn: number, speaker, text }) => ({ turn: number, speaker, text })),
  };
}

/** Contexts by their text: a trainer asks for many completions of one prompt, and an article is worked out once. */
const contexts = new BoundedMap<string, RewardContext>(64);

/** Reads a context as rows carry it: JSON, or what JSON holds. */
export function readRewardContext(value: unknown): Outcome<RewardContext, 'bad-context'> {
  const key = typeof value === 'string' ? value : JSON.stringify(value);
  const known = contexts.get(key);
  if (known) return success(known);
  let parsed: unknown = value;
  try {
    if (typeof value === 'string') parsed = JSON.parse(value);
  } catch {
    return failure('bad-context', 'reward_context is not JSON');
  }
  const read = rewardContextSchema.safeParse(parsed);
  if (!read.success) {
    const [issue] = read.error.issues;
    return failure(
      'bad-context',
      `reward_context: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
    );
  }
  contexts.set(key, read.data);
  return success(read.data);
}

/** Below this share of a sentence's rare words, a passage does not bear it out. */
const bearsFrom = 0.3;

/** Computes the rewards of one completion, by code alone: the same words always earn the same. */
export function rewardOf(
  completion: string,
  context: RewardContext,
  options: RewardOptions = defaultRewardOptions,
): Reward {
  const text = completion.trim();
  const words = withoutCitations(text).match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (words === 0)
    return { grounding: 0, quotations: null, role: 0, own_lines: null, length: 0, stand: 0, reward: 0 };
  const { passages, agenda, cast, persona, earlierTurns } = context;
  const castNames = cast.flatMap(({ name, short }) => [name, short]);
  const grounded = groundTurn({ text, passages, agenda, castNames, earlierTurns });
  const long = grounded.quotations.filter(({ kind }) => kind === 'quotation');
  const turn = (earlierTurns.at(-1)?.turn ?? 0) + 1;
  const breaks = roleBreaksIn({ turn, speaker: persona, text }, cast);
  const stands = standsIn(text, context);
  const parts: RewardParts = {
    grounding: groundingOf(grounded),
    quotations: long.length === 0 ? null : long.filter(isFaithful).length / long.length,
    role: isRefusal(text) ? 0 : 1 / (1 + breaks.length),
    own_lines: stands.length === 0 ? null : shareInside(stands, context.ownLines),
    length: lengthReward(words, options.words),
    stand: stands.length > 0 ? 1 : 0,
  };
  return { ...parts, reward: weighted(parts, options.weights) };
}

/** A citation counts only where its sentence says something that the passage bears out; nothing said earns nothing. */
function groundingOf({ citations, facts, unsupported, claims, claimsCited }: TurnGrounding): number | null {
  if (citations.length + facts + claims === 0) return 0;
  const borne = citations.filter(({ exists, bears }) => exists && (bears ?? 0) >= bearsFrom).length;
  // A claim is held up by citations that bear it out, not by any that stands there.
  const held = citations.length === 0 ? 0 : claimsCited * (borne / citations.length);
  return (
    (borne + (facts - unsupported.length) * Math.min(1, claims + borne) + held) /
    (citations.length + facts + claims)
  );
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
function standsIn(text: string, { agenda }: RewardContext): { issue: string; position: number }[] {
  const { bearing, issues } = anchorsOf(agenda);
  const sentences = sentencesOf(text).map(({ start, end }) => text.slice(start, end));
  return issues.flatMap(({ issue, anchors }) => {
    for (const sentence of sentences) {
      const near = anchors
        .map(({ position, anchor }) => ({ position, anchor, share: bearing.of(anchor, sentence) }))
        .sort((one, other) => other.share - one.share);
      const [best, next] = near;
      if (!best || best.share < takenUpFrom || best.share - (next?.share ?? 0) < clearlyMore) continue;
      if (negates(sentence) === negates(best.anchor)) return [{ issue, position: best.position }];
    }
    return [];
  });
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

function shareInside(
  stands: readonly { issue: string; position: number }[],
  lines: RewardContext['ownLines'],
): number | null {
  const bound = stands.filter(({ issue }) => lines.some((line) => line.issue === issue));
  if (bound.length === 0) return null;
  const isInside = ({ issue, position }: { issue: string; position: number }) =>
    lines.every((line) => line.issue !== issue || (position >= line.min && position <= line.max));
  return bound.filter(isInside).length / bound.length;
}

function lengthReward(words: number, { least, most }: RewardOptions['words']): number {
  if (words < least) return words / least;
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
