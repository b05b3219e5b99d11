import { z } from 'zod';
import { agendaSchema, passageSchema } from '../debate/agenda.ts';
import type { Debate } from '../debate/debate.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { BoundedMap } from '../text/memo.ts';

const speaker = z.object({ id: z.string(), name: z.string(), short: z.string() });

/** Everything that a reward for one speech is computed from, as a row of prompts carries it. */
const rewardContextSchema = z.object({
  passages: z.array(passageSchema),
  agenda: agendaSchema,
  cast: z.array(speaker),
  persona: z.string(),
  /** The language that everybody speaks, as a BCP 47 tag; absent where nobody named one. */
  language: z.string().optional(),
  /** Passages that the persona holds, where the article is dealt unevenly; absent for all. */
  knows: z.array(z.number()).optional(),
  /** Where the persona would rather not go: positions it accepts, by issue. */
  ownLines: z.array(z.object({ issue: z.string(), min: z.number(), max: z.number() })),
  /** What was said before, which the speech may cite and quote. */
  earlierTurns: z.array(z.object({ turn: z.number(), speaker: z.string(), text: z.string() })),
});

export type RewardContext = z.infer<typeof rewardContextSchema>;

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
    ...(debate.started.language === undefined ? {} : { language: debate.started.language }),
    ...(own?.knows && isShared ? { knows: own.knows } : {}),
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
