/** The encoding that a Content-Type names; null where it names none. */
export function charsetOf(contentType: string): string | null {
  return /charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? null;
}

/** Bytes in which HTML must declare its encoding (HTML standard), and some more for pages that do not keep to it. */
const declarationLength = 4096;

/** The encoding that an HTML page names in its own head. */
export function charsetOfHtml(bytes: Buffer): string | null {
  const head = bytes.subarray(0, declarationLength).toString('latin1');
  return /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1] ?? xmlEncoding(head);
}

function xmlEncoding(head: string): string | null {
  return /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]+)/i.exec(head)?.[1] ?? null;
}

/** Does a document without a name for its form begin as HTML does? */
export function looksLikeHtml(text: string): boolean {
  const start = text.slice(0, 2048).replace(/^(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->)+/, '');
  return /^<(!doctype\s+html|html|head|body|article|main)[\s>]/i.test(start);
}
