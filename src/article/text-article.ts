import { parseDocument } from 'yaml';
import { cleanText } from './clean-article-text.ts';
import { separatedParagraphs } from './paragraphs.ts';
import type { FoundText } from './types.ts';

/** Values that stand above an article, by their names in lower case. */
interface FrontMatter {
  values: ReadonlyMap<string, string>;
  body: string;
}

/** Longer front matter is a text that happens to begin with hyphens. */
const longestFrontMatter = 64_000;

/** Reads the YAML between two lines of hyphens at the start of a text. What is no mapping belongs to the text. */
export function splitFrontMatter(text: string): FrontMatter {
  const none = { values: new Map<string, string>(), body: text };
  const open = /^---[ \t]{0,20}\r?\n/.exec(text);
  if (!open) return none;
  const close = /^(?:---|\.\.\.)[ \t]{0,20}(?:\r?\n|$)/m.exec(
    text.slice(open[0].length, open[0].length + longestFrontMatter),
  );
  if (!close) return none;
  const yaml = text.slice(open[0].length, open[0].length + close.index);
  const values = mappingOf(yaml) ?? linesOfFields(yaml);
  return values === null
    ? none
    : { values, body: text.slice(open[0].length + close.index + close[0].length) };
}

function mappingOf(yaml: string): Map<string, string> | null {
  try {
    // The parser compares each key with all before it; the last of two that are equal counts here.
    const document = parseDocument(yaml, { logLevel: 'silent', uniqueKeys: false });
    if (document.errors.length > 0) return null;
    const parsed: unknown = document.toJS();
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
    const plain = Object.entries(parsed).filter(([, value]) =>
      ['string', 'number', 'boolean'].includes(typeof value),
    );
    return new Map(plain.map(([name, value]) => [name.toLowerCase(), String(value)]));
  } catch {
    return null;
  }
}

/** A title with a colon in it is no YAML, and every person means what it says: the field's name ends at the first colon. */
function linesOfFields(yaml: string): Map<string, string> | null {
  const values = new Map<string, string>();
  for (const line of yaml.split(/\r?\n/)) {
    if (line.trim() === '' || /^\s*(?:#|-\s)/.test(line) || /^\s/.test(line)) continue;
    const field = /^([\p{L}][\p{L}\p{N}_ -]{0,40}?)[ \t]{0,5}:(?:[ \t]+(.*))?$/u.exec(line);
    if (!field) return null;
    values.set((field[1] ?? '').toLowerCase(), (field[2] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2'));
  }
  return values.size > 0 ? values : null;
}

/** A first line up to this length that is no sentence is taken for a title. */
const longestTitle = 160;

/** Finds title and text in Markdown or plain text, and what front matter says of them. */
export function textArticle(raw: string): FoundText {
  const { values, body } = splitFrontMatter(raw.replace(/^\s+/, ''));
  const value = (...names: string[]) => names.map((name) => values.get(name)).find(Boolean) ?? '';
  const text = separatedParagraphs(cleanText(body));
  const given = value('title', 'headline');
  const { title, rest } = given === '' ? splitTitle(text) : { title: given, rest: text };
  return {
    form: 'text',
    leftOut: [],
    title,
    source: value('source', 'publisher', 'site', 'url', 'author'),
    date: value('date', 'published', 'updated'),
    licence: value('licence', 'license'),
    text: rest,
  };
}

/** The first heading, or a first line that stands alone and does not end like a sentence. */
function splitTitle(text: string): { title: string; rest: string } {
  const [first = '', ...rest] = text.split(/\n{2,}/);
  const [line = '', underline = '', ...more] = first.split('\n');
  const heading = /^# +(.+?)(?: +#+)?$/.exec(line)?.[1];
  if (heading)
    return { title: heading, rest: [first.slice(line.length).trim(), ...rest].join('\n\n').trim() };
  if (/^=+$/.test(underline)) return { title: line, rest: [more.join('\n'), ...rest].join('\n\n').trim() };
  const isTitle =
    rest.length > 0 &&
    underline === '' &&
    line.length <= longestTitle &&
    !/[.!?:;,。！？：；，、…।؟]["'”’)」』]?$/.test(line);
  return isTitle && /^\p{L}|^["“‘\p{N}]/u.test(line)
    ? { title: line, rest: rest.join('\n\n') }
    : { title: '', rest: text };
}
