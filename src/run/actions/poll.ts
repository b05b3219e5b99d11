import type { Debate } from '../../debate/debate.ts';
import type { EventBody } from '../../debate/events.ts';
import type { Action } from '../../debate/next.ts';
import { failure, type Outcome } from '../../debate/outcome.ts';
import { parseReply, pollReply } from '../../prompts/replies.ts';
import { type Call, endFor, makeJsonCall } from '../call.ts';
import type { RunContext } from '../context.ts';
import { promptOf } from '../prompt-of.ts';

type Poll = Extract<Action, { type: 'poll' }>;
type Positions = { issue: string; position: number; why: string }[];

/** Tokens for one issue: the JSON around a position and a short reason. */
const tokensPerIssue = 80;

/** Asks one persona off the record where it would settle; an answer that cannot be read is journaled as that. */
export async function* poll(action: Poll, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const { round, persona } = action;
  const { cast, agenda } = debate.started;
  const call: Call = {
    purpose: 'poll',
    speaker: persona,
    role: persona,
    round,
    messages: promptOf(action, debate, context.prompts),
    maxOutputTokens: 200 + tokensPerIssue * agenda.length,
    reply: pollReply.format,
  };
  const done = debate.polls.filter((answer) => answer.round === round).length;
  context.notify({ type: 'working', purpose: 'poll', done, of: cast.length });
  const issues = agenda.map(({ id }) => id);
  const reply = yield* makeJsonCall(debate, call, context, (text) => readPoll(text, issues));
  if (!reply.ok) return yield* endFor(reply, call, debate);
  yield {
    type: 'poll-answered',
    round,
    persona,
    outcome: reply.value ? 'read' : 'failed',
    failure: reply.value ? '' : reply.faults,
    positions: reply.value ?? [],
    ...reply.record,
  };
}

function readPoll(text: string, issues: readonly string[]): Outcome<Positions> {
  const read = parseReply(pollReply, text);
  if (!read.ok) return read;
  const { positions } = read.value;
  const asked = positions.map(({ issue }) => issue);
  const unknown = asked.find((issue) => !issues.includes(issue));
  if (unknown !== undefined) {
    return failure('invalid-reply', `"${unknown}" is no issue of the agenda: ${issues.join(', ')}.`);
  }
  const twice = asked.find((issue, place) => asked.indexOf(issue) !== place);
  if (twice !== undefined) return failure('invalid-reply', `"${twice}" appears twice.`);
  return { ok: true, value: positions };
}
