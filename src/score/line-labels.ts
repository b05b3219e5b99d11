import { remembering } from '../text/memo.ts';
import { longestName, sameName } from './foreign-turns.ts';
import type { Label, Row } from './heading-turns.ts';
import { isNoName, looksLikeName, stamp, withoutLead } from './line-marks.ts';

/** Titles and initials have dots in names, and so has what stands in brackets; a dot elsewhere ends a sentence. */
const dotted =
  "(?:(?<!\\p{L})(?:[Ll][’']hon|Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gen|Col|Capt|Lt|Sgt|Gov|Hon|Rev|Amb|Jr|Sr|St|Mme|Mlle|H\\.E|MR|MRS|MS|DR|PROF|SEN|REP|GEN|HON|\\p{Lu})\\.)";
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

/** What stands before a colon, in bold or in brackets at the beginning of a line, name or not. */
export function foundIn(row: string): Label | null {
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
export function namesIn(rows: readonly Row[]): (name: string) => boolean {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const [begins, capital] = [new Set<string>(), new Set<string>()];
  for (const [at, { found: label, isFirst }] of rows.entries()) {
    const found = label?.name;
    if (!found) continue;
    count(sameName(found));
    if (looksLikeName(found)) capital.add(sameName(found));
    if (isFirst || !isWrapped(rows[at - 1]?.text ?? '')) begins.add(sameName(found));
    const frame = frameOf(found);
    if (frame) count(`\n${frame}`);
  }
  const often = new Set(
    [...counts].filter(([key, times]) => times > 1 && !key.startsWith('\n')).map(([key]) => key),
  );
  // Among names with capitals, a word before a colon where a full line goes on is none.
  const areCapital = [...capital].filter((name) => often.has(name)).length >= 2;
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
    return (
      often.size > 1 &&
      often.has(sameName(found)) &&
      (!areCapital || begins.has(sameName(found))) &&
      words.length <= 3
    );
  });
}

/** Does a line's sentence go on in the next one, as the line is full? */
function isWrapped(line: string): boolean {
  const end = line.trimEnd();
  return end.length >= 25 && !/[.!?…:;)\]"'”’。！？；»]$/u.test(end);
}

/** The words before a name in capitals, "El señor" of "El señor RAY": where they come back, they are a title. */
function frameOf(name: string): string | null {
  return (
    /^(\p{Lu}\p{L}{0,14}(?: \p{Ll}{1,14})?) \p{Lu}[\p{Lu}'’-]+(?:\s|$)/u.exec(name)?.[1]?.toLowerCase() ??
    null
  );
}

export function labelIn(
  { found }: Row,
  speakers: readonly string[] | null,
  mayName: (name: string) => boolean,
): Label | null {
  if (!found || found.name === '' || found.name.split(/\s+/).length > mostWords) return null;
  const { name, isBold } = found;
  if (speakers) return speakers.some((speaker) => sameName(speaker) === sameName(name)) ? found : null;
  return mayName(name) || (isBold && looksLikeName(name)) ? found : null;
}

/** A name with dots that no label has, before a colon at the beginning of a paragraph. */
export function unreadLabel(text: string): string | null {
  const name = /^\s{0,8}([^:：\n]{2,60}?)\s?[:：]\s/.exec(text.slice(0, 80))?.[1] ?? '';
  const words = name.split(/\s+/);
  const isShort =
    words.length >= 2 && words.length <= 6 && words.every((word) => !/[.!?]$/.test(word) || word.length <= 6);
  return name.includes('.') && isShort && looksLikeName(name) ? name : null;
}
