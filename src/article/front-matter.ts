import { parse } from 'yaml';

/** Values that stand above an article, by their names in lower case. */
export interface FrontMatter {
  values: ReadonlyMap<string, string>;
  body: string;
}

const fence = /^---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** Reads the YAML between two lines of hyphens at the start of a text. What is no YAML mapping belongs to the text. */
export function splitFrontMatter(text: string): FrontMatter {
  const match = fence.exec(text);
  const none = { values: new Map<string, string>(), body: text };
  if (!match) return none;
  const values = mappingOf(match[1] ?? '');
  return values === null ? none : { values, body: text.slice(match[0].length) };
}

function mappingOf(yaml: string): Map<string, string> | null {
  try {
    const parsed: unknown = parse(yaml, { logLevel: 'silent' });
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
    const plain = Object.entries(parsed).filter(([, value]) =>
      ['string', 'number', 'boolean'].includes(typeof value),
    );
    return new Map(plain.map(([name, value]) => [name.toLowerCase(), String(value)]));
  } catch {
    return null;
  }
}
