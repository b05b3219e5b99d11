import { type ForeignTurn, longestName, severalMessage, type TranscriptReader } from './foreign-turns.ts';

/** Columns of other languages count where they name both who speaks and what. */
const speakerColumns = [
  /^speaker(?:[ _-]?(?:name|label))?$/i,
  /^(?:name|author|agent|participant|character|persona?|sender|from|username|nick|handle|debater|party|role|who|user)(?:[ _-]?name)?$/i,
  /^(?:sprecher|redner|orat(?:eu|o)r|intervenant|locuteur|locutor|hablante|interviniente|ponente|relatore|falante|spreker|talare|спикер|говорящий|выступающий|发言人|發言人|说话人|話者|発言者|화자|발언자|المتحدث|דובר|वक्ता)(?::?in)?$/i,
];
const textColumns = [
  /^(?:text|content|message|utterance|speech|transcript|statement|dialogue|dialog|words|comment|body|nachricht|mensaje)$/i,
  /^(?:argument|quote|sentence|caption|reply|response|value|what|said|line)$/i,
  /^\w{1,30}[ _-](?:text|content|message|utterance|speech|statement|said|body)$/i,
  /^(?:beitrag|rede|redebeitrag|äu(?:ß|ss)erung|aussage|texte|propos|intervention|texto|intervención|testo|intervento|tekst|inlägg|текст|реплика|内容|发言|發言|文本|発言|発話|본문|내용|발언|النص|טקסט|पाठ)$/i,
];
const talkColumns =
  /^(?:conversation|debate|dialog(?:ue)?|session|thread|chat|episode|meeting|talk|transcript)[ _-]?(?:id|no|num(?:ber)?)?$/i;

/** Places of the columns that say who speaks, what, in which round and in which talk; null where none do. */
function columnsAmong(names: readonly string[]) {
  const placeOf = (patterns: readonly RegExp[], other = -1) => {
    for (const pattern of patterns) {
      const place = names.findIndex((cell, at) => at !== other && pattern.test(cell.trim()));
      if (place >= 0) return place;
    }
    return -1;
  };
  const speaker = placeOf(speakerColumns);
  const words = placeOf(textColumns, speaker);
  if (speaker < 0 || words < 0) return null;
  const talk = names.findIndex((cell, at) => at !== words && talkColumns.test(cell.trim()));
  return { speaker, words, talk, round: placeOf([/^round$/i]) };
}

/** Rows below a row of names, as turns. */
function turnsOfRows(
  rows: Iterable<{ cells: string[]; line: number }>,
  part: number | null,
): ForeignTurn[] | string {
  let columns: ReturnType<typeof columnsAmong> | undefined;
  const talks = new Map<string, ForeignTurn[]>();
  for (const { cells, line } of rows) {
    if (!columns) {
      columns = columnsAmong(cells);
      continue;
    }
    const who = (cells[columns.speaker] ?? '').trim().slice(0, longestName);
    const text = (cells[columns.words] ?? '').trim();
    if (who === '' || text === '') continue;
    const number = columns.round >= 0 ? Number(cells[columns.round]) : 0;
    const talk = columns.talk >= 0 ? (cells[columns.talk] ?? '').trim() : '';
    const turns = talks.get(talk) ?? [];
    talks.set(talk, turns);
    turns.push({ speaker: who, text, line, round: Number.isInteger(number) && number > 0 ? number : null });
  }
  const all = [...talks.values()];
  const wanted = all.length > 1 ? all[(part ?? 0) - 1] : (all[0] ?? []);
  return wanted ?? severalMessage(all.length, 'conversations');
}

/** CSV with named columns (RFC 4180), parted by commas, semicolons or tabs. */
const csv: TranscriptReader = {
  as: 'csv',
  name: 'a table with named columns',
  recognises: (text) => separatorOf(text) !== null,
  read(text, part) {
    const separator = separatorOf(text);
    const rows = separator === null ? [] : separator === '|' ? barredRows(text) : cellsOf(text, separator);
    return turnsOfRows(rows, part);
  },
};

export const tableReaders = [csv];

function separatorOf(text: string): string | null {
  const lines = text.slice(0, 4000).trimStart().split('\n');
  const [first = ''] = lines;
  const rule = lines.findIndex((line) => line.length > 2 && /^\s{0,4}\|[\s|:-]{2,400}$/.test(line));
  if (rule > 0) return columnsAmong(barredCells(lines[rule - 1] ?? '')) ? '|' : null;
  const found = [',', ';', '\t'].find((separator) =>
    columnsAmong(first.split(separator).map((cell) => cell.trim().replace(/^"|"$/g, ''))),
  );
  return found ?? null;
}

/** A table of Markdown. */
function barredRows(text: string): { cells: string[]; line: number }[] {
  return text.split('\n').flatMap((row, index) => {
    if (!row.trimStart().startsWith('|') || /^[\s|:-]{1,400}$/.test(row)) return [];
    return [{ cells: barredCells(row), line: index + 1 }];
  });
}

function barredCells(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').trim());
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
