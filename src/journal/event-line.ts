import { isUtf8 } from 'node:buffer';
import type { Clock } from '../debate/clock.ts';
import { type DebateEvent, type EventBody, eventSchema, formatVersion } from '../debate/events.ts';
import { parsedJson } from '../text/json-in-text.ts';
import { exactValuesOf } from './exact-values.ts';
import { createKnownStarts, type KnownStarts } from './known-starts.ts';
import type { Journal } from './types.ts';

/** Why a line is no event; `unreadable` is what a write cut short leaves, the others never are. */
export interface LineFault {
  kind: 'unreadable' | 'invalid' | 'unsupported-version';
  /** In words, to stand in brackets after file and line. */
  what: string;
}

export type ParsedLine = { ok: true; event: DebateEvent } | { ok: false; fault: LineFault };

/**
 * Numbers and dates an event, in the very form a reader will get back: text is well-formed Unicode and the
 * keys stand in the schema's order. Throws where the body is no event, which is a bug in its maker: what
 * could not be read again is never written.
 */
function stampedEvent(body: EventBody, number: number, at: number): { event: DebateEvent; line: string } {
  const stamped = { ...body, v: formatVersion, number, at: new Date(at).toISOString() } as DebateEvent;
  // Made in the schema's order, as nearly all are, it is taken as it is; what many debates have in common then stays one object.
  const direct = isExactEvent()(stamped) ? stamped : eventSchema.safeParse(stamped).data;
  if (direct) {
    const line = lineOf(direct);
    // JSON escapes the halves of surrogate pairs that stand alone, which is rare: only then each string is looked at.
    if (!/\\ud[89a-f]/.test(line)) return { event: direct, line };
  }
  const parsed = eventSchema.safeParse(JSON.parse(JSON.stringify(stamped, wellFormed)));
  if (!parsed.success) throw new TypeError(`event ${number} is not valid: ${firstIssue(parsed.error)}`);
  return { event: parsed.data, line: lineOf(parsed.data) };
}

let exactEvent: ReturnType<typeof exactValuesOf> | undefined;

/** Compiled with the first event: a start of the program that writes and reads none does without. */
function isExactEvent(): ReturnType<typeof exactValuesOf> {
  exactEvent ??= exactValuesOf(eventSchema);
  return exactEvent;
}

/** One line without its newline. Line breaks that other readers know (NEL, U+2028, U+2029) and C1 controls are escaped. */
export function lineOf(event: DebateEvent): string {
  const { v, number, at, type, ...rest } = event;
  return JSON.stringify({ v, number, at, type, ...rest }).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Reads a line that must hold the event of this number. */
export function eventOfLine(bytes: Uint8Array, number: number): ParsedLine {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (number !== 0) return parsedLine(line, number);
  knownStarts ??= createKnownStarts();
  const known = knownStarts.find(line);
  if (known) return { ok: true, event: known };
  const parsed = parsedLine(line, number);
  if (parsed.ok) knownStarts.learn(line, parsed.event);
  return parsed;
}

let knownStarts: KnownStarts | undefined;

function parsedLine(line: Buffer, number: number): ParsedLine {
  if (line.includes(0)) return fault('unreadable', 'filled with NUL bytes');
  if (!isUtf8(line)) return fault('unreadable', 'not UTF-8');
  const json = parsedJson(line.toString('utf8'));
  if (json === undefined) return fault('unreadable', line.length === 0 ? 'an empty line' : 'bad JSON');
  const version = versionOf(json);
  if (version !== formatVersion && typeof version === 'number') {
    return fault('unsupported-version', `event format ${version}`);
  }
  const parsed = eventOf(json);
  if (!parsed.success) return fault('invalid', `not an event: ${firstIssue(parsed.error)}`);
  if (parsed.data.number !== number) {
    return fault('invalid', `event ${parsed.data.number} where event ${number} should be`);
  }
  return { ok: true, event: parsed.data };
}

/** What the schema makes of it. */
function eventOf(json: unknown): ReturnType<typeof eventSchema.safeParse> {
  if (typeof json === 'object' && json !== null) {
    const event = inOrder(json as Record<string, unknown>);
    if (isExactEvent()(event)) return { success: true, data: event as DebateEvent };
  }
  return eventSchema.safeParse(json);
}

/** In a line what all events have stands first; in the schema its kind does, and the rest of it last. */
function inOrder(json: Record<string, unknown>): Record<string, unknown> {
  const { type, v, number, at } = json;
  const event: Record<string, unknown> = { type };
  for (const key in json)
    if (key !== 'type' && key !== 'v' && key !== 'number' && key !== 'at') event[key] = json[key];
  event['v'] = v;
  event['number'] = number;
  event['at'] = at;
  return event;
}

function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

function fault(kind: LineFault['kind'], what: string): ParsedLine {
  return { ok: false, fault: { kind, what } };
}

function versionOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'v' in json ? json.v : undefined;
}

function firstIssue(error: { issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  const issue = error.issues[0];
  if (!issue) return 'unknown fault';
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}

interface NumberedJournalOptions {
  debate: string;
  history: readonly DebateEvent[];
  clock: Pick<Clock, 'now'>;
  /** Stores a line durably, in the order of the calls. */
  store(line: string): Promise<void>;
  close(): Promise<void>;
}

/** A journal over whatever stores lines: numbers and dates events in the order of the calls. */
export function numberedJournal({ debate, history, clock, store, close }: NumberedJournalOptions): Journal {
  let number = history.length;
  let closing: Promise<void> | undefined;
  const write: Journal['write'] = (body) => {
    const { event, line } = stampedEvent(body, number, clock.now());
    number++;
    return { event, saved: store(line) };
  };
  return {
    debate,
    history,
    write,
    async append(body) {
      const { event, saved } = write(body);
      await saved;
      return event;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
