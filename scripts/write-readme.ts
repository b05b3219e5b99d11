import { readFileSync, writeFileSync } from 'node:fs';
import { generatedParts } from './readme-parts.ts';

// Puts the parts of the README that are made from code in their place; a test fails where they are stale.
let readme = readFileSync('README.md', 'utf8');
for (const [name, text] of Object.entries(generatedParts())) {
  const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marked.test(readme)) throw new Error(`README.md has no place for ${name}`);
  readme = readme.replace(marked, (_all, open: string, close: string) => `${open}\n${text}\n\n${close}`);
}
writeFileSync('README.md', readme);
