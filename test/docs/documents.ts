import { globSync, readFileSync } from 'node:fs';

/** The documents a person reads, by path from the root. */
export const documentPaths = ['README.md', ...globSync('docs/*.md'), ...globSync('*.md')]
  .filter((path, index, all) => all.indexOf(path) === index)
  .sort();

export function documentText(path: string): string {
  return readFileSync(path, 'utf8');
}

/** The fenced blocks of one language in a document, in order, without their fences. */
export function blocksOf(path: string, language: string): string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm');
  return [...documentText(path).matchAll(fenced)].map(([, block]) => block ?? '');
}

/** The commands of a document that begin with parley, without their comments, in the order in which they stand. */
export function commandsOf(path: string): string[] {
  return blocksOf(path, 'sh')
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/\s#\s.*$/, '').trim())
    .filter((line) => line.startsWith('parley '));
}

/** A command line as its words, as a shell would split it: double quotes hold a word together. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
