import { fstatSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { diskFault, diskRemedy } from './disk-failure.ts';
import { JournalError } from './journal-error.ts';

/** What the writer needs of an open file. All may throw what the system says. */
export interface WritableFile {
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): { bytesWritten: number } | Promise<{ bytesWritten: number }>;
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  stat(): { size: number } | Promise<{ size: number }>;
  close(): Promise<void>;
}

/**
 * An open file whose looks and small writes are made at once, in some twenty microseconds, and only whose sync is waited
 * for: handing each to node's thread pool took longer than all of them together.
 */
export function promptFile(handle: FileHandle): WritableFile {
  return {
    write: (bytes, offset, length, position) => ({
      bytesWritten: writeSync(handle.fd, bytes, offset, length, position),
    }),
    stat: () => fstatSync(handle.fd),
    datasync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}

export interface LineWriter {
  /** Resolves when the line is durable; lines are written in the order of the calls. Rejects with a JournalError. */
  append(line: string): Promise<void>;
  /** Waits for what is under way, then closes the file. */
  close(): Promise<void>;
}

interface Waiting {
  bytes: Buffer;
  resolve(): void;
  reject(error: unknown): void;
}

export interface LineWriterOptions {
  file: WritableFile;
  /** Length of the file, which ends with a newline or is empty. */
  size: number;
  /** For messages. */
  path: string;
  /** False once this process lost its lock. */
  isOurs(): Promise<boolean>;
}

/**
 * Appends lines to a file, each durable before its promise resolves. Lines that wait while a sync is under
 * way share the next one. After the first failure nothing more is written: what a failed write left is cut
 * off, and where even that fails, the next open does it.
 */
export function createLineWriter({ file, size, path, isOurs }: LineWriterOptions): LineWriter {
  let waiting: Waiting[] = [];
  let working: Promise<void> | null = null;
  let broken: unknown = null;
  let isClosed = false;
  let durable = size;

  const append = (line: string) =>
    new Promise<void>((resolve, reject) => {
      if (isClosed) return reject(new Error(`${path} is closed`));
      if (broken) return reject(broken);
      waiting.push({ bytes: Buffer.from(`${line}\n`, 'utf8'), resolve, reject });
      working ??= work();
    });

  const work = async () => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        if (broken) throw broken;
        await commit(Buffer.concat(group.map((line) => line.bytes)));
        for (const line of group) line.resolve();
      } catch (error) {
        broken ??= error;
        for (const line of group) line.reject(broken);
      }
    }
    working = null;
  };

  const commit = async (bytes: Buffer) => {
    try {
      if (!(await isOurs()) || (await file.stat()).size !== durable) throw lostTo(path);
      await writeWhole(file, bytes, durable);
      await file.datasync();
    } catch (error) {
      if (error instanceof JournalError) throw error;
      await cutBack();
      throw unwritable(path, error);
    }
    durable += bytes.length;
  };

  const cutBack = async () => {
    try {
      await file.truncate(durable);
      await file.datasync();
    } catch {
      // The disk refuses this too; opening the journal repairs what is left.
    }
  };

  const close = async () => {
    isClosed = true;
    await working;
    await file.close();
  };

  return { append, close };
}

function lostTo(path: string): JournalError {
  return new JournalError(
    'lease-lost',
    `${path} was taken over or changed by another process, so this one stopped writing to it. What it saved is whole; let the other process go on, or resume the run.`,
  );
}

function unwritable(path: string, error: unknown): JournalError {
  return new JournalError(
    'not-writable',
    `${path} could not be written: ${diskFault(error)}. Every event before this one is saved. ${diskRemedy(error)}, then resume the run.`,
    { cause: error },
  );
}

/** A write may take less than it was given; the rest is tried until the system says why. */
async function writeWhole(file: WritableFile, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    if (bytesWritten === 0)
      throw Object.assign(new Error('nothing was written'), { code: 'EIO', syscall: 'write' });
    written += bytesWritten;
  }
}
