import type { Debate } from '../../debate/debate.ts';
import { speechesOf } from '../../debate/debate.ts';
import type { BodyOf, EventBody } from '../../debate/events.ts';
import { moderatorId } from '../../debate/events.ts';
import { judgeRole } from '../../debate/judges.ts';
import type { Action } from '../../debate/next.ts';
import { findCitations } from '../../grounding/citations.ts';
import { matchQuote } from '../../grounding/quotes.ts';
import { traceReply } from '../../prompts/facts-prompts.ts';
import { parseReply } from '../../prompts/replies.ts';
import { type Call, endFor, makeJsonCall } from '../call.ts';
import type { RunContext } from '../context.ts';
import { promptOf } from '../prompt-of.ts';

type Trace = Extract<Action, { type: 'trace' }>;
type Traced = Pick<BodyOf<'facts-traced'>, 'uses' | 'rejected'>;
type Claimed = { fact: string; turn: number; how: 'used' | 'contradicted'; quote: string };

/** Tokens of one use: the JSON around a sentence of a speech. */
const tokensPerUse = 90;

/** Asks the judge which facts a round's speeches use, in one call of its own; code looks every quote up. */
export async function* trace(action: Trace, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const { round } = action;
  const facts = debate.started.facts ?? [];
  const call: Call = {
    purpose: 'trace',
    speaker: moderatorId,
    role: judgeRole,
    round,
    messages: promptOf(action, debate, context.prompts),
    maxOutputTokens: 300 + tokensPerUse * (facts.length + 2 * debate.started.cast.length),
    reply: traceReply.format,
  };
  context.notify({ type: 'working', purpose: 'trace', done: 0, of: 1 });
  const reply = yield* makeJsonCall(debate, call, context, (text) => parseReply(traceReply, text));
  if (!reply.ok) return yield* endFor(reply, call, debate);
  yield {
    type: 'facts-traced',
    round,
    outcome: reply.value ? 'read' : 'failed',
    failure: reply.value ? '' : reply.faults,
    ...checkedUses(reply.value?.uses ?? [], debate, round),
    ...reply.record,
  };
}

/**
 * What was claimed of a round's speeches, held against them: a use counts only where its quote stands word for word in the
 * speech it names. A fact that a speech both uses and contradicts was read in two ways, and counts as neither.
 */
function checkedUses(claimed: readonly Claimed[], debate: Debate, round: number): Traced {
  const facts = new Map((debate.started.facts ?? []).map((fact) => [fact.id, fact]));
  const speeches = new Map(speechesOf(debate, round).map((turn) => [turn.turn, turn]));
  const uses: Traced['uses'] = [];
  const rejected: Traced['rejected'] = [];
  for (const { fact: id, turn, how, quote } of claimed) {
    const fact = facts.get(id);
    const speech = speeches.get(turn);
    const place = speech ? matchQuote(quote, speech.text) : null;
    if (!fact || !speech || !place) {
      const reason = !fact ? 'unknown-fact' : speech ? 'quote-not-found' : 'not-of-this-round';
      rejected.push({ fact: id, turn, quote, reason });
      continue;
    }
    const isCited = findCitations(speech.text).some(({ label }) => label === `P${fact.passage}`);
    uses.push({
      ...{ fact: fact.id, speaker: speech.speaker, turn },
      how: how === 'used' && isCited ? 'cited' : how,
      quote: speech.text.slice(place.start, place.end),
    });
  }
  const isTwofold = (one: Traced['uses'][number]) =>
    uses.some(
      (other) =>
        other.fact === one.fact &&
        other.turn === one.turn &&
        (other.how === 'contradicted') !== (one.how === 'contradicted'),
    );
  const firsts = uses.filter(
    (use, index) => index === uses.findIndex((one) => one.fact === use.fact && one.turn === use.turn),
  );
  return { uses: firsts.filter((use) => !isTwofold(use)), rejected };
}
