import type { RoleBreakKind } from '../debate/readings.ts';
import type { CastMember } from '../debate/setup.ts';
import { rememberingFor } from '../text/memo.ts';
import { matchesIn } from '../text/words.ts';

export type Named = Pick<CastMember, 'id' | 'name' | 'short'>;

/** A stretch of a speech that leaves the role. */
export interface FoundBreak {
  kind: RoleBreakKind;
  /** Whom it speaks as; null for the other kinds. */
  as: string | null;
  text: string;
  start: number;
}

export function formsIn(
  speaker: string,
  own: string,
  cast: readonly Named[],
  least: 'sure' | 'likely',
): FoundBreak[] {
  const labels = labelsIn(speaker, own, cast).filter(
    ({ text }) => least === 'likely' || /^[\s*_]*[[\uff3b\u3010]/.test(text),
  );
  return [...labels, ...stageDirectionsIn(own, least === 'likely'), ...tagsIn(own)].sort(
    (one, other) => one.start - other.start,
  );
}

/** The moderator's label, in the form that prompts use and as models write it. */
const moderator = { id: 'moderator', name: 'Moderator', short: 'Moderator' };

/** Square brackets as scripts write them, and what may stand in them: longer is text. */
const opening = '[\\[\uff3b\u3010]';
const closing = '[\\]\uff3d\u3011]';
const bracketed = '[^\\[\\]\uff3b\uff3d\u3010\u3011\\n]{1,60}';

/** A label of another one: at the beginning of a line, or of a sentence that it opens. */
function labelsIn(speaker: string, text: string, cast: readonly Named[]): FoundBreak[] {
  if (!/[:\uff1a]/.test(text)) return [];
  const own = cast.find(({ id }) => id === speaker);
  const others = [...cast.filter(({ id }) => id !== speaker), moderator];
  const named = others.flatMap((other) =>
    labelOf(other).mayStand.test(text)
      ? matches(text, labelOf(other).form, 'another', other.id).filter(({ start }) =>
          opensSentence(text, start),
        )
      : [],
  );
  const unknown = matchesIn(text, foreign).flatMap((match): FoundBreak[] => {
    const name = (match[1] ?? '').trim().toLowerCase();
    const isOwn = own && [own.name, own.short].some((one) => one.toLowerCase() === name);
    const isKnown = named.some(({ start }) => start >= match.index && start < match.index + match[0].length);
    const isLabel = opensSentence(text, match.index) && /^\p{L}/u.test(name) && !/^[pt]\s?\d/.test(name);
    return isOwn || isKnown || !isLabel
      ? []
      : [{ kind: 'another', text: match[0].trim(), start: match.index, as: null }];
  });
  return [...named, ...unknown];
}

const foreign = new RegExp(`${opening}(${bracketed})${closing}[ \\t*_]*[:\\uff1a]`, 'gu');

/** A member of the cast stays for a debate; the moderator for all. */
const labelOf = rememberingFor(({ name, short }: Named) => {
  const plain = [name, short, surnameOf(name)].flatMap((one) => one ?? []);
  const names = [...plain, ...plain.map((one) => one.toUpperCase())].map(literal);
  const who = `(?:${[...new Set(names)].join('|')})`;
  const title = '(?:\\p{Lu}\\p{Ll}{3,12}|Dr\\.?|Mr\\.?|Mrs\\.?|Ms\\.?|Mme|Sra?\\.?) ';
  const label = `(?<![\\p{L}\\p{N}])${who}[\\s*_\\]\uff3d\u3011]{0,4}[:\uff1a](?!\\/)`;
  // Under a title and in the same sentence somebody is spoken to: "Señora Retamales: le agradezco".
  const titled = `${title}${label}(?=[\\s*_]{0,4}[^\\s*_\\p{Ll}])`;
  return {
    /** What every label holds: to look for it alone is quick. */
    mayStand: new RegExp(`${who}[\\s*_\\]\uff3d\u3011]{0,4}[:\uff1a]`, 'u'),
    form: new RegExp(`${opening}?(?:${titled}|(?<!${title})${label}(?=[\\s*_]{0,4}\\S))`, 'gu'),
  };
});

/** Letters looked at before and behind a place: enough for marks and spaces, and the same work everywhere. */
const around = 12;

/** Does a sentence or a line begin here? */
function opensSentence(text: string, place: number): boolean {
  const before = text.slice(Math.max(0, place - around), place);
  return place === 0 || /(?:^|\n)[\s*_>]*$/.test(before)
    ? place <= around || /\n[\s*_>]*$/.test(before)
    : /[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4]["'\u201d\u2019\u00bb\u300d]?[\s*_]*$/.test(before);
}

/** Does the line end here, or a new sentence begin? */
function endsSentence(text: string, place: number): boolean {
  return /^[ \t]*(?:$|\n|["\u201c\u00ab\u300c\u00bf\u00a1]?[\p{Lu}\p{Lo}])/u.test(
    text.slice(place, place + around),
  );
}

const directions =
  /\*(?![*\s])[^*\n]{3,160}(?<!\s)\*(?!\*)|_(?![_\s])[^_\n]{3,160}_(?!_)|[([][^()[\]\n]{3,160}[)\]]|\uff08[^\uff08\uff09\n]{2,80}\uff09/gu;

/** What a body does, between stars, underscores or brackets, as a sentence of its own: on its own line, or between two sentences. What ends a line in square brackets is a tag. */
function stageDirectionsIn(text: string, withAsides: boolean): FoundBreak[] {
  return matchesIn(text, directions).flatMap((match): FoundBreak[] => {
    const end = match.index + match[0].length;
    if (!opensSentence(text, match.index) || !endsSentence(text, end)) return [];
    const words = match[0].slice(1, -1).trim();
    const isAlone = isOwnLine(text, match.index, end);
    if (match[0].startsWith('[') && endsLine(text, end)) return [];
    return isDirection(words, isAlone, withAsides, match[0].charAt(0))
      ? [{ kind: 'stage-direction', text: match[0], start: match.index, as: null }]
      : [];
  });
}

/** Neither a citation, nor an emphasised sentence, nor an aside with a figure, nor a single word that is stressed. */
function isDirection(words: string, isAlone: boolean, withAsides: boolean, mark: string): boolean {
  if (/^[PT]\s?\d/.test(words) || /\d/.test(words)) return false;
  const isSentence = /[.!?\u3002\uff01\uff1f]$/.test(words);
  const isClause =
    words.includes(' ') || /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]{3}/u.test(words);
  // A starred sentence that begins with a capital is emphasis; one in brackets between two sentences mostly describes the speaker.
  if (mark === '*' || mark === '_')
    return isClause && !(isSentence && /^\p{Lu}/u.test(words)) && (isAlone || !/^\p{Lu}/u.test(words));
  // A script without capitals shows no difference between a direction and an aside that is no sentence.
  const mayBe = isSentence || /^\p{Lo}/u.test(words);
  return isClause ? isAlone || (withAsides && mayBe) || /^\p{Ll}/u.test(words) : isAlone;
}

function isOwnLine(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - around), start);
  const isFirst = start <= around ? /(?:^|\n)[ \t]*$/.test(before) : /\n[ \t]*$/.test(before);
  return isFirst && endsLine(text, end);
}

function endsLine(text: string, place: number): boolean {
  return /^[ \t*_]*(?:$|\n)/.test(text.slice(place, place + around));
}

/** Neither a citation nor the number of a note. */
const tags = new RegExp(
  `[*_]{0,3}(?:${opening}(?!\\s?(?:\\p{L}+ )?[PpTt]?\\s?\\d+(?:\\s?[,;\u2013-]\\s?[PpTt]?\\s?\\d+)*\\s?\\])${bracketed}${closing}|<\\/?\\p{L}[\\p{L} _-]{1,30}>)[*_]{0,3}`,
  'gu',
);
/** Letters at the end of a speech in which a count of its words, or a mark of its end, would stand. */
const tail = 60;
const count =
  /(?<open>[([*_\uff08]{0,3})(?:(?<label>\p{L}[\p{L} ]{0,24}[:\uff1a])\s?(?<number>\d{2,4})(?: ?\p{L}{1,12})?|[~\u2248\u7ea6\u7d04]?(?<bare>\d{2,4}) ?\p{L}{1,12})[)\]*_\uff09]{0,3}$/u;
/** "— End of turn —" behind the last sentence, or a short last line under a rule. */
const endMark =
  /(?:[\u2014\u2013-]{1,3} ?\p{L}[\p{L}\p{N}\p{M} '\u2019]{1,40} ?[\u2014\u2013-]{1,3}|-{3,}\n+[^\n.!?]{1,40})$/u;

/** A tag in brackets at the end of a line; at the end of the speech a count of its words and a mark that it ends. */
function tagsIn(text: string): FoundBreak[] {
  const found = matchesIn(text, tags).flatMap((match): FoundBreak[] => {
    const isLast = endsLine(text, match.index + match[0].length);
    return isLast && opensSentence(text, match.index) ? [tagAt(match.index, match[0])] : [];
  });
  const end = text.trimEnd().length;
  const from = Math.max(0, end - tail);
  const last = text.slice(from, end);
  const ends = [countIn(last, text), endMark.exec(last)].flatMap((match) => {
    const start = match ? from + match.index : 0;
    const isNew = start > 0 && opensSentence(text, start) && !found.some((one) => overlaps(one, start));
    return match && isNew ? [tagAt(start, match[0])] : [];
  });
  return [...found, ...ends.slice(0, 1)];
}

function tagAt(start: number, text: string): FoundBreak {
  return { kind: 'meta', text, start, as: null };
}

function overlaps({ start, text }: FoundBreak, place: number): boolean {
  return place >= start && place < start + text.length;
}

/** A number by itself may be a term ("Our price. 300 euros"): it counts the words where it says of what or stands on its own line in brackets, else where it is about right. */
function countIn(last: string, text: string): RegExpExecArray | null {
  const match = /\d\d/.test(last) ? count.exec(last) : null;
  if (!match) return null;
  const { open = '', label, number, bare } = match.groups ?? {};
  if (open !== '' && (label !== undefined || last.charAt(match.index - 1) === '\n')) return match;
  const words = text.match(word)?.length ?? 0;
  const stated = Number(number ?? bare);
  return stated >= words / 2 && stated <= words * 2 ? match : null;
}

const word =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[[\p{L}\p{N}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]]+/gv;

export function matches(
  text: string,
  pattern: RegExp,
  kind: RoleBreakKind,
  as: string | null = null,
): FoundBreak[] {
  return matchesIn(text, pattern).map((match) => ({
    kind,
    text: match[0].trim(),
    start: match.index + (match[0].length - match[0].trimStart().length),
    as,
  }));
}

/** The last word of a name whose words all begin with capitals. */
function surnameOf(name: string): string | null {
  const words = name.split(/\s+/);
  const last = words.at(-1) ?? '';
  return words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word)) && last.length > 2 ? last : null;
}

export function literal(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
