import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { rememberingFor } from '../text/memo.ts';
import type { FileReport } from './source-fault.ts';

/** Parsed YAML that still knows its lines. */
export interface YamlSource {
  value: unknown;
  /** Line of the key or item at a path, or of the nearest thing above it that exists. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Parses YAML that begins at a line of its file. Reports the first syntax error and gives null where there is one:
 * those after it are mostly its echo.
 */
export function readYaml(text: string, firstLine: number, report: FileReport): YamlSource | null {
  if (text.length > longest) {
    report.fault(firstLine, `YAML: it has ${text.length} characters, and at most ${longest} are read`);
    return null;
  }
  const { value, fault, lineOf } = parsed(text);
  if (fault) {
    report.fault(fault.line + firstLine - 1, `YAML: ${fault.message}`);
    return null;
  }
  return { value, lineOf: (path) => lineOf(path) + firstLine - 1 };
}

/** Longer files are no prompts and no plans, and would take seconds to parse. */
const longest = 500_000;

/** What a text says, with lines counted from its own first. */
interface ParsedText extends YamlSource {
  fault: { line: number; message: string } | null;
}

/** Texts parsed last. A run's prompt files are the same from debate to debate, and parsing them is most of loading. */
const known = new Map<string, ParsedText>();
const mostKnown = 64;

/** A text, its value, and the line of each path in it; a path's steps stand one below the other. */
export type YamlParsedBefore = readonly [
  text: string,
  value: unknown,
  lines: Readonly<Record<string, number>>,
];

/** What the build has parsed beforehand, by its text to the byte. */
const foretold = new Map<string, ParsedText>();

/** Takes texts for parsed, which to parse is a quarter of the time from the start to a debate's first frame. */
export function rememberYaml(texts: Iterable<YamlParsedBefore>): void {
  for (const [text, value, lines] of texts) {
    const lineOf: ParsedText['lineOf'] = (path) =>
      lines[path.map(String).join('\n')] ?? (path.length === 0 ? 1 : lineOf(path.slice(0, -1)));
    foretold.set(text, { value, lineOf, fault: null });
  }
}

function parsed(text: string): ParsedText {
  const found = known.get(text) ?? foretold.get(text) ?? parse(text);
  known.delete(text);
  known.set(text, found);
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  return found;
}

function parse(text: string): ParsedText {
  const lines = new LineCounter();
  // The parser compares each key with all before it; `repeatedKey` looks each up once.
  const options = { lineCounter: lines, prettyErrors: false, stringKeys: false, uniqueKeys: false };
  const document = parseDocument(text, options);
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const lineOf = (path: readonly PropertyKey[]) => lineAt(offsetOf(document.contents, path));
  const faulty = (line: number, message: string) => ({
    value: null,
    lineOf,
    fault: { line, message: plain(message) },
  });
  const [error] = document.errors;
  if (error) return faulty(lineAt(error.pos[0]), error.message);
  const repeated = repeatedKey(document);
  if (repeated !== null)
    return faulty(lineAt(repeated.place), `the key "${repeated.key}" stands here a second time`);
  try {
    return { value: document.toJS(), lineOf, fault: null };
  } catch (error) {
    // Too many aliases: the guard of the parser against files that expand without end.
    return faulty(1, error instanceof Error ? error.message : String(error));
  }
}

/** The first key that appears twice in one mapping, with its place; null where there is none. */
function repeatedKey(document: Document): { key: string; place: number } | null {
  let found: ReturnType<typeof repeatedKey> = null;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key) || key.value === '<<') continue;
        const name = `${typeof key.value} ${String(key.value)}`;
        if (seen.has(name)) {
          found = { key: String(key.value), place: key.range?.[0] ?? 0 };
          return visit.BREAK;
        }
        seen.add(name);
      }
      return undefined;
    },
  });
  return found;
}

function offsetOf(contents: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = contents;
  let offset = contents?.range?.[0] ?? 0;
  for (const step of path) {
    const found = childOf(node, step);
    if (found === null) break;
    offset = found.offset ?? offset;
    node = found.node;
  }
  return offset;
}

function childOf(node: unknown, step: PropertyKey): { node: unknown; offset: number | undefined } | null {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? null : { node: item, offset: startOf(item) };
  }
  if (!isMap(node)) return null;
  const pair = pairsOf(node).get(String(step));
  return pair && isPair(pair) ? { node: pair.value, offset: startOf(pair.key) } : null;
}

/** Pairs of a mapping by their keys, worked out once: a file may have as many faults as keys. */
const pairsOf = rememberingFor(
  ({ items }: YAMLMap) =>
    new Map(items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : []))),
);

function startOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}

function plain(message: string): string {
  return message.replace(/\s+/g, ' ').trim();
}
