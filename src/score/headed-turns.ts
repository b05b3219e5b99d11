import {
  type ForeignTurn,
  joinedTurns,
  longestName,
  returningTurns,
  type TranscriptReader,
} from './foreign-turns.ts';
import { clock, day, isNoName, isOnlyStamp, looksLikeName, moment, stamp } from './line-marks.ts';

/** Lines that begin a turn: `who` speaks, and what stands behind the match is said. */
interface HeadForm {
  as: string;
  name: string;
  heads: readonly RegExp[];
  /** Lines that are no part of anybody's words: who joined, what a program says. */
  skip?: RegExp;
  /** These look like lines of any text, and count only where they come back. */
  mustReturn?: boolean;
}

/** Longer lines are not looked at for heads beyond this. */
const longestHead = 240;

const who = '(?<who>[^:：\\n]{1,60}?)';
const whole = '\\s{0,8}$';

const onlyDay = new RegExp(`^${day}`);
const onlyTime = new RegExp(`^[\\s[(]{0,8}${clock}[\\s)\\]]{0,8}$`);

const chats: readonly HeadForm[] = [
  {
    as: 'whatsapp',
    name: 'a WhatsApp export',
    heads: [
      new RegExp(`^[\\u200e\\u200f]?\\[${day}, ${clock}\\] ${who}: ?`),
      new RegExp(`^[\\u200e\\u200f]?${day},? ${clock} - (?!(?:DEBUG|INFO|WARN|ERROR))${who}: ?`),
    ],
    skip: new RegExp(`^[\\u200e\\u200f]?\\[?${day},? ${clock}(?:\\]| -)`),
  },
  {
    as: 'zoom',
    name: 'a Zoom chat',
    heads: [
      new RegExp(
        `^(?:${day} )?${clock}\\s{1,4}From\\s{1,4}${who}\\s{0,4}(?:\\bto\\s{1,4}[^:\\n]{1,60})?:\\s{0,4}`,
        'i',
      ),
    ],
  },
  {
    as: 'irc',
    name: 'a chat log',
    heads: [
      new RegExp(`^\\[?(?:${moment})?\\]?\\s?<[@+%~&]?(?<who>[^<>\\n]{1,40})>\\s`),
      new RegExp(`^\\[?${moment}\\]?\\t[@+%~&]?(?<who>[^\\s\\t<*-][^\\t\\n]{0,59})\\t`),
      new RegExp(`^\\[(?<who>[^\\]\\n]{1,60})\\] \\[[^\\]\\n]{0,8}${clock}\\] `),
    ],
    skip: new RegExp(
      `^\\[?${moment}\\]?\\s{1,8}(?:-!-|\\*|-->|<--|--|={2}|\\S{1,40} \\[)|^--- |^\\*{3}|^${day}(?:\\s?\\([^)]{1,12}\\))?${whole}`,
    ),
  },
  {
    as: 'discord',
    name: 'a Discord chat',
    heads: [
      new RegExp(`^(?<who>\\S[^\\n—]{0,59}?) — (?:Today at |Yesterday at )?${moment}${whole}`),
      new RegExp(`^\\[${day} ${clock}\\] (?<who>[^\\n:]{1,60}?)${whole}`),
    ],
    skip: /^={20,}|^Exported \d/,
  },
  {
    as: 'slack',
    name: 'a Slack chat',
    heads: [
      new RegExp(`^(?<who>\\S[^\\n\\[\\]:]{0,59}?)\\s{1,8}\\[${clock}\\]${whole}`),
      /^(?<who>\S[^\n[\]:]{0,59}?)\s{1,8}\d{1,2}:\d{2}\s[AP]M\s{0,8}$/,
    ],
    skip: new RegExp(`^${clock}${whole}`),
  },
  {
    as: 'minutes',
    name: 'a meeting transcript with times (Teams, Otter)',
    heads: [
      new RegExp(`^(?![\\d[])(?<who>\\S[^\\n:]{0,59}?)[\\s|,–—-]{1,20}${stamp}:?${whole}`),
      new RegExp(
        `^[[(]?${clock}[\\])]?(?:\\s{1,4}[|–—-]|(?<=\\]))\\s{1,4}(?![|–—-])(?:- )?(?<who>[^\\n:]{1,60}?)${whole}`,
      ),
      new RegExp(`^\\[(?<who>[^\\]\\n]{1,60})\\] ${clock}${whole}`),
      new RegExp(`^(?![\\d[])(?<who>[^\\n:[]{1,60}?) \\[${clock}\\]:? `),
    ],
    skip: new RegExp(`^${stamp}${whole}`),
  },
];

const capitals = "\\p{Lu}[\\p{Lu}'’.-]*(?: (?:\\p{Lu}[\\p{Lu}'’.-]*|of|de|da|do|dos|del|la|d'|pro|tempore))*";
const bracket = '(?:\\s?\\([^()\\n]{1,60}\\))';

/** What parliaments, courts and companies print: names with a full stop or a dash, in bold or on lines of their own. */
const records: readonly HeadForm[] = [
  {
    as: 'records',
    name: 'a record with a sign before names',
    heads: [/^\s{0,4}[○◯〇◎◆](?<who>[^\s　]{1,40}(?: [^\s　]{1,10})?)(?:　|\s{2,8})/u],
  },
  {
    as: 'bold',
    name: 'names in bold',
    heads: [
      new RegExp(
        `^\\s{0,4}\\*\\*(?<who>[^*\\n]{1,60}?)[.:]?\\*\\*[.:]?(?:\\s{1,4}(?:--|—|–)\\s[^\\n]{1,80}$|\\s{0,4}\\*?${stamp}\\*?[:.]?(?=\\s|$)|(?=\\s|$))`,
        'u',
      ),
    ],
    mustReturn: true,
  },
  {
    as: 'records',
    name: 'a record with names before full stops or dashes',
    heads: [
      new RegExp(`^\\s{0,16}(?<who>${capitals}(?: \\([^()\\n]{1,60}\\))?) [–—-] `, 'u'),
      new RegExp(
        `^\\s{0,16}(?<who>(?:(?:M[Rr]|M[Rr][Ss]|M[Ss]|D[Rr]|Prof|Hon|Sen|Rep|Gov|Gen|M)\\. )?[^.:\\n()–—]{1,50}${bracket}?(?:, [^.:\\n]{1,60})?)\\.\\s{1,2}(?:[–—-]\\s)?(?=[\\p{L}\\p{N}"“«¿¡(\\[])`,
        'u',
      ),
    ],
    mustReturn: true,
  },
  {
    as: 'lines',
    name: 'names on lines of their own',
    heads: [
      new RegExp(
        `^\\s{0,60}(?<who>\\p{L}[^\\n.:!?;,*#|]{0,50}?(?:, (?:Jr|Sr)\\.?)?)(?:\\s{1,4}--\\s{1,4}[^\\n]{1,80})?(?: \\((?:V\\.?O|O\\.?S|CONT)[^)]{0,10}\\))?${whole}`,
        'u',
      ),
    ],
    mustReturn: true,
  },
];

function headOf(line: string, { heads, as, mustReturn }: HeadForm): { who: string; said: string } | null {
  const start = line.slice(0, longestHead);
  for (const head of heads) {
    if (line.length > longestHead && head.source.endsWith('$')) continue;
    const found = head.exec(start);
    if (!found) continue;
    const name = (found.groups?.['who'] ?? '').trim().replace(/^\[(.*)\]$/, '$1');
    if (name.length > longestName || onlyDay.test(name) || (mustReturn && !mayReturn(name, as))) continue;
    return { who: name, said: line.slice(found[0].length).trim() };
  }
  return null;
}

/** What may be a name where nothing but its coming back tells it from the words of a speech. */
function mayReturn(name: string, as: string): boolean {
  if (isNoName(name)) return false;
  const core = name
    .replace(/\([^()]*\)/g, '')
    .replace(/,.*$/s, '')
    .trim();
  const words = core.split(/\s+/);
  if (words.length > 6) return false;
  if (as === 'bold' || as === 'lines') return looksLikeName(name) || /^@?[\w.-]+$/.test(core);
  const isCapital = words.some((word) => /^\p{Lu}[\p{Lu}'’-]{2,}/u.test(word)) || /^\p{Lu}{2,}$/u.test(core);
  const isTitled = /^(?:Mr|Mrs|Ms|Dr|M|Mme|Mlle|Hon|Prof|Sen|Rep|Gov|Gen)\b/.test(core);
  return isTitled || isCapital || (looksLikeName(name) && (words.length > 1 || core !== name.trim()));
}

function turnsBy(form: HeadForm, text: string): ForeignTurn[] {
  const lines = text.split('\n');
  const turns: ForeignTurn[] = [];
  const timed = new Map<string, number>();
  for (const [at, line] of lines.entries()) {
    if (line.length <= longestHead && onlyTime.test((lines[at + 1] ?? '').slice(0, 60)))
      timed.set(line.trim(), (timed.get(line.trim()) ?? 0) + 1);
  }
  let isBegun = true;
  for (let at = 0; at < lines.length; at++) {
    const next = lines[at + 1] ?? '';
    let line = (lines[at] ?? '').trimEnd();
    // A name with the time on the line below it.
    const times = line.length <= longestHead ? (timed.get(line.trim()) ?? 0) : 0;
    const isPair = line !== '' && (times > 1 || (times === 1 && isBegun)) && !isOnlyStamp(line);
    const pair = isPair ? headOf(`${line}  ${next.trim()}`, form) : null;
    // A name on a line of its own begins a paragraph and has words below it.
    const isAlone = form.as !== 'lines' || (isBegun && hasWordsBelow(lines, at));
    const head = pair ?? (isAlone ? headOf(line, form) : null);
    if (pair) lines[at + 1] = '';
    if (head) turns.push({ speaker: head.who, text: head.said, line: at + 1, round: null });
    else if (turns.length > 0 && line.trim() !== '' && !form.skip?.test(line.slice(0, longestHead))) {
      const last = turns.at(-1);
      line = line.trim();
      // Where somebody sits for, or how a line is to be said.
      const isAside =
        last?.text === '' &&
        form.mustReturn === true &&
        /^\([^()\n]{1,60}\)(?: \([^()\n]{1,60}\))?$/.test(line);
      if (last && !isAside) last.text = `${last.text}\n${line}`.trim();
    }
    isBegun = line.trim() === '';
  }
  return joinedTurns(turns);
}

function hasWordsBelow(lines: readonly string[], at: number): boolean {
  const below = lines.slice(at + 1, at + 4).find((line) => line.trim() !== '');
  return below !== undefined && below.trim().length > 0;
}

const readerOf = (form: HeadForm): TranscriptReader => ({
  as: form.as,
  name: form.name,
  recognises(text) {
    const start = text.split('\n', form.mustReturn ? 1000 : 400);
    const lines = start.filter((line) => line.trim() !== '');
    const first = lines.find((line) => !/^[#=-]|encrypted/i.test(line)) ?? '';
    if (!lines.some((line) => headOf(line, form)) && form.as !== 'minutes' && form.as !== 'slack')
      return false;
    const turns = turnsBy(form, lines.length < 400 ? text : text.split('\n', 400).join('\n'));
    return turns.length >= 2 && (headOf(first, form) !== null || returningTurns(turns) >= 3);
  },
  read: (text) => turnsBy(form, text),
});

export const chatReaders = chats.map(readerOf);

/** Readers of names that any text may hold: the one by which most turns are by people who come back is worth comparing with labels. */
export const recordReaders = records.map(readerOf);
