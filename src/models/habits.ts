import type { Ending } from '../debate/speech-events.ts';
import type { ReplySoFar } from './reply-so-far.ts';
import type { CallRequest, Habits, ModelHandle } from './types.ts';

/** After so many plain speeches a server's words are shown as they come. */
const repliesToTrust = 2;

/** Models that think, by the names they are served under. */
const thinkingModels =
  /(^|[/:._-])(r1|qwq|o1|think(er|ing)?|reason(er|ing)?|magistral|gpt-oss|qwen-?3(\.\d)?|glm-(4\.[5-9]|[5-9])|deepseek-v3\.[1-9]|kimi-k2|minimax-m\d|nemotron|exaone-deep|seed-oss|smollm3|cogito)([/:._-]|$)/i;

const unshared = new WeakMap<ModelHandle, Habits>();

/** What is known of a model's server; for handles that carry no habits of their own, by the handle. */
export function habitsOf(handle: ModelHandle): Habits {
  if (handle.habits) return handle.habits;
  const known = unshared.get(handle) ?? newHabits();
  unshared.set(handle, known);
  return known;
}

export function newHabits(): Habits {
  return {
    hasAnswered: false,
    givesReasons: false,
    endsUnexplained: false,
    plainReplies: 0,
    mixesThoughts: false,
    contextWindow: null,
  };
}

/**
 * A model whose thoughts come apart may speak at once. Of any other server it is only known after some replies whether
 * the prompt it builds opens a thought, of which then only the end can be seen; until then each reply is held back
 * until it is whole.
 */
export function showsWordsAsTheyCome(handle: ModelHandle): boolean {
  if (handle.simulated || handle.keepsThoughtsApart) return true;
  const { plainReplies, mixesThoughts } = habitsOf(handle);
  return plainReplies >= repliesToTrust && !mixesThoughts;
}

/** Takes note of how a whole reply came. */
export function learnHabits(habits: Habits, reply: ReplySoFar, request: CallRequest, ending: Ending): void {
  habits.hasAnswered = true;
  if (reply.ending !== null) habits.givesReasons = true;
  else habits.endsUnexplained ||= reply.isMarkedWhole;
  if (reply.thoughts.wasSurprised) habits.mixesThoughts = true;
  // JSON under a grammar leaves no room for thoughts, and what was cut short may lack the end of one.
  const tells = request.reply === undefined && ending === 'complete' && reply.text.trim() !== '';
  if (tells && !reply.thoughts.wasSurprised) habits.plainReplies += 1;
}

/** A reply that was cut at its limit and has no mark of a thought, of a model that is known to think: is it all thought? */
export function mayBeUnclosedThought(handle: ModelHandle, { hasThoughts }: ReplySoFar): boolean {
  if (hasThoughts || handle.simulated || handle.keepsThoughtsApart) return false;
  const { plainReplies, mixesThoughts } = habitsOf(handle);
  return mixesThoughts || (plainReplies === 0 && thinkingModels.test(handle.spec));
}
