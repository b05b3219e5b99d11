import type { Agenda } from '../debate/agenda.ts';
import type { CastMember } from '../debate/setup.ts';
import type { Cell } from '../debate/verdict.ts';
import { type RoleBreak, roleBreaksIn } from './role-breaks.ts';
import { statedReason } from './stated-reason.ts';

type Stand = Extract<Cell, { stand: 'position' }>;

/** A stand that the speaker's persona does not allow, from the round in which it was first read. */
export interface CrossedLine {
  issue: string;
  round: number;
  position: number;
  min: number;
  max: number;
  /** The red line in the persona's words. */
  redLine: string;
  quote: string;
  turn: number;
}

/** A stand that is nearer to where a counterpart began than to the speaker's own beginning. */
export interface OtherSide {
  issue: string;
  round: number;
  position: number;
  /** Whose opening it comes near to. */
  other: string;
  quote: string;
  turn: number;
}

/** A change of stand by a point or more, in one step or several. */
export interface Move {
  /**
   * - concession: towards a principal counterpart's opening, with a reason stated beside the quote
   * - hardening: away from all of them, with a reason stated
   * - drift: without a reason, or without any new word in that round
   */
  kind: 'concession' | 'hardening' | 'drift';
  issue: string;
  round: number;
  from: number;
  to: number;
  quote: string;
  turn: number;
  /** The sentence that gives the reason; null for drift. */
  reason: string | null;
}

export interface PersonaFidelity {
  speaker: string;
  redLinesCrossed: CrossedLine[];
  otherSide: OtherSide[];
  roleBreaks: RoleBreak[];
  moves: Move[];
}

export interface FidelityInput {
  agenda: Agenda;
  cast: readonly CastMember[];
  /** Speeches only. */
  turns: readonly { turn: number; round: number; speaker: string; text: string }[];
  /** Verdicts, oldest first; failed ones have no cells. */
  readings: readonly { round: number; cells: readonly Cell[] }[];
}

/** Points past the middle between two openings from which a speaker argues for the other side. */
const pastMiddle = 1;

/** Points that make a change of stand: one step of the scale, as smaller ones are the judge's noise. */
const moved = 1;

/** How true each persona stayed to its role, in the order of the cast; by code, from the judge's cells and the speeches. */
export function fidelityOf(input: FidelityInput): PersonaFidelity[] {
  return input.cast.map((member) => {
    const series = input.agenda.map(({ id }) => ({ issue: id, stands: standsOf(input, member.id, id) }));
    const speeches = input.turns.filter((turn) => turn.speaker === member.id);
    return {
      speaker: member.id,
      redLinesCrossed: series.flatMap(({ issue, stands }) => crossingsOf(member, issue, stands)),
      otherSide: series.flatMap(({ issue, stands }) => otherSideOf(member, input.cast, issue, stands)),
      roleBreaks: speeches.flatMap((turn) => roleBreaksIn(turn, input.cast)),
      moves: series.flatMap(({ issue, stands }) => movesOf(member, input, issue, stands)),
    };
  });
}

type Read = { round: number; stand: Stand };

function standsOf({ readings }: FidelityInput, speaker: string, issue: string): Read[] {
  return readings.flatMap(({ round, cells }) =>
    cells.flatMap((stand) =>
      stand.stand === 'position' && stand.speaker === speaker && stand.issue === issue
        ? [{ round, stand }]
        : [],
    ),
  );
}

function crossingsOf({ redLines }: CastMember, issue: string, reads: readonly Read[]): CrossedLine[] {
  return redLines
    .filter((line) => line.issue === issue)
    .flatMap(({ min, max, text }) => {
      const isBeyond = ({ stand }: Read) => stand.position < min || stand.position > max;
      return onsets(reads, isBeyond).map(({ round, stand: { position, quote, turn } }) => ({
        ...{ issue, round, position, min, max, redLine: text, quote, turn },
      }));
    });
}

function otherSideOf(
  member: CastMember,
  cast: readonly CastMember[],
  issue: string,
  reads: readonly Read[],
): OtherSide[] {
  const own = member.opening[issue];
  if (own === undefined) return [];
  return counterpartsOf(member, cast).flatMap(({ id, opening }) => {
    const start = opening[issue];
    if (start === undefined) return [];
    const isBeyond = ({ stand: { position } }: Read) =>
      Math.abs(position - own) - Math.abs(position - start) >= 2 * pastMiddle - 1e-9;
    return onsets(reads, isBeyond).map(({ round, stand: { position, quote, turn } }) => ({
      ...{ issue, round, position, other: id, quote, turn },
    }));
  });
}

function movesOf(member: CastMember, input: FidelityInput, issue: string, reads: readonly Read[]): Move[] {
  const starts = counterpartsOf(member, input.cast).flatMap(({ opening }) => opening[issue] ?? []);
  let from = member.opening[issue] ?? null;
  let since: Read[] = [];
  return reads.flatMap((read) => {
    const { position: to, quote, turn } = read.stand;
    const before = from ?? to;
    from = before;
    since = to === before ? [] : [...since, read];
    if (Math.abs(to - before) < moved - 1e-9) return [];
    const reason = reasonIn(since, input.turns);
    const isTowards =
      starts.length === 0 || starts.some((start) => Math.abs(to - start) < Math.abs(before - start));
    const kind = reason === null ? 'drift' : isTowards ? 'concession' : 'hardening';
    from = to;
    since = [];
    return [{ kind, issue, round: read.round, from: before, to, quote, turn, reason }];
  });
}

/** A reason stated in the round in which a stand was read, in the latest of the readings that has one: small steps may make a move together. */
function reasonIn(reads: readonly Read[], turns: FidelityInput['turns']): string | null {
  const reasons = reads.flatMap(({ round, stand: { turn, quote } }) => {
    const speech = turns.find((one) => one.turn === turn && one.round === round);
    return (speech && statedReason(speech.text, quote)) ?? [];
  });
  return reasons.at(-1) ?? null;
}

/** Principals other than the member; everyone else where no other principal is declared. */
function counterpartsOf(member: CastMember, cast: readonly CastMember[]): CastMember[] {
  const others = cast.filter(({ id }) => id !== member.id);
  const principals = others.filter(({ principal }) => principal);
  return principals.length > 0 ? principals : others;
}

/** The readings at which something begins to hold. */
function onsets(reads: readonly Read[], holds: (read: Read) => boolean): Read[] {
  return reads.filter((read, place) => {
    const before = reads[place - 1];
    return holds(read) && !(before && holds(before));
  });
}
