/** Digits of western, Arabic and Persian writing, and the marks of direction that programs set beside them. */
const digit = '[\\d٠-٩۰-۹]';
const mark = '[\\u200e\\u200f]?';
const noon = '[ \\u202f\\u00a0]?(?:[AaPp]\\.?[ \\u202f\\u00a0]?[Mm]\\.?|[صم](?![\\u0600-\\u06ff]))';
/** A time of day or of a recording, as programs write it. */
export const clock = `(?:(?:(?:上午|下午|午前|午後|凌晨|早上|中午|晚上|오전|오후) ?)?${digit}{1,2}:${digit}{2}(?::${digit}{2})?(?:[.,]\\d{1,6})?(?:${noon})?|\\d{1,2}\\.\\d{2}${noon})`;
const slash = `${mark}[./-]${mark}`;
export const day = `(?:${digit}{1,4}${slash}${digit}{1,2}${slash}${digit}{1,4}|\\d{1,2}[- ][A-Z][a-z]{2,8}[- ]\\d{2,4}|[A-Z][a-z]{2,8} \\d{1,2}, \\d{4}|\\d{4}\\. ?\\d{1,2}\\. ?\\d{1,2}\\.|\\d{4}[년年] ?\\d{1,2}[월月] ?\\d{1,2}[일日])`;
/** What stands between a day and a time. */
export const dayEnd = `(?:[,،]| à| at| um| às|, a las)?${mark} `;
/** A time with or without a day. */
export const moment = `(?:${day}(?:[,،]| at|T)? {0,2})?${clock}(?:Z|[+-]\\d{2}:?\\d{2})?`;
const seconds = '\\d{1,6}(?:\\.\\d{1,6})?s?';
const span = `(?:${moment}(?:\\s{0,2}(?:-->|->|–|-)\\s{0,2}${moment})?|${seconds}\\s?(?:-->|->|–|-)\\s?${seconds}|${seconds}s|(?:\\d{1,3} (?:hour|minute)s? ){1,2}\\d{1,2} seconds?)`;
/** When something was said: [00:03], (0:03 - 0:08), 00:00:03. */
export const stamp = `(?:[[(]\\s?${span}\\s?[\\])]|${span})`;

const onlyStamp = new RegExp(`^[\\s\\u200b*_]{0,8}${stamp}[\\s\\u200b*_:]{0,8}$`);
const firstStamp = new RegExp(`^\\s{0,8}(?:[[(]\\s?${span}\\s?[\\])]|${clock}(?=\\s))[\\s:–—-]{0,4}`);
const lastStamp = new RegExp(`\\s{0,4}(?:#${clock}(?:-\\d{1,3})?#|[[(]\\s?${span}\\s?[\\])])\\s{0,8}$`);

/** What may stand before a speaker's name and is no part of it. */
const leads = [
  /^\d{1,6}\.\d{2,3}\s\d{1,6}\.\d{2,3}\s/,
  /^(?:>>+|§)\s{0,4}/,
  new RegExp(`^(?:[[(]\\s?${span}\\s?[\\])]|${moment}(?=[\\s,|–—-]))[\\s,|–—-]{0,4}`),
  /^\[?(?:turn|round|speech)\s{1,3}\d{1,4}\]?[\s:.–—-]{1,4}/i,
  /^(?:DEBUG|INFO|WARN(?:ING)?|ERROR)\b[\s:–—-]{1,4}/,
  /^\d{1,4}[.)]\s{1,4}/,
  /^\p{L}{2,5}\.\s\d{1,4}\s(?=\p{Lu})/u,
  /^(?:\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f\u200d]{0,4}){1,4}\s{0,3}/u,
];

/** Most lines begin with none of these. */
const mayLead = /^(?:[>§\d[(DIWETRStrsA-Z]|\p{L}\p{L}|\p{Extended_Pictographic})/u;

/** Is a line a time and nothing else? */
export function isOnlyStamp(line: string): boolean {
  return line.length < 80 && line.length > 2 && /\d/.test(line) && onlyStamp.test(line);
}

/** A line without the times, numbers and signs before a name. */
export function withoutLead(line: string): string {
  let bare = line.trimStart();
  if (!mayLead.test(bare.slice(0, 2))) return bare;
  for (let steps = 0; steps < 4; steps++) {
    const lead = leads.map((one) => one.exec(bare.slice(0, 120))?.[0]).find(Boolean);
    if (!lead) break;
    bare = bare.slice(lead.length);
  }
  return bare;
}

/** The texts of turns without the times at their beginning or end, where nearly all have one there. */
export function withoutStamps<Turn extends { text: string }>(turns: readonly Turn[]): Turn[] {
  let bare = [...turns];
  for (const [pattern, part] of [
    [firstStamp, (text: string) => text.slice(0, 80)],
    [lastStamp, (text: string) => text.slice(-80)],
  ] as const) {
    const found = bare.map(({ text }) => pattern.exec(part(text))?.[0].length ?? 0);
    if (found.filter((length) => length > 0).length < 0.8 * bare.length) continue;
    bare = bare.map((turn, place) => {
      const length = found[place] ?? 0;
      const { text } = turn;
      return {
        ...turn,
        text: pattern === firstStamp ? text.slice(length) : text.slice(0, text.length - length),
      };
    });
  }
  return bare;
}

/** Lines that programs write into a talk and that nobody says. */
const byProgram =
  /^\s{0,8}(?:Meeting ended after |This editable transcript was computer generated|Transcribed by https?:|Exported \d{1,7} message|\S[^\n.:]{0,60} (?:started|stopped|paused|resumed) (?:the )?(?:transcription|recording)\.?\s*$|[[(](?:applause|laughter|laughs|music|crosstalk|cheers|cheering|pause|silence|english|translation|fran[cç]ais|traduction)[\])]\s*$|●? ?\(\d{3,4}\)\s*$)|^\s{0,40}(?:-{0,3} ?END ?-{0,3}(?:\s{1,20}\d[^\n]{0,30})?|# ?# ?#)\s*$|^\s{10,100}\d{1,4}\s*$/i;

/** "(BEGIN VIDEO CLIP)": what a record notes between words stands in brackets and in capitals. */
const noted = /^\s{0,40}(?:\([\p{Lu}\s,.’'/-]{3,100}\)|\[[\p{Lu}\s,.’'/-]{3,100}\])\s*$/u;

/** Is a line what a program or a reporter wrote into a talk? */
export function isByProgram(line: string): boolean {
  const start = line.slice(0, 240);
  return byProgram.test(start) || noted.test(start);
}

/** Court reporters number every line of a page; what stands there without a number, as a page's head, nobody said. */
const lineNumber = /^\s{0,8}(\d{1,2})(?:\s{2,}(?=\S)|\s*$)/;

/** The text without the numbers of its lines, where nearly all have one and begin anew on each page; as many lines as before. */
export function withoutLineNumbers(text: string): string {
  const lines = text.split('\n');
  const filled = lines.filter((line) => line.trim() !== '').length;
  const numbers = lines.flatMap((line) => lineNumber.exec(line.slice(0, 80))?.[1] ?? []).map(Number);
  const inOrder = numbers.filter(
    (number, at) => at === 0 || number === 1 || number === (numbers[at - 1] ?? 0) + 1,
  );
  if (numbers.length < 8 || numbers.length < 0.7 * filled || inOrder.length < 0.9 * numbers.length)
    return text;
  return lines
    .map((line) => (lineNumber.test(line.slice(0, 80)) ? line.replace(/^\s{0,8}\d{1,2}/, '') : ''))
    .join('\n');
}

/** Words that stand before colons, in bold or as headings in documents, and name nobody. They only refuse. */
const noNames =
  /^(?:note|notes|nb|warning|example|(?:executive )?summary|introduction|conclusions?|background|analysis|abstract|overview|discussion|results?|methods?|methodology|references|appendix|question|answer|date|time|place|location|venue|topic|subject|title|re|sources?|motion|resolution|agenda|present|attendees|participants|speakers|duration|recorded|transcript|http|https|ps|p\.s\.|update|edit|tl;dr|todo|doing|done|(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|english|fran[cç]ais|french|translation|inaudible|indiscernible|remember|namely|break|hinweis|nota|debug|info|warn|error|trace|fatal|added|changed|fixed|removed|deprecated|security|(?:main |key |first |second |third |final )?(?:claims?|points?|arguments?|evidence|reasons?|reasoning|rationale|rebuttals?|counter-?(?:point|argument|claim)s?|warrant|impacts?|premises?|steps?|options?|pros|cons|takeaways?|benefits|risks|costs?|facts?|quote|definition|caveat|bottom line|thes[ei]s|tesis|grounds|backing|qualifier|assumptions?|objections?|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|erstens|zweitens|drittens|fazit|d['’]abord|ensuite|enfin|primero|segundo|tercero|verdict|winner|scores?|proposal|in short|in summary|therefore|however))$/i;

/** Headings of documents, which no speaker bears. */
export const documentHeading =
  /\b(?:changes?|fixes|features|commits|chores|usage|install(?:ation)?|licen[cs]e|contribut\w+|requirements|getting started|api|examples?|known issues|related|links|tests|options|versions?|conduct|policy|thanks|acknowledge?ments|table of contents|faq)\b|[<>{}=;$`]|\w\(|[.…]$/i;

/** Parts of plays and documents. */
const numberedPart =
  /^(?:act|scene|round|runde|ronda|verse|stanza|strophe|chapter|part|section|figure|table|question|day|week|step|akt|szene|acte|sc[eè]ne|acto|escena)\s[\dIVXLC]{1,6}$/i;

/** Names of fields of records. Where turns seem to begin with several of them, it is no talk. */
export const fieldNames =
  /^(?:timestamp|role|sender|message|id|model|tokens|type|status|from|to|cc|bcc|sent|received|reply-to|version|author|name|description|document|video|audio|url|link|slides|tags|categories|speaker|text|content|date|time|place|location|venue|address|phone|e-?mail|occupation|date of birth|age|methods?|duration|price|cost|default|licen[cs]e|by|repositor(?:y|ies)|stability|extends|returns?|parameters|files|copyright|upstream-name|upstream-contact|package|pin|pin-priority|next|previous|function|priority|section)$/i;

const particles =
  /^(?:of|the|and|for|de|da|do|dos|das|di|del|der|den|des|du|la|le|van|von|vom|zur|zum|für|al|bin|bint|ibn|el|y|e|et|und|&|to|in|on|at|af|av|te|ter|dos)$/;

/** Does a phrase name nobody, whatever stands behind it? */
export function isNoName(name: string): boolean {
  return noNames.test(name) || numberedPart.test(name) || /^[QA]\d{1,3}$/.test(name) || !/\p{L}/u.test(name);
}

/** A name begins with a capital, a digit or a script without capitals, word by word but for particles; a sentence does not. */
export function looksLikeName(name: string): boolean {
  const bare = name
    .replace(/\([^()]*\)/g, ' ')
    .replace(/,.*$/s, '')
    .trim();
  if (bare === '' || isNoName(bare)) return false;
  const words = bare.split(/\s+/);
  const hasDetail = /,/.test(name);
  if (hasDetail && words.length < 2) return false;
  return words.every(
    (word, place) => /^["'“(@]?[\p{Lu}\p{Lo}\p{N}]/u.test(word) || (place > 0 && particles.test(word)),
  );
}
