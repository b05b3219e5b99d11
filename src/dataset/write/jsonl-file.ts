import { closeSync, openSync, writeSync } from 'node:fs';

const bufferBytes = 1 << 18;

/** A file of lines, written in large pieces. Synchronous, so that whoever makes rows waits for the disk. */
export interface LineFile {
  write(line: string): void;
  close(): void;
}

export function createLineFile(path: string): LineFile {
  const file = openSync(path, 'wx');
  const buffer = Buffer.allocUnsafe(bufferBytes);
  let used = 0;
  const flush = () => {
    writeWhole(file, buffer.subarray(0, used));
    used = 0;
  };
  return {
    write(line) {
      const bytes = Buffer.from(`${line}\n`, 'utf8');
      if (used + bytes.length > bufferBytes) flush();
      if (bytes.length > bufferBytes) writeWhole(file, bytes);
      else used += bytes.copy(buffer, used);
    },
    close() {
      flush();
      closeSync(file);
    },
  };
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
