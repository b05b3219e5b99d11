import { checkReading } from '../../convergence/check-evidence.ts';
import { type CaucusAction, mostCaucusTurns } from '../../debate/caucus.ts';
import { type Debate, nameOf } from '../../debate/debate.ts';
import { type BodyOf, type EventBody, moderatorId } from '../../debate/events.ts';
import { judgeRole } from '../../debate/judges.ts';
import { matchQuote } from '../../grounding/quotes.ts';
import { caucusMask, caucusPlan } from '../../prompts/render-speech.ts';
import { caucusCallReply, caucusOffersReply, parseReply, splitNotes } from '../../prompts/replies.ts';
import { type Call, endFor, makeCall, makeJsonCall } from '../call.ts';
import type { RunContext } from '../context.ts';
import { promptOf } from '../prompt-of.ts';
import { wordsFromSeat } from './from-seat.ts';

type CallCaucus = Extract<CaucusAction, { type: 'call-caucus' }>;
type Caucus = Extract<CaucusAction, { type: 'caucus' }>;
type ReadCaucus = Extract<CaucusAction, { type: 'read-caucus' }>;

const callTokens = 200;
/** The JSON around one offer with its quote. */
const tokensPerOffer = 120;

/** The moderator decides whether two principals talk in private; a reply that cannot be read calls none. */
export async function* callCaucus(
  action: CallCaucus,
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody> {
  const { round, pair } = action;
  const call: Call = {
    ...{ purpose: 'caucus-call', speaker: moderatorId, role: moderatorId, round },
    messages: promptOf(action, debate, context.prompts),
    maxOutputTokens: callTokens,
    reply: caucusCallReply.format,
  };
  context.notify({ type: 'working', purpose: 'caucus-call', done: 0, of: 1 });
  const reply = yield* makeJsonCall(debate, call, context, (text) => parseReply(caucusCallReply, text));
  if (!reply.ok) return yield* endFor(reply, call, debate);
  const wanted = reply.value;
  const turns = wanted?.caucus ? Math.min(mostCaucusTurns, Math.max(2, wanted.turns)) : 0;
  yield {
    ...{ type: 'caucus-called', round, pair: [...pair] as [string, string], turns },
    why: wanted?.why ?? reply.faults,
    ...reply.record,
  };
}

/** One principal's words to the other, in private. */
export async function* caucus(
  action: Caucus,
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody> {
  const { round, speaker, to, part, parts } = action;
  const messages = promptOf(action, debate, context.prompts);
  const spoken: Omit<BodyOf<'caucus-spoken'>, 'text' | 'notes' | 'ending' | keyof SpokenRecord> = {
    ...{ type: 'caucus-spoken', turn: debate.caucus.length + 1, round, speaker, to, part, parts },
  };
  const speechIn = (reply: string) => withoutLabel(splitNotes(reply).speech, nameOf(debate, speaker));
  if (context.seats?.isHeld(speaker)) {
    const seated = {
      persona: speaker,
      round,
      turn: null,
      to: nameOf(debate, to),
      messages,
      longest: null,
      speechIn,
    };
    const said = yield* wordsFromSeat(seated, debate, context);
    if (said.type === 'over') return;
    if (said.type === 'words') {
      yield { ...spoken, text: said.text, notes: '', ending: 'complete', author: 'person', ...said.record };
      return;
    }
  }
  const call: Call = {
    ...{ purpose: 'caucus', speaker, role: speaker, round, messages, salt: part, turn: null },
    maxOutputTokens: debate.settings.turnTokens,
  };
  const reply = yield* makeCall(debate, call, context);
  if (!reply.ok) return yield* endFor(reply, call, debate);
  yield {
    ...spoken,
    text: speechIn(reply.text),
    notes: splitNotes(reply.text).notes,
    ending: reply.ending,
    ...reply.record,
  };
}

type SpokenRecord = Pick<
  BodyOf<'caucus-spoken'>,
  'model' | 'attempts' | 'usage' | 'costUsd' | 'timing' | 'promptHash' | 'fromCache' | 'author'
>;

function withoutLabel(speech: string, name: string): string {
  const trimmed = speech.trim();
  const label = [`[${name}]:`, `${name}:`].find((start) => trimmed.startsWith(start));
  return (label ? trimmed.slice(label.length).trim() : trimmed) || '…';
}

/** Reads what was offered in private. Code keeps the offers whose quotes stand there; they move no figure of the public rounds. */
export async function* readCaucus(
  action: ReadCaucus,
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody> {
  const { round } = action;
  const { agenda } = debate.started;
  const call: Call = {
    ...{ purpose: 'caucus-read', speaker: moderatorId, role: judgeRole, round },
    messages: promptOf(action, debate, context.prompts),
    maxOutputTokens: callTokens + 2 * tokensPerOffer * agenda.length,
    reply: caucusOffersReply.format,
  };
  context.notify({ type: 'working', purpose: 'caucus-read', done: 0, of: 1 });
  const reply = yield* makeJsonCall(debate, call, context, (text) => parseReply(caucusOffersReply, text));
  if (!reply.ok) return yield* endFor(reply, call, debate);
  const input = {
    ...{ plan: caucusPlan(debate, round), agenda, matchQuote },
    turns: debate.caucus.filter((turn) => turn.round === round),
    mask: caucusMask(context.prompts, debate, round),
  };
  const checked = (reply.value?.offers ?? []).map((offer) =>
    checkReading({ ...offer, why: undefined }, input),
  );
  yield {
    ...{ type: 'caucus-read', round, outcome: reply.value ? 'read' : 'failed' },
    failure: reply.value ? '' : reply.faults,
    offers: checked.flatMap((one) => (one.ok ? [one.reading] : [])),
    rejected: checked.flatMap((one) => (one.ok ? [] : [one.rejected])),
    ...reply.record,
  };
}
