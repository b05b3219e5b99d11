import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { articleFrom, textsFrom } from './given-article.ts';
import { paragraph } from './web-site.ts';

const western = `“Größe” – naïve café, 20 € … ${paragraph(1)}`;
const japanese =
  '市議会は火曜日に開かれ、双方の意見を聞き、決定を春まで延期した。第１回の会議は、午後二時に始まった。';

describe('UTF-16', () => {
  const big = (text: string) => Buffer.from(text, 'utf16le').swap16();
  const little = (text: string) => Buffer.from(text, 'utf16le');
  const script = [western, japanese.repeat(3).replaceAll('。', '。\n')];

  it.each([
    ['little-endian with its mark', (text: string) => little(`\ufeff${text}`)],
    ['big-endian with its mark', (text: string) => big(`\ufeff${text}`)],
    ['little-endian without', little],
    ['big-endian without', big],
  ])('is read: %s', async (_name, encoded) => {
    for (const text of script) {
      const words = (found: string[]) => found.join(' ').replace(/\s/g, '');
      expect(words(await textsFrom(encoded(`${text}\r\n\r\n1 2 3 go.`)))).toBe(words([`${text} 1 2 3 go.`]));
    }
  });
});

describe('eight bits a character', () => {
  it('is read as UTF-8 where it is, with its mark or without', async () => {
    expect(await textsFrom(western)).toEqual([western]);
    expect(await textsFrom(`\ufeff${western}`)).toEqual([western]);
  });

  it('is read as Windows-1252 where it is no UTF-8', async () => {
    expect(await textsFrom(iconv.encode(western, 'windows-1252'))).toEqual([western]);
  });

  it('stays UTF-8 where a few of many foreign letters are broken', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`Größe und Maß. ${'ä ö ü '.repeat(20)}`),
      Buffer.of(0xc3),
      Buffer.from(' end.'),
    ]);
    expect((await textsFrom(bytes))[0]).toMatch(/^Größe und Maß\..* end\.$/);
  });

  it.each([
    ['shift_jis', japanese],
    ['euc-jp', japanese],
    ['windows-1251', 'Городской совет собрался во вторник и отложил решение до весны.'],
    ['koi8-r', 'Городской совет собрался во вторник и отложил решение до весны.'],
    ['gb18030', '市议会星期二开会，听取双方意见，把决定推迟到春天。'],
    ['iso-8859-1', '“Größe” – in what browsers read under that name. 5 €'],
    ['no-such-encoding', 'Plain letters only.'],
  ])('is read as an HTML page declares it: %s', async (charset, text) => {
    const known = charset === 'iso-8859-1' || !iconv.encodingExists(charset) ? 'windows-1252' : charset;
    const paragraphs = Array.from(
      { length: 5 },
      (_, index) => `<p>${index} ${text} ${text} ${text}</p>`,
    ).join('');
    for (const meta of [
      `<meta charset="${charset}">`,
      `<meta http-equiv=Content-Type content='text/html; charset=${charset}'>`,
    ]) {
      const page = `<!doctype html><html><head>${meta}<title>A</title></head><body>${paragraphs}</body></html>`;
      const texts = await textsFrom(iconv.encode(page, known), 'page.html');
      expect(texts[0]).toBe(`0 ${text} ${text} ${text}`);
    }
  });

  it('is UTF-8 where a page only claims to be UTF-16', async () => {
    const article = await articleFrom(
      `<!doctype html><meta charset="utf-16"><body><p>${western}</p>`,
      'page.html',
    );
    expect(article.passages[0]?.text).toBe(western);
  });
});
