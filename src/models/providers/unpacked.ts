/** Bytes by which it is told how a reply is packed. */
const headBytes = 256;

/**
 * A reply as it was before its server packed it, whatever its headers say: some pack unasked and say so, some do not, some say
 * so of what is plain, and gateways pack twice. Nothing is waited for where the first byte begins a plain text.
 */
export function unpacked(bytes: AsyncIterator<Buffer>, isSaid: boolean): AsyncIterator<Buffer> {
  let inner: AsyncIterator<Buffer> | null = null;
  const begin = async (): Promise<IteratorResult<Buffer>> => {
    const first = await bytes.next();
    if (first.done || (!isSaid && beginsPlainly(first.value))) {
      inner = bytes;
      return first;
    }
    let head = first.value;
    while (head.length < headBytes) {
      const more = await bytes.next();
      if (more.done) break;
      head = Buffer.concat([head, more.value]);
    }
    const decoder = decoderFor(head);
    const whole = restOf(head, bytes);
    inner = decoder === null ? whole : unpacked(decodedBy(decoder, whole), false);
    return inner.next();
  };
  return {
    next: () => (inner === null ? begin() : inner.next()),
    return: async () => (inner ?? bytes).return?.() ?? { done: true, value: undefined },
  };
}

/** Streams of events and JSON begin with ASCII or a mark of byte order, and with no letter with which zlib or Zstandard begin. */
function beginsPlainly([one = 0x20]: Buffer): boolean {
  return one === 0xef || (one < 0x80 && one !== 0x78 && one !== 0x28 && isText(Buffer.of(one)));
}

/** May a text begin with such bytes: ASCII, a mark of byte order, or a letter of UTF-8? */
function isText([one = 0x20, two = 0x80]: Buffer): boolean {
  if (one < 0x80) return (one > 8 && one < 14) || one > 31;
  return one > 0xc1 && one < 0xf5 && (two & 0xc0) === 0x80;
}

async function* restOf(head: Buffer, bytes: AsyncIterator<Buffer>): AsyncGenerator<Buffer, undefined> {
  try {
    yield head;
    for (let part = await bytes.next(); !part.done; part = await bytes.next()) yield part.value;
  } finally {
    await bytes.return?.();
  }
}

async function* decodedBy(
  decoder: NodeJS.ReadWriteStream,
  bytes: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer, undefined> {
  const { Readable, pipeline } = process.getBuiltinModule('node:stream');
  // An error of either side reaches the reader.
  for await (const part of pipeline(Readable.from(bytes), decoder, () => {})) yield part as Buffer;
}

/** By the marks of gzip, zlib and Zstandard; those without a mark are tried. null for what is plain. */
function decoderFor(head: Buffer) {
  const zlib = process.getBuiltinModule('node:zlib');
  const [one = 0, two = 0, three = 0] = head;
  if (one === 0x1f && two === 0x8b) return zlib.createGunzip();
  if (one === 0x28 && two === 0xb5 && three === 0x2f) return zlib.createZstdDecompress();
  if ((one & 15) === 8 && one >> 4 < 8 && (one * 256 + two) % 31 === 0) return zlib.createInflate();
  const { BROTLI_OPERATION_FLUSH, Z_SYNC_FLUSH } = zlib.constants;
  const isTextBy = (unpack: () => Buffer) => {
    try {
      const text = unpack();
      return text.length > 0 && isText(text);
    } catch {
      return false;
    }
  };
  if (isTextBy(() => zlib.brotliDecompressSync(head, { finishFlush: BROTLI_OPERATION_FLUSH })))
    return zlib.createBrotliDecompress();
  if (isTextBy(() => zlib.inflateRawSync(head, { finishFlush: Z_SYNC_FLUSH })))
    return zlib.createInflateRaw();
  return null;
}
