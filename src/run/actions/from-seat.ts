import { hash } from 'node:crypto';
import type { CallRecord, ChatMessage } from '../../debate/calls.ts';
import type { Debate } from '../../debate/debate.ts';
import type { BodyOf, EventBody } from '../../debate/events.ts';
import { overspent } from '../../debate/next.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { totalsWith } from '../../debate/totals.ts';
import { findCitations } from '../../grounding/citations.ts';
import { roleBreaksIn } from '../../grounding/role-breaks.ts';
import { checkQuotations, needsReading, problemsOf } from '../../grounding/turn-grounding.ts';
import { sanitizeText } from '../../text/sanitize.ts';
import { wordCount } from '../../text/wording.ts';
import { type Call, makeCall } from '../call.ts';
import type { RunContext } from '../context.ts';
import { longestWords } from '../seat-desk.ts';
import type { SeatTurn } from '../seats.ts';

/** A speech, or an answer to the closing statement, that is asked of the person who holds a persona's seat. */
export interface SeatedSpeech {
  persona: string;
  round: number;
  /** The number the speech will get; null in a caucus and for an answer. */
  turn: number | null;
  /** Who alone hears it, by name; null for all. */
  to: string | null;
  /** The closing statement that is to be answered. */
  statement?: { text: string; reply: NonNullable<Call['reply']> };
  /** What a model would be sent. */
  messages: ChatMessage[];
  longest: number | null;
  /** What others would hear of a model's reply. */
  speechIn(reply: string): string;
}

/** `over`: the run was stopped, or the debate has ended with the event that was yielded. */
export type SeatedWords =
  | { type: 'words'; text: string; record: CallRecord }
  | { type: 'given-back' }
  | { type: 'over' };

/** How often a seat may give no words before the debate is saved and ended. */
const mostEmpty = 3;

/**
 * Waits for a person's words, without a time-out, and yields the drafts that a model makes for it meanwhile. Words in which a check
 * finds something are shown to the person once, with what it is; then they are taken as they are.
 */
export async function* wordsFromSeat(
  speech: SeatedSpeech,
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody, SeatedWords> {
  const { clock, signal } = context;
  const startedAt = clock.now();
  let told: Pick<SeatTurn, 'given' | 'problems'> = { given: '', problems: [] };
  let drafts: CallRecord[] = [];
  for (let empty = 0; empty < mostEmpty; ) {
    const asked = yield* askOnce({ ...speech, ...told }, debate, drafts, context);
    drafts = asked.drafts;
    if (signal.aborted) return { type: 'over' };
    if (asked.type === 'failed') {
      yield ended(debate, speech.persona, `its seat failed: ${asked.message}`);
      return { type: 'over' };
    }
    if (asked.text === null) {
      context.seats?.giveBack(speech.persona);
      return { type: 'given-back' };
    }
    const text = sanitizeText(asked.text).trim().slice(0, longestWords);
    const problems = text === '' ? ['There were no words.'] : problemsIn(text, speech, debate);
    if (text === '') empty += 1;
    if (problems.length === 0 || (text !== '' && told.given !== '')) {
      return { type: 'words', text, record: personRecord(speech.messages, clock.now() - startedAt) };
    }
    told = { given: text, problems };
  }
  yield ended(debate, speech.persona, `its seat gave no words ${mostEmpty} times`);
  return { type: 'over' };
}

type Asked = { drafts: CallRecord[] } & (
  | { type: 'answered'; text: string | null }
  | { type: 'failed'; message: string }
);

async function* askOnce(
  speech: SeatedSpeech & Pick<SeatTurn, 'given' | 'problems'>,
  debate: Debate,
  drafts: CallRecord[],
  context: RunContext,
): AsyncGenerator<EventBody, Asked> {
  const { persona, messages, turn, round, to, longest, given, problems, statement } = speech;
  const { scenario } = context.prompts;
  const own = scenario.personas.find(({ member }) => member.id === persona);
  if (!own || !context.seats) return { type: 'answered', text: null, drafts };
  let request = Promise.withResolvers<'draft'>();
  const answers: PromiseWithResolvers<Outcome<string>>[] = [];
  const draft = () => {
    const answer = answers[0] ?? Promise.withResolvers<Outcome<string>>();
    answers[0] = answer;
    request.resolve('draft');
    return answer.promise;
  };
  const done = new AbortController();
  const asking = context.seats
    .ask(
      persona,
      {
        ...{ member: own.member, brief: own.body, turn, round, rounds: debate.settings.rounds },
        ...{ to, statement: statement?.text ?? null, longest, prompt: messages, given, problems, draft },
      },
      context.signal,
    )
    .then(
      (text) => ({ type: 'answered' as const, text }),
      (error: unknown) => ({ type: 'failed' as const, message: messageOf(error) }),
    )
    .finally(() => done.abort());
  const made = [...drafts];
  for (;;) {
    const happened = await Promise.race([asking, request.promise]);
    if (happened !== 'draft') {
      for (const answer of answers) answer.resolve(failure('not-awaited', 'The speech has been given.'));
      return { ...happened, drafts: made };
    }
    request = Promise.withResolvers<'draft'>();
    // Nobody waits for a draft once the person has spoken.
    const signal = AbortSignal.any([context.signal, done.signal]);
    const drafted = yield* draftFor(speech, debate, made, { ...context, signal });
    for (const answer of answers.splice(0)) answer.resolve(drafted);
  }
}

/** A model's draft for the person, paid for as the persona's call. */
async function* draftFor(
  { persona, round, turn, messages, statement, speechIn }: SeatedSpeech,
  debate: Debate,
  made: CallRecord[],
  context: RunContext,
): AsyncGenerator<EventBody, Outcome<string>> {
  const spent = overspent({ ...debate, totals: totalsWith(debate.totals, made) });
  if (spent) return failure('budget', spent);
  const earlier = debate.drafts.filter((draft) => draft.persona === persona && draft.round === round);
  const reply = yield* makeCall(
    debate,
    {
      ...{ purpose: statement ? 'answer' : 'speak', speaker: persona, role: persona, round, messages },
      ...(statement ? { reply: statement.reply } : {}),
      maxOutputTokens: debate.settings.turnTokens,
      salt: `draft ${earlier.length + made.length + 1}`,
    },
    context,
  );
  if (!reply.ok) return failure(reply.reason, reply.message);
  made.push(reply.record);
  const text = speechIn(reply.text);
  yield { type: 'speech-drafted', turn, round, persona, text, ...reply.record };
  return success(text);
}

/** What is worth telling a person before its words are said: too long, misquoted, out of the role. */
function problemsIn(
  text: string,
  { persona, turn, longest, statement }: SeatedSpeech,
  debate: Debate,
): string[] {
  if (statement && !answerForm.test(text)) return ['Begin with "sign" or "refuse", then say why.'];
  const { started, turns, questions } = debate;
  const { article, cast } = started;
  const words = wordCount(text);
  const long =
    longest !== null && words > longest ? [`It has ${words} words; ${longest} are asked for.`] : [];
  const { passages } = article;
  const labels = new Set([
    ...passages.map(({ number }) => `P${number}`),
    ...turns.map((earlier) => `T${earlier.turn}`),
  ]);
  const citations = findCitations(text).map((one) => ({
    ...one,
    exists: labels.has(one.label),
    bears: null,
  }));
  const quotations = checkQuotations({
    text,
    passages,
    earlierTurns: turns,
    questions: questions.map((question) => question.text),
  }).filter((quotation) => !needsReading(quotation));
  const breaks = roleBreaksIn({ turn: turn ?? turns.length + 1, speaker: persona, text }, cast);
  return [
    ...long,
    ...problemsOf({ citations, quotations, unsupported: [], uncited: [] }),
    ...breaks.map((one) => `"${one.text}" is not said in this persona's voice.`),
  ];
}

const answerForm = /^(sign|refuse)(?![\p{L}\p{N}])[\s:.,;–—-]*(.*)$/isu;
const changeForm = /^\s*would sign:\s*(\S.*)$/imsu;

/**
 * A person's answer to the closing statement: `sign` or `refuse`, then why, and on a line of its own the words that would let it sign.
 * Words that say neither are no signature.
 */
export function answerIn(text: string): Pick<BodyOf<'statement-answered'>, 'answer' | 'reason' | 'change'> {
  const [, verb = 'refuse', rest = text] = answerForm.exec(text) ?? [];
  const isSigned = verb.toLowerCase() === 'sign';
  const change = isSigned ? null : (changeForm.exec(rest)?.[1]?.trim() ?? null);
  const reason = rest.replace(changeForm, '').trim();
  return {
    answer: isSigned ? 'signed' : 'refused',
    reason: reason === '' ? 'No reason was given.' : reason,
    change,
  };
}

/** The record of a call that was none: nobody was asked, and nothing was used. */
function personRecord(messages: readonly ChatMessage[], totalMs: number): CallRecord {
  return {
    model: 'person',
    attempts: 1,
    usage: { inputTokens: 0, outputTokens: 0, cachedTokens: 0, estimated: false },
    costUsd: 0,
    timing: { firstTokenMs: null, totalMs: Math.max(0, totalMs) },
    promptHash: hash('sha256', JSON.stringify(messages)),
  };
}

function ended(debate: Debate, persona: string, what: string): BodyOf<'debate-ended'> {
  const name = debate.started.cast.find(({ id }) => id === persona)?.name ?? persona;
  return { type: 'debate-ended', reason: 'failed', detail: `${name} could not speak: ${what}` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
