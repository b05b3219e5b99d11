import { counted } from '../text/figures.ts';
import { type ForeignTurn, returningTurns, sameName, type TellFault } from './foreign-turns.ts';
import {
  headingIn,
  isRule,
  type Label,
  type OpenTurn,
  type Row,
  roundOf,
  turnsByHeading,
} from './heading-turns.ts';
import { foundIn, labelIn, namesIn, unreadLabel } from './line-labels.ts';
import { documentHeading, fieldNames, isByProgram, isOnlyStamp, looksLikeName } from './line-marks.ts';

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
  const { turns: open, above, below } = turnsByLabel(rows, speakers);
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
  if (!isTitled && below)
    notes.push(`left out below the last speech, from “${below.text.trim().slice(0, 40)}” on`);
  const unread =
    isTitled || speakers ? undefined : rows.find((row) => row.isFirst && !row.found && unreadLabel(row.text));
  if (unread)
    fault(
      unread.line,
      `“${unreadLabel(unread.text)}” may begin a turn here; name the speakers, with it or without`,
    );
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

function turnsByLabel(
  rows: readonly Row[],
  speakers: readonly string[] | null,
): { turns: OpenTurn[]; above: Row[]; below: Row | null } {
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
  const last = labels.findLastIndex((found) => found !== null);
  const below =
    rows.find(
      ({ found, isFirst }, at) => at > last && last >= 0 && isFirst && found && judged.test(found.name),
    ) ?? null;
  for (const [at, row] of rows.entries()) {
    if (row === below) break;
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
  return { turns, above, below };
}

/** What stands below the last speech of a debate and is nobody's. */
const judged = /\b(?:judge(?:ment)?|verdict|decision|winner|adjudicat\w{2,4}|scores?)\b/i;

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
