import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The licence texts of every package whose code is in the bundle, as Markdown. */
export function licencesOf(modules) {
  const folders = new Set();
  for (const module of modules) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module);
    if (found) folders.add(found[1]);
  }
  const sections = [...folders].sort().map(sectionOf);
  return `# Packages inside parley\n\nThe files of dist/ contain code of these packages, under their licences.\n\n${sections.join('\n')}`;
}

function sectionOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  if (!name) return '';
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  const text =
    file && existsSync(`${folder}/${file}`)
      ? readFileSync(`${folder}/${file}`, 'utf8').trim()
      : `Licence: ${license}`;
  return `## ${name} ${version} (${license})\n\n${text}\n`;
}
