import type { ChatMessage } from '../../debate/calls.ts';
import { type Debate, nameOf } from '../../debate/debate.ts';
import type { EventBody } from '../../debate/events.ts';
import type { Action } from '../../debate/next.ts';
import { problemsOf } from '../../grounding/problems.ts';
import { groundTurn } from '../../grounding/turn-grounding.ts';
import { renderMend } from '../../prompts/render-speech.ts';
import { splitNotes } from '../../prompts/replies.ts';
import { type Call, makeCall, type Reply } from '../call.ts';
import type { RunContext } from '../context.ts';
import { promptsOf } from '../prompts-of.ts';
import { endFor } from './failing.ts';

type Speak = Extract<Action, { type: 'speak' }>;

/** One speech of a persona; one that falls short of the strategy's grounding minimum is asked for once more. */
export async function* speak(action: Speak, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const call: Call = {
    purpose: 'speak',
    speaker: action.persona,
    role: action.persona,
    round: action.round,
    messages: promptsOf(action, debate, context.prompts)[0] as ChatMessage[],
    maxOutputTokens: debate.settings.turnTokens,
    turn: debate.turns.length + 1,
  };
  let reply = yield* makeCall(debate, call, context);
  const problems = reply.ok ? shortcomings(reply.text, debate, context) : [];
  if (reply.ok && problems.length > 0) {
    yield unground(reply, call, problems);
    context.notify({ type: 'reply-dropped', speaker: action.persona, reason: 'ungrounded' });
    const messages = renderMend(call.messages, reply.text, problems, context.prompts);
    reply = yield* makeCall(debate, { ...call, messages, salt: 'mend' }, context);
  }
  if (!reply.ok) return yield* endFor(reply, call, debate);
  const { notes, speech } = splitNotes(reply.text);
  yield {
    type: 'turn-ended',
    turn: debate.turns.length + 1,
    round: action.round,
    speaker: action.persona,
    kind: 'speech',
    text: withoutOwnLabel(speech, nameOf(debate, action.persona)),
    notes,
    ending: reply.ending,
    ...reply.record,
  };
}

/** Models that read `[Name]:` before every speech like to write it themselves; the label is the reader's, not the speech's. */
function withoutOwnLabel(speech: string, name: string): string {
  const trimmed = speech.trim();
  const label = [`[${name}]:`, `${name}:`].find((start) => trimmed.startsWith(start));
  const text = label ? trimmed.slice(label.length).trim() : trimmed;
  return text === '' ? '…' : text;
}

/** What is wrong with a speech's sources, where it falls short of the strategy's minimum; none otherwise. */
function shortcomings(reply: string, debate: Debate, context: RunContext): string[] {
  const minimum = context.prompts.strategy.minimumGrounding;
  if (minimum === null) return [];
  const { article, agenda, cast } = debate.started;
  const grounding = groundTurn({
    text: splitNotes(reply).speech,
    passages: article.passages,
    agenda,
    castNames: cast.flatMap((member) => [member.name, member.short]),
    earlierTurns: debate.turns,
  });
  return grounding.score !== null && grounding.score < minimum ? problemsOf(grounding) : [];
}

function unground(
  reply: Extract<Reply, { ok: true }>,
  { purpose, speaker, round }: Call,
  problems: readonly string[],
): EventBody {
  return {
    type: 'attempt-failed',
    purpose,
    speaker,
    round,
    attempt: reply.record.attempts,
    reason: 'ungrounded',
    message: problems.join(' '),
    retryInMs: 0,
    usage: reply.record.usage,
    costUsd: reply.record.costUsd,
  };
}
