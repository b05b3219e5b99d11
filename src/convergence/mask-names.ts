import type { CastMember } from '../debate/setup.ts';
import { type JudgePlan, partyLetter } from './sample-plan.ts';

/** A text whose names are masked, with the way back. */
export interface MaskedText {
  text: string;
  /** The original words behind a stretch of the masked text; a name touched by the stretch comes back whole. */
  original(start: number, end: number): string;
}

/** What is masked: the names of the cast, as the judge's plan orders it. */
export type Mask = (text: string) => MaskedText;

interface Piece {
  maskedStart: number;
  maskedEnd: number;
  start: number;
  end: number;
}

/**
 * Replaces the names of the cast by Party A, Party B and so on, in the plan's order, so that the judge cannot
 * read a position off a name. Full names in any case, short names as they are written: a short name may be
 * a common word.
 */
export function maskNames(cast: readonly Pick<CastMember, 'id' | 'name' | 'short'>[], plan: JudgePlan): Mask {
  const parties = new Map<string, string>();
  const patterns: string[] = [];
  for (const { id, name, short } of cast) {
    if (!plan.speakerOrder.includes(id)) continue;
    const party = `Party ${partyLetter(plan, id)}`;
    parties.set(name.toLowerCase(), party);
    if (!parties.has(short.toLowerCase())) parties.set(short.toLowerCase(), party);
    patterns.push(anyCase(name), literal(short));
  }
  if (patterns.length === 0) return (text) => ({ text, original: (start, end) => text.slice(start, end) });
  patterns.sort((one, other) => other.length - one.length);
  const names = new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return (text) => mask(text, names, parties);
}

function mask(text: string, names: RegExp, parties: ReadonlyMap<string, string>): MaskedText {
  const pieces: Piece[] = [];
  let masked = '';
  let done = 0;
  for (const match of text.matchAll(names)) {
    masked += text.slice(done, match.index);
    const party = parties.get(match[0].toLowerCase()) ?? match[0];
    const end = match.index + match[0].length;
    pieces.push({
      maskedStart: masked.length,
      maskedEnd: masked.length + party.length,
      start: match.index,
      end,
    });
    masked += party;
    done = end;
  }
  masked += text.slice(done);
  return {
    text: masked,
    original: (start, end) => text.slice(sourceOf(pieces, start, 'start'), sourceOf(pieces, end, 'end')),
  };
}

/** Where a place in the masked text stands in the original. */
function sourceOf(pieces: readonly Piece[], place: number, edge: 'start' | 'end'): number {
  let shift = 0;
  for (const piece of pieces) {
    if (place <= piece.maskedStart) break;
    if (place < piece.maskedEnd) return piece[edge];
    shift = piece.end - piece.maskedEnd;
  }
  return place + shift;
}

function literal(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A pattern for a name in any case: one class a letter, because other names in the same pattern keep their case. */
function anyCase(name: string): string {
  return [...name]
    .map((letter) => {
      const lower = letter.toLowerCase();
      const upper = letter.toUpperCase();
      return lower === upper || lower.length !== 1 || upper.length !== 1
        ? literal(letter)
        : `[${upper}${lower}]`;
    })
    .join('');
}
