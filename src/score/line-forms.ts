import { clock, day, dayEnd, moment, stamp } from './line-marks.ts';

/** Lines that begin a turn: `who` speaks, and what stands behind the match is said. */
export interface HeadForm {
  as: string;
  name: string;
  heads: readonly RegExp[];
  /** Lines that are no part of anybody's words: who joined, what a program says. */
  skip?: RegExp;
  /** These look like lines of any text, and count only where they come back. */
  mustReturn?: boolean;
  /** These look like lines of lists too: nearly every paragraph begins so. */
  mustCover?: boolean;
  /** A line with the time above the name. */
  above?: RegExp;
}

const who = '(?<who>[^:：\\n]{1,60}?)';
const whole = '\\s{0,8}$';
const mark = '[\\u200e\\u200f]?';

export const chats: readonly HeadForm[] = [
  {
    as: 'whatsapp',
    name: 'a WhatsApp export',
    heads: [
      new RegExp(`^${mark}\\[${day}${dayEnd}${clock}\\] (?:~[ \\u202f])?${who}: ?`),
      new RegExp(`^${mark}${day}${dayEnd}${clock} - (?!(?:DEBUG|INFO|WARN|ERROR))${who}: ?`),
      new RegExp(`^${day} ${clock}, ${who} ?: `),
    ],
    skip: new RegExp(`^${mark}\\[?${day}${dayEnd}${clock}(?:\\]| -)`),
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
      new RegExp(`^\\[?(?:${moment})?\\]?\\s?<[@+%~&]?(?<who>[^<>/\\n]{1,40})>\\s(?=\\S)`),
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
    skip: /^={20,}/,
  },
  {
    as: 'slack',
    name: 'a Slack chat',
    heads: [
      new RegExp(`^(?<who>\\S[^\\n\\[\\]:]{0,59}?)\\s{1,8}\\[${clock}\\]${whole}`),
      /^(?<who>\S[^\n[\]:]{0,59}?)\s{1,8}\d{1,2}:\d{2}\s[AP]M\s{0,8}$/,
      new RegExp(`^> (?<who>\\S[^\\n\\[\\]]{0,59}?) \\[\\w{2,20}\\] @ ${moment}(?: Z)?:${whole}`),
    ],
    skip: new RegExp(`^${clock}${whole}`),
  },
  {
    as: 'minutes',
    name: 'messages with the time above the name',
    heads: [],
    above: new RegExp(`^${day},? {1,3}${clock}(?: \\([^()\\n]{1,80}\\))?${whole}`),
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
      new RegExp(`^(?<who>[\\p{Lu}\\p{Lo}@][^\\n:[(]{0,60}?) [[(]${clock}[\\])]:? `, 'u'),
    ],
    skip: new RegExp(`^${stamp}${whole}`),
  },
];

const capitals = "\\p{Lu}[\\p{Lu}'’.-]*(?: (?:\\p{Lu}[\\p{Lu}'’.-]*|of|de|da|do|dos|del|la|d'|pro|tempore))*";
const bracket = '(?:\\s?\\([^()\\n]{1,60}\\))';
const title = '(?:(?:M[Rr]|M[Rr][Ss]|M[Ss]|D[Rr]|Prof|Hon|Sen|Rep|Gov|Gen|M)\\. )';

/** What parliaments, courts and companies print: names with a full stop or a dash, in bold or on lines of their own. */
export const records: readonly HeadForm[] = [
  {
    as: 'records',
    name: 'a record with a sign before names',
    heads: [
      /^\s{0,4}[○◯〇◎◆](?<who>[^\s　]{1,40}(?: [^\s　]{1,10})?)(?:　|\s{2,8})/u,
      /^\s{0,4}[○◯〇◎◆](?<who>[가-힣]{1,20} [가-힣]{2,10}) /u,
    ],
  },
  {
    as: 'bold',
    name: 'names in bold',
    heads: [
      new RegExp(
        `^\\s{0,4}\\*\\*(?<who>[^*\\n]{1,60}?)[.:]?\\*\\*[.:]?(?:\\s{1,4}(?:--|—|–)\\s(?<title>[^\\n]{1,80})$|\\s{0,4}\\*?${stamp}\\*?[:.]?(?=\\s|$)|(?=\\s|$))`,
        'u',
      ),
    ],
    mustReturn: true,
  },
  {
    as: 'records',
    name: 'a record with names before full stops or dashes',
    heads: [
      new RegExp(`^\\s{0,16}(?<who>${capitals}(?: \\([^()\\n]{1,60}\\))?)(?: [–—-] |—)`, 'u'),
      new RegExp(
        `^\\s{0,16}(?<who>(?:${title}[^.:\\n()–—]{1,50}|[^.:\\n()–—]{1,50}(?: \\p{Lu}\\. ?\\p{Lu})?)${bracket}?(?:, [^.:\\n]{1,60})?)\\.\\s{1,2}(?:[–—-]\\s)?(?=[\\p{L}\\p{N}"“«¿¡(\\[])`,
        'u',
      ),
    ],
    mustReturn: true,
  },
  {
    as: 'records',
    name: 'names before words in quotation marks',
    heads: [/^(?<who>[^\s「『」』。、：:]{1,20})[「『]/u],
    mustReturn: true,
  },
  {
    as: 'records',
    name: 'names before dashes or arrows',
    heads: [
      /^\s{0,4}(?:[*_](?=\S))?(?<who>\p{L}[^\n.:;!?–—→*_]{0,40}?)(?:\s?(?:—|–|→)|\s(?:-|->|=>|>|\|)(?=\s)|:?[*_]:?(?=\s))\s?/u,
    ],
    mustReturn: true,
    mustCover: true,
  },
  {
    as: 'records',
    name: 'fields that name the speaker',
    heads: [/^\s{0,4}\**(?:speaker|author|agent|participant)\**:\**\s{1,4}(?<who>[^\n:]{1,60}?)\s{0,4}$/iu],
    mustReturn: true,
  },
  {
    as: 'lines',
    name: 'names on lines of their own',
    heads: [
      new RegExp(
        `^\\s{0,60}(?:§ )?(?<who>${title}?\\p{L}[^\\n.:!?;*#|]{0,50}?(?:, (?:Jr|Sr)\\.?)?)(?:\\s{1,4}--\\s{1,4}(?<title>[^\\n]{1,80}))?(?: \\((?:V\\.?O|O\\.?S|CONT)[^)]{0,10}\\))?${whole}`,
        'u',
      ),
    ],
    mustReturn: true,
  },
];
