import type { RoleBreakKind } from '../debate/readings.ts';
import type { CastMember } from '../debate/setup.ts';
import { rememberingFor } from '../text/memo.ts';
import { findQuotations } from './quotations.ts';

/** A place where a speaker is not the persona it should be. */
export interface RoleBreak {
  turn: number;
  /**
   * - another: speaks in another one's name, or under its label
   * - assistant: speaks as a model or an assistant
   * - stage-direction: describes what its body does
   * - meta: talks about its persona, its prompt or the exercise, or marks the end of its turn
   */
  kind: RoleBreakKind;
  /** The words that show it. */
  text: string;
  /** Their place in the turn; null where they were taken off before others read them. */
  start: number | null;
  /** Whom it speaks as; null for the other kinds. */
  as: string | null;
}

type Named = Pick<CastMember, 'id' | 'name' | 'short'>;
type Found = Pick<RoleBreak, 'kind' | 'as'> & { text: string; start: number };

/**
 * Forms that break a role in any language, told from the form alone: another's label in brackets, a stage direction that stands by
 * itself, a tag or a word count at the end. What stands in quotation marks is somebody else's, and breaks nothing. Only a reader can tell
 * whether a sentence in brackets among others is a direction or an aside ("(I have tried it on the porters.)"), and whether a name with
 * a colon speaks or is spoken to ("Señora Retamales: le agradezco").
 */
export function formalBreaksIn(speaker: string, text: string, cast: readonly Named[]): Found[] {
  return formsIn(speaker, withoutQuotations(text), cast, 'sure');
}

function formsIn(speaker: string, own: string, cast: readonly Named[], least: 'sure' | 'likely'): Found[] {
  const labels = labelsIn(speaker, own, cast).filter(
    ({ text }) => least === 'likely' || /^[\s*_]*\[/.test(text),
  );
  return [...labels, ...stageDirectionsIn(own, least === 'likely'), ...tagsIn(own)].sort(
    (one, other) => one.start - other.start,
  );
}

/**
 * Role breaks that code finds in one speech: the forms, and phrases of an assistant's voice in the languages that parley knows. The
 * phrases are a cue for a reader where no judge has looked; what a judge has read goes before them (see `fidelityOf`).
 */
export function roleBreaksIn(
  { turn, speaker, text, raw }: { turn: number; speaker: string; text: string; raw?: string | undefined },
  cast: readonly Named[],
): RoleBreak[] {
  const own = withoutQuotations(text);
  const phrases = [
    ...matches(own, assistant, 'assistant'),
    ...matches(own, meta, 'meta'),
    ...cast
      .filter(({ id }) => id !== speaker)
      .flatMap((other) => matches(own, speakingAs(other), 'another', other.id)),
  ];
  const forms = formsIn(speaker, own, cast, 'likely');
  const isNew = (phrase: Found) => !forms.some((form) => overlap(form, phrase));
  const inText = [...forms, ...phrases.filter(isNew)].map((one): RoleBreak => ({ turn, ...one }));
  return [...wrappersOf(turn, raw, speaker, cast), ...inText].sort(
    (one, other) => (one.start ?? -1) - (other.start ?? -1),
  );
}

/** Breaks that were taken off a reply before others read it. */
export function wrappersOf(
  turn: number,
  raw: string | undefined,
  speaker: string,
  cast: readonly Named[],
): RoleBreak[] {
  if (raw === undefined) return [];
  return wrappersIn(raw, speaker, cast).map((one) => ({ turn, ...one, start: null }));
}

/**
 * A speech without what is plainly no part of it: stage directions that stand by themselves, tags and word counts at its end. The text is
 * given back as it is where nothing else would be left.
 */
export function withoutWrappers(text: string, speaker: string, cast: readonly Named[]): string {
  let kept = text;
  for (const { start, text: words } of wrappersIn(text, speaker, cast).reverse()) {
    // The space on one side goes with it.
    const end = start + words.length;
    kept = kept.slice(0, start) + kept.slice(kept[end] === ' ' ? end + 1 : end);
  }
  if (kept === text) return text;
  const lines = kept.split('\n').map((line) => line.trim());
  const tidy = lines
    .filter((line, place) => line !== '' || lines[place - 1] !== '')
    .join('\n')
    .trim();
  return tidy === '' ? text : tidy;
}

function wrappersIn(text: string, speaker: string, cast: readonly Named[]): Found[] {
  return formalBreaksIn(speaker, text, cast).filter(
    ({ kind }) => kind === 'stage-direction' || kind === 'meta',
  );
}

/** The moderator's label, in the form that prompts use and as models write it. */
const moderator = { id: 'moderator', name: 'Moderator', short: 'Moderator' };

/** Letters of a bracketed label, a tag or a stage direction; longer ones are text. */
const bracketed = '[^\\[\\]\\n]{1,60}';

/** A label of another one: at the beginning of a line, or of a sentence that it opens. */
function labelsIn(speaker: string, text: string, cast: readonly Named[]): Found[] {
  if (!/[:\uff1a]/.test(text)) return [];
  const own = cast.find(({ id }) => id === speaker);
  const others = [...cast.filter(({ id }) => id !== speaker), moderator];
  const named = others.flatMap((other) =>
    matches(text, labelOf(other), 'another', other.id).filter(({ start }) => opensSentence(text, start)),
  );
  const unknown = [...text.matchAll(foreign)].flatMap((match): Found[] => {
    const name = (match[1] ?? '').trim().toLowerCase();
    const isOwn = own && [own.name, own.short].some((one) => one.toLowerCase() === name);
    const isKnown = named.some(({ start }) => start >= match.index && start < match.index + match[0].length);
    return isOwn || isKnown || /^[pt]\s?\d/.test(name)
      ? []
      : [{ kind: 'another', text: match[0].trim(), start: match.index, as: null }];
  });
  return [...named, ...unknown];
}

const foreign = new RegExp(`^[ \\t*_]*\\[(${bracketed})\\][ \\t*_]*[:\\uff1a]`, 'gmu');

/** A member of the cast stays for a debate; the moderator for all. */
const labelOf = rememberingFor(({ name, short }: Named) => {
  const plain = [name, short, surnameOf(name)].flatMap((one) => one ?? []);
  const names = [...plain, ...plain.map((one) => one.toUpperCase())].map(literal);
  const who = `(?:${[...new Set(names)].join('|')})`;
  const title = '(?:(?:\\p{Lu}\\p{Ll}{3,12}|Dr\\.?|Mr\\.?|Mrs\\.?|Ms\\.?|Mme|Sra?\\.?) )?';
  return new RegExp(
    `\\[?${title}(?<![\\p{L}\\p{N}])${who}[\\s*_\\]]{0,4}[:\uff1a](?!\\/)(?=[\\s*_]{0,4}\\S)`,
    'gu',
  );
});

/** Letters looked at before and behind a place: enough for marks and spaces, and the same work everywhere. */
const around = 12;

/** Does a sentence or a line begin here? */
function opensSentence(text: string, place: number): boolean {
  const before = text.slice(Math.max(0, place - around), place);
  return place === 0 || /(?:^|\n)[\s*_>]*$/.test(before)
    ? place <= around || /\n[\s*_>]*$/.test(before)
    : /[.!?\u2026\u3002\uff01\uff1f]["'\u201d\u2019\u00bb\u300d]?\s*$/.test(before);
}

/** Does the line end here, or a new sentence begin? */
function endsSentence(text: string, place: number): boolean {
  return /^[ \t]*(?:$|\n|["\u201c\u00ab\u300c\u00bf\u00a1]?[\p{Lu}\p{Lo}])/u.test(
    text.slice(place, place + around),
  );
}

const directions =
  /\*(?![*\s])[^*\n]{3,160}(?<!\s)\*(?!\*)|_(?![_\s])[^_\n]{3,160}_(?!_)|\([^()\n]{3,160}\)|\uff08[^\uff08\uff09\n]{2,80}\uff09/gu;

/** What a body does, between stars, underscores or brackets, as a sentence of its own: on its own line, or between two sentences. */
function stageDirectionsIn(text: string, withAsides: boolean): Found[] {
  return [...text.matchAll(directions)].flatMap((match): Found[] => {
    const end = match.index + match[0].length;
    if (!opensSentence(text, match.index) || !endsSentence(text, end)) return [];
    const words = match[0].slice(1, -1).trim();
    const isAlone = isOwnLine(text, match.index, end);
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
  return isClause ? isAlone || (withAsides && isSentence) || /^\p{Ll}/u.test(words) : isAlone;
}

function isOwnLine(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - around), start);
  const isFirst = start <= around ? /(?:^|\n)[ \t]*$/.test(before) : /\n[ \t]*$/.test(before);
  return isFirst && /^[ \t]*(?:$|\n)/.test(text.slice(end, end + around));
}

const tags = new RegExp(`\\[(?!\\s?[PpTt]\\s?\\d)${bracketed}\\]`, 'gu');
/** Letters at the end of a speech in which a count of its words would stand. */
const tail = 60;
const count =
  /[([*_]{0,3}(?:\p{L}[\p{L} ]{1,24}[:\uff1a]\s?\d{2,4}(?: ?\p{L}{2,12})?|[~\u2248]?\d{2,4} ?\p{L}{1,12})[)\]*_]{0,3}$/u;

/** A tag in square brackets at the end of a line, and a count of words at the end of the speech. */
function tagsIn(text: string): Found[] {
  const found = [...text.matchAll(tags)].flatMap((match): Found[] => {
    const end = match.index + match[0].length;
    const isLast = /^[ \t]*(?:$|\n)/.test(text.slice(end, end + around));
    return isLast && opensSentence(text, match.index)
      ? [{ kind: 'meta', text: match[0], start: match.index, as: null }]
      : [];
  });
  const end = text.trimEnd().length;
  const from = Math.max(0, end - tail);
  const counted = count.exec(text.slice(from, end));
  const start = counted ? from + counted.index : 0;
  const isCount =
    counted && start > 0 && opensSentence(text, start) && !found.some((one) => one.start === start);
  return isCount ? [...found, { kind: 'meta', text: counted[0], start, as: null }] : found;
}

const assistant =
  /\b(?:as an? (?:ai\b|artificial intelligence|(?:large )?language model|llm\b|chatbot)|i(?:['\u2019]m| am) (?:just |only )?(?:an? )?(?:ai\b|(?:large )?language model|llm\b|chatbot|(?:ai |virtual )assistant)|my (?:training data|knowledge cut-?off|programming)|(?:certainly|sure|of course)[!,.] here(?:['\u2019]s| is| are) |i hope this helps|let me know if you(?:['\u2019]d| would) like me to|(?:als|en tant qu(?:e|['\u2019])|como|come|jako|als een) (?:une? |uma? |un['\u2019]?|an? |ein(?:e)? )?(?:ki(?:-|\b)|ia\b|ai\b|intelligence artificielle|(?:ki-)?sprachmodell|mod[e\u00e8]le de langage|modelo de len?guaje|modelo de linguagem|modello linguistico|taalmodel))|\u4f5c\u4e3a(?:\u4e00\u4e2a|\u4e00\u6b3e)?(?:ai|\u4eba\u5de5\u667a\u80fd|\u8bed\u8a00\u6a21\u578b)|(?:ai|\u8a00\u8a9e\u30e2\u30c7\u30eb)\u3068\u3057\u3066/gi;

const meta =
  /\b(?:in this (?:simulation|simulated debate|role-?play)|my (?:persona|character|assigned role|system prompt)\b|(?:the|this|my) system prompt\b|role-?playing|(?:stay|remain)(?:ing)? in character|break(?:ing)? character|en esta simulaci\u00f3n|dans cette simulation|in dieser simulation|in questa simulazione)|\u8fd9\u573a\u6a21\u62df|\u3053\u306e\u30b7\u30df\u30e5\u30ec\u30fc\u30b7\u30e7\u30f3/gi;

/** "speaking for the ...", "I, as the ...", "as the ..., we ...". */
const speakingAs = rememberingFor(({ name, short }: Named) => {
  const who = `(?:the |an? )?(?:${literal(name)}|${literal(short)})(?![\\p{L}\\p{N}])`;
  const inName = `\\b(?:speaking (?:as|for|on behalf of)|i,? as|i am|i['\u2019]m|we,? as|i,) ${who}`;
  const asWe = `\\bas ${who},? (?:i|we)\\b`;
  return new RegExp(`${inName}|${asWe}`, 'giu');
});

function matches(text: string, pattern: RegExp, kind: RoleBreakKind, as: string | null = null): Found[] {
  return [...text.matchAll(pattern)].map((match) => ({
    kind,
    text: match[0].trim(),
    start: match.index + (match[0].length - match[0].trimStart().length),
    as,
  }));
}

function overlap(one: Found, other: Found): boolean {
  return one.start < other.start + other.text.length && other.start < one.start + one.text.length;
}

/** The last word of a name whose words all begin with capitals. */
function surnameOf(name: string): string | null {
  const words = name.split(/\s+/);
  const last = words.at(-1) ?? '';
  return words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word)) && last.length > 2 ? last : null;
}

function withoutQuotations(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of findQuotations(text)) {
    parts.push(text.slice(done, start), ' '.repeat(end - start));
    done = end;
  }
  return parts.join('') + text.slice(done);
}

function literal(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
