import { type ForeignTurn, longestName, sameName } from './foreign-turns.ts';

/** One kind of transcript: how it is known, and how it is read. Every reader looks at each line a bounded number of times. */
export interface TranscriptReader {
  /** As a person forces it. */
  as: string;
  /** As reports name it. */
  name: string;
  recognises(text: string): boolean;
  read(text: string): ForeignTurn[];
}

const timing = /^\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s+-->/;

/** Captions: WebVTT and SubRip. A cue's voice, or a name before a colon, is its speaker; cues of one voice are one turn. */
function readCaptions(text: string): ForeignTurn[] {
  const inMarks = marksNames(text);
  const turns: ForeignTurn[] = [];
  let isCue = false;
  let speaker = '';
  for (const [index, raw] of text.split('\n').entries()) {
    if (timing.test(raw)) {
      isCue = true;
      continue;
    }
    if (raw.trim() === '') isCue = false;
    if (!isCue) continue;
    const voice = /^<v(?:\.[\w.]{1,40})?\s+([^<>]{1,60})>/.exec(raw);
    const line = raw.replace(/<[^<>]{0,80}>/g, '').trim();
    const marked = inMarks ? markedName.exec(line) : null;
    if (marked) {
      speaker = (marked[1] ?? '').trim();
      add(turns, speaker, marked[2] ?? '', index + 1);
      continue;
    }
    if (inMarks && line === '-') continue;
    const named = voice ? null : /^(?:>>\s{0,3})?([\p{L}][^:：.!?]{0,40})[:：]\s+(.*)$/u.exec(line);
    if (voice || named) speaker = ((voice ?? named)?.[1] ?? '').trim();
    add(turns, speaker, named?.[2] ?? line, index + 1, voice !== null || named !== null);
  }
  return turns;
}

/** A name in brackets before words, or alone on its line. */
const markedName = /^[[(]([\p{L}\p{N}][^\][()]{0,58})[\])]\s*(.*)$/u;

/** Sounds stand in brackets now and then; names do before at least half of all cues. */
function marksNames(text: string): boolean {
  const lines = text.split('\n');
  const cues = lines.flatMap((line, at) => (timing.test(line) ? (lines[at + 1] ?? '') : []));
  return cues.length > 0 && cues.filter((cue) => markedName.test(cue.trim())).length * 2 >= cues.length;
}

/** Adds words to the last turn, or begins one where somebody else speaks. */
function add(turns: ForeignTurn[], speaker: string, words: string, line: number, isNamed = true): void {
  const last = turns.at(-1);
  if (last && (!isNamed || sameName(last.speaker) === sameName(speaker))) {
    last.text = `${last.text}\n${words}`.trim();
  } else if (speaker !== '') turns.push({ speaker, text: words.trim(), line, round: null });
}

/** Chats, a message a line or more: the pattern finds who speaks, and, where it has a second group, the first words. */
function chatReader(as: string, name: string, heads: readonly RegExp[]): TranscriptReader {
  const headOf = (line: string) => heads.map((head) => head.exec(line)).find((found) => found !== null);
  return {
    as,
    name,
    recognises(text) {
      const lines = text.split('\n', 400).filter((line) => line.trim() !== '');
      const found = lines.filter((line) => headOf(line));
      return (
        found.length >= 2 && headOf(lines.find((line) => !/^[#=-]|encrypted/i.test(line)) ?? '') !== undefined
      );
    },
    read(text) {
      const turns: ForeignTurn[] = [];
      for (const [index, line] of text.split('\n').entries()) {
        const head = headOf(line);
        if (head) {
          turns.push({
            speaker: (head[1] ?? '').trim(),
            text: (head[2] ?? '').trim(),
            line: index + 1,
            round: null,
          });
        } else if (turns.length > 0) {
          const last = turns.at(-1);
          if (last && line.trim() !== '') last.text = `${last.text}\n${line.trim()}`.trim();
        }
      }
      return joinedTurns(turns.filter(({ text: words }) => words !== ''));
    },
  };
}

/** Messages of one speaker that follow one another are one turn. */
function joinedTurns(turns: readonly ForeignTurn[]): ForeignTurn[] {
  const joined: ForeignTurn[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (last && sameName(last.speaker) === sameName(turn.speaker)) last.text += `\n${turn.text}`;
    else joined.push({ ...turn });
  }
  return joined;
}

const name = '([^:：\\n]{1,60}?)';
const clock = '\\d{1,2}:\\d{2}(?::\\d{2})?(?:[ \\u202f]?[AaPp]\\.?[Mm]\\.?)?';
const day = '\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}';

const whatsapp = chatReader('whatsapp', 'a WhatsApp export', [
  new RegExp(`^\\u200e?\\[${day},? ${clock}\\] ${name}: (.*)$`),
  new RegExp(`^\\u200e?${day},? ${clock} - ${name}: (.*)$`),
]);
const zoom = chatReader('zoom', 'a Zoom chat', [
  new RegExp(`^${clock}\\s+From\\s+${name}\\s+(?:to\\s+[^:\\n]{1,60})?:\\s*(.*)$`, 'i'),
]);
const irc = chatReader('irc', 'a chat log', [new RegExp(`^\\[?${clock}\\]? <([^<>\\n]{1,60})> (.*)$`)]);
const discord = chatReader('discord', 'a Discord chat', [
  new RegExp(`^(\\S[^\\n—]{0,59}?) — (?:Today at |Yesterday at )?(?:${day},? )?${clock}\\s*$`),
  new RegExp(`^\\[${day} ${clock}\\] ([^\\n:]{1,60}?)\\s*$`),
]);
const slack = chatReader('slack', 'a Slack chat', [
  new RegExp(`^(\\S[^\\n\\[\\]:]{0,59}?)\\s+\\[${clock}\\]\\s*$`),
  /^(\S[^\n[\]:]{0,59}?)\s{1,3}\d{1,2}:\d{2} [AP]M\s*$/,
]);
const minutes = chatReader('minutes', 'a meeting transcript with times (Teams, Otter)', [
  /^(?!\d)(\S[^\n:]{0,59}?)\s{1,20}\(?(?:\d{1,2}:)?\d{1,2}:\d{2}\)?\s*$/,
]);

/** Questions and answers, as depositions have them: one asks, one answers, whoever else is named speaks by name. */
const questionAnswer: TranscriptReader = {
  as: 'qa',
  name: 'questions and answers',
  recognises(text) {
    const lines = text
      .split('\n', 600)
      .filter((line) => /^\s*\d{0,3}\s*[QA](?:[.:]|uestion:|nswer:)\s/.test(line));
    const letters = new Set(lines.map((line) => /[QA]/.exec(line)?.[0]));
    return lines.length >= 2 && letters.size === 2;
  },
  read(text) {
    const turns: ForeignTurn[] = [];
    for (const [index, line] of text.split('\n').entries()) {
      const said = /^\s*\d{0,3}\s*([QA])(?:[.:]|uestion:|nswer:)\s+(.*)$/.exec(line);
      const other = /^\s*\d{0,3}\s*((?:THE|MR\.|MS\.|MRS\.|DR\.)\s[A-Z][A-Z .'-]{1,40}):\s+(.*)$/.exec(line);
      if (said)
        turns.push({
          speaker: said[1] === 'Q' ? 'Question' : 'Answer',
          text: said[2] ?? '',
          line: index + 1,
          round: null,
        });
      else if (other)
        turns.push({ speaker: other[1] ?? '', text: other[2] ?? '', line: index + 1, round: null });
      else if (/^\s*BY [A-Z .'-]{2,40}:\s*$/.test(line)) continue;
      else if (turns.length > 0 && line.trim() !== '')
        add(turns, '', line.replace(/^\s*\d{1,3}\s{2,}/, ''), index + 1, false);
    }
    return joinedTurns(turns.filter(({ text: words }) => words.trim() !== ''));
  },
};

const numberedHead =
  /^\s{0,3}(?:#{1,6}\s+)?(?:\*\*)?(?:Turn|Speech|Round)\s+(\d{1,4})\s*[:.–—-]\s*(?:\*\*)?\s*([\p{L}\p{N}][\p{L}\p{N}_'’-]{0,40})(?:\s+[^\n]{0,60}?)?(?:\*\*)?:?\s*$/iu;

/** "Turn 3: PRO Rebuttal" above each speech: the first word names the side, the rest what kind of speech it is. */
const numberedTurns: TranscriptReader = {
  as: 'turns',
  name: 'numbered turns',
  recognises: (text) => {
    if (!/(?:Turn|Speech|Round)\s{1,5}\d/i.test(text)) return false;
    const found = text.split('\n').flatMap((line) => numberedHead.exec(line)?.[2]?.toLowerCase() ?? []);
    return found.length >= 2 && new Set(found).size < found.length + 1 && new Set(found).size <= 12;
  },
  read(text) {
    const turns: ForeignTurn[] = [];
    for (const [index, line] of text.split('\n').entries()) {
      const head = numberedHead.exec(line);
      if (head) turns.push({ speaker: head[2] ?? '', text: '', line: index + 1, round: null });
      else if (turns.length > 0 && !/^\s*(?:[-*_]\s*){3,}$/.test(line)) {
        const last = turns.at(-1);
        if (last) last.text = `${last.text}\n${line}`;
      }
    }
    return turns
      .map((turn) => ({ ...turn, text: withoutFields(turn.text.trim()) }))
      .filter(({ text: words }) => words !== '');
  },
};

/** "- raw_words: 339" right below a heading says how a speech was made, and is no part of it. */
function withoutFields(text: string): string {
  return text.replace(/^(?:- [a-z][a-z0-9_]{0,40}: [^\n]{0,2000}(?:\n|$))+/, '').trim();
}

const speakerColumns = /^(?:speaker|name|author|from|sender|user|username|agent|party|role|who)$/i;
const textColumns = /^(?:text|content|message|utterance|speech|body|value|transcript|statement|what)$/i;

/** CSV with named columns (RFC 4180), parted by commas, semicolons or tabs. */
const table: TranscriptReader = {
  as: 'csv',
  name: 'a table with named columns',
  recognises: (text) => columnsOf(text) !== null,
  read(text) {
    const columns = columnsOf(text);
    if (!columns) return [];
    const { speaker, words, round, separator } = columns;
    return [...cellsOf(text, separator)].slice(1).flatMap(({ cells, line }) => {
      const who = (cells[speaker] ?? '').trim().slice(0, longestName);
      const said = (cells[words] ?? '').trim();
      const number = round >= 0 ? Number(cells[round]) : Number.NaN;
      const isRound = Number.isInteger(number) && number > 0;
      return who === '' || said === ''
        ? []
        : [{ speaker: who, text: said, line, round: isRound ? number : null }];
    });
  },
};

function columnsOf(text: string) {
  const first = text.slice(0, 2000).split('\n', 1)[0] ?? '';
  for (const separator of [',', ';', '\t']) {
    const names = first.split(separator).map((cell) => cell.trim().replace(/^"|"$/g, ''));
    const speaker = names.findIndex((cell) => speakerColumns.test(cell));
    const words = names.findIndex((cell) => textColumns.test(cell));
    const round = names.findIndex((cell) => /^round$/i.test(cell));
    if (speaker >= 0 && words >= 0) return { speaker, words, round, separator };
  }
  return null;
}

function* cellsOf(text: string, separator: string): Generator<{ cells: string[]; line: number }> {
  let [cells, cell, isQuoted, line, began]: [string[], string, boolean, number, number] = [
    [],
    '',
    false,
    1,
    1,
  ];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '\n') line += 1;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === separator) {
      cells.push(cell);
      cell = '';
    } else if (character === '\n') {
      yield { cells: [...cells, cell], line: began };
      [cells, cell, began] = [[], '', line];
    } else cell += character;
  }
  if (cell !== '' || cells.length > 0) yield { cells: [...cells, cell], line: began };
}

/** Every reader of a kind of its own, in the order in which they are tried; labels, headings and JSON come after them. */
export const transcriptReaders: readonly TranscriptReader[] = [
  { as: 'vtt', name: 'WebVTT', recognises: (text) => /^WEBVTT/.test(text), read: readCaptions },
  {
    as: 'srt',
    name: 'SRT captions',
    recognises: (text) => /^\s*(?:\d{1,6}\n)?\d{1,2}:\d{2}:\d{2}[.,]\d{3}\s+-->/.test(text.slice(0, 400)),
    read: readCaptions,
  },
  table,
  whatsapp,
  zoom,
  irc,
  discord,
  slack,
  minutes,
  numberedTurns,
  questionAnswer,
];
