import type { CallFailure, ChatMessage } from '../../debate/calls.ts';
import { type Debate, fullFromOf, nameOf } from '../../debate/debate.ts';
import type { BodyOf, EventBody } from '../../debate/events.ts';
import type { Action } from '../../debate/next.ts';
import { isSameAgain, loopStart } from '../../grounding/repetition.ts';
import { roleBreaksIn, withoutWrappers } from '../../grounding/role-breaks.ts';
import { groundTurn, problemsOf } from '../../grounding/turn-grounding.ts';
import { habitsOf } from '../../models/habits.ts';
import { renderMend } from '../../prompts/render-speech.ts';
import { splitNotes } from '../../prompts/replies.ts';
import { estimatePromptTokens } from '../../text/token-estimate.ts';
import { wordCount } from '../../text/wording.ts';
import { type Call, endFor, makeCall, type Reply } from '../call.ts';
import type { RunContext } from '../context.ts';
import { promptOf } from '../prompt-of.ts';
import { wordsFromSeat } from './from-seat.ts';

type Speak = Extract<Action, { type: 'speak' }>;

/**
 * One speech of a persona. A speech that breaks its role where the strategy minds, or that falls short of the strategy's grounding
 * minimum, is asked for once more; the second one counts, whatever it is. A speech that repeats itself ends as repetition.
 */
export async function* speak(action: Speak, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  if (context.seats?.isHeld(action.persona) && (yield* spokenFromSeat(action, debate, context))) return;
  const habits = habitsOf(context.modelOf(action.persona));
  const room = (habits.contextWindow ?? Infinity) - debate.settings.turnTokens;
  let prompt = promptWithin(room, action, debate, context);
  const call: Call = {
    purpose: 'speak',
    speaker: action.persona,
    role: action.persona,
    round: action.round,
    messages: prompt.messages,
    maxOutputTokens: debate.settings.turnTokens,
    turn: debate.turns.length + 1,
  };
  let reply = yield* makeCall(debate, call, context);
  while (!reply.ok && reply.reason === 'context-too-long' && prompt.fullFrom < action.round) {
    const refused = estimatePromptTokens(prompt.messages);
    habits.contextWindow = refused + debate.settings.turnTokens - 1;
    prompt = promptWithin(refused - 1, action, debate, context, prompt.fullFrom + 1);
    call.messages = prompt.messages;
    reply = yield* makeCall(debate, call, context);
  }
  const fault = reply.ok ? faultOf(reply.text, action.persona, debate, context) : null;
  if (reply.ok && fault) {
    yield dropped(reply, call, fault);
    context.notify({ type: 'reply-dropped', speaker: action.persona, reason: fault.reason });
    const messages = renderMend(call.messages, reply.text, fault.problems, context.prompts);
    reply = yield* makeCall(debate, { ...call, messages, salt: 'mend' }, context);
  }
  if (!reply.ok) return yield* endFor(reply, call, debate);
  yield {
    type: 'turn-ended',
    turn: debate.turns.length + 1,
    round: action.round,
    speaker: action.persona,
    kind: 'speech',
    ...wordsOf(reply, action.persona, debate, context.prompts.strategy.longestSpeech),
    ...(prompt.fullFrom > 1 ? { fullFrom: prompt.fullFrom } : {}),
    ...reply.record,
  };
}

/** Of the room for a prompt that earlier rounds have outgrown, so much is used, so that they need not give way again at once. */
const shareOfRoom = 0.75;

/** The prompt of a speech; rounds give way to what was read of them, the first ones first, where it has more tokens than there is room. */
function promptWithin(
  room: number,
  action: Speak,
  debate: Debate,
  { prompts }: RunContext,
  least = fullFromOf(debate),
): { messages: ChatMessage[]; fullFrom: number } {
  const promptFrom = (fullFrom: number) => {
    const call = fullFrom === fullFromOf(debate) ? action : { ...action, fullFrom };
    return { messages: promptOf(call, debate, prompts), fullFrom };
  };
  let prompt = promptFrom(least);
  if (room === Infinity || estimatePromptTokens(prompt.messages) <= room) return prompt;
  while (prompt.fullFrom < action.round && estimatePromptTokens(prompt.messages) > shareOfRoom * room)
    prompt = promptFrom(prompt.fullFrom + 1);
  return prompt;
}

/** The speech of the person who holds the seat; false where the seat is the model's again. */
async function* spokenFromSeat(
  { persona, round }: Speak,
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody, boolean> {
  const turn = debate.turns.length + 1;
  const { longestSpeech: longest } = context.prompts.strategy;
  const said = yield* wordsFromSeat(
    {
      ...{ persona, round, turn, to: null, longest },
      messages: promptOf({ type: 'speak', round, persona }, debate, context.prompts),
      speechIn: (reply) =>
        withoutWrappers(
          withoutOwnLabel(splitNotes(reply).speech, nameOf(debate, persona)),
          persona,
          debate.started.cast,
        ),
    },
    debate,
    context,
  );
  if (said.type !== 'words') return said.type === 'over';
  const { text, record } = said;
  const isRepeated = loopStart(text) !== null || repeatsEarlier(text, persona, debate);
  const words = wordCount(text);
  yield {
    ...{ type: 'turn-ended', turn, round, speaker: persona, kind: 'speech', text, notes: '' },
    ...(fullFromOf(debate) > 1 ? { fullFrom: fullFromOf(debate) } : {}),
    ...(longest !== null && words > longest ? { overLength: { words, asked: longest } } : {}),
    ending: isRepeated ? 'repetition' : 'complete',
    author: 'person',
    ...record,
  };
  return true;
}

/** What others hear of a reply: without its notes, its own label and its wrappers, and no longer than until it repeats itself. */
function wordsOf(
  { text: reply, ending }: Extract<Reply, { ok: true }>,
  persona: string,
  debate: Debate,
  asked: number | null,
): Pick<BodyOf<'turn-ended'>, 'text' | 'raw' | 'overLength' | 'notes' | 'ending'> {
  const { notes, speech } = splitNotes(reply);
  const given = withoutOwnLabel(speech, nameOf(debate, persona));
  const loop = loopStart(given);
  const cut = loop === null ? given : given.slice(0, loop);
  const text = withoutWrappers(cut, persona, debate.started.cast);
  const isRepeated = loop !== null || repeatsEarlier(given, persona, debate);
  return {
    text,
    ...(text === given ? {} : { raw: given }),
    ...(asked !== null && wordCount(text) > asked ? { overLength: { words: wordCount(text), asked } } : {}),
    notes,
    ending: isRepeated && ending === 'complete' ? 'repetition' : ending,
  };
}

/** Models that read `[Name]:` before every speech like to write it themselves; the label is the reader's, not the speech's. */
function withoutOwnLabel(speech: string, name: string): string {
  const trimmed = speech.trim();
  const label = [`[${name}]:`, `${name}:`].find((start) => trimmed.startsWith(start));
  const text = label ? trimmed.slice(label.length).trim() : trimmed;
  return text === '' ? '…' : text;
}

interface Fault {
  reason: Extract<CallFailure, 'out-of-role' | 'ungrounded'>;
  /** Each thing that is wrong, as a sentence. */
  problems: string[];
}

/** What is wrong with a reply so that it is asked for once more; null where nothing is. */
function faultOf(reply: string, persona: string, debate: Debate, context: RunContext): Fault | null {
  const { strategy } = context.prompts;
  const { article, agenda, cast } = debate.started;
  if (!strategy.strictRole && strategy.minimumGrounding === null) return null;
  const speech = withoutOwnLabel(splitNotes(reply).speech, nameOf(debate, persona));
  const text = withoutWrappers(speech, persona, cast);
  if (strategy.strictRole) {
    const breaks = roleBreaksIn({ turn: debate.turns.length + 1, speaker: persona, text }, cast);
    const problems = breaks.map(({ text: words }) => `"${words}" is not said in your role.`);
    if (problems.length > 0) return { reason: 'out-of-role', problems };
  }
  const minimum = strategy.minimumGrounding;
  if (minimum === null) return null;
  const grounding = groundTurn({
    text,
    passages: article.passages,
    agenda,
    castNames: cast.flatMap((member) => [member.name, member.short]),
    earlierTurns: debate.turns,
    questions: debate.questions.map((question) => question.text),
    knows: cast.find(({ id }) => id === persona)?.knows,
    stated: 'figures',
  });
  const isShort = grounding.score !== null && grounding.score < minimum;
  return isShort ? { reason: 'ungrounded', problems: problemsOf(grounding) } : null;
}

/** In a control that asks for the same again, saying the same again is no fault. */
function repeatsEarlier(speech: string, persona: string, { started, turns }: Debate): boolean {
  if (started.control === 'no-debate' || started.control === 'neutral') return false;
  const earlier = turns.filter((turn) => turn.speaker === persona && turn.kind === 'speech');
  return isSameAgain({ text: speech }, earlier);
}

function dropped(
  reply: Extract<Reply, { ok: true }>,
  { purpose, speaker, round }: Call,
  { reason, problems }: Fault,
): EventBody {
  return {
    type: 'attempt-failed',
    purpose,
    speaker,
    round,
    attempt: reply.record.attempts,
    reason,
    message: problems.join(' '),
    retryInMs: 0,
    usage: reply.record.usage,
    costUsd: reply.record.costUsd,
  };
}
