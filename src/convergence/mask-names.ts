import type { CastMember } from '../debate/setup.ts';
import { type JudgePlan, partyLetter } from './sample-plan.ts';

/** A text whose names are masked, with the way back. */
interface MaskedText {
  text: string;
  /** Where a stretch of the masked text lies in the original; a name touched by the stretch is taken whole. */
  place(start: number, end: number): { start: number; end: number };
}

/** What is masked: the names of the cast, as the judge's plan orders it. */
export type Mask = (text: string) => MaskedText;

interface Piece {
  maskedStart: number;
  maskedEnd: number;
  start: number;
  end: number;
}

type Named = Pick<CastMember, 'id' | 'name' | 'short' | 'aliases'>;

/** What goes before a name and says no more than the name does: "the State Department official", "Dr Abara". */
const before =
  '(?:(?<![\\p{L}\\p{N}])(?:[Tt]he|Mr\\.?|Mrs\\.?|Ms\\.?|Dr\\.?|Prof\\.?|Herr|Frau|M\\.|Mme|Monsieur|Madame|Se\u00f1ora?|Signora?|Miss|Sir) )?';

/**
 * Replaces the names of the cast by Party A, Party B and so on, in the plan's order, so that the judge cannot
 * read a position off a name. Full names in any case; short names, aliases and surnames as they are written, since they may be
 * common words. A surname is the last word of a name whose words all begin with capitals. An article or a title before a name
 * goes with it: "the Party C's view" would be no English. `names-only` masks as parley 0.1 did: full and short names, and
 * nothing before them.
 */
export function maskNames(
  cast: readonly Named[],
  plan: JudgePlan,
  form: 'whole' | 'names-only' = 'whole',
): Mask {
  const parties = new Map<string, string>();
  const patterns: string[] = [];
  const shown = cast.filter(({ id }) => plan.speakerOrder.includes(id));
  const nameOnce = (name: string, party: string, pattern: string) => {
    if (parties.has(name.toLowerCase())) return;
    parties.set(name.toLowerCase(), party);
    patterns.push(pattern);
  };
  const partyOf = ({ id }: Named) => `Party ${partyLetter(plan, id)}`;
  for (const member of shown) nameOnce(member.name, partyOf(member), anyCase(member.name));
  for (const member of shown) {
    const aliases = form === 'whole' ? (member.aliases ?? []) : [];
    for (const name of [member.short, ...aliases]) nameOnce(name, partyOf(member), literal(name));
  }
  const surnames = (form === 'whole' ? shown : []).map((member) => ({
    member,
    surname: surnameOf(member.name),
  }));
  for (const { member, surname } of surnames) {
    const isShared = surnames.filter((other) => other.surname === surname).length > 1;
    if (surname !== null && !isShared) nameOnce(surname, partyOf(member), literal(surname));
  }
  if (patterns.length === 0) return (text) => ({ text, place: (start, end) => ({ start, end }) });
  patterns.sort((one, other) => other.length - one.length);
  const names = new RegExp(
    `${form === 'whole' ? before : ''}(?<![\\p{L}\\p{N}])(${patterns.join('|')})(?![\\p{L}\\p{N}])`,
    'gu',
  );
  const masked = new Map<string, MaskedText>();
  return (text) => {
    const known = masked.get(text) ?? maskedText(text, names, parties);
    masked.set(text, known);
    return known;
  };
}

function surnameOf(name: string): string | null {
  const words = name.split(/\s+/);
  const last = words.at(-1) ?? '';
  const isPersonal = words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word));
  return isPersonal && /^\p{Lu}\p{Ll}{2,}/u.test(last) ? last : null;
}

function maskedText(text: string, names: RegExp, parties: ReadonlyMap<string, string>): MaskedText {
  const pieces: Piece[] = [];
  let masked = '';
  let done = 0;
  for (const match of text.matchAll(names)) {
    masked += text.slice(done, match.index);
    const party = parties.get((match[1] ?? '').toLowerCase()) ?? match[0];
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
    place: (start, end) => ({
      start: sourceOf(pieces, start, 'start'),
      end: sourceOf(pieces, end, 'end'),
    }),
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
