import type { SourceFault } from '../source/source-fault.ts';
import { type ForeignTurn, type ParsedTranscript, sameName } from './foreign-turns.ts';
import { parseJsonTurns } from './parse-json-turns.ts';
import { parseSpokenTurns } from './parse-spoken-turns.ts';
import { transcriptReaders } from './transcript-readers.ts';

/** Kinds of transcript that a person can name instead of leaving the choice to the content. */
export const transcriptKinds = ['json', 'labels', ...transcriptReaders.map(({ as }) => as)];

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
  /** Which conversation of several is read, from 1. */
  part?: number | null;
}

type TellFault = (line: number, message: string) => void;

/**
 * Reads who said what. The kind is found by the content: captions, chats, tables, questions and answers, numbered turns; JSON, one
 * record a line, one array, or an object with a list; else text in which names stand before colons or in headings.
 */
export function parseTranscript({
  file,
  content,
  speakers,
  leftOut,
  as = null,
  form = null,
  part = null,
}: TranscriptText): ParsedTranscript {
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const faults: SourceFault[] = [];
  const fault: TellFault = (line, message) => void faults.push({ file, line, message });
  if (text.trim() === '')
    return { ok: false, faults: [{ file, line: 1, message: 'the transcript is empty' }] };
  const parsed =
    form === null
      ? turnsOf(text, speakers, as, part, fault)
      : { form, turns: parseJsonTurns(text, fault, part) };
  if (faults.length > 0) return { ok: false, faults };
  const ignored = new Set(leftOut.map(sameName));
  const turns: ForeignTurn[] = [];
  const asked: { afterTurn: number; text: string }[] = [];
  for (const turn of parsed.turns) {
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
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, form: parsed.form, turns, asked, notes: notesOn(parsed.form, turns) };
}

function turnsOf(
  text: string,
  speakers: readonly string[] | null,
  as: string | null,
  part: number | null,
  fault: TellFault,
): { form: string; turns: ForeignTurn[] } {
  const forced = transcriptReaders.find((reader) => reader.as === as);
  const reader =
    forced ??
    (as === null && speakers === null ? transcriptReaders.find((one) => one.recognises(text)) : undefined);
  if (reader) {
    const turns = reader.read(text);
    if (turns.length === 0)
      fault(1, `no turn is found in it as ${reader.name}; name another kind, or leave the choice out`);
    return { form: reader.name, turns };
  }
  const looksLikeJson = /^\s*[[{]/.test(text) && !/^\s*\[[^\]"{}]*\]\s*\S/.test(text);
  return as === 'json' || (as === null && looksLikeJson)
    ? { form: 'JSON', turns: parseJsonTurns(text, fault, part) }
    : parseSpokenTurns(text, speakers, fault);
}

/** How turns and parties were found, for a person to see: the kind, who speaks and how often. */
function notesOn(form: string, turns: readonly ForeignTurn[]): string[] {
  const counts = new Map<string, { name: string; count: number }>();
  for (const { speaker } of turns) {
    const key = sameName(speaker);
    counts.set(key, { name: counts.get(key)?.name ?? speaker, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const heard = [...counts.values()].map(({ name, count }) => `${name} (${count})`).join(', ');
  return [`read as ${form}, ${counts.size} speakers: ${heard}`];
}

/** Parties are shown to a judge as A to L; a cast has as many. */
const mostSpeakers = 12;

function checkSpeakers(turns: readonly ForeignTurn[], fault: (line: number, message: string) => void): void {
  const names = [...new Map(turns.map(({ speaker }) => [sameName(speaker), speaker])).values()];
  if (names.length === 0) fault(1, 'nobody speaks here; write each turn as "Name: speech"');
  else if (names.length === 1)
    fault(turns[0]?.line ?? 1, `only ${names[0]} speaks here; convergence needs two speakers or more`);
  else if (names.length > mostSpeakers)
    fault(
      1,
      `${names.length} names speak here, and at most ${mostSpeakers} can be read; name the speakers if some of these are not`,
    );
}
