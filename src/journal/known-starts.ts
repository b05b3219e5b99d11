import { z } from 'zod';
import { type DebateEvent, type EventOf, eventSchema, formatVersion } from '../debate/events.ts';

type Started = EventOf<'debate-started'>;

/** A first line read before, in the parts between its time, its debate's name and its seed. */
interface KnownStart {
  /** From the end of the name to the seed. */
  middle: Buffer;
  /** From the end of the seed. */
  rest: Buffer;
  event: Started;
  /** A line with another time, name and seed was parsed and had all else in common, as it should. */
  isCertain: boolean;
}

const mostStarts = 16;
/** Bytes: a shorter line is parsed as fast, and longer ones would take much memory. */
const shortest = 2048;
const longest = 1 << 18;

const head = new RegExp(
  `^\\{"v":${formatVersion},"number":0,"at":"([ !#-[\\]-~]+)","type":"debate-started","debate":"([ !#-[\\]-~]+)"`,
);
const longestHead = 400;

interface Head {
  at: string;
  debate: string;
  length: number;
}

export interface KnownStarts {
  /** The event of a line that differs from one before in no more than these three; null says nothing. */
  find(line: Buffer): Started | null;
  /** Takes note of a line that had to be parsed. */
  learn(line: Buffer, event: DebateEvent): void;
}

/**
 * First lines of journals read lately. Debates of a batch begin alike in all but time, name and seed: an article, an agenda and a cast are then
 * parsed and checked once, and are the same objects in all of them, so that what is worked out of one is known for all.
 */
export function createKnownStarts(): KnownStarts {
  const starts: KnownStart[] = [];
  const { at, debate, seed } = eventSchema.options[0].shape;
  const varying = z.strictObject({ at, debate, seed });

  const match = (
    line: Buffer,
  ): { start: KnownStart; varied: Pick<Started, 'at' | 'debate' | 'seed'> } | null => {
    const found = headOf(line);
    if (!found) return null;
    for (const [place, start] of starts.entries()) {
      const { middle, rest } = start;
      const from = found.length + middle.length;
      const to = line.length - rest.length;
      // Whole numbers have no other form in JSON.
      if (to <= from || to - from > 16 || !holdsAt(line, middle, found.length) || !holdsAt(line, rest, to))
        continue;
      const digits = line.toString('latin1', from, to);
      if (!/^(?:0|[1-9]\d*)$/.test(digits)) continue;
      starts.splice(place, 1);
      starts.unshift(start);
      const varied = { at: found.at, debate: found.debate, seed: Number(digits) };
      return varying.safeParse(varied).success ? { start, varied } : null;
    }
    return null;
  };

  return {
    find(line) {
      const found = match(line);
      return found?.start.isCertain ? { ...found.start.event, ...found.varied } : null;
    },
    learn(line, event) {
      if (event.type !== 'debate-started' || line.length < shortest || line.length > longest) return;
      const known = match(line);
      if (known) {
        const { start, varied } = known;
        const differ = (['at', 'debate', 'seed'] as const).every(
          (name) => varied[name] !== start.event[name],
        );
        if (differ) start.isCertain = JSON.stringify({ ...start.event, ...varied }) === JSON.stringify(event);
        return;
      }
      const start = startOf(line, event);
      if (!start) return;
      starts.unshift(start);
      starts.splice(mostStarts);
    },
  };
}

function startOf(line: Buffer, event: Started): KnownStart | null {
  const found = headOf(line);
  const before = Buffer.from('"seed":');
  const place = line.lastIndexOf(before);
  if (!found || place < found.length) return null;
  const seed = place + before.length;
  const digits = String(event.seed);
  if (line.toString('latin1', seed, seed + digits.length) !== digits) return null;
  return {
    middle: Buffer.from(line.subarray(found.length, seed)),
    rest: Buffer.from(line.subarray(seed + digits.length)),
    event,
    isCertain: false,
  };
}

function headOf(line: Buffer): Head | null {
  const [whole, at, debate] = head.exec(line.toString('latin1', 0, longestHead)) ?? [];
  return whole === undefined || at === undefined || debate === undefined
    ? null
    : { at, debate, length: whole.length };
}

function holdsAt(line: Buffer, part: Buffer, place: number): boolean {
  return part.compare(line, place, place + part.length) === 0;
}
