import { describe, expect, it } from 'vitest';
import { createLineWriter, type WritableFile } from '../../src/journal/line-writer.ts';
import { JournalError } from '../../src/journal/queued-appends.ts';

/** A disk in memory that fails as told: what was synced is apart from what was only written. */
class ScriptedFile implements WritableFile {
  bytes = Buffer.alloc(0);
  synced = Buffer.alloc(0);
  syncs = 0;
  writes = 0;
  isClosed = false;
  /** Bytes a single write takes at most. */
  mostPerWrite = Number.POSITIVE_INFINITY;
  /** Bytes the disk holds at most. */
  capacity = Number.POSITIVE_INFINITY;
  failSync: string | null = null;
  failTruncate: string | null = null;

  write(bytes: Uint8Array, offset: number, length: number, position: number) {
    this.writes++;
    const room = Math.min(length, this.mostPerWrite, this.capacity - position);
    if (room <= 0) throw systemError('ENOSPC', 'write');
    const part = Buffer.from(bytes.subarray(offset, offset + room));
    this.bytes = Buffer.concat([this.bytes.subarray(0, position), part]);
    return { bytesWritten: room };
  }
  async datasync() {
    this.syncs++;
    await Promise.resolve();
    if (this.failSync) throw systemError(this.failSync, 'fdatasync');
    this.synced = this.bytes;
  }
  async truncate(length: number) {
    if (this.failTruncate) throw systemError(this.failTruncate, 'ftruncate');
    this.bytes = this.bytes.subarray(0, length);
  }
  stat() {
    return { size: this.bytes.length };
  }
  async close() {
    this.isClosed = true;
  }
  get text() {
    return this.bytes.toString('utf8');
  }
}

function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: made up, ${syscall}`), { code, syscall });
}

function writing(file = new ScriptedFile()) {
  const held = { isOurs: true };
  const writer = createLineWriter({
    file,
    size: 0,
    path: 'runs/one/journal.jsonl',
    isOurs: async () => held.isOurs,
  });
  return { file, writer, held };
}

async function failureOf(promise: Promise<void>): Promise<JournalError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof JournalError)) throw new Error(`expected a JournalError, not ${error}`);
  return error;
}

describe('appending', () => {
  it('resolves only when the line was synced', async () => {
    const { file, writer } = writing();
    await writer.append('one');
    expect(file.synced.toString()).toBe('one\n');
  });

  it('shares one sync among those that wait, and keeps their order', async () => {
    const { file, writer } = writing();
    await Promise.all(Array.from({ length: 100 }, (_, index) => writer.append(`line ${index}`)));
    expect(file.text).toBe(Array.from({ length: 100 }, (_, index) => `line ${index}\n`).join(''));
    expect(file.syncs).toBeLessThanOrEqual(2);
  });

  it('writes the rest where the system took only a part', async () => {
    const { file, writer } = writing();
    file.mostPerWrite = 7;
    await Promise.all(['a line of some length', 'ünïcode 🕊'].map(writer.append));
    expect(file.text).toBe('a line of some length\nünïcode 🕊\n');
    expect(file.writes).toBeGreaterThan(4);
  });

  it('closes only after what was asked for is written', async () => {
    const { file, writer } = writing();
    const appending = [writer.append('one'), writer.append('two')];
    await writer.close();
    await Promise.all(appending);
    expect(file.synced.toString()).toBe('one\ntwo\n');
    expect(file.isClosed).toBe(true);
  });
});

describe('a disk that fails', () => {
  it('leaves no half line when it is full, and says what to do', async () => {
    const { file, writer } = writing();
    await writer.append('kept');
    file.capacity = 12;
    const { reason, message } = await failureOf(writer.append('too long for the rest'));
    expect(reason).toBe('not-writable');
    expect(message).toMatch(
      /runs\/one\/journal\.jsonl could not be written: the disk is full \(ENOSPC\).*saved.*Free some space/,
    );
    expect(file.text).toBe('kept\n');
    expect(file.synced.toString()).toBe('kept\n');
  });

  it('makes the journal take nothing more, even when there is room again', async () => {
    const { file, writer } = writing();
    file.capacity = 2;
    const first = await failureOf(writer.append('one'));
    file.capacity = 1000;
    expect(await failureOf(writer.append('two'))).toBe(first);
    expect(file.text).toBe('');
  });

  it('fails all that shared the write and all that waited behind it', async () => {
    const { file, writer } = writing();
    file.capacity = 8;
    const [first, ...appending] = ['one', 'two', 'three'].map(writer.append);
    const later = Promise.resolve().then(() => writer.append('four'));
    const failures = await Promise.all([...appending, later].map(failureOf));
    expect(failures.map(({ reason }) => reason)).toEqual(Array(3).fill('not-writable'));
    await first;
    expect(file.synced.toString()).toBe('one\n');
  });

  it('that cannot sync has saved nothing: the line is cut off again', async () => {
    const { file, writer } = writing();
    await writer.append('kept');
    file.failSync = 'EIO';
    expect((await failureOf(writer.append('lost'))).message).toContain('the disk reported an error (EIO)');
    expect(file.text).toBe('kept\n');
  });

  it('that cannot even cut the line off still tells of the first fault', async () => {
    const { file, writer } = writing();
    await writer.append('kept');
    file.capacity = 9;
    file.failTruncate = 'EIO';
    expect((await failureOf(writer.append('torn line'))).message).toContain('ENOSPC');
    expect(file.text).toBe('kept\ntorn');
  });
});

describe('a lock that was lost', () => {
  it('stops the writer before it writes', async () => {
    const { file, writer, held } = writing();
    await writer.append('mine');
    held.isOurs = false;
    expect((await failureOf(writer.append('late'))).reason).toBe('lease-lost');
    expect(file.text).toBe('mine\n');
  });

  it('is also seen by lines that somebody else wrote, which stay', async () => {
    const { file, writer } = writing();
    await writer.append('mine');
    file.bytes = Buffer.concat([file.bytes, Buffer.from('theirs\n')]);
    const failure = await failureOf(writer.append('late'));
    expect(failure.reason).toBe('lease-lost');
    expect(failure.message).toMatch(/taken over or changed by another process/);
    expect(file.text).toBe('mine\ntheirs\n');
  });
});
