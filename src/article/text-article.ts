import { parse } from 'yaml';
import { cleanText } from './clean-article-text.ts';
import { separatedParagraphs } from './paragraphs.ts';
import type { FoundText } from './types.ts';

/** Values that stand above an article, by their names in lower case. */
interface FrontMatter {
  values: ReadonlyMap<string, string>;
  body: string;
}

const fence = /^---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** Reads the YAML between two lines of hyphens at the start of a text. What is no YAML mapping belongs to the text. */
function splitFrontMatter(text: string): FrontMatter {
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
    rest.length > 0 && underline === '' && line.length <= longestTitle && !/[.!?:;,]["'”’)]?$/.test(line);
  return isTitle && /^\p{L}|^["“‘\p{N}]/u.test(line)
    ? { title: line, rest: rest.join('\n\n') }
    : { title: '', rest: text };
}
