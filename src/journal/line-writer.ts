import { closeSync, fdatasync, fstatSync, ftruncateSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { diskFault, diskRemedy } from './disk.ts';
import { JournalError, type LineWriter, queuedAppends } from './queued-appends.ts';

const datasynced = promisify(fdatasync);

/** What the writer needs of an open file. All may throw what the system says. */
export interface WritableFile {
  write(bytes: Uint8Array, offset: number, length: number, position: number): { bytesWritten: number };
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  stat(): { size: number };
  close(): Promise<void>;
}

/**
 * An open file whose looks and small writes are made at once, in some twenty microseconds, and only whose sync is waited
 * for: handing each to node's thread pool took longer than all of them together.
 */
export function openedFile(file: number): WritableFile {
  return {
    write: (bytes, offset, length, position) => ({
      bytesWritten: writeSync(file, bytes, offset, length, position),
    }),
    stat: () => fstatSync(file),
    datasync: () => datasynced(file),
    truncate: async (length) => ftruncateSync(file, length),
    close: async () => closeSync(file),
  };
}

export interface LineWriterOptions {
  file: WritableFile;
  /** Length of the file, which ends with a newline or is empty. */
  size: number;
  /** For messages. */
  path: string;
  /** False once this process lost its lock. */
  isOurs(): boolean | Promise<boolean>;
}

/**
 * Appends lines to a file, each durable before its promise resolves. Lines that wait while a sync is under
 * way share the next one. After the first failure nothing more is written: what a failed write left is cut
 * off, and where even that fails, the next open does it.
 */
export function createLineWriter({ file, size, path, isOurs }: LineWriterOptions): LineWriter {
  let durable = size;

  const commit = async (lines: readonly string[]) => {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');
    try {
      // Not waited for where it is known at once: the sync is then under way before the writer's caller goes on.
      const ours = isOurs();
      if (!(ours === true || (await ours)) || file.stat().size !== durable) throw lostTo(path);
      writeWhole(file, bytes, durable);
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

  return queuedAppends({ place: path, commit, close: () => file.close() });
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
function writeWhole(file: WritableFile, bytes: Uint8Array, position: number): void {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = file.write(bytes, written, bytes.length - written, position + written);
    if (bytesWritten === 0)
      throw Object.assign(new Error('nothing was written'), { code: 'EIO', syscall: 'write' });
    written += bytesWritten;
  }
}
