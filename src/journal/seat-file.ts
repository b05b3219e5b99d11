import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Who held seats when a run was left, and the words that were not said yet, by persona. */
const seatFileSchema = z.strictObject({
  v: z.literal(1),
  seats: z.array(z.string()),
  drafts: z.record(z.string(), z.string()),
});

/** The file beside a journal in which seats and drafts of people outlive a process. */
export interface SeatFile {
  /** The seats that were held when it was opened. */
  readonly seats: readonly string[];
  hold(seats: readonly string[]): void;
  read(persona: string): string;
  keep(persona: string, text: string): void;
  /** Writes what is not written yet. */
  close(): void;
}

/** A person types faster than a file need be written. */
const pauseMs = 300;

/** Opens seats.json in a run's folder. A file that cannot be read counts as none; one that cannot be written loses drafts and nothing else. */
export function openSeatFile(runFolder: string): SeatFile {
  const path = join(runFolder, 'seats.json');
  let { seats, drafts } = readSeatFile(path);
  const before = seats;
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    try {
      if (seats.length === 0 && Object.keys(drafts).length === 0) return rmSync(path, { force: true });
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, `${JSON.stringify({ v: 1, seats, drafts })}\n`);
      renameSync(`${path}.new`, path);
    } catch {
      // What was said is in the journal, and what was not said yet is on the screen.
    }
  };
  const writeSoon = () => {
    timer ??= setTimeout(write, pauseMs);
  };
  return {
    seats: before,
    hold(now) {
      if (now.join() === seats.join()) return;
      seats = [...now];
      writeSoon();
    },
    read: (persona) => drafts[persona] ?? '',
    keep(persona, text) {
      const { [persona]: known = '', ...others } = drafts;
      if (known === text) return;
      drafts = text === '' ? others : { ...others, [persona]: text };
      writeSoon();
    },
    close() {
      if (timer) write();
    },
  };
}

function readSeatFile(path: string): Pick<z.infer<typeof seatFileSchema>, 'seats' | 'drafts'> {
  try {
    return seatFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { seats: [], drafts: {} };
  }
}
