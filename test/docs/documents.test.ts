import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedDocuments } from '../../scripts/document-parts.ts';
import { commands } from '../../src/cli/commands.ts';
import { temporaryFolder } from '../e2e/parley.ts';
import { blocksOf, commandsOf, documentPaths, documentText, wordsOf } from './documents.ts';

describe('documents made from the code', async () => {
  test.each(Object.entries(await generatedDocuments()))(
    '%s is fresh (npm run docs renews it)',
    (path, text) => {
      expect(documentText(path)).toBe(text);
    },
  );
});

describe('every document', () => {
  test.each(documentPaths)('%s links to files and headings that exist', (path) => {
    for (const [, link = ''] of documentText(path).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [file = '', heading] = link.split('#');
      const target = file === '' ? path : normalize(join(dirname(path), file));
      expect(existsSync(target), `${path} links to ${link}`).toBe(true);
      if (heading) expect(headingsOf(target), `${path} links to ${link}`).toContain(heading);
    }
  });

  test.each(documentPaths)('%s names only options that exist', async (path) => {
    const flags = await flagsByCommand();
    for (const line of commandsOf(path)) {
      const [, name = '', ...args] = wordsOf(line);
      expect([...flags.keys()], line).toContain(name);
      for (const arg of args) if (/^-/.test(arg) && arg !== '-') expect(flags.get(name), line).toContain(arg);
    }
    const every = new Set([...flags.values()].flatMap((known) => [...known]));
    const prose = documentText(path).replace(/^```[\s\S]*?^```/gm, '');
    for (const [, flag = ''] of prose.matchAll(/`(--[a-z][a-z-]*)[^`]*`/g)) {
      expect([...every, ...foreignFlags], `${path} names ${flag}`).toContain(flag);
    }
  });
});

/** Options of other programs that the documents name. */
const foreignFlags = ['--ignore-scripts'];

async function flagsByCommand(): Promise<Map<string, Set<string>>> {
  const known = new Map<string, Set<string>>();
  for (const { name, load } of commands) {
    const { options } = await load();
    const flags = Object.values(options).flatMap((option) => option.flags.match(/--?[a-z][a-z-]*/g) ?? []);
    known.set(name, new Set([...flags, '--help']));
  }
  return known;
}

/** The anchors of a document's headings, as GitHub makes them. */
function headingsOf(path: string): string[] {
  return [...documentText(path).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

describe('the README', () => {
  test('is short enough to read', () => {
    expect(documentText('README.md').split('\n').length).toBeLessThanOrEqual(181);
  });

  test('its library program prints a debate', async () => {
    const [program] = blocksOf('README.md', 'ts');
    if (program === undefined) throw new Error('the README has no program');
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'node_modules'));
    await symlink(resolve('.'), join(folder, 'node_modules', 'parley-debate'), 'dir');
    await writeFile(join(folder, 'program.mjs'), program);
    const printed = execFileSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(printed).toMatch(/^moderator: /);
    expect(printed.match(/^state-department: /gm)).toHaveLength(2);
    expect(printed.match(/^convergence /gm)).toHaveLength(2);
  });
});

test('the map of ARCHITECTURE.md shows every room of src, and no other', async () => {
  const { readdirSync } = await import('node:fs');
  const map = blocksOf('ARCHITECTURE.md', 'text')[0] ?? '';
  const drawn = [...map.matchAll(/^ {2}([a-z]+)\/ /gm)].map(([, name]) => name);
  const rooms = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(drawn.toSorted()).toEqual(rooms.map(({ name }) => name).toSorted());
  for (const [, path = ''] of documentText('ARCHITECTURE.md').matchAll(/`(src\/[^`]+)`/g)) {
    expect(existsSync(path), path).toBe(true);
  }
});
