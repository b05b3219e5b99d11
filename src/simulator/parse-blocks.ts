/** A block of the prompt text, such as <turn number="4">…</turn>. */
export interface Block {
  name: string;
  attributes: Record<string, string>;
  body: string;
}

/** All blocks of the given names in a text, in order; blocks inside a found block are left in its body. */
export function blocksIn(text: string, ...names: readonly string[]): Block[] {
  const pattern = new RegExp(
    `<(${names.join('|')})((?:\\s+[\\w-]+="[^"]*")*)\\s*(?:/>|>([\\s\\S]*?)</\\1>)`,
    'g',
  );
  return Array.from(text.matchAll(pattern), (match) => ({
    name: match[1] ?? '',
    attributes: attributesOf(match[2] ?? ''),
    body: (match[3] ?? '').trim(),
  }));
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/([\w-]+)="([^"]*)"/g), (match) => [match[1] ?? '', unescaped(match[2] ?? '')]),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
