import { counted } from '../text/figures.ts';
import { remembering } from '../text/memo.ts';
import { type ForeignTurn, longestName, returningTurns, sameName, type TellFault } from './foreign-turns.ts';
import {
  headingIn,
  isRule,
  type Label,
  type OpenTurn,
  type Row,
  roundOf,
  turnsByHeading,
} from './heading-turns.ts';
import {
  documentHeading,
  fieldNames,
  isByProgram,
  isNoName,
  isOnlyStamp,
  looksLikeName,
  stamp,
  withoutLead,
} from './line-marks.ts';

/** Titles and initials have dots in names, and so has what stands in brackets; a dot elsewhere ends a sentence. */
const dotted =
  '(?:(?<!\\p{L})(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gen|Col|Capt|Lt|Sgt|Gov|Hon|Rev|Amb|Jr|Sr|St|Mme|Mlle|H\\.E|MR|MRS|MS|DR|PROF|SEN|REP|GEN|HON|\\p{Lu})\\.)';
const nameLetters = `(?=[@\\p{Lu}\\p{Lo}\\p{N}\\p{Ll}])(?:\\([^()\\n]{1,60}\\)|(?<=\\S )\\[[^[\\]\\n]{1,60}\\](?=\\s?:)|${dotted}|:(?=[\\p{L}\\p{N}])|[^:：*_\\n.!?;\\[\\]()]|\\.(?=[\\p{L}\\p{N}])|[_](?=[\\p{L}\\p{N}])){1,${longestName}}`;
/** A time behind a name: Ann (10:02 AM). */
const timeBehind = `(?:\\s{0,2}[([]${stamp.replace('(?:[[(]', '(?:[[(]?').replace('[\\])]|', '[\\])]?|')}[)\\]]?)?`;
const bold = new RegExp(
  `^(?:[-*>]\\s+)?(?:\\*\\*|__)([^*_\\n]{1,${longestName}}?)\\s*(?::(?:\\*\\*|__)|(?:\\*\\*|__)${timeBehind}\\s*:)\\s*`,
  'u',
);
const label = new RegExp(`^(?:[-*>]\\s+)?(${nameLetters}?)${timeBehind}\\s?(?::(?=\\s|$)|：)\\s*`, 'u');
const bracketed = new RegExp(
  `^(?:[-*>]\\s+)?(?:[[【](?<name>[^\\]】\\n]{1,${longestName}})[\\]】]\\s*[:：]?|\\((?<round>[^()\\n]{1,${longestName}})\\)\\s?[:：])\\s*`,
  'u',
);
const italic = new RegExp(`^(?:[*_]([^*_\\n]{1,${longestName}}?)(?::[*_]|[*_]\\s?:))\\s+`, 'u');

/** Labels stand so near to the beginning of a line. */
const longestLabel = 260;

/** Words of a name; more make a sentence that happens to hold a colon. */
const mostWords = 9;

/** Lines above the first speaker, title and who is there, that may be left out where the talk below is plain. */
const mostAbove = 20;

/** Turns by names before colons, or by headings with names, and what is not certain about them. */
export interface LabelledTurns {
  form: string;
  turns: ForeignTurn[];
  notes: string[];
}

/**
 * Reads text whose turns begin with a label (`Name:` or `**Name:**`) or stand below a heading. A label counts at the
 * beginning of a paragraph, or right below a line that is a labelled turn itself; with names given, wherever one of them stands.
 */
export function parseLabelledTurns(
  text: string,
  speakers: readonly string[] | null,
  fault: TellFault,
): LabelledTurns {
  const all: Row[] = [];
  const isNumbered = text.split('\n', 100).filter((row) => lineNumber.test(row)).length > 5;
  let isFirst = true;
  for (const [index, given] of text.split('\n').entries()) {
    const isEmpty = given === '' || given.trim() === '';
    if (!isEmpty && !(isNumbered && /^\s{0,8}\d{1,2}\s*$/.test(given))) {
      const row = withoutLineNumber(given);
      all.push({ text: row, line: index + 1, isFirst, found: foundIn(row) });
    }
    isFirst = isEmpty;
  }
  const rows = withoutLegend(withoutFacts(withoutFrontMatter(all)));
  const unnamed = onlyMarked(rows);
  if (unnamed && !speakers) {
    fault(
      unnamed.line,
      'this begins the words of somebody whom nothing names; write a name and a colon before them',
    );
    return { form: 'names before colons', turns: [], notes: [] };
  }
  const { turns: open, above } = turnsByLabel(rows, speakers);
  const titled = turnsByHeading(rows, speakers);
  const isTitled = open.length === 0 || returningTurns(titled) > returningTurns(open);
  const turns = isTitled ? titled : open;
  const form = isTitled ? 'headings with names' : 'names before colons';
  const labelled = Map.groupBy(
    [...rows.flatMap(({ found }) => found?.name ?? []), ...turns.map(({ speaker }) => speaker)],
    sameName,
  );
  const fields = [...labelled.values()].flatMap(([name = '', ...more]) =>
    fieldNames.test(name) && more.length > 0 ? [name] : [],
  );
  const [first] = isTitled ? [] : above;
  const parts = isTitled && !speakers ? partsOfDocument(turns) : [];
  const isPlain = returningTurns(turns) > 0 && above.length <= mostAbove;
  if (parts.length > 0) {
    const message = `${parts.slice(0, 5).join(', ')} look like headings of a document; name the speakers if they are`;
    fault(turns[0]?.line ?? 1, message);
    return { form, turns: [], notes: [] };
  }
  if (turns.length === 0) {
    const message =
      'no turn begins here; write "Name: speech", "**Name:** speech" or a heading with the name';
    fault(rows[0]?.line ?? 1, message);
  } else if (fields.length >= 2 && !speakers) {
    const message = `${fields.join(', ')} look like the fields of records and not like speakers; convert it to "Name: speech", JSON lines or CSV`;
    fault(turns[0]?.line ?? 1, message);
    return { form, turns: [], notes: [] };
  } else if (first && !isPlain) fault(first.line, strayMessage(first));
  const notes = first ? [`left out above the first speaker: ${counted(above.length, 'line')}`] : [];
  return { form, turns: checked(turns, fault, returningTurns(turns) > 0), notes };
}

/** Where captions mark each change of speaker with `>>`, nothing else begins a turn. Gives the first mark without a name. */
function onlyMarked(rows: Row[]): Row | undefined {
  const marked = rows.filter(({ text }) => /^\s{0,4}>>/.test(text));
  if (marked.length < 2) return undefined;
  for (const row of rows) if (!/^\s{0,4}>>/.test(row.text)) row.found = null;
  return marked.some(({ found }) => found) ? marked.find(({ found }) => !found) : undefined;
}

/** Court reporters number every line. */
const lineNumber = /^\s{0,8}\d{1,2}\s{2,}(?=\S)/;

function withoutLineNumber(row: string): string {
  return row.replace(lineNumber, '');
}

/** Headings that name no speakers: nobody comes back below them and none is a role, or they are what documents have. */
function partsOfDocument(turns: readonly OpenTurn[]): string[] {
  const names = [...new Set(turns.map(({ speaker }) => speaker))];
  const parts = names.filter((name) => documentHeading.test(name));
  if (parts.length * 3 > names.length) return parts;
  const isRole =
    /^(?:user|assistant|human|ai|system|you|chatgpt|claude|gemini|pro|con|for|against|affirmative|negative)\b/i;
  // Two short names are taken for people: a first exchange has no more.
  if (names.length === 2 && names.every((name) => /^\p{Lu}\p{L}{1,11}$/u.test(name))) return parts;
  return returningTurns(turns) === 0 && !names.some((name) => isRole.test(name)) ? names : [];
}

/** Facts about a talk stand above it: lines with labels of which none comes back, parted from the talk by a rule. */
function withoutFacts(rows: readonly Row[]): Row[] {
  const end = rows.findIndex(({ text }) => isRule(text));
  if (end < 0) return [...rows];
  const nameOf = ({ found }: Row) => (found && !found.isBracketed ? sameName(found.name) : null);
  const above = rows.slice(0, end).filter(({ text }) => headingIn(text) === null);
  const names = above.map(nameOf);
  if (names.length < 2 || names.includes(null) || new Set(names).size < names.length) return [...rows];
  const below = new Set(rows.slice(end).flatMap((row) => nameOf(row) ?? []));
  return below.size >= 2 && !names.some((name) => below.has(name ?? '')) ? rows.slice(end) : [...rows];
}

/** "Interview: Ann Lee (AL) and Bo Ray (BR), 24 May" names those who speak below, and is no sentence of anybody's. */
function withoutLegend(rows: Row[]): Row[] {
  const at = rows.findIndex(({ found }) => found);
  const first = rows[at]?.found;
  if (!first || /[.!?。！？]["'”’]?$/.test(first.rest.trimEnd())) return rows;
  const below = rows.slice(at + 1).flatMap(({ found }) => found?.name ?? []);
  const names = [...Map.groupBy(below, sameName).values()].flatMap(([name = '', ...more]) =>
    more.length > 0 ? [name] : [],
  );
  const words = new Set(first.rest.match(/[\p{L}\p{N}]+/gu));
  const isNamed = (name: string) =>
    name.split(/[^\p{L}\p{N}]+/u).every((word) => word === '' || words.has(word));
  const isLegend =
    !names.some((name) => sameName(name) === sameName(first.name)) && names.filter(isNamed).length >= 2;
  return isLegend ? rows.map((row, place) => (place === at ? { ...row, found: null } : row)) : rows;
}

function strayMessage({ text }: Row): string {
  const start = text.trim().slice(0, 40);
  return `"${start}" stands before the first speaker; begin it with a name and a colon, or take it out`;
}

/** What stands before a colon, in bold or in brackets at the beginning of a line, name or not. */
function foundIn(row: string): Label | null {
  const start = row.slice(0, longestLabel);
  if (!/[:：\]】]/.test(start)) return null;
  const bare = withoutLead(start.replace(/<\/?(?:b|strong|i|em|u)>/g, ''));
  const lead = /[^\s]/.test(bare) ? bare : start;
  const isLogged = /\b(?:DEBUG|INFO|WARN(?:ING)?|ERROR)\b/.test(start.slice(0, start.length - lead.length));
  if (isLogged && /^\p{Ll}/u.test(lead)) return null;
  const inBold = bold.exec(lead);
  const plain = inBold ? lead : lead.replace(/\*\*|__/g, '');
  const found = inBold ?? label.exec(plain) ?? bracketed.exec(plain) ?? italic.exec(plain);
  // "- [Fix] a bug": what stands in brackets before a point of a list names nobody without a colon.
  if (!found || (!inBold && /^[-*]\s+\[/.test(plain) && !/[:：]\s*$/.test(found[0]))) return null;
  const name = withoutAside((found.groups?.['name'] ?? found.groups?.['round'] ?? found[1] ?? '').trim());
  return {
    name,
    rest: plain.slice(found[0].length) + row.slice(longestLabel),
    isBold: inBold !== null,
    isBracketed: !inBold && /^(?:[-*>]\s+)?[[【]/.test(plain),
    isListed: /^\s{0,12}(?:[-*•]|\d{1,3}[.)])\s/.test(row),
  };
}

/** "Mr. Cole (Example Republic) (spoke in French)", "Ann (to Bo)": what language it was in and to whom it was said is no part of a name. */
function withoutAside(name: string): string {
  const aside =
    /\s*\((?:spoke|speaking|interpretation|parle|parlant|habla|hablando|fala|spricht|говорит|выступает|on|to)\b[^()]{0,60}\)\s*$/i;
  return name.replace(aside, '').trim();
}

/** What may name a speaker here: what looks like a name, and what stands before a colon again and again, in small letters too. */
function namesIn(rows: readonly Row[]): (name: string) => boolean {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { found: label } of rows) {
    const found = label?.name;
    if (!found) continue;
    count(sameName(found));
    const frame = frameOf(found);
    if (frame) count(`\n${frame}`);
  }
  const often = new Set(
    [...counts].filter(([key, times]) => times > 1 && !key.startsWith('\n')).map(([key]) => key),
  );
  const isFramed = [...counts].some(([key, times]) => times > 1 && key.startsWith('\n'));
  return remembering(1000, (found: string): boolean => {
    if (looksLikeName(found)) return true;
    if (isNoName(found) && !(sameName(found) === 'question' && often.has('question'))) return false;
    const frame = frameOf(found);
    if (frame !== null && (isFramed || (counts.get(`\n${frame}`) ?? 0) > 1)) return true;
    // One phrase that returns is a refrain; two are a conversation.
    const words = found
      .replace(/\([^()]*\)/g, '')
      .trim()
      .split(/\s+/);
    return often.size > 1 && often.has(sameName(found)) && words.length <= 3;
  });
}

/** The words before a name in capitals, "El señor" of "El señor RAY": where they come back, they are a title. */
function frameOf(name: string): string | null {
  return (
    /^(\p{Lu}\p{L}{0,14}(?: \p{Ll}{1,14})?) \p{Lu}[\p{Lu}'’-]+(?:\s|$)/u.exec(name)?.[1]?.toLowerCase() ??
    null
  );
}

function turnsByLabel(
  rows: readonly Row[],
  speakers: readonly string[] | null,
): { turns: OpenTurn[]; above: Row[] } {
  const mayName = namesIn(rows);
  const labels = rows.map((row) => labelIn(row, speakers, mayName));
  const counts = new Map<string, number>();
  for (const label of labels)
    if (label) counts.set(sameName(label.name), (counts.get(sameName(label.name)) ?? 0) + 1);
  // Points of a list inside a speech have labels too: they are turns only where every label stands in a list.
  const isOutside = labels.some((found) => found !== null && !found.isListed);
  const turns: OpenTurn[] = [];
  const above: Row[] = [];
  let mayBegin: boolean = true;
  let round: number | null = null;
  for (const [at, row] of rows.entries()) {
    mayBegin ||= row.isFirst;
    if (row.isFirst) turns.at(-1)?.rows.push('');
    if (isRule(row.text) || isOnlyStamp(row.text) || isByProgram(row.text)) continue;
    const given = labels[at] ?? null;
    const mayTurn: boolean = mayBegin || speakers !== null || looksLikeName(given?.name ?? '');
    // Below a name that has said nothing yet, a phrase that comes once is what it says.
    const isFirstWord = isUnsaid(turns.at(-1)) && (counts.get(sameName(given?.name ?? '')) ?? 0) < 2;
    const mayBe = mayTurn && !(isOutside && given?.isListed) && !isFirstWord;
    const found: Label | null = mayBe ? given : null;
    const title = found ? null : headingIn(row.text);
    mayBegin = found !== null;
    if (found)
      turns.push({
        speaker: found.name,
        line: row.line,
        rows: [found.rest],
        round,
      });
    else if (title && (turns.length === 0 || leadsToLabel(rows, labels, at)))
      round = roundOf(title[2] ?? '') ?? round;
    else if (turns.length > 0) turns.at(-1)?.rows.push(row.text);
    else above.push(row);
  }
  return { turns, above };
}

function isUnsaid(turn: OpenTurn | undefined): boolean {
  return turn?.rows.every((row) => row.trim() === '') ?? false;
}

/** Is a heading followed by a speaker and not by words? */
function leadsToLabel(rows: readonly Row[], labels: readonly (Label | null)[], at: number): boolean {
  for (let next = at + 1; next < Math.min(rows.length, at + 6); next++) {
    const text = rows[next]?.text ?? '';
    if (headingIn(text) === null && !isRule(text)) return labels[next] !== null;
  }
  return false;
}

function labelIn(
  { found }: Row,
  speakers: readonly string[] | null,
  mayName: (name: string) => boolean,
): Label | null {
  if (!found || found.name === '' || found.name.split(/\s+/).length > mostWords) return null;
  const { name, isBold } = found;
  if (speakers) return speakers.some((speaker) => sameName(speaker) === sameName(name)) ? found : null;
  return mayName(name) || (isBold && looksLikeName(name)) ? found : null;
}

function checked(turns: readonly OpenTurn[], fault: TellFault, isPlain: boolean): ForeignTurn[] {
  return turns.flatMap(({ speaker, line, rows, round }) => {
    const text = rows.join('\n').trim();
    if (isOnlyStamp(text) || (text === '' && isPlain && fieldNames.test(speaker))) return [];
    if (text === '') fault(line, `${speaker} says nothing here; leave the turn out or complete it`);
    return text === '' ? [] : [{ speaker, text, line, round }];
  });
}

function withoutFrontMatter(rows: readonly Row[]): Row[] {
  if (rows[0]?.text.trimEnd() !== '---') return [...rows];
  const end = rows.findIndex((row, index) => index > 0 && row.text.trimEnd() === '---');
  return end < 0 ? [...rows] : rows.slice(end + 1);
}
