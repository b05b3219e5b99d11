import { type ForeignTurn, longestName, sameName, type TranscriptForm } from './foreign-turns.ts';

type TellFault = (line: number, message: string) => void;
type Row = { text: string; line: number };

/** A time in front of a name: 12:03, [00:12:03]. */
const time = '(?:[[(]?\\d{1,2}:\\d{2}(?::\\d{2})?[\\])]?\\s+)?';
/** Titles and initials have dots in names; a dot elsewhere ends a sentence. */
const dotted =
  '(?:\\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gen|Col|Capt|Lt|Sgt|Gov|Hon|Rev|Amb|Jr|Sr|St|H\\.E|MR|MRS|MS|DR|PROF|SEN|REP|GEN|HON|\\p{Lu})\\.)';
const nameLetters = `(?=[\\p{Lu}\\p{Lo}\\p{N}\\p{Ll}])(?:${dotted}|[^:：*_\\n.!?;\\[\\]]){1,${longestName}}`;
const bold = new RegExp(
  `^\\s*(?:[-*>]\\s+)?${time}(?:\\*\\*|__)([^*_\\n]{1,${longestName}}?)\\s*(?::(?:\\*\\*|__)|(?:\\*\\*|__)\\s*:)\\s*(.*)$`,
  'u',
);
/** A time behind a name: Ann (10:02 AM). */
const timeBehind = '(?:\\s*[([]\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\s?[AaPp]\\.?[Mm]\\.?)?[)\\]])?';
const label = new RegExp(
  `^\\s*(?:[-*>]\\s+)?${time}(${nameLetters}?)${timeBehind}(?::(?:\\s+(.*)|)|：\\s*(.*))$`,
  'u',
);
const bracketed = new RegExp(
  `^\\s*(?:[-*>]\\s+)?${time}[[【]([^\\]】\\n]{1,${longestName}})[\\]】]\\s*[:：]?\\s*(.*)$`,
  'u',
);
const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const rule = /^\s*(?:[-*_]\s*){3,}$/;

/** Words of a name; more make a sentence that happens to hold a colon. */
const mostWords = 8;

/**
 * Reads text whose turns begin with a label (`Name:` or `**Name:**`) or stand below a heading. A label counts at the
 * beginning of a paragraph, or right below a line that is a labelled turn itself; with names given, wherever one of them stands.
 */
export function parseSpokenTurns(
  text: string,
  speakers: readonly string[] | null,
  fault: TellFault,
): { form: TranscriptForm; turns: ForeignTurn[] } {
  const rows = withoutFacts(
    withoutFrontMatter(
      text.split('\n').map((row, index) => ({ text: withoutLineNumber(row), line: index + 1 })),
    ),
  );
  const labelled = turnsByLabel(rows, speakers);
  const fields = fieldsAmong(labelled.turns);
  if (fields !== null && !speakers) {
    fault(
      fields.line,
      `${fields.names.join(', ')} look like the fields of records and not like speakers; convert it to "Name: speech", JSON lines or CSV`,
    );
    return { form: 'names before colons', turns: [] };
  }
  if (labelled.turns.length > 0) {
    if (labelled.stray) fault(labelled.stray.line, strayMessage(labelled.stray));
    return { form: 'names before colons', turns: checked(labelled.turns, fault) };
  }
  const turns = turnsByHeading(rows, speakers);
  if (turns.length === 0) {
    const [first] = rows.filter((row) => row.text.trim() !== '');
    fault(
      first?.line ?? 1,
      'no turn begins here; write "Name: speech", "**Name:** speech" or a heading with the name',
    );
  }
  return { form: 'headings with names', turns: checked(turns, fault) };
}

/** Court reporters number every line. */
function withoutLineNumber(row: string): string {
  return row.replace(/^\s{0,8}\d{1,2}\s{2,}(?=\S)/, '');
}

/** Facts about a talk stand above it: lines with labels of which none comes back, parted from the talk by a rule. */
function withoutFacts(rows: readonly Row[]): Row[] {
  const end = rows.findIndex(({ text }) => rule.test(text));
  if (end < 0) return [...rows];
  const nameOf = ({ text }: Row) => {
    const found = mayHoldLabel(text) ? (bold.exec(text) ?? label.exec(text)) : null;
    return found ? sameName(found[1] ?? '') : null;
  };
  const above = rows.slice(0, end).filter(({ text }) => text.trim() !== '' && !heading.test(text));
  const below = rows.slice(end).flatMap((row) => nameOf(row) ?? []);
  const names = above.map(nameOf);
  const areFacts = names.length >= 2 && names.every((name) => name !== null && !below.includes(name));
  return areFacts && new Set(names).size === names.length && new Set(below).size >= 2
    ? rows.slice(end)
    : [...rows];
}

/** Names of fields that records of messages have and that name nobody. */
const fieldNames = /^(?:timestamp|role|sender|message|id|model|tokens|type|status)$/i;

/** The names where several of them are those of fields, each as often as the others; null where they are speakers. */
function fieldsAmong(turns: readonly Open[]): { names: string[]; line: number } | null {
  const names = [...new Map(turns.map(({ speaker }) => [sameName(speaker), speaker])).values()];
  const fields = names.filter((name) => fieldNames.test(name));
  return fields.length >= 2 && turns[0] ? { names: fields, line: turns[0].line } : null;
}

function strayMessage({ text }: Row): string {
  const start = text.trim().slice(0, 40);
  return `"${start}" stands before the first speaker; begin it with a name and a colon, or take it out`;
}

interface Open {
  speaker: string;
  line: number;
  rows: string[];
}

/** What may name a speaker here: what looks like a name, and what stands before a colon again and again, in small letters too. */
function namesIn(rows: readonly Row[]): (name: string) => boolean {
  const counts = new Map<string, number>();
  for (const { text } of rows) {
    if (!mayHoldLabel(text)) continue;
    const found = (label.exec(text) ?? bracketed.exec(text))?.[1]?.trim();
    if (found) counts.set(sameName(found), (counts.get(sameName(found)) ?? 0) + 1);
  }
  const often = [...counts].filter(([, count]) => count > 1).map(([found]) => found);
  return (found) =>
    looksLikeName(found) ||
    // One phrase that returns is a refrain; two are a conversation.
    (often.length > 1 &&
      often.includes(sameName(found)) &&
      !noNames.test(found) &&
      found.split(/\s+/).length <= 3);
}

function turnsByLabel(
  rows: readonly Row[],
  speakers: readonly string[] | null,
): { turns: Open[]; stray: Row | null } {
  const mayName = namesIn(rows);
  // Points of a list inside a speech have labels too: they are turns only where every label stands in a list.
  const isListed = (text: string) => /^\s*[-*]\s/.test(text);
  const isOutside = rows.some(({ text }) => !isListed(text) && labelIn(text, speakers, mayName) !== null);
  const turns: Open[] = [];
  let stray: Row | null = null;
  let mayBegin = true;
  for (const row of rows) {
    if (row.text === '') {
      turns.at(-1)?.rows.push('');
      mayBegin = true;
      continue;
    }
    if (rule.test(row.text)) continue;
    const begun: Label | null =
      isOutside && isListed(row.text)
        ? null
        : labelIn(row.text, speakers, mayBegin ? mayName : looksLikeName);
    if (begun) turns.push({ speaker: begun.name, line: row.line, rows: [begun.rest] });
    else if (turns.length > 0) turns.at(-1)?.rows.push(row.text);
    else if (row.text.trim() !== '' && !heading.test(row.text)) stray ??= row;
    mayBegin = begun !== null || row.text.trim() === '';
  }
  return { turns, stray };
}

/** Every label has a colon or brackets; most lines have neither. */
function mayHoldLabel(text: string): boolean {
  return /[:：\]】]/.test(text);
}

type Label = { name: string; rest: string };

/** "Mr. Cole (Example Republic) (spoke in French)": what language it was in is no part of a name. */
function withoutAside(name: string): string {
  return name.replace(/\s*\((?:spoke|speaking|interpretation|on)\b[^()]{0,60}\)\s*$/i, '').trim();
}

/** Words that stand before a colon in prose and in notes, and name nobody. */
const noNames =
  /^(?:note|notes|warning|example|summary|conclusion|background|abstract|question|answer|date|time|place|location|topic|subject|title|re|source|sources|agenda|present|attendees|participants|http|https|ps|p\.s\.|update|edit|tl;dr|todo|remember|namely|hinweis|nota)$/i;

/** A name begins with a capital, a digit or a script without capitals, word by word but for particles; a sentence does not. */
function looksLikeName(name: string): boolean {
  const bare = name.replace(/\([^()]*\)/g, ' ').trim();
  if (bare === '' || noNames.test(bare)) return false;
  const particles =
    /^(?:of|the|and|for|de|da|di|del|der|den|des|du|la|le|van|von|al|bin|ibn|el|y|e|und|&|to|in|on|at)$/;
  return bare
    .split(/\s+/)
    .every((word, place) => /^["'“(]?[\p{Lu}\p{Lo}\p{N}]/u.test(word) || (place > 0 && particles.test(word)));
}

function labelIn(
  text: string,
  speakers: readonly string[] | null,
  mayName: (name: string) => boolean,
): Label | null {
  if (!mayHoldLabel(text)) return null;
  const found = bold.exec(text) ?? label.exec(text) ?? bracketed.exec(text);
  if (!found) return null;
  const name = (found[1] ?? '').trim();
  if (speakers && !speakers.some((speaker) => sameName(speaker) === sameName(name))) return null;
  const isBold = bold.test(text);
  if (!speakers && (isBold ? noNames.test(name) : !mayName(name))) return null;
  return name === '' || name.split(/\s+/).length > mostWords
    ? null
    : { name: withoutAside(name), rest: found[2] ?? found[3] ?? '' };
}

/** Speakers are the headings of the level that has the most; what stands above the first one is a title. */
function turnsByHeading(rows: readonly Row[], speakers: readonly string[] | null): Open[] {
  const found = rows.flatMap((row) => {
    if (row.text === '') return [];
    const match = heading.exec(row.text);
    const name = (match?.[2] ?? '').replace(/[*_`]/g, '').replace(/:$/, '').trim();
    const isKnown = !speakers || speakers.some((speaker) => sameName(speaker) === sameName(name));
    return match && name !== '' && name.length <= longestName && isKnown
      ? [{ row, level: match[1]?.length, name }]
      : [];
  });
  const counts = Map.groupBy(found, ({ level }) => level);
  const [level] = [...counts].sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
  const turns: Open[] = [];
  const heads = new Map(found.filter((one) => one.level === level).map((one) => [one.row, one]));
  for (const row of rows) {
    const begun = heads.get(row);
    if (begun) turns.push({ speaker: begun.name, line: row.line, rows: [] });
    else if (!rule.test(row.text)) turns.at(-1)?.rows.push(row.text);
  }
  return turns;
}

function checked(turns: readonly Open[], fault: TellFault): ForeignTurn[] {
  return turns.flatMap(({ speaker, line, rows }) => {
    const text = rows.join('\n').trim();
    if (text === '') fault(line, `${speaker} says nothing here; leave the turn out or complete it`);
    return text === '' ? [] : [{ speaker, text, line, round: null }];
  });
}

function withoutFrontMatter(rows: readonly Row[]): Row[] {
  if (rows[0]?.text.trimEnd() !== '---') return [...rows];
  const end = rows.findIndex((row, index) => index > 0 && row.text.trimEnd() === '---');
  return end < 0 ? [...rows] : rows.slice(end + 1);
}
