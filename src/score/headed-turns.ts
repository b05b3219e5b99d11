import {
  type ForeignTurn,
  joinedTurns,
  joinedWords,
  longestName,
  returningTurns,
  sameName,
  type TranscriptReader,
} from './foreign-turns.ts';
import { isRule } from './heading-turns.ts';
import { chats, type HeadForm, records } from './line-forms.ts';
import { clock, day, isByProgram, isNoName, isOnlyStamp, looksLikeName } from './line-marks.ts';

/** Longer lines are not looked at for heads beyond this. */
const longestHead = 240;

const onlyDay = new RegExp(`^${day}`);
const onlyTime = new RegExp(`^[\\s[(]{0,8}(?:${clock}|\\d{1,3} minutes? \\d{1,2} seconds?)[\\s)\\]]{0,8}$`);

/** Scenes of a screenplay begin so; there a speech ends with its paragraph, and what follows is action. */
const sceneHeading = /^\s{0,12}(?:INT|EXT|INT\.?\/EXT|I\/E)[.\s]\s{0,3}\p{L}/mu;

/** Messages that are no words of their sender: what WhatsApp (its mark first), Zoom and Discord write under a name. */
const noWords =
  /^(?:\u200e|\u200f?<[^<>\n]{1,60}>$|(?:Reacted to|Removed a) [^\n]{1,200}$|\u200e?\S{1,120}\.\w{2,5} \([^()\n]{3,40}\)$|Joined the server\.$|Pinned a message\.|Started a call that |(?:null|(?:This|You deleted this) message(?: was deleted)?|Du hast diese Nachricht gelöscht|Diese Nachricht wurde gelöscht|Se eliminó este mensaje|Ce message a été supprimé|Essa mensagem foi apagada|Questo messaggio è stato eliminato|تم حذف هذه الرسالة|ההודעה נמחקה)\.?$)/;
/** What Zoom and Signal repeat of the message that is answered. */
const quotedAbove = /^Replying to ["“][^\n]{0,300}\n\s{0,8}/;

const addedBelow = /\s?\u200e<[^<>\n]{1,60}>$/;
const fieldName = /^\**(?:text|content|message|speech|utterance)\**:\**\s/i;

interface Head {
  who: string;
  said: string;
  /** What somebody is, as long as it is the same wherever the name stands. */
  title?: string | undefined;
}

function headOf(line: string, { heads, as, mustReturn }: HeadForm): Head | null {
  const start = line.slice(0, longestHead);
  for (const head of heads) {
    if (line.length > longestHead && head.source.endsWith('$')) continue;
    const found = head.exec(start);
    if (!found) continue;
    const name = (found.groups?.['who'] ?? '').trim().replace(/^\[(.*)\]$|^\*\*(.*)\*\*$/, '$1$2');
    if (name.length > longestName || onlyDay.test(name) || (mustReturn && !mayReturn(name, as))) continue;
    const said = line
      .slice(found[0].length)
      .replace(/^\s*(?:--|—|–)\s/, '')
      .trim();
    return {
      who: name,
      said: /[「『]$/.test(found[0]) ? said.replace(/[」』]$/, '') : said,
      title: found.groups?.['title'],
    };
  }
  return null;
}

/** What may be a name where nothing but its coming back tells it from the words of a speech. */
function mayReturn(name: string, as: string): boolean {
  // A capital before a full stop is a point of a list.
  if (
    isNoName(name) ||
    (as === 'records' && /^\p{Lu}$/u.test(name)) ||
    /^(?:Mr|Mrs|Ms|Dr|Mme|Mlle|Hon|Prof|Sen|Rep|Gov|Gen|M)\.?$/.test(name)
  )
    return false;
  const core = name
    .replace(/\([^()]*\)/g, '')
    .replace(/,.*$/s, '')
    .trim();
  const words = core.split(/\s+/);
  if (words.length > 7) return false;
  if (as === 'bold' || as === 'lines') return looksLikeName(name) || /^@?[\w.-]+$/.test(core);
  const isCapital = words.some((word) => /^\p{Lu}[\p{Lu}'’-]{2,}/u.test(word)) || /^\p{Lu}{2,}$/u.test(core);
  const isTitled = /^(?:Mr|Mrs|Ms|Dr|M|Mme|Mlle|Hon|Prof|Sen|Rep|Gov|Gen)\b/.test(core);
  return isTitled || isCapital || looksLikeName(name);
}

/** The places of lines that hold a time and stand next to a name: below it again and again, or above it. */
function timedLines(lines: readonly string[], { above }: HeadForm): Map<string, number> {
  const timed = new Map<string, number>();
  for (const [at, line] of lines.entries()) {
    if (line.length > longestHead) continue;
    const isNamed = above ? above.test(line) : onlyTime.test((lines[at + 1] ?? '').slice(0, 60));
    const key = above ? '' : line.trim();
    if (isNamed) timed.set(key, (timed.get(key) ?? 0) + 1);
  }
  return timed;
}

interface HeadedTurn extends ForeignTurn {
  title?: string | undefined;
}

function turnsBy(form: HeadForm, text: string): ForeignTurn[] {
  const lines = text.split('\n');
  const turns: HeadedTurn[] = [];
  const timed = timedLines(lines, form);
  const isScript = form.as === 'lines' && sceneHeading.test(text.slice(0, 20_000));
  let [isBegun, isOutside] = [true, false];
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trimEnd();
    const pair = pairAt(form, lines, at, timed, isBegun);
    // A name on a line of its own begins a paragraph and has words below it.
    const isAlone = form.as !== 'lines' || (isBegun && hasWordsBelow(lines, at));
    const head = pair ?? (isAlone ? headOf(line, form) : null);
    if (pair) lines[at + 1] = '';
    const last = turns.at(-1);
    isBegun = line.trim() === '';
    // Lists of files and of reactions that an export sets below a message end with the paragraph.
    if (head) isOutside = false;
    else if (isBegun) isOutside = isScript && last?.text !== '';
    else if (/^\{\w{1,20}\}$/.test(line)) isOutside = true;
    if (head) {
      const { who, said, title } = head;
      turns.push({ speaker: who, text: said, line: at + 1, round: null, title });
    } else if (last && !isBegun && !isOutside && !isNobodys(line, form, last))
      last.text = joinedWords(last.text, line.trim());
  }
  return joinedTurns(
    withTitles(turns)
      .map((turn) => ({
        ...turn,
        text: turn.text.replace(quotedAbove, '').replace(addedBelow, '').replace(fieldName, ''),
      }))
      .filter((turn) => form.mustReturn || !noWords.test(turn.text)),
  );
}

/** Is a line what a program writes, or where somebody sits for and how a line is to be said? */
function isNobodys(line: string, { skip, mustReturn }: HeadForm, last: ForeignTurn): boolean {
  if (skip?.test(line.slice(0, longestHead)) || isByProgram(line)) return true;
  const isAside = last.text === '' && /^\([^()\n]{1,60}\)(?: \([^()\n]{1,60}\))?$/.test(line.trim());
  return mustReturn === true && (isAside || isOnlyStamp(line) || isRule(line));
}

/** A name and a time on two lines. */
function pairAt(
  form: HeadForm,
  lines: readonly string[],
  at: number,
  timed: ReadonlyMap<string, number>,
  isBegun: boolean,
): Head | null {
  const line = (lines[at] ?? '').trimEnd();
  const next = (lines[at + 1] ?? '').trim();
  if (line === '' || line.length > longestHead) return null;
  if (form.above) {
    const isNamed = (timed.get('') ?? 0) > 1 && form.above.test(line) && next !== '';
    return isNamed && next.length <= longestName ? { who: next, said: '' } : null;
  }
  const times = timed.get(line.trim()) ?? 0;
  const isPair = (times > 1 || (times === 1 && isBegun)) && !isOnlyStamp(line);
  return isPair ? headOf(`${line}  ${next}`, form) : null;
}

/** What stands behind a name and a dash is a title where it is always the same, and else the speech. */
function withTitles(turns: readonly HeadedTurn[]): ForeignTurn[] {
  const titles = Map.groupBy(
    turns.filter(({ title }) => title !== undefined),
    ({ speaker }) => sameName(speaker),
  );
  return turns.map(({ title, ...turn }) => {
    const own = new Set(titles.get(sameName(turn.speaker))?.map((one) => one.title));
    const isSaid = title !== undefined && (own.size > 1 || turn.text === '');
    return isSaid ? { ...turn, text: `${title}\n${turn.text}`.trim() } : turn;
  });
}

function hasWordsBelow(lines: readonly string[], at: number): boolean {
  return lines.slice(at + 1, at + 4).some((line) => line.trim() !== '');
}

/** The share of paragraphs that begin with a head, 0..1. */
function coverage(form: HeadForm, lines: readonly string[]): number {
  const isParted = lines.some((line) => line.trim() === '');
  const begins = lines.filter(
    (line, at) => line.trim() !== '' && (!isParted || at === 0 || lines[at - 1]?.trim() === ''),
  );
  return begins.filter((line) => headOf(line, form)).length / Math.max(1, begins.length);
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
    if (form.mustCover && coverage(form, start) < 0.75) return false;
    const turns = turnsBy(form, lines.length < 400 ? text : text.split('\n', 400).join('\n'));
    return turns.length >= 2 && (headOf(first, form) !== null || returningTurns(turns) >= 3);
  },
  read: (text) => turnsBy(form, text),
});

export const chatReaders = chats.map(readerOf);

/** Readers of names that any text may hold: the one by which most turns are by people who come back is worth comparing with labels. */
export const recordReaders = records.map(readerOf);
