import type { FileReport } from './source-fault.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** A Markdown file with YAML front matter, read but not yet checked. */
export interface MarkdownFile {
  /** null where there is none, or where its YAML is broken (reported). */
  frontMatter: YamlSource | null;
  hasFrontMatter: boolean;
  /** What stands below the front matter, without HTML comments. */
  body: string;
  /** Line of the file on which the body starts. */
  bodyLine: number;
}

/** One `##` or `###` part of a body. */
export interface Section {
  name: string;
  /** Line of its heading; of the first line for what stands before any heading. */
  line: number;
  text: string;
  /** The same as it stands in the file, for counting lines: its first line follows the heading. */
  raw: string;
}

/** Line ends become \n, and a byte order mark goes. */
export function normalised(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

export function readMarkdown(content: string, report: FileReport): MarkdownFile {
  const lines = normalised(content).split('\n');
  const hasFrontMatter = lines[0]?.trimEnd() === '---';
  if (!hasFrontMatter) {
    return { frontMatter: null, hasFrontMatter, body: withoutComments(lines.join('\n')), bodyLine: 1 };
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end < 0) {
    report.fault(1, 'the front matter has no closing line ---');
    return { frontMatter: null, hasFrontMatter, body: '', bodyLine: 1 };
  }
  return {
    frontMatter: readYaml(lines.slice(1, end).join('\n'), 2, report),
    hasFrontMatter,
    body: withoutComments(lines.slice(end + 1).join('\n')),
    bodyLine: end + 2,
  };
}

/** Parts of a text under headings of one level; what stands before the first one is `lead`. Headings in code fences do not count. */
export function sectionsOf(
  text: string,
  firstLine: number,
  level: 2 | 3,
): { lead: Section; sections: Section[] } {
  const heading = new RegExp(`^#{${level}}\\s+(.*?)\\s*$`);
  const parts: { name: string; line: number; lines: string[] }[] = [{ name: '', line: firstLine, lines: [] }];
  let isFenced = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s{0,3}(```|~~~)/.test(line)) isFenced = !isFenced;
    const name = isFenced ? undefined : heading.exec(line)?.[1];
    if (name === undefined) parts.at(-1)?.lines.push(line);
    else parts.push({ name, line: firstLine + index, lines: [] });
  }
  const [lead, ...sections] = parts.map(({ name, line, lines }) => ({
    name,
    line,
    text: trimmed(lines.join('\n')),
    raw: lines.join('\n'),
  }));
  return { lead: lead as Section, sections };
}

/** Without empty lines at its ends, and never more than one empty line in a row. */
export function trimmed(text: string): string {
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Comments go but their line ends stay, so that lines can still be counted. */
function withoutComments(text: string): string {
  const parts = text.split('<!--');
  const kept = parts.slice(1).map((part) => {
    const end = part.indexOf('-->');
    return end < 0 ? `<!--${part}` : part.slice(0, end).replace(/[^\n]/g, '') + part.slice(end + 3);
  });
  return [parts[0], ...kept].join('');
}
