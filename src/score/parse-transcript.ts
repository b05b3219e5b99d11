import type { SourceFault } from '../source/source-fault.ts';
import { type ForeignTurn, type ParsedTranscript, sameName } from './foreign-turns.ts';
import { parseJsonTurns } from './parse-json-turns.ts';
import { parseSpokenTurns } from './parse-spoken-turns.ts';

export interface TranscriptText {
  /** Its path, for faults. */
  file: string;
  content: string;
  /** Names whose turns alone begin a turn in plain text; null where any label does. */
  speakers: readonly string[] | null;
  /** Names that chair or instruct and take no stand. */
  leftOut: readonly string[];
}

/**
 * Reads a list of turns. JSON: one record a line, one array, or an object with `messages` or `turns`. Text: `Name: speech`,
 * `**Name:** speech`, or a heading with the name and the speech below it.
 */
export function parseTranscript({ file, content, speakers, leftOut }: TranscriptText): ParsedTranscript {
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const faults: SourceFault[] = [];
  const fault = (line: number, message: string) => void faults.push({ file, line, message });
  if (text.trim() === '')
    return { ok: false, faults: [{ file, line: 1, message: 'the transcript is empty' }] };
  const isJson = /^\s*[[{]/.test(text) && !/^\s*\[[^\]"{}]*\]\s*\S/.test(text);
  const parsed = isJson
    ? { form: 'json' as const, turns: parseJsonTurns(text, fault) }
    : parseSpokenTurns(text, speakers, fault);
  if (faults.length > 0) return { ok: false, faults };
  const ignored = new Set(leftOut.map(sameName));
  const turns = parsed.turns.filter(({ speaker }) => !ignored.has(sameName(speaker)));
  checkSpeakers(turns, fault);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, form: parsed.form, turns };
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
      `${names.length} names speak here, and at most ${mostSpeakers} can be read; name them with --speakers if some are not speakers`,
    );
}
