import { type Agenda, scale } from '../debate/agenda.ts';
import { actSchema, type Reading, type RejectedReading } from '../debate/readings.ts';
import type { Mask } from './mask-names.ts';
import { type JudgePlan, partyLetter } from './sample-plan.ts';

/** A speech as it was given, names unmasked. */
export interface JudgedTurn {
  turn: number;
  speaker: string;
  text: string;
}

/** Where a quote stands in a text word for word, quotes, dashes, spaces and case aside; null where it does not. */
export type MatchQuote = (quote: string, text: string) => { start: number; end: number } | null;

/** What the judge claims about one party and issue. */
export interface Claim {
  party: string;
  issue: string;
  position: number;
  act: string;
  quote: string;
  turn: number | null;
}

interface Evidence {
  plan: JudgePlan;
  agenda: Agenda;
  turns: readonly JudgedTurn[];
  mask: Mask;
  matchQuote: MatchQuote;
}

type Checked = { ok: true; reading: Reading } | { ok: false; rejected: RejectedReading };

interface Found {
  turn: number;
  /** Verbatim, as the speaker said it. */
  quote: string;
}

/** A quote shorter than this (in letters and digits) stands in too many places to show anything, unless it is a whole speech. */
const shortestQuote = 8;

/** Turns a claim into a reading with the speaker's id, the upright scale and the verbatim quote; or says why it does not hold. */
export function checkClaim(claim: Claim, evidence: Evidence): Checked {
  const { plan, agenda, turns } = evidence;
  const speaker = speakerOf(claim.party, plan);
  const issue = claim.issue.trim();
  const reject = (reason: RejectedReading['reason']): Checked => ({
    ok: false,
    rejected: { speaker: speaker ?? claim.party, issue, quote: claim.quote, reason },
  });
  if (speaker === null) return reject('unknown-speaker');
  if (!agenda.some(({ id }) => id === issue)) return reject('unknown-issue');
  if (claim.position < scale.low || claim.position > scale.high) return reject('out-of-scale');
  const act = actSchema.safeParse(claim.act.trim().toLowerCase());
  if (!act.success) return reject('unknown-act');
  if (claim.quote.trim() === '') return reject('no-quote');

  const own = turns.filter((turn) => turn.speaker === speaker);
  const named = own.filter(({ turn }) => turn === claim.turn);
  const inNamed = findIn(named, claim.quote, evidence);
  const foundIn = inNamed.length > 0 ? inNamed : findIn(own, claim.quote, evidence);
  const [found] = foundIn;
  if (!found) {
    const others = turns.filter((turn) => turn.speaker !== speaker);
    return reject(findIn(others, claim.quote, evidence).length > 0 ? 'wrong-speaker' : 'quote-not-found');
  }
  if (foundIn.length > 1) return reject('turn-unclear');
  const position = plan.reversed ? scale.high - claim.position : claim.position;
  return { ok: true, reading: { speaker, issue, position, act: act.data, ...found } };
}

/** Takes A, a, and Party A. */
function speakerOf(party: string, plan: JudgePlan): string | null {
  const letter = party
    .trim()
    .replace(/^party\s+/i, '')
    .toUpperCase();
  return plan.speakerOrder.find((speaker) => partyLetter(plan, speaker) === letter) ?? null;
}

function findIn(turns: readonly JudgedTurn[], quote: string, evidence: Evidence): Found[] {
  return turns.flatMap((turn) => find(quote, turn, evidence) ?? []);
}

/** Looks in the speech as the judge saw it and as it was given: a judge may guess a name right. */
function find(quote: string, { turn, text }: JudgedTurn, { mask, matchQuote }: Evidence): Found | null {
  const masked = mask(text);
  const inMasked = matchQuote(quote, masked.text);
  const inText = inMasked ? null : matchQuote(quote, text);
  const words = inMasked
    ? masked.original(inMasked.start, inMasked.end)
    : inText
      ? text.slice(inText.start, inText.end)
      : null;
  if (words === null || words.trim() === '') return null;
  const isWhole = words.trim() === text.trim();
  return isWhole || lengthOf(words) >= shortestQuote ? { turn, quote: words } : null;
}

function lengthOf(words: string): number {
  return words.replace(/[^\p{L}\p{N}]/gu, '').length;
}
