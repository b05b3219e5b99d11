import { PassThrough, Writable } from 'node:stream';
import xterm from '@xterm/headless';
import stringWidth from 'string-width';

/** A terminal without a window: takes what a program writes and shows what a person would see. */
export class VirtualTerminal {
  readonly stdout: VirtualOutput;
  readonly stdin: VirtualInput;
  readonly xterm: InstanceType<typeof xterm.Terminal>;
  bytes = 0;
  writes = 0;

  constructor(columns: number, rows: number) {
    this.xterm = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      scrollback: 2000,
      convertEol: true,
    });
    this.xterm.unicode.register(modernWidths);
    this.xterm.unicode.activeVersion = modernWidths.version;
    this.stdout = new VirtualOutput(columns, rows, (chunk) => {
      this.bytes += Buffer.byteLength(chunk);
      this.writes += 1;
      this.xterm.write(chunk);
    });
    this.stdin = new VirtualInput();
  }

  resize(columns: number, rows: number): void {
    this.xterm.resize(columns, rows);
    this.stdout.columns = columns;
    this.stdout.rows = rows;
    this.stdout.emit('resize');
  }

  /** Resolves when all that was written has been taken in. */
  settled(): Promise<void> {
    return new Promise((resolve) => this.xterm.write('', () => resolve()));
  }

  /** The rows as seen, without the blanks at their ends. */
  async screen(): Promise<string[]> {
    await this.settled();
    const { active } = this.xterm.buffer;
    return Array.from({ length: this.xterm.rows }, (_, row) => {
      return active.getLine(active.viewportY + row)?.translateToString(true) ?? '';
    });
  }

  get isAlternate(): boolean {
    return this.xterm.buffer.active.type === 'alternate';
  }
}

class VirtualOutput extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;

  constructor(columns: number, rows: number, take: (chunk: string) => void) {
    super({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        take(String(chunk));
        done();
      },
    });
    this.columns = columns;
    this.rows = rows;
  }
}

class VirtualInput extends PassThrough {
  readonly isTTY = true;
  isRaw = false;

  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/**
 * Widths as today's terminals have them, character by character; the ones built into xterm.js are of Unicode 6, where
 * emoji are narrow. A mark joins the character before it.
 */
const modernWidths = {
  version: 'modern',
  wcwidth: (codePoint: number) => Math.min(2, stringWidth(String.fromCodePoint(codePoint))) as 0 | 1 | 2,
  charProperties(codePoint: number, preceding: number): number {
    const width = modernWidths.wcwidth(codePoint);
    const before = (preceding >> 1) & 3;
    const joins = width === 0 && preceding !== 0 && before !== 0;
    return ((joins ? Math.max(before, width) : width) << 1) | (joins ? 1 : 0);
  },
};
