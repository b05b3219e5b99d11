import type { SourceFault } from '../source/source-fault.ts';
import { grouped } from '../text/figures.ts';
import { captionReaders } from './caption-turns.ts';
import {
  type ForeignTurn,
  longestName,
  type ParsedTranscript,
  returningTurns,
  sameName,
  type TellFault,
  type TranscriptReader,
} from './foreign-turns.ts';
import { chatReaders, recordReaders } from './headed-turns.ts';
import { parseJsonTurns, recordsInYaml } from './json-turns.ts';
import { parseLabelledTurns } from './labelled-turns.ts';
import { withoutLineNumbers, withoutStamps } from './line-marks.ts';
import { markedReaders } from './marked-turns.ts';
import { isPage, textOfMarkup } from './markup-text.ts';
import { numberedReaders } from './numbered-turns.ts';
import { checkNames, checkSpeakers, type ReadTurns, speakersLine, withParties } from './parties.ts';
import { tableReaders } from './table-turns.ts';

/** Readers of a kind of their own, in the order in which they are tried; records, labels, headings and JSON come after them. */
const readers: readonly TranscriptReader[] = [
  ...captionReaders,
  ...tableReaders,
  ...markedReaders,
  ...chatReaders,
  ...numberedReaders,
];

/** Kinds of transcript that a person can name instead of leaving the choice to the content. */
export const transcriptKinds = [
  ...new Set(['json', 'labels', ...[...readers, ...recordReaders].map(({ as }) => as)]),
];

export interface TranscriptText {
  /** Its path, for faults. */
  file: string;
  content: string;
  /** Names whose turns alone begin a turn in plain text; null where any label does. */
  speakers: readonly string[] | null;
  /** Names that chair or instruct and take no stand. */
  leftOut: readonly string[];
  /** The kind to read it as, of `transcriptKinds`; null lets the content decide. */
  as?: string | null;
  /** What the content was taken from, as reports name it; null or absent for text. */
  form?: string | null;
  /** What the text was taken from; absent where the file is the text. */
  carrier?: string;
  /** Which conversation of several is read, from 1. */
  part?: number | null;
}

/**
 * Reads who said what. The kind is found by the content: captions, chats, tables, questions and answers, numbered turns; JSON, one
 * record a line, one array, or an object with a list; else text in which names stand before colons or in headings.
 */
export function parseTranscript(given: TranscriptText): ParsedTranscript {
  const { file, content, speakers, leftOut } = given;
  const carrier = isPage(content) ? 'a web page' : given.carrier;
  const text = (isPage(content) ? textOfMarkup(content) : content)
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    // Only WhatsApp means something by a mark of direction: that a line is none of its sender's.
    .replace(/^[\u200f\u202a-\u202e\u2066-\u2069]{1,8}(?=\p{L})/gmu, '')
    .replace(/[\u200e\u200f\u202c\u2069]{1,8}(?=\s?[:：])/g, '');
  const faults: SourceFault[] = [];
  const fault: TellFault = (line, message) => void faults.push({ file, line, message });
  if (text.trim() === '')
    return { ok: false, faults: [{ file, line: 1, message: 'the transcript is empty' }] };
  if (linesIn(text) > mostLines) {
    const message = `the transcript has more than ${grouped(mostLines)} lines, which is the most that is read`;
    return { ok: false, faults: [{ file, line: 1, message }] };
  }
  const parsed = turnsOf(withoutLineNumbers(text), given, fault);
  if (faults.length > 0) return { ok: false, faults };
  const ignored = ignoredIn(parsed.turns, leftOut);
  // In text a name is written now in full, now in short; records name their speakers alike.
  const found = parsed.isLoose && !speakers ? withParties(parsed.turns) : { turns: parsed.turns, taken: [] };
  const turns: ForeignTurn[] = [];
  const asked: { afterTurn: number; text: string }[] = [];
  for (const turn of withoutStamps(found.turns)) {
    const name = sameName(turn.speaker);
    if (!ignored.has(name)) turns.push(turn);
    // What a chat's system message says is no part of the talk.
    else if (name !== 'system') asked.push({ afterTurn: turns.length, text: turn.text });
  }
  checkSpeakers(turns, fault);
  const absent = (speakers ?? []).filter(
    (name) => !turns.some(({ speaker }) => sameName(speaker) === sameName(name)),
  );
  if (absent.length > 0 && faults.length === 0) {
    const heard = [...new Set(turns.map(({ speaker }) => speaker))].join(', ');
    fault(1, `nobody called ${absent.join(' or ')} speaks here; those who do are ${heard}`);
  }
  if (faults.length === 0 && !speakers) checkNames(parsed, turns, fault);
  if (faults.length > 0) return { ok: false, faults };
  const taken = found.taken.length > 0 ? [`taken for one speaker: ${found.taken.join(', ')}`] : [];
  const notes = [
    speakersLine(carrier ? `${parsed.form}, in ${carrier}` : parsed.form, turns),
    ...taken,
    ...(parsed.notes ?? []),
  ];
  return { ok: true, form: parsed.form, turns, asked, notes };
}

/** Names that take no part; the system of a dialogue between a user and a system does. */
function ignoredIn(turns: readonly ForeignTurn[], leftOut: readonly string[]): Set<string> {
  const ignored = new Set(leftOut.map(sameName));
  const names = turns.map(({ speaker }) => sameName(speaker));
  const answers = names.filter((name) => name === 'system').length;
  if (answers > 1 && new Set(names).size === 2) ignored.delete('system');
  return ignored;
}

/** A talk of a week has fewer lines; a file of more is none, or not worth the wait. */
const mostLines = 50_000;

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && lines <= mostLines; at = text.indexOf('\n', at + 1))
    lines += 1;
  return lines;
}

function turnsOf(text: string, given: TranscriptText, fault: TellFault): ReadTurns {
  const { speakers, as = null, form = null, part = null } = given;
  const inText = (talk: string) => textTurns(talk, speakers, fault).turns;
  const json = (content: string) => parseJsonTurns(content, fault, part, inText);
  if (form !== null) return { form, turns: json(text) };
  const forced = as === null ? undefined : [...readers, ...recordReaders].find((reader) => reader.as === as);
  const reader = forced ?? (as === null ? readers.find((one) => one.recognises(text)) : undefined);
  if (reader) {
    const read = readBy(reader, text, part, fault);
    return read.isLoose && speakers ? { ...read, turns: turnsOfNamed(read.turns, speakers) } : read;
  }
  const looksLikeJson = /^\s*[[{]/.test(text) && !/^\s*\[[^\]"{}]*\]\s*\S/.test(text);
  if (as === 'json' || (as === null && looksLikeJson)) return { form: 'JSON', turns: json(text) };
  const yaml = as === null ? recordsInYaml(text) : null;
  if (yaml !== null) return { form: 'YAML', turns: json(JSON.stringify(yaml)) };
  return as === 'labels' ? labelled(text, speakers, fault) : textTurns(text, speakers, fault);
}

function readBy(reader: TranscriptReader, text: string, part: number | null, fault: TellFault): ReadTurns {
  const read = reader.read(text, part);
  if (typeof read === 'string') fault(1, read);
  else if (read.length === 0)
    fault(1, `no turn is found in it as ${reader.name}; name another kind, or leave the choice out`);
  const isLoose = captionReaders.includes(reader) || recordReaders.includes(reader);
  const turns = typeof read === 'string' ? [] : read.filter(({ speaker }) => speaker !== '');
  const aside =
    typeof read === 'string'
      ? []
      : read.flatMap(({ speaker, text: words }) => (speaker === '' ? words.split('\n', 1) : []));
  const notes = aside.length > 0 ? [`left out, since it is nobody’s turn: ${aside.join(', ')}`] : [];
  return { form: reader.name, turns, isLoose, notes };
}

function labelled(text: string, speakers: readonly string[] | null, fault: TellFault): ReadTurns {
  return { ...parseLabelledTurns(text, speakers, fault), isLoose: true };
}

/** Names before colons or in headings, or one of the ways of records where more of their turns are by people who come back. */
function textTurns(text: string, speakers: readonly string[] | null, fault: TellFault): ReadTurns {
  const faults: [number, string][] = [];
  const byLabel = labelled(text, speakers, (line, message) => void faults.push([line, message]));
  let best = byLabel;
  let most = faults.length > 0 ? 0 : returningTurns(withParties(byLabel.turns).turns);
  for (const reader of recordReaders.filter((one) => one.recognises(text))) {
    const read = reader.read(text, null);
    if (typeof read === 'string') continue;
    const turns = speakers ? turnsOfNamed(read, speakers) : read;
    const found = returningTurns(withParties(turns).turns);
    if (found < 3 || found <= most) continue;
    [best, most] = [{ form: reader.name, turns, isLoose: true }, found];
  }
  if (best !== byLabel) return withoutTitle(best);
  for (const [line, message] of faults) fault(line, message);
  return best;
}

/** A page's title on a line of its own looks like a name; below it stands no sentence, and it does not come back. */
function withoutTitle(read: ReadTurns): ReadTurns {
  const [first, ...rest] = read.turns;
  const comesBack = rest.some(({ speaker }) => sameName(speaker) === sameName(first?.speaker ?? ''));
  if (!first || comesBack || first.text.length > longestName || /[.!?。！？…]/u.test(first.text)) return read;
  return { ...read, turns: rest, notes: [`left out above the first speaker: ${first.speaker}`] };
}

/** Only turns of those who are named; what another name seems to begin are words of the speaker before. */
function turnsOfNamed(turns: readonly ForeignTurn[], speakers: readonly string[]): ForeignTurn[] {
  const named = new Set(speakers.map(sameName));
  const own: ForeignTurn[] = [];
  for (const turn of turns) {
    const last = own.at(-1);
    if (named.has(sameName(turn.speaker))) own.push({ ...turn });
    else if (last) last.text += `\n${turn.speaker}: ${turn.text}`;
  }
  return own;
}
