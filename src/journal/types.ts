import { z } from 'zod';
import type { DebateEvent, EventBody } from '../debate/events.ts';
import type { Outcome } from '../debate/outcome.ts';
import type { SideFile } from './side-file.ts';

export type JournalFailure =
  | 'not-found'
  | 'exists'
  | 'bad-name'
  | 'locked'
  | 'damaged'
  | 'not-writable'
  | 'unsupported-version'
  | 'lease-lost'
  /** A database server that is away for now: the same may work later. */
  | 'unreachable'
  /** A database server that does not let us in, or has no schema of ours: somebody must do something first. */
  | 'refused';

/** A prompt file kept beside a journal, exactly as it was used. */
export interface KeptFile {
  /** Relative to the prompt folder, with forward slashes, such as strategies/plain.md. */
  path: string;
  content: string;
}

/** What a speaker thought before one reply, kept beside a journal where a person asked for it. */
export const keptThoughtSchema = z.object({
  v: z.literal(1),
  /** The turn the reply became; null for a reply that is no turn. */
  turn: z.int().positive().nullable(),
  round: z.int().nonnegative(),
  /** A persona's id, or moderator. */
  role: z.string(),
  /** What the call was for, such as speak. */
  call: z.string(),
  model: z.string(),
  text: z.string(),
});
export type KeptThought = z.infer<typeof keptThoughtSchema>;

/** The append-only record of one debate, open for writing by one process. */
export interface Journal {
  readonly debate: string;
  /** The events read when it was opened; not extended by append. */
  readonly history: readonly DebateEvent[];
  /** Numbers, dates and stores an event; when it resolves, the event survives a power cut. Calls are taken in order. */
  append(body: EventBody): Promise<DebateEvent>;
  /** The same, giving the event at once: work may go on from it, but nothing may be shown or sent before it is saved. */
  write(body: EventBody): Written;
  /** Gives the lock back. Safe to call twice. */
  close(): Promise<void>;
}

/** An event on its way to the disk or the server. */
interface Written {
  event: DebateEvent;
  /** Resolves when the event survives a power cut; rejects with a JournalError. */
  saved: Promise<void>;
}

/** What a reader gets of one debate without locking it. */
export interface StoredDebate {
  debate: string;
  events: DebateEvent[];
  /** Prompt files by path. */
  files: Map<string, string>;
  /** True where the last line was torn by a crash; the events before it are whole. */
  isTorn: boolean;
}

/** One interface, two twins under the same tests: files and Postgres. */
export interface JournalStore {
  /** Where it is, for messages: a folder or a postgres:// address without its password. */
  readonly place: string;
  /** `history` is what a fork shares with another debate: a new journal begins with all of it, or is not made. */
  create(
    debate: string,
    files: readonly KeptFile[],
    history?: readonly DebateEvent[],
  ): Promise<Outcome<Journal, JournalFailure>>;
  /** Opens for appending; repairs a torn last line first. */
  open(debate: string): Promise<Outcome<Journal, JournalFailure>>;
  read(debate: string): Promise<Outcome<StoredDebate, JournalFailure>>;
  /** The events of one debate as they are read, one in memory at a time; a failure comes last, in place of the rest. */
  events(debate: string): AsyncIterable<Outcome<DebateEvent, JournalFailure>>;
  /** Ids of the stored debates, oldest first where the store knows, without reading them. */
  list(): AsyncIterable<string>;
  /** Opens the file of a debate's thoughts; absent where there is no place beside the journals. */
  openThoughts?(debate: string): Outcome<SideFile<KeptThought>, JournalFailure>;
}
