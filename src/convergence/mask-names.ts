import type { CastMember } from '../debate/setup.ts';
import { remembering } from '../text/memo.ts';
import {
  afterName,
  personalParts,
  titlesOfAnyLanguage,
  unchangingPart,
  withAnyInnerMarks,
  withCourtesy,
  withEdges,
  withoutInnerMarks,
} from './name-scripts.ts';
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

/** Titles that go before a name and say no more than the name does: "Dr Abara". */
const titles =
  'Mr\\.?|Mrs\\.?|Ms\\.?|Dr\\.?|Prof\\.?|Herr|Frau|M\\.|Mme|Monsieur|Madame|Se\u00f1ora?|Signora?|Miss|Sir';

/** The same with an article: "the State Department official". */
const before = `(?:(?<![\\p{L}\\p{N}])(?:[Tt]he|${titles}) )?`;

/** Articles of other languages too, an elided one among them: "les \u00c9tats-Unis", "l'analyste". */
const beforeInAnyLanguage = `(?:(?<![\\p{L}\\p{N}])(?:(?:[Tt]he|[Ll]es?|[Ll]a|[Dd]er|[Dd]ie|[Dd]as|[Ee]l|[Ll]os|[Ll]as|[Ii]l|[Gg]li|${titles}) |[Ll]['\u2019]))?`;

/** A possessive without its s, as after a plural: "the Traders' view". */
const barePossessive = "(['\u2019](?=\\s+\\p{L}))?";

/**
 * - `names-only`: as parley 0.1 did, full and short names and nothing before them
 * - `whole`: with surnames and with what goes before a name
 * - `any-marks`: also aliases with a capital at the start of a sentence, names whatever their apostrophes, hyphens and spaces, articles of
 *   other languages, and the s that a possessive lacks; of personal names the first name too, and either in capitals
 * - `any-script`: also names in scripts without spaces or with prepositions written on, in their cases, surname first, and short surnames
 *   by the title or the courtesy beside them
 */
export type MaskForm = 'names-only' | 'whole' | 'any-marks' | 'any-script';

/**
 * Replaces the names of the cast by Party A, Party B and so on, in the plan's order, so that the judge cannot
 * read a position off a name. Full names in any case; short names, aliases and surnames as they are written, since they may be
 * common words. A surname is the last word of a name whose words all begin with capitals. An article or a title before a name
 * goes with it: "the Party C's view" would be no English. The form is that of the prompt that a run keeps.
 */
export function maskNames(cast: readonly Named[], plan: JudgePlan, form: MaskForm = 'any-script'): Mask {
  const shown = cast.filter(({ id }) => plan.speakerOrder.includes(id));
  const named = shown.map(({ id, name, short, aliases }) => ({ id, name, short, aliases }));
  const namesIn = finderOf(JSON.stringify([form, named]));
  const parties = new Map(shown.map(({ id }) => [id, `Party ${partyLetter(plan, id)}`]));
  const masked = new Map<string, MaskedText>();
  return (text) => {
    const known = masked.get(text) ?? maskedText(text, namesIn(text), parties);
    masked.set(text, known);
    return known;
  };
}

/** A name in a text. */
interface FoundName {
  start: number;
  end: number;
  /** Whose it is, by id. */
  owner: string;
  /** The apostrophe of a possessive that lacks its s; empty for any other. */
  apostrophe: string;
}

/** Texts in which the names were found: only the letters of the parties differ from sample to sample. */
const mostTexts = 500;

/** Finds names in texts; debates over one scenario have the same, in texts that are the same. */
const finderOf = remembering(32, (key: string) => {
  const [form, named] = JSON.parse(key) as [MaskForm, Named[]];
  return remembering(mostTexts, nameFinder(named, form));
});

function nameFinder(shown: readonly Named[], form: MaskForm): (text: string) => readonly FoundName[] {
  const isLoose = form === 'any-marks' || form === 'any-script';
  const isAnyScript = form === 'any-script';
  const asWritten = (name: string) => (isLoose ? withAnyMarks(literal(name)) : literal(name));
  const inAnyCase = (name: string) => (isLoose ? withAnyMarks(anyCase(name)) : anyCase(name));
  const owners = new Map<string, string>();
  const patterns: { pattern: string; length: number }[] = [];
  const nameOnce = (
    name: string,
    owner: string,
    pattern: string,
    edges = withEdges(name, withAnyInnerMarks(pattern), 'name'),
  ) => {
    // A name belongs to the first who has it; its other forms are further patterns.
    if ((owners.get(keyOf(name)) ?? owner) !== owner) return;
    owners.set(keyOf(name), owner);
    patterns.push({ pattern: isAnyScript ? edges : pattern, length: (isLoose ? name : pattern).length });
  };
  for (const member of shown) {
    const names = isLoose ? [member.name, untitled(member.name)] : [member.name];
    if (isAnyScript) names.push(unchangingPart(member.name));
    for (const name of names) nameOnce(name, member.id, inAnyCase(name));
  }
  for (const member of shown) {
    nameOnce(member.short, member.id, asWritten(member.short));
    if (isAnyScript)
      nameOnce(unchangingPart(member.short), member.id, asWritten(unchangingPart(member.short)));
    for (const alias of form === 'names-only' ? [] : (member.aliases ?? [])) {
      const forms = isAnyScript ? [alias, unchangingPart(alias)] : [alias];
      for (const one of forms) {
        const pattern = isLoose ? eitherInitial(one) : literal(one);
        nameOnce(one, member.id, pattern, withEdges(one, withAnyInnerMarks(pattern), 'alias'));
      }
    }
  }
  const parts = (form === 'names-only' ? [] : shown).flatMap((member) =>
    (isAnyScript
      ? personalParts(untitled(member.name))
      : partsOf(member.name, isLoose).map((part) => ({ part, isBare: true }))
    ).map((part) => ({ member, ...part })),
  );
  for (const { member, part, isBare } of parts) {
    const isShared = parts.some((other) => other.part === part && other.member !== member);
    const pattern = part.includes(' ') ? inAnyCase(part) : isLoose ? orInCapitals(part) : literal(part);
    const edges = isBare ? withEdges(part, pattern, 'part') : withCourtesy(part, pattern);
    if (isShared) continue;
    nameOnce(part, member.id, pattern, edges);
    const stem = isAnyScript ? unchangingPart(part) : part;
    if (stem !== part) nameOnce(stem, member.id, literal(stem));
  }
  if (patterns.length === 0) return () => [];
  patterns.sort((one, other) => other.length - one.length);
  const either = patterns.map(({ pattern }) => pattern).join('|');
  const lead = {
    'names-only': '',
    ...{ whole: before, 'any-marks': beforeInAnyLanguage },
    'any-script': beforeInAnyLanguage.replaceAll(titles, titlesOfAnyLanguage),
  }[form];
  const tail = isLoose ? barePossessive : '()';
  const names = new RegExp(
    isAnyScript
      ? `${lead}(${either})${afterName}${tail}`
      : `${lead}(?<![\\p{L}\\p{N}])(${either})(?![\\p{L}\\p{N}])${tail}`,
    'gu',
  );
  return (text) =>
    Array.from(text.matchAll(names), ({ index: start, 0: whole, 1: name = '', 2: apostrophe = '' }) => {
      const owner = owners.get(keyOf(name)) ?? '';
      return { start, end: start + whole.length, owner, apostrophe };
    });
}

/** The surname of a personal name, and its first name where it `isWhole`: "Rhys Calder" is also Calder, and Rhys. */
function partsOf(name: string, isWhole: boolean): string[] {
  const words = untitled(name).split(/\s+/);
  const isPersonal = words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word));
  const parts = isWhole ? [words.at(-1), words[0]] : [name.split(/\s+/).at(-1)];
  return isPersonal
    ? (parts.filter((part) => part !== undefined && /^\p{Lu}\p{Ll}{2,}/u.test(part)) as string[])
    : [];
}

const title = new RegExp(`^(?:${titles}|Don|Do\u00f1a) `, 'u');

function untitled(name: string): string {
  return name.replace(title, '');
}

/** A name as it is written, or all in capitals, as in "OKORO:". */
function orInCapitals(name: string): string {
  return `${withAnyMarks(literal(name))}|${withAnyMarks(literal(name.toUpperCase()))}`;
}

function maskedText(
  text: string,
  names: readonly FoundName[],
  parties: ReadonlyMap<string, string>,
): MaskedText {
  const pieces: Piece[] = [];
  let masked = '';
  let done = 0;
  for (const { start, end, owner, apostrophe } of names) {
    masked += text.slice(done, start);
    const party = `${parties.get(owner) ?? text.slice(start, end)}${apostrophe && `${apostrophe}s`}`;
    pieces.push({ maskedStart: masked.length, maskedEnd: masked.length + party.length, start, end });
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

/** A name as it is looked up: case, and the form of its apostrophes, hyphens and spaces, make no difference. */
function keyOf(name: string): string {
  return withoutInnerMarks(name)
    .toLowerCase()
    .replace(/['\u2019\u02bc]/g, "'")
    .replace(/[-\u2010\u2011]/g, '-')
    .replace(/\s+/g, ' ');
}

/** Models write the curly apostrophe where a file has the straight one. */
function withAnyMarks(pattern: string): string {
  return pattern
    .replace(/['\u2019\u02bc]/g, "['\u2019\u02bc]")
    .replace(/[-\u2010\u2011]/g, '[-\u2010\u2011]')
    .replace(/ /g, '\\s+');
}

/** An alias in small letters has a capital at the start of a sentence. */
function eitherInitial(alias: string): string {
  const [first = '', ...rest] = alias;
  const initial = first === first.toLowerCase() ? anyCase(first) : literal(first);
  return withAnyMarks(`${initial}${literal(rest.join(''))}`);
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
