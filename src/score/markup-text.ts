/** What a page holds that is none of its text. */
const unseen = new Set(['head', 'script', 'style', 'svg', 'template', 'noscript', 'nav', 'footer', 'select']);
const blocks =
  /^(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|section|article|main|blockquote|pre|hr|header|figure|w:p)$/;
const tag = /^<(\/?)([a-z][a-z0-9:]*)/;

const named: Readonly<Record<string, string>> = {
  ...{ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', nbsp: ' ', mdash: '—', ndash: '–', hellip: '…' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', shy: '' },
};

/** Text with its character references written out. */
function withoutReferences(text: string): string {
  return text.replace(/&(?:([a-z]{2,8})|#x([0-9a-f]{1,6})|#(\d{1,7}));/gi, (whole, name, hex, decimal) => {
    if (name) return named[name] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Is a text a web page? */
export function isPage(text: string): boolean {
  return /^\s*<(?:!doctype\s+html|html)[\s>]/i.test(text.slice(0, 1000));
}

/** Text that is put together from pieces, those in bold between asterisks, those of a table's row between bars. */
class Pieces {
  #parts: string[] = [];
  #bold: string[] | null = null;
  #cells: string[] | null = null;
  #rows = 0;

  add(text: string): void {
    if (this.#cells) this.#cells.push(`${this.#cells.pop() ?? ''}${text}`);
    else (this.#bold ?? this.#parts).push(text);
  }

  bold(isOn: boolean): void {
    const words = this.#bold?.join('') ?? '';
    this.#bold = null;
    if (words.trim() !== '') this.add(words.replace(/^(\s*)(\S[\s\S]*?)(\s*)$/, '$1**$2**$3'));
    else this.add(words);
    if (isOn && !this.#cells) this.#bold = [];
  }

  /** Begins a paragraph; inside a cell there are none. */
  block(mark: string): void {
    this.bold(false);
    this.add(this.#cells ? ' ' : `\n\n${mark}`);
  }

  table(): void {
    this.#rows = 0;
  }

  cell(): void {
    this.#cells?.push('');
  }

  row(isEnd: boolean): void {
    const cells = (this.#cells ?? [])
      .map((cell) => cell.replace(/\s+/g, ' ').trim())
      .filter((cell) => cell !== '');
    this.bold(false);
    this.#cells = isEnd ? null : [];
    if (cells.length === 0) return;
    const row = `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
    this.#parts.push(this.#rows++ === 0 ? `\n\n${row}|---|---|\n` : row);
  }

  text(): string {
    this.bold(false);
    const lines = this.#parts.join('').split('\n');
    return lines
      .map((line) => line.trim())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  }
}

/**
 * The text of a web page, or of the XML of a Word document, as a transcript has it: a paragraph a block. One walk over the tags,
 * so that its time grows with the length.
 */
export function textOfMarkup(markup: string): string {
  const lower = markup.toLowerCase();
  const isWord = lower.includes('<w:document');
  const pieces = new Pieces();
  let isText = !isWord;
  for (let at = 0; at < markup.length; ) {
    const open = markup.indexOf('<', at);
    const text = markup.slice(at, open < 0 ? undefined : open);
    if (isText && text !== '') pieces.add(withoutReferences(isWord ? text : text.replace(/\s+/g, ' ')));
    const isComment = lower.startsWith('<!--', open);
    const close = open < 0 ? -1 : markup.indexOf(isComment ? '-->' : '>', open);
    if (close < 0) break;
    at = close + (isComment ? 3 : 1);
    const [, slash, name = ''] = tag.exec(lower.slice(open, open + 40)) ?? [];
    const isEnd = slash === '/';
    if (isWord) isText = name === 'w:t' && !isEnd;
    if (!isEnd && unseen.has(name)) at = after(lower, `</${name}`, at);
    else if (name === 'tr' || name === 'w:tr') pieces.row(isEnd);
    else if (/^(?:td|th|w:tc)$/.test(name)) isEnd || pieces.cell();
    else if (name === 'table' || name === 'w:tbl') pieces.table();
    else if (/^(?:w:)?(?:br|cr)$/.test(name)) pieces.add('\n');
    else if (name === 'w:tab') pieces.add('\t');
    else if (name === 'w:b') pieces.bold(!/val="(?:0|false)"/.test(lower.slice(open, close)));
    else if (name === 'w:r') pieces.bold(false);
    else if (blocks.test(name)) {
      pieces.block(!isEnd && /^h[1-6]$/.test(name) ? '## ' : '');
      if (name === 'dt') pieces.bold(!isEnd);
    } else if (name === 'b' || name === 'strong') pieces.bold(!isEnd);
  }
  return pieces.text();
}

function after(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, from);
  return at < 0 ? text.length : at;
}
