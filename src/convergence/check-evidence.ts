import { type Agenda, scale } from '../debate/agenda.ts';
import {
  actSchema,
  type Crossing,
  type Evidence,
  type Reading,
  type RejectedReading,
  type RoleBreakEvidence,
  roleBreakKindSchema,
} from '../debate/readings.ts';
import type { Mask } from './mask-names.ts';
import { type JudgePlan, partyLetter } from './sample-plan.ts';

/** A speech as it was given, names unmasked. */
interface JudgedTurn {
  turn: number;
  /** From 1; absent where the turns are not in rounds. */
  round?: number;
  speaker: string;
  text: string;
}

/** A question of the moderator's or of a person watching; its words are nobody's stand. */
export interface AskedQuestion {
  /** The turn it was put after; a moderator's question is a turn itself. */
  afterTurn: number;
  text: string;
}

/** Where a quote stands in a text word for word, quotes, dashes, spaces and case aside; null where it does not. */
type MatchQuote = (quote: string, text: string) => { start: number; end: number } | null;

/** What a judge was shown, and what its words are checked against. */
export interface JudgeInput {
  /** How this sample saw the debate. */
  plan: JudgePlan;
  agenda: Agenda;
  /** The speeches that the judge was shown, unmasked. */
  turns: readonly JudgedTurn[];
  /** The round just held: claims of agreement and breaks of role are taken from it alone. Absent: from all turns. */
  round?: number;
  /** Questions put so far; absent where none were. */
  questions?: readonly AskedQuestion[];
  /** The same masking of names by which the turns were shown. */
  mask: Mask;
  matchQuote: MatchQuote;
}

/** What the judge says about one party and issue. */
export interface StatedReading {
  party: string;
  issue: string;
  position: number;
  act: string;
  quote: string;
  turn: number | null;
  /** undefined where the reply has no such key. */
  why: string | null | undefined;
}

/** Words that the judge quotes for something else than a stand. */
export interface StatedEvidence {
  party: string;
  quote: string;
  turn: number | null;
  issue?: string | undefined;
  kind?: string | undefined;
}

type Checked =
  | { ok: true; reading: Reading; rejected: RejectedReading[] }
  | { ok: false; rejected: RejectedReading };

/** A quote shorter than this (in letters and digits) stands in too many places to show anything, unless it is a whole sentence. */
const shortestQuote = 8;

/** A tag or a direction breaks a role in few letters ("*nods*"), and to quote the speech beside it would blame what is in role. */
const shortestBreak = 2;

/** Turns what the judge says into a reading with the speaker's id, the upright scale and the verbatim quote; or says why it does not hold. */
export function checkReading(stated: StatedReading, input: JudgeInput): Checked {
  const { plan, agenda } = input;
  const speaker = speakerOf(stated.party, plan);
  const issue = stated.issue.trim();
  const rejected = (reason: RejectedReading['reason'], quote = stated.quote): RejectedReading => ({
    speaker: speaker ?? stated.party,
    issue,
    quote,
    reason,
  });
  const reject = (reason: RejectedReading['reason']): Checked => ({ ok: false, rejected: rejected(reason) });
  if (speaker === null) return reject('unknown-speaker');
  if (!agenda.some(({ id }) => id === issue)) return reject('unknown-issue');
  if (stated.position < scale.low || stated.position > scale.high) return reject('out-of-scale');
  const act = actSchema.safeParse(stated.act.trim().toLowerCase());
  if (!act.success) return reject('unknown-act');

  const found = locate(stated, speaker, input);
  if (!found.ok) return reject(found.reason);
  const { turn, quote } = found;
  if (repeatsQuestion(found, input)) return reject('words-of-a-question');
  const position = plan.reversed ? scale.high - stated.position : stated.position;
  const why = reasonIn(stated.why, found, input);
  return {
    ok: true,
    reading: { speaker, issue, position, act: act.data, quote, turn, ...why.field },
    rejected: why.isRejected ? [rejected('why-not-found', stated.why ?? '')] : [],
  };
}

/** Words by which a speaker claims agreement in the round just held; null where they do not stand there. */
export function checkAgreement(stated: StatedEvidence, input: JudgeInput): Evidence | null {
  const speaker = speakerOf(stated.party, input.plan);
  if (speaker === null) return null;
  const found = locate(stated, speaker, input, input.round);
  if (!found.ok || repeatsQuestion(found, input)) return null;
  return { speaker, quote: found.quote, turn: found.turn };
}

/** Words by which a speaker states or accepts a term beyond its own red line on an issue; null where they do not stand there. */
export function checkCrossing(stated: StatedEvidence, input: JudgeInput): Crossing | null {
  const evidence = checkAgreement(stated, input);
  const issue = input.agenda.find(({ id }) => id === stated.issue?.trim());
  return evidence && issue ? { ...evidence, issue: issue.id } : null;
}

/** Words by which a speaker leaves its role in the round just held; null where they do not stand there. */
export function checkRoleBreak(stated: StatedEvidence, input: JudgeInput): RoleBreakEvidence | null {
  const speaker = speakerOf(stated.party, input.plan);
  const kind = roleBreakKindSchema.safeParse(stated.kind?.trim().toLowerCase());
  if (speaker === null || !kind.success) return null;
  const found = locate(stated, speaker, input, input.round, shortestBreak);
  return found.ok ? { speaker, quote: found.quote, turn: found.turn, kind: kind.data } : null;
}

/** Takes A, a, and Party A. */
function speakerOf(party: string, plan: JudgePlan): string | null {
  const letter = party
    .trim()
    .replace(/^party\s+/i, '')
    .toUpperCase();
  return plan.speakerOrder.find((speaker) => partyLetter(plan, speaker) === letter) ?? null;
}

/** A stretch of one turn, offsets of its unmasked text. */
interface Found {
  turn: number;
  /** Verbatim, as the speaker said it. */
  quote: string;
  start: number;
  end: number;
  text: string;
}

type Located =
  | ({ ok: true } & Found)
  | {
      ok: false;
      reason: Extract<
        RejectedReading['reason'],
        'no-quote' | 'quote-not-found' | 'wrong-speaker' | 'turn-unclear'
      >;
    };

/** Looks in the turn named, then in the speaker's others; in those of one round where one is given. */
function locate(
  { quote, turn: named }: { quote: string; turn: number | null },
  speaker: string,
  input: JudgeInput,
  round?: number,
  shortest = shortestQuote,
): Located {
  if (quote.trim() === '') return { ok: false, reason: 'no-quote' };
  const turns = round === undefined ? input.turns : input.turns.filter((turn) => turn.round === round);
  const own = turns.filter((turn) => turn.speaker === speaker);
  const inNamed = findIn(
    own.filter(({ turn }) => turn === named),
    quote,
    input,
    shortest,
  );
  const places = inNamed.length > 0 ? inNamed : findIn(own, quote, input, shortest);
  const [found] = places;
  if (found) return places.length > 1 ? { ok: false, reason: 'turn-unclear' } : { ok: true, ...found };
  const others = turns.filter((turn) => turn.speaker !== speaker);
  return {
    ok: false,
    reason: findIn(others, quote, input, shortest).length > 0 ? 'wrong-speaker' : 'quote-not-found',
  };
}

function findIn(turns: readonly JudgedTurn[], quote: string, input: JudgeInput, shortest: number): Found[] {
  return turns.flatMap((turn) => {
    const found = find(quote, turn, input);
    return found && shows(found, shortest) ? [found] : [];
  });
}

/** Looks in the speech as the judge saw it and as it was given: a judge may guess a name right. */
function find(copied: string, { turn, text }: JudgedTurn, { mask, matchQuote }: JudgeInput): Found | null {
  const masked = mask(text);
  // The record sets a label before each speech, which a judge that copies from its beginning may take along.
  const quote = copied.replace(/^\s*\[Party [A-L]\]:\s*/i, '');
  // A judge that writes good English puts back the article that went with the name.
  const inMasked = matchQuote(quote.replace(/\bthe (?=Party [A-L]\b)/gi, ''), masked.text);
  const found = inMasked ? masked.place(inMasked.start, inMasked.end) : matchQuote(quote, text);
  if (found === null) return null;
  // A match looks past the marks at its ends; the mark that ends a sentence belongs to it.
  const isEnded = sentenceEnd.test(quote.trim().at(-1) ?? '') && sentenceEnd.test(text[found.end] ?? '');
  const place = isEnded ? { start: found.start, end: found.end + 1 } : found;
  const words = text.slice(place.start, place.end);
  return words.trim() === '' ? null : { turn, quote: words, text, ...place };
}

/** Long enough, or a whole sentence: "One hour." takes a stand in seven letters. */
function shows({ quote, text, start, end }: Found, shortest: number): boolean {
  return hasLetters(quote, shortest) || isWholeSentence(text, start, end);
}

const letter = /[\p{L}\p{N}]/u;
const dense = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

/** Has it so many letters and digits? A letter of a script that writes a syllable or a word with each counts three times. */
function hasLetters(words: string, fewest: number): boolean {
  let count = 0;
  for (const character of words) {
    count += (letter.test(character) ? 1 : 0) + (dense.test(character) ? 2 : 0);
    if (count >= fewest) return true;
  }
  return false;
}

const sentenceEnd = /[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964]/u;
const closingMarks = /^[\s"'\u201d\u2019\u00bb\u300d\u300f)\]*_]*/u;
const openingMarks = /[\s"'\u201c\u2018\u00ab\u201e\u300c\u300e([*_]*$/u;

function isWholeSentence(text: string, start: number, end: number): boolean {
  const before = text.slice(0, start).replace(openingMarks, '');
  const after = text.slice(end).replace(closingMarks, '');
  const isEnded =
    sentenceEnd.test(text.slice(Math.max(start, end - 3), end)) || sentenceEnd.test(after[0] ?? '.');
  return isEnded && (before === '' || sentenceEnd.test(before.at(-1) ?? '') || before.endsWith(':'));
}

/**
 * Are the words taken from a question that was put before? Where they make a whole sentence of the speech that asks nothing
 * ("Thirty days."), they answer it, and are the speaker's own.
 */
function repeatsQuestion(
  { turn, quote, text, start, end }: Found,
  { questions = [], matchQuote }: JudgeInput,
): boolean {
  const put = questions.filter(({ afterTurn }) => afterTurn < turn);
  if (!put.some((question) => matchQuote(quote, question.text) !== null)) return false;
  return !isWholeSentence(text, start, end) || /[?\uff1f\u061f]/u.test(text.slice(end - 1, end + 1));
}

/** The reason as the speaker gave it, in the very turn of the stand. */
function reasonIn(
  why: StatedReading['why'],
  { turn, text }: Found,
  input: JudgeInput,
): { field: Pick<Reading, 'why'>; isRejected: boolean } {
  if (why === undefined) return { field: {}, isRejected: false };
  if (why === null || why.trim() === '') return { field: { why: null }, isRejected: false };
  const found = find(why, { turn, text, speaker: '' }, input);
  return found
    ? { field: { why: found.quote }, isRejected: false }
    : { field: { why: null }, isRejected: true };
}
