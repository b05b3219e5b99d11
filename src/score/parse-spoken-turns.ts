import { type ForeignTurn, longestName, sameName, type TranscriptForm } from './foreign-turns.ts';

type TellFault = (line: number, message: string) => void;
type Row = { text: string; line: number };

/** A time in front of a name: 12:03, [00:12:03]. */
const time = '(?:[[(]?\\d{1,2}:\\d{2}(?::\\d{2})?[\\])]?\\s+)?';
const nameLetters = `[\\p{Lu}\\p{Lo}\\p{N}][^:*_\\n.!?;]{0,${longestName - 1}}`;
const bold = new RegExp(
  `^\\s*(?:[-*>]\\s+)?${time}(?:\\*\\*|__)([^*_\\n]{1,${longestName}}?)\\s*(?::(?:\\*\\*|__)|(?:\\*\\*|__)\\s*:)\\s*(.*)$`,
  'u',
);
const label = new RegExp(`^\\s*(?:[-*>]\\s+)?${time}(${nameLetters}):(?:\\s+(.*)|)$`, 'u');
const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const rule = /^\s*(?:[-*_]\s*){3,}$/;

/** Words of a name; more make a sentence that happens to hold a colon. */
const mostWords = 6;

/**
 * Reads text whose turns begin with a label (`Name:` or `**Name:**`) or stand below a heading. A label counts at the
 * beginning of a paragraph, or right below a line that is a labelled turn itself; with names given, wherever one of them stands.
 */
export function parseSpokenTurns(
  text: string,
  speakers: readonly string[] | null,
  fault: TellFault,
): { form: TranscriptForm; turns: ForeignTurn[] } {
  const rows = withoutFrontMatter(text.split('\n').map((row, index) => ({ text: row, line: index + 1 })));
  const labelled = turnsByLabel(rows, speakers);
  if (labelled.turns.length > 0) {
    if (labelled.stray) fault(labelled.stray.line, strayMessage(labelled.stray));
    return { form: 'labels', turns: checked(labelled.turns, fault) };
  }
  const turns = turnsByHeading(rows, speakers);
  if (turns.length === 0) {
    const [first] = rows.filter((row) => row.text.trim() !== '');
    fault(
      first?.line ?? 1,
      'no turn begins here; write "Name: speech", "**Name:** speech" or a heading with the name',
    );
  }
  return { form: 'headings', turns: checked(turns, fault) };
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

function turnsByLabel(
  rows: readonly Row[],
  speakers: readonly string[] | null,
): { turns: Open[]; stray: Row | null } {
  const turns: Open[] = [];
  let stray: Row | null = null;
  let mayBegin = true;
  for (const row of rows) {
    if (rule.test(row.text)) continue;
    const begun: Label | null = mayBegin || speakers ? labelIn(row.text, speakers) : null;
    if (begun) turns.push({ speaker: begun.name, line: row.line, rows: [begun.rest] });
    else if (turns.length > 0) turns.at(-1)?.rows.push(row.text);
    else if (row.text.trim() !== '' && !heading.test(row.text)) stray ??= row;
    mayBegin = begun !== null || row.text.trim() === '';
  }
  return { turns, stray };
}

type Label = { name: string; rest: string };

function labelIn(text: string, speakers: readonly string[] | null): Label | null {
  const found = bold.exec(text) ?? label.exec(text);
  if (!found) return null;
  const name = (found[1] ?? '').trim();
  if (speakers && !speakers.some((speaker) => sameName(speaker) === sameName(name))) return null;
  return name === '' || name.split(/\s+/).length > mostWords ? null : { name, rest: found[2] ?? '' };
}

/** Speakers are the headings of the level that has the most; what stands above the first one is a title. */
function turnsByHeading(rows: readonly Row[], speakers: readonly string[] | null): Open[] {
  const found = rows.flatMap((row) => {
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
  for (const row of rows) {
    const begun = found.find((one) => one.row === row && one.level === level);
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
