import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** The YAML of all prompt files, each as its text, its value and the lines of its paths, as JSON for src/source/yaml-source.ts. */
export function parsedPrompts(folder) {
  const files = readdirSync(folder, { recursive: true }).sort();
  const texts = files.flatMap((name) => yamlIn(name, () => readFileSync(join(folder, name), 'utf8')));
  const parsed = texts.map((text) => {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter });
    // What is wrong with a text is said where it is read.
    if (document.errors.length > 0) return [];
    return [[text, document.toJS(), Object.fromEntries(linesIn(document.contents, [], lineCounter))]];
  });
  return JSON.stringify(parsed.flat());
}

/** The line of every key and item below a node, by its path. */
function* linesIn(node, path, counter) {
  const entries = isSeq(node)
    ? node.items.map((item, index) => [index, item, item])
    : isMap(node)
      ? node.items.filter(({ key }) => isScalar(key)).map(({ key, value }) => [String(key.value), key, value])
      : [];
  if (path.length === 0) yield ['', counter.linePos(node?.range?.[0] ?? 0).line];
  for (const [step, place, value] of entries) {
    const inner = [...path, step];
    if (place?.range) yield [inner.join('\n'), counter.linePos(place.range[0]).line];
    yield* linesIn(value, inner, counter);
  }
}

/** A YAML file, or the front matter of a Markdown file. */
function yamlIn(name, read) {
  if (name.endsWith('.yaml')) return [normalised(read())];
  const frontMatter = name.endsWith('.md')
    ? /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(normalised(read()))
    : null;
  return frontMatter === null ? [] : [frontMatter[1]];
}

const normalised = (text) => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
