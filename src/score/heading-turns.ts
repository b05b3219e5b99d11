import { longestName, sameName } from './foreign-turns.ts';
import { isNoName, looksLikeName, withoutLead } from './line-marks.ts';

const heading = /^\s{0,3}(#{1,6})\s+(.{0,200}?)\s*#*\s*$/;
/** A round's number alone on its line is a heading too. */
const roundLine = /^[\s*_=–—-]{0,8}()((?:round|runde|ronda|tour)\s{1,3}\d{1,4})[\s*_=:.–—-]{0,8}$/i;
const rule = /^\s*(?:[-*_=]\s*){3,}$/;

/** A line with words; `isFirst` where an empty line stands before it. */
export interface Row {
  text: string;
  line: number;
  isFirst: boolean;
  found: Label | null;
}

/** What stands before a colon, in bold or in brackets at the beginning of a line, name or not. */
export interface Label {
  name: string;
  rest: string;
  isBold: boolean;
  isBracketed: boolean;
  isListed: boolean;
}

/** A turn whose lines are still collected. */
export interface OpenTurn {
  speaker: string;
  line: number;
  rows: string[];
  round: number | null;
}

export function headingIn(text: string): RegExpExecArray | null {
  if (text.slice(0, 4).includes('#')) return heading.exec(text);
  return text.length < 40 ? roundLine.exec(text) : null;
}

export function isRule(text: string): boolean {
  return text.length < 300 && '-*_='.includes(text.trimStart()[0] ?? ' ') && rule.test(text);
}

export function roundOf(title: string): number | null {
  const number = /^\W{0,4}(?:round|runde|ronda|tour)\s{1,3}(\d{1,4})\b/i.exec(title)?.[1];
  return number ? Number(number) : null;
}

/** Speakers are the headings of the level that has the most; what stands above the first one is a title, and so is a higher one. */
export function turnsByHeading(rows: readonly Row[], speakers: readonly string[] | null): OpenTurn[] {
  const found = rows.flatMap((row) => {
    const match = headingIn(row.text);
    const name = (match?.[2] ?? '')
      .replace(/\*+|__|`/g, '')
      .replace(/[:：]$/, '')
      .trim();
    return match && name !== '' ? [{ row, level: match[1]?.length ?? 1, name: withoutLead(name) }] : [];
  });
  const levels = Map.groupBy(found, ({ level }) => level);
  const [level = 1] = [...levels].sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
  const sides = sidesOf(found.filter((one) => one.level === level).map(({ name }) => name));
  const heads = new Map(found.map((one) => [one.row, one]));
  const counts = Map.groupBy(found, (one) => sameName(sides(one.name)));
  const isOften = (name: string) => (counts.get(sameName(name))?.length ?? 0) > 1;
  const haveReturns = [...counts.values()].filter((own) => own.length > 1).length >= 2;
  const mayName = (name: string) => {
    if (speakers) return speakers.some((one) => sameName(one) === sameName(name));
    // Where speakers come back, a heading inside a speech does not, and reads as one.
    const isOwn = haveReturns && !isOften(name) && !looksLikeName(name);
    return name.length <= longestName && !isNoName(name) && !isOwn;
  };
  const turns: OpenTurn[] = [];
  let round: number | null = null;
  for (const [at, row] of rows.entries()) {
    const head = heads.get(row);
    const speaker = head?.level === level ? sides(head.name) : null;
    const below = rows[at + 1];
    if (speaker !== null && mayName(speaker)) turns.push({ speaker, line: row.line, rows: [], round });
    else if (head && head.level < level && (turns.length === 0 || (below && heads.has(below))))
      round = roundOf(head.name) ?? round;
    else if (!isRule(row.text)) turns.at(-1)?.rows.push(row.isFirst ? `\n${row.text}` : row.text);
  }
  return turns;
}

/** Who speaks below a heading: all of it, or the part before or behind a sign by which speakers come back ("Ann: Opening", "Ann: Closing"). */
function sidesOf(names: readonly string[]): (name: string) => string {
  const ways = [
    (name: string) => name,
    (name: string) => name.split(/\s*[:：|]\s+|\s+[–—-]\s+|\s+\(/)[0] ?? name,
    (name: string) => name.split(/\s*[:：|]\s+|\s+[–—-]\s+/).at(-1) ?? name,
  ];
  const comesBack = (way: (name: string) => string) => {
    const counts = Map.groupBy(names, (name) => sameName(way(name)));
    return [...counts.values()].filter((own) => own.length > 1).length >= 2;
  };
  return ways.find(comesBack) ?? ((name) => name);
}
