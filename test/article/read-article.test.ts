import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readArticle } from '../../src/article/read-article.ts';
import { articleSource } from '../../src/article/types.ts';
import { seededRandom } from '../../src/debate/seeded-random.ts';
import { articleSchema } from '../../src/debate/setup.ts';
import { articleFrom, fromFile, fromStdin, textsFrom } from './given-article.ts';
import { paragraph, sentence } from './web-site.ts';

describe('text', () => {
  it('becomes an article: a title, numbered passages and the hash of their texts', async () => {
    const article = await articleFrom(
      `The dam waits\n\n${paragraph(1)}\n\n${paragraph(2)}\n`,
      'dam-report.txt',
    );
    expect(articleSchema.parse(article)).toEqual(article);
    expect(article).toMatchObject({
      title: 'The dam waits',
      source: 'dam-report.txt',
      date: '',
      licence: '',
    });
    expect(article.passages).toEqual([
      { number: 1, text: paragraph(1) },
      { number: 2, text: paragraph(2) },
    ]);
    expect(article.sha256).toBe(
      createHash('sha256')
        .update(`${paragraph(1)}\n\n${paragraph(2)}`)
        .digest('hex'),
    );
  });

  it('has the same hash whatever its line ends and its file', async () => {
    const text = `${paragraph(1)}\n\n${paragraph(2)}\n`;
    const one = await articleFrom(text);
    const other = await articleFrom(`\ufeff${text.replaceAll('\n', '\r\n')}\r\n`, 'other.md');
    expect(other.sha256).toBe(one.sha256);
  });

  it('without empty lines, as it is copied from a page, has a passage a line', async () => {
    const texts = await textsFrom(
      ['A short first line as the title', ...[1, 2, 3].map(paragraph)].join('\n'),
    );
    expect(texts).toEqual([1, 2, 3].map(paragraph));
  });

  it('wrapped by hand keeps its paragraphs together', async () => {
    const wrapped = (text: string) => text.replace(/(.{1,70}) /g, '$1\n');
    expect(await textsFrom(`${wrapped(paragraph(1))}\n\n${wrapped(paragraph(2))}`)).toEqual([
      paragraph(1),
      paragraph(2),
    ]);
  });

  it('that begins with a sentence is named after its file', async () => {
    const article = await articleFrom(`${sentence}\n\n${paragraph(1)}`, 'the-dam_report.txt');
    expect(article.title).toBe('the dam report');
    expect(article.passages).toHaveLength(2);
  });

  it('keeps what is said twice', async () => {
    const lines = [
      'Q: Did you sign it?',
      'A: No.',
      'Q: Did anybody else sign it?',
      'A: No.',
      paragraph(1),
      paragraph(1),
    ];
    expect(await textsFrom(lines.join('\n\n'))).toEqual(lines);
  });
});

describe('Markdown', () => {
  it('gives its first heading as the title', async () => {
    const article = await articleFrom(
      `# The dam # \n\n${paragraph(1)}\n\n## Later\n\n${paragraph(2)}`,
      'a.md',
    );
    expect(article.title).toBe('The dam');
    expect(article.passages.map(({ text }) => text)).toEqual([paragraph(1), `Later: ${paragraph(2)}`]);
  });

  it('says of itself in its front matter what it is', async () => {
    const front =
      '---\ntitle: "The dam: a report"\nsource: The Valley Gazette\ndate: 2026-03-04\nlicense: CC BY 4.0\ntags: [a, b]\n---\n';
    expect(await articleFrom(`${front}\n# Another title\n\n${paragraph(1)}`, 'a.md')).toMatchObject({
      title: 'The dam: a report',
      source: 'The Valley Gazette',
      date: '2026-03-04',
      licence: 'CC BY 4.0',
    });
  });

  it.each(['---\n: : broken [\n---\n', '---\nonly words\n---\n'])(
    'keeps as text what only looks like front matter',
    async (front) => {
      expect((await articleFrom(`${front}\n${paragraph(1)}`, 'a.md')).passages.at(-1)?.text).toBe(
        paragraph(1),
      );
    },
  );

  it('is not taken for HTML for a tag in its text', async () => {
    expect(await textsFrom(`${sentence}\n\nThe <div> element and <p>tags</p> in text.`)).toContain(
      'The <div> element and <p>tags</p> in text.',
    );
  });
});

describe('standard input', () => {
  it('is read to its end, in pieces that may cut a character', async () => {
    const bytes = Buffer.from(`Größe\n\n${paragraph(1)} – „Maß“`);
    const outcome = await fromStdin(...[...bytes].map((byte) => Buffer.of(byte)));
    expect(outcome).toMatchObject({ ok: true, value: { title: 'Größe', source: 'standard input' } });
    expect(outcome.ok && outcome.value.passages[0]?.text).toBe(`${paragraph(1)} – „Maß“`);
  });

  it('may have a little dirt in it', async () => {
    expect(await fromStdin(`${sentence}\0\0\0 ${sentence}`)).toMatchObject({
      ok: true,
      value: { passages: [{ text: `${sentence} ${sentence}` }] },
    });
  });

  it('says so when it is a keyboard', async () => {
    const stream = Object.assign((async function* () {})(), { isTTY: true });
    const outcome = await readArticle({ source: { type: 'stdin', stream } });
    expect(!outcome.ok && outcome.failure.message).toContain('Nothing was piped into standard input');
  });
});

describe('what is no article', () => {
  const random = seededRandom('noise');
  const zip = (name: string) => Buffer.from(`PK\x03\x04\x14\0\0\0\x08\0${'\0'.repeat(20)}${name}`, 'latin1');

  it.each<[string, string | Uint8Array, string]>([
    ['OpenDocument', zip('mimetypeapplication/vnd.oasis.opendocument.text'), 'is an OpenDocument file'],
    ['ZIP', zip('a.txt'), 'is a ZIP archive'],
    ['RTF', '{\\rtf1\\ansi Hello}', 'is an RTF document'],
    ['PNG', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'is a PNG image'],
    ['JPEG', Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF', 'latin1'), 'is a JPEG image'],
    ['gzip', Buffer.from('\x1f\x8b\x08\0\0\0\0\0', 'latin1'), 'is a gzip archive'],
    ['program', Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), 'is a program'],
    ['zeros', Buffer.alloc(5000), 'is not text'],
    [
      'noise',
      Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * index * 31 + index * 7) % 256)),
      'is not text',
    ],
    ['random bytes', Buffer.from(Array.from({ length: 5000 }, () => random() * 256)), 'is not text'],
    [
      'random bytes but zero',
      Buffer.from(Array.from({ length: 5000 }, () => 1 + random() * 255)),
      'is not text',
    ],
  ])('is named and refused: %s', async (_name, bytes, words) => {
    const outcome = await fromFile(bytes);
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'binary' } });
    expect(!outcome.ok && outcome.failure.message).toContain(words);
    expect(!outcome.ok && outcome.failure.message).toContain('article.txt');
  });

  it.each<[string, string | Uint8Array, string]>([
    ['PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj', 'is a PDF that cannot be read as one'],
    [
      'PDF of zeros',
      Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3_000_000)]),
      'is a PDF that cannot be read',
    ],
    ['Word', zip('word/document.xml'), 'is a Word document that cannot be unpacked'],
    ['EPUB', zip('mimetypeapplication/epub+zip'), 'is an EPUB book that cannot be unpacked'],
  ])('is named where it is broken: %s', async (_name, bytes, words) => {
    const outcome = await fromFile(bytes);
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'not-readable' } });
    expect(!outcome.ok && outcome.failure.message).toContain(words);
  });

  it.each(['RIFF raff is a word. ', 'ID3 tags are old. ', 'BZh is no word. ', 'GIF8 is not one either. '])(
    'is not seen in words: %s',
    async (start) => {
      expect(await textsFrom(start + sentence)).toEqual([start + sentence]);
    },
  );

  it.each([
    '',
    '  \n\t\r\n ',
    '\ufeff',
    '\u200b\u200b',
    '---\ntitle: Only a title\n---\n',
    '<!-- only a comment -->',
  ])('is an empty one: %j', async (text) => {
    const outcome = await fromFile(text);
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'empty' } });
    expect(!outcome.ok && outcome.failure.message).toMatch(/article\.txt is empty\. Give an article/);
  });

  it('is one over 2 MB, and one of 2 MB is taken', async () => {
    const outcome = await fromStdin('x'.repeat(1_999_990), `${sentence}`);
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'too-large' } });
    expect(!outcome.ok && outcome.failure.message).toContain('standard input is larger than 2 MB');
    const paragraphs = Array.from({ length: 9400 }, (_, index) => paragraph(index))
      .join('\n\n')
      .slice(0, 2_000_000);
    expect(paragraphs).toHaveLength(2_000_000);
    expect(await fromStdin(paragraphs)).toMatchObject({ ok: true });
  });

  it('stops reading a stream that does not end', async () => {
    let given = 0;
    const endless = (async function* () {
      for (;;) yield Buffer.alloc(100_000, `${given++} words `);
    })();
    expect(await readArticle({ source: { type: 'stdin', stream: endless } })).toMatchObject({
      ok: false,
      failure: { reason: 'too-large' },
    });
    expect(given).toBe(21);
  });

  it('is a file that is not there or a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-article-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const missing = await readArticle({ source: { type: 'file', path: join(folder, 'none.md') } });
    const directory = await readArticle({ source: { type: 'file', path: folder } });
    expect(missing).toMatchObject({ ok: false, failure: { reason: 'not-found' } });
    expect(directory).toMatchObject({ ok: false, failure: { reason: 'not-readable' } });
    expect(!directory.ok && directory.failure.message).toContain(`${folder} is a folder`);
  });
});

it.each([
  ['-', 'stdin'],
  ['article.md', 'file'],
  ['C:\\texts\\a.txt', 'file'],
  ['./https/a', 'file'],
  ['https://example.org/a', 'url'],
  ['HTTP://EXAMPLE.ORG', 'url'],
  ['file:///tmp/a', 'url'],
])('takes %j for a %s', (given, type) => {
  expect(articleSource(given, process.stdin).type).toBe(type);
});
