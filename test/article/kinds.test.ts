import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readDocument, readDossier } from '../../src/article/read-article.ts';
import { pdfOf } from '../helpers/pdf.ts';
import { articleFrom, fromFile, fromStdin, textsFrom } from './given-article.ts';

const first =
  'The council put off the dam on Tuesday after farmers and fishers could not agree on how much water the river must keep in a dry summer.';
const second =
  'A commission will measure the flow every week until autumn, and both sides said that they would accept its figures as the basis of a treaty.';
const third =
  'Nobody would say what happens when the two figures differ, though that is the case in which the last agreement broke down eight years ago.';
const prose = [first, second, third].map((text) => `<p>${text}</p>`).join('\n');
const page = (body: string, head = '') =>
  `<!doctype html><html><head><title>The dam</title>${head}</head><body>${body}</body></html>`;
const fillers = Array.from(
  { length: 12 },
  (_, index) =>
    `<p class="comment">Reader ${index} writes at some length that the river was always low in such a summer, and other things.</p>`,
).join('');

describe('a page', () => {
  it('is read through a form that stands around all of it', async () => {
    expect(await textsFrom(page(`<form action="/"><input name="state">${prose}</form>`), 'a.html')).toEqual([
      first,
      second,
      third,
    ]);
  });

  it.each([
    'text-share',
    'article-share',
    'share text',
    'paywall',
    'paywall-content',
    'social-text',
    'subscription-body',
  ])('is read through a container called %s, with comments below', async (name) => {
    const texts = await textsFrom(
      page(`<div class="story"><div class="${name}">${prose}</div></div><div>${fillers}</div>`),
      'a.html',
    );
    for (const text of [first, second, third]) expect(texts).toContain(text);
  });

  it('keeps answers that are given twice', async () => {
    const lines = [
      'Q: Did you sign the treaty with the other side?',
      'A: No.',
      'Q: Did you mean to sign it in the autumn?',
      'A: No.',
    ];
    const texts = await textsFrom(
      page(`<article>${prose}${lines.map((line) => `<p>${line}</p>`).join('')}</article>`),
      'a.html',
    );
    expect(texts).toEqual([first, second, third, ...lines]);
  });

  it('keeps a long paragraph that is said twice', async () => {
    const long = `${first} ${second} ${third}`;
    const texts = await textsFrom(
      page(`<article><p>${long}</p><p>${first}</p><p>${long}</p></article>`),
      'a.html',
    );
    expect(texts).toEqual([long, first, long]);
  });

  it('has the summary under its heading, and not the byline', async () => {
    const summary = 'After a year of talks the valley still has no treaty.';
    const body = `<header><h1>The dam</h1><div class="deck">${summary}</div><div>By Ada Byron</div></header><div class="story">${prose}</div>`;
    const filler = '<div class="a">x</div>'.repeat(3);
    expect(await textsFrom(page(`${filler}${body}`), 'a.html')).toEqual([summary, first, second, third]);
  });

  it('is read whole where every paragraph stands in a box of its own', async () => {
    const boxes = [first, second, third].map(
      (text) => `<div class="field__item"><div><div><p>${text}</p></div></div></div>`,
    );
    const head = `<meta name="description" content="${first}">`;
    expect(await textsFrom(page(`<h1>The dam</h1><div>${boxes.join('')}</div>`, head), 'a.html')).toEqual([
      first,
      second,
      third,
    ]);
  });

  it.each([
    [
      'what readers wrote below',
      `<ol class="comment-list"><li><p>${third} I say.</p><p>${second} I say.</p></li></ol>`,
    ],
    ['links to other articles', '<p><a href="/a">SEE ALSO: THE OTHER DAM IN THE OTHER VALLEY</a></p>'],
    ['what stands beside it', '<div class="related-links"><p>Ten other dams that nobody wanted</p></div>'],
    ['who wrote it', '<p class="author-bio">Ada Byron has written about rivers for ten years.</p>'],
    ['what a picture shows', '<div class="wp-caption"><p>The river at its lowest in August.</p></div>'],
    ['a link behind a label', '<p>Lea también: <a href="/a">El otro valle no quiere ninguna presa</a></p>'],
    ['a label over links alone', '<p><b>Auch interessant:</b></p><p><a href="/a">Der andere Damm</a></p>'],
    [
      'a heading over links alone',
      '<h3>Voir aussi</h3><ul><li><a href="/a">Le barrage</a></li></ul><h3>Then</h3>',
    ],
    [
      'teasers of other articles',
      '<div class="teaser"><a href="/a">The other dam</a><p>It is dry.</p></div>',
    ],
    [
      'a box that opens over a name',
      '<span class="tooltip">Ada Byron, engineer <a href="/b">MORE</a></span>',
    ],
    [
      'data kept in a script',
      '<script type="text/template">{"caption":"<p>A gauge in the dry river.</p>"}</script>',
    ],
  ])('is read without %s', async (_name, other) => {
    const middle = `<p>${first}</p><p>${second}</p>${other}<p>${third}</p>`;
    const texts = await textsFrom(page(`<article><h1>The dam</h1>${middle}</article>`), 'a.html');
    expect(texts.map((text) => text.replace('Then: ', ''))).toEqual([first, second, third]);
  });

  it.each(['teaser-text', 'article-teaser', 'cmp-text'])(
    'has its own summary in a box called %s, which leads nowhere',
    async (name) => {
      const summary = `<div class="${name}"><p>After a year of talks the valley still has no treaty on its only dam, and nobody knows who pays.</p></div>`;
      const texts = await textsFrom(
        page(`<main><h1>The dam</h1>${summary}<div>${prose}</div></main>`),
        'a.html',
      );
      expect(texts).toEqual([expect.stringContaining('still has no treaty'), first, second, third]);
    },
  );

  it('is the one of several articles that has the heading', async () => {
    const other = (number: number) =>
      `<article><h2>Dam ${number}</h2><p>${third} So it was ${number} times.</p></article>`;
    const body = `<article><h1>The dam</h1>${prose}</article>${[1, 2, 3, 4].map(other).join('')}`;
    expect(await textsFrom(page(body), 'a.html')).toEqual([first, second, third]);
  });

  it.each([
    [
      'who wrote it',
      '<p>Ada Byron is an engineer who has measured the rivers of three valleys for a journal.</p><p>She is read in many countries and answers every letter herself.</p>',
    ],
    [
      'calls to follow it',
      '<p>Follow us on <a href="https://x.com/dam">our page</a> and tell us what you think of the dam and of the river!</p>',
    ],
    [
      'what is filed under the same words',
      '<p>This was filed under <a rel="category tag" href="/dams">Dams</a> and will stay there for ever.</p>',
    ],
  ])('ends before %s', async (_name, behind) => {
    const long = [first, second, third].map((text) => `<p>${text} ${text} ${text}</p>`).join('');
    const texts = await textsFrom(
      page(`<article><h1>The dam</h1>${long}${behind}</article>`, '<meta name="author" content="Ada Byron">'),
      'a.html',
    );
    expect(texts).toHaveLength(3);
    expect(texts.at(-1)).toContain(third);
  });

  it('keeps what its author asks and answers at its end', async () => {
    const talk = ['Ada Byron: And who pays for it in the end?', 'Bo Reed: The farms, as they always did.'];
    const lines = [first, second, third, ...talk].map((line) => `<p>${line}</p>`).join('');
    const texts = await textsFrom(
      page(`<article>${lines}</article>`, '<meta name="author" content="Ada Byron">'),
      'a.html',
    );
    expect(texts).toEqual([first, second, third, ...talk]);
  });

  it('keeps items and rows that come twice', async () => {
    const day = (name: string) =>
      `<h2>${name}</h2><ul><li>One hour of water</li></ul><table><tr><td>Farms</td><td>40</td></tr></table>`;
    const texts = await textsFrom(
      page(`<article>${prose}${day('Monday')}${day('Tuesday')}</article>`),
      'a.html',
    );
    expect(texts.filter((text) => text.includes('One hour of water'))).toHaveLength(2);
    expect(texts.filter((text) => text.includes('Farms | 40'))).toHaveLength(2);
  });

  it('keeps a list of links that is all it holds', async () => {
    const links = Array.from(
      { length: 9 },
      (_, at) => `<li><a href="/${at}">Report ${at} on the state of the river</a></li>`,
    );
    expect(
      await textsFrom(page(`<article><h1>Reports</h1><ul>${links.join('')}</ul></article>`), 'a.html'),
    ).toHaveLength(9);
  });

  it('leaves out how a word is pronounced above it', async () => {
    const ruby =
      '<p><ruby>子<rt>こ</rt></ruby>どもへの<ruby>虐待<rp>(</rp><rt>ぎゃくたい</rt><rp>)</rp></ruby>をなくす法律ができた。</p>';
    expect(await textsFrom(page(`<article>${prose}${ruby}</article>`), 'a.html')).toContain(
      '子どもへの虐待をなくす法律ができた。',
    );
  });

  it('is found in a template that a script puts in place', async () => {
    const body = `<div class="post"><script type="text/template">${prose}</script></div><p>Give us feedback.</p>`;
    expect(await textsFrom(page(body), 'a.html')).toEqual(expect.arrayContaining([first, second, third]));
  });

  it('leaves out dates and calls before and behind the text, and keeps headings, rows and captions', async () => {
    const body = `<article><h1>The dam</h1><p>3 January 2024</p>${prose}<h2>Flow</h2><table><tr><td>May</td><td>40</td></tr></table><p>${third}</p><p>Read this too</p><p>All notes</p></article>`;
    const texts = await textsFrom(page(body), 'a.html');
    expect(texts.join('\n')).toContain('May | 40');
    expect(texts.join('\n')).not.toMatch(/3 January 2024|Read this too|All notes/);
  });

  it.each([
    [
      'hardly any text',
      `<p>Skip to the text</p>${'<img src="a.png">'.repeat(400)}`,
      'hardly any text was found on a large page',
    ],
    [
      'short lines only',
      `<article>${'<p>A line of a score.</p>'.repeat(12)}</article>`,
      'no paragraph as long as those of articles was found',
    ],
    [
      'another text than its title',
      `<article><h1>Bees winter quietly</h1>${prose}</article>`,
      'the text holds few of the words by which the page describes itself',
    ],
  ])('is said to be doubtful where it holds %s', async (_what, body, doubt) => {
    const read = await readDocument({ source: { type: 'stdin', stream: Readable.from([page(body)]) } });
    expect(read.ok && read.value.doubts).toEqual([`standard input: ${doubt}`]);
  });

  it('is read from its metadata where that holds far more than the page shows', async () => {
    const data = JSON.stringify({ '@type': 'NewsArticle', articleBody: [first, second, third].join('\n\n') });
    const head = `<script type="application/ld+json">${data}</script>`;
    const texts = await textsFrom(page(`<article><p>${first}</p></article>`, head), 'a.html');
    for (const text of [first, second, third]) expect(texts.join('\n')).toContain(text);
  });

  it('is said to be doubtful where its own description speaks of other things', async () => {
    const head =
      '<meta name="description" content="Parliament adopts the budget after midnight while opposition deputies protest against pension cuts">';
    const path = join(await mkdtemp(join(tmpdir(), 'parley-')), 'a.html');
    onTestFinished(() => rm(dirname(path), { recursive: true }));
    const doubtsOf = async (html: string) => {
      await writeFile(path, html);
      const read = await readDocument({ source: { type: 'file', path } });
      return read.ok ? read.value.doubts : read;
    };
    expect(await doubtsOf(page(`<article>${prose}</article>`, head))).toEqual([
      `${path}: the text holds few of the words by which the page describes itself`,
    ]);
    expect(await doubtsOf(page(`<article>${prose}</article>`))).toEqual([]);
  });

  it('drops a teaser that stands before and after', async () => {
    const teaser = 'Read also how the other valley built three dams in ten years and what became of its fish';
    const texts = await textsFrom(
      page(`<article><p>${teaser}</p>${prose}<p>${teaser}</p></article>`),
      'a.html',
    );
    expect(texts.filter((text) => text === teaser)).toHaveLength(1);
  });

  it('counts no tags inside scripts and comments', async () => {
    const noise = '<div><p>x'.repeat(40_000);
    const texts = await textsFrom(
      page(`<script>var a = '${noise}';</script><!-- ${noise} --><article>${prose}</article>`),
      'a.html',
    );
    expect(texts).toEqual([first, second, third]);
  });

  it('keeps JSON-LD that stands in its body out of its text, and reads what it says', async () => {
    const data = JSON.stringify({
      '@type': 'NewsArticle',
      headline: 'The dam is put off',
      datePublished: '2021-05-04T10:00:00Z',
      author: { name: 'Ada Byron' },
    });
    const article = await articleFrom(
      page(`<article><script type="application/ld+json">${data}</script>${prose}</article>`),
      'a.html',
    );
    expect(article).toMatchObject({ title: 'The dam is put off', date: '2021-05-04' });
    expect(article.source).toContain('Ada Byron');
    expect(article.passages.map(({ text }) => text)).toEqual([first, second, third]);
  });

  it('is read from its metadata where nothing else holds its text', async () => {
    const data = JSON.stringify({
      '@graph': [{ '@type': 'WebSite' }, { '@type': 'Article', articleBody: [first, second].join('\n\n') }],
    });
    expect(
      await textsFrom(
        page(`<div id="app"></div><script type="application/ld+json">${data}</script>`),
        'a.html',
      ),
    ).toEqual([first, second]);
  });

  it('holds a second document in one of its elements', async () => {
    const nested = `<div><!doctype html><html><head><title>Other</title><meta charset="utf-8"></head><body>${prose}</body></html></div>`;
    const article = await articleFrom(page(`<h1>The dam</h1>${nested}`), 'a.html');
    expect(article.title).toBe('The dam');
    expect(article.passages.map(({ text }) => text)).toEqual([first, second, third]);
  });

  it('gives formulas in the words of their authors, once', async () => {
    const math =
      '<math alttext="E=mc^2"><mi>E</mi><mo>=</mo><mi>m</mi><annotation encoding="application/x-tex">E = mc^2</annotation></math>';
    const image = '<img class="mwe-math-fallback-image-inline" alt="{\\displaystyle a+b}" src="x.svg">';
    const texts = await textsFrom(
      page(
        `<article>${prose}<p>The flow obeys ${math} and also ${image} in every summer that was measured.</p></article>`,
      ),
      'a.html',
    );
    expect(texts.at(-1)).toBe(
      'The flow obeys $E = mc^2$ and also $' +
        String.raw`{\displaystyle a+b}$ in every summer that was measured.`,
    );
  });

  it('keeps a numbered caption apart from its table, and leaves out credits of pictures', async () => {
    const figures =
      '<figure><img src="a.jpg"><figcaption>Photo: somebody</figcaption></figure><figure><img src="b.png"><figcaption>Figure 2: Flow of the river in cubic metres, by month.</figcaption></figure><table><caption>Table 1: Water by user</caption><tr><td>Farms</td><td>40</td></tr></table>';
    const texts = await textsFrom(page(`<article>${prose}${figures}</article>`), 'a.html');
    expect(texts).toContain('Figure 2: Flow of the river in cubic metres, by month.');
    expect(texts).toContain('Table 1: Water by user');
    expect(texts).toContain('Farms | 40');
    expect(texts.join(' ')).not.toContain('somebody');
  });
});

describe('bytes that say something else than the document', () => {
  it.each<[string, string]>([
    ['iso-8859-1', 'Größe'],
    ['windows-1252', '“Zürich”'],
    ['shift_jis', 'Größe'],
  ])('are UTF-8 where they are, whatever is declared: %s', async (charset, word) => {
    const texts = await textsFrom(
      page(`<article><p>${word} ${first}</p>${prose}</article>`, `<meta charset="${charset}">`),
      'a.html',
    );
    expect(texts[0]).toBe(`${word} ${first}`);
  });

  const samples: Record<string, string> = {
    'windows-1251':
      'Сегодня в городе состоялись переговоры между двумя странами о будущем договоре. Стороны согласились продолжать.',
    'koi8-r':
      'Сегодня в городе состоялись переговоры между двумя странами о будущем договоре. Стороны согласились продолжать.',
    gb18030: '今天两国在城里举行了关于未来条约的谈判，双方同意继续。',
    big5: '今天兩國在城裡舉行了關於未來條約的談判，雙方同意繼續。',
    shift_jis: '本日、両国は将来の条約について交渉を行い、継続することに合意した。',
    'euc-jp': '本日、両国は将来の条約について交渉を行い、継続することに合意した。',
    'euc-kr': '오늘 두 나라는 미래 조약에 대해 협상을 했다. 계속하기로 합의했다.',
    'windows-1256': 'اجتمع الطرفان اليوم في المدينة لبحث الاتفاق المقبل بين البلدين.',
  };

  it.each(Object.entries(samples))('are read as %s where nothing is declared', async (encoding, text) => {
    const bytes = iconv.encode(`${text}\n\n${text}`, encoding);
    const read = await readDocument({ source: { type: 'stdin', stream: Readable.from([bytes]) } });
    expect(read).toMatchObject({ ok: true, value: { article: { passages: [{ text }, { text }] } } });
    expect(read.ok && read.value.form).toMatch(/found from its bytes/);
  });

  it.each(['windows-1251', 'koi8-r'])(
    'are not read as western because the page says so: %s',
    async (encoding) => {
      const text = samples[encoding] ?? '';
      const html = iconv.encode(
        page(`<article><p>${text}</p><p>${text} ${text}</p></article>`, '<meta charset="iso-8859-1">'),
        encoding,
      );
      expect((await textsFrom(html, 'a.html'))[0]).toBe(text);
    },
  );
});

describe('front matter', () => {
  it('may hold a colon in a value', async () => {
    const article = await articleFrom(
      `---\ntitle: The dam: what comes next\nauthor: Ada: of the valley\ndate: 2021-05-04\n---\n${first}`,
      'a.md',
    );
    expect(article).toMatchObject({
      title: 'The dam: what comes next',
      source: 'Ada: of the valley',
      date: '2021-05-04',
    });
    expect(article.passages).toEqual([{ number: 1, text: first }]);
  });
});

describe('a carrier', () => {
  const feed = (items: string) =>
    `<?xml version="1.0"?><rss version="2.0" xmlns:content="c"><channel><title>News</title>${items}</channel></rss>`;
  const item = (title: string) =>
    `<item><title>${title}</title><link>https://news.example/${title}</link><pubDate>2021-05-04</pubDate><description>short</description><content:encoded><![CDATA[${prose}]]></content:encoded></item>`;

  it('is a feed of one entry', async () => {
    const article = await articleFrom(feed(item('dam')), 'feed.xml');
    expect(article).toMatchObject({ title: 'dam', date: '2021-05-04' });
    expect(article.passages.map(({ text }) => text)).toEqual([first, second, third]);
  });

  it('is an Atom entry with escaped HTML', async () => {
    const escaped = prose.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>The dam</title><content type="html">${escaped}</content></entry></feed>`;
    expect(await textsFrom(atom, 'atom.xml')).toEqual([first, second, third]);
  });

  it('is refused where it is a feed of several, with their titles and addresses', async () => {
    const outcome = await fromFile(feed(item('dam') + item('bridge')), 'feed.xml');
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'several' } });
    expect(!outcome.ok && outcome.failure.message).toContain('“bridge” https://news.example/bridge');
  });

  it('is a JSON record of an article', async () => {
    const record = {
      headline: 'The dam',
      articleBody: [first, second].join('\n\n'),
      datePublished: '2021-05-04',
      publisher: { name: 'News' },
    };
    expect(await articleFrom(JSON.stringify(record), 'a.json')).toMatchObject({
      title: 'The dam',
      date: '2021-05-04',
      source: 'News',
      passages: [{ text: first }, { text: second }],
    });
  });

  it('is refused where its JSON is no article', async () => {
    for (const value of [{ price: 3 }, [1, 2, 3], [{ text: first }, { text: second }]]) {
      expect(await fromFile(JSON.stringify(value), 'a.json')).toMatchObject({
        ok: false,
        failure: { reason: 'not-readable' },
      });
    }
  });

  const crlf = (lines: readonly string[]) => lines.join('\r\n');
  const quoted = (html: string) => html.replaceAll('=', '=3D').replace(/(.{70})/g, '$1=\r\n');

  it('is a saved page (MHTML)', async () => {
    const html = page(`<article>${prose}</article>`);
    const mhtml = crlf([
      'From: <Saved by Blink>',
      'Snapshot-Content-Location: https://news.example/dam',
      'Subject: The dam',
      'MIME-Version: 1.0',
      'Content-Type: multipart/related; type="text/html"; boundary="----b"',
      '',
      '',
      '------b',
      'Content-Type: text/html',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      quoted(html),
      '------b',
      'Content-Type: image/png',
      'Content-Transfer-Encoding: base64',
      '',
      'iVBORw0KGgo=',
      '------b--',
    ]);
    const article = await articleFrom(mhtml, 'a.mhtml');
    expect(article).toMatchObject({ title: 'The dam', source: 'https://news.example/dam' });
    expect(article.passages.map(({ text }) => text)).toEqual([first, second, third]);
  });

  it('is mail', async () => {
    const mail = crlf([
      'From: =?utf-8?q?Ada_Byr=C3=B3n?= <ada@example.org>',
      'To: b@example.org',
      'Subject: =?utf-8?B?R3LDtsOfZQ==?= of the dam',
      'Date: Tue, 4 May 2021 10:00:00 +0000',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(`${first}\n\n${second}`).toString('base64'),
    ]);
    const article = await articleFrom(mail, 'a.eml');
    expect(article).toMatchObject({ title: 'Größe of the dam', source: 'Ada Byrón <ada@example.org>' });
    expect(article.passages.map(({ text }) => text)).toEqual([first, second]);
  });
});

describe('a packed document', () => {
  it('is a PDF: lines joined to paragraphs, words parted at a line’s end whole, pages named, running heads left out', async () => {
    const head = (number: number) =>
      ['The Valley Gazette', '', ''].map((line) => (line === '' ? '' : `${line} ${number}`));
    const bytes = pdfOf([
      [
        ...head(1),
        'The council put off the dam after far-',
        'mers could not agree on the water.',
        '',
        'A commission will measure the flow.',
      ],
      [...head(2), 'Nobody would say what happens next.'],
      [...head(3), 'The next talks are in the autumn.'],
    ]);
    const read = await readDocument({ source: { type: 'stdin', stream: Readable.from([bytes]) } });
    if (!read.ok) throw new Error(read.failure.message);
    expect(read.value.form).toBe('a PDF of 3 pages');
    expect(read.value.article.passages).toEqual([
      {
        number: 1,
        text: 'The council put off the dam after farmers could not agree on the water.',
        place: 'page 1',
      },
      { number: 2, text: 'A commission will measure the flow.', place: 'page 1' },
      { number: 3, text: 'Nobody would say what happens next.', place: 'page 2' },
      { number: 4, text: 'The next talks are in the autumn.', place: 'page 3' },
    ]);
    expect(read.value.leftOut).toEqual([{ what: 'page headers and footers', count: 1 }]);
  });

  it('is a PDF in two columns, whose lines are set through both', async () => {
    const left = [
      'The council put off the dam after far-',
      'mers and fishers could not agree on',
      'how much water the river must keep',
      'in a dry summer, which nobody in the',
      'valley had expected of the council.',
    ];
    const right = [
      'A commission will measure the flow',
      'every week until the next autumn, and',
      'both sides said that they accept its',
      'figures as the basis of a treaty on',
      'the river, the dam and its power.',
    ];
    const set = left.map(
      (line, row) =>
        `1 0 0 1 50 ${700 - 14 * row} Tm (${line}) Tj 1 0 0 1 320 ${700 - 14 * row} Tm (${right[row]}) Tj`,
    );
    const bytes = pdfOf([set]);
    expect((await textsFrom(bytes, 'a.pdf')).join(' ')).toBe(
      `${left.join(' ').replace('far- mers', 'farmers')} ${right.join(' ')}`,
    );
  });

  it('is a PDF of pictures, and said to be one', async () => {
    const outcome = await fromStdin(pdfOf([[]]));
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'empty' } });
    expect(!outcome.ok && outcome.failure.message).toContain('it seems to be scanned');
  });

  it('is a Word document: headings, items, tables and what is left of tracked changes', async () => {
    const paragraph = (text: string, style = '') =>
      `<w:p><w:pPr>${style}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
    const xml = `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${paragraph('The dam', '<w:pStyle w:val="Title"/>')}${paragraph('What comes next', '<w:pStyle w:val="Heading2"/>')}${paragraph('Water &amp; fish')}<w:p><w:r><w:delText>old </w:delText></w:r><w:r><w:t>new words</w:t></w:r></w:p><w:tbl><w:tr><w:tc>${paragraph('Farms')}</w:tc><w:tc>${paragraph('40')}</w:tc></w:tr></w:tbl>${paragraph('last')}</w:body></w:document>`;
    const bytes = zipSync({
      '[Content_Types].xml': strToU8('<Types/>'),
      'word/document.xml': strToU8(xml),
      'docProps/core.xml': strToU8(
        '<cp:coreProperties><dc:title>The dam</dc:title><dc:creator>Ada</dc:creator></cp:coreProperties>',
      ),
    });
    const article = await articleFrom(bytes, 'a.docx');
    expect(article).toMatchObject({ title: 'The dam', source: 'Ada' });
    expect(article.passages.map(({ text }) => text)).toEqual([
      'What comes next: Water & fish',
      'new words',
      'Farms | 40',
      'last',
    ]);
  });

  it('is an EPUB book, by its chapters in the order of its spine', async () => {
    const bytes = zipSync({
      mimetype: [strToU8('application/epub+zip'), { level: 0 }],
      'META-INF/container.xml': strToU8(
        '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
      ),
      'OPS/book.opf': strToU8(
        '<package><metadata><dc:title>The dam</dc:title><dc:creator>Ada</dc:creator></metadata><manifest><item id="b" href="b.xhtml"/><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
      ),
      'OPS/a.xhtml': strToU8(
        `<?xml version="1.0"?><html><head><title>1</title></head><body><p>${first}</p></body></html>`,
      ),
      'OPS/b.xhtml': strToU8(`<html><body><p>${second}</p></body></html>`),
    });
    const article = await articleFrom(bytes, 'a.epub');
    expect(article).toMatchObject({
      title: 'The dam',
      passages: [
        { number: 1, text: first, place: 'chapter 1' },
        { number: 2, text: second, place: 'chapter 2' },
      ],
    });
  });
});

describe('what is carried or packed in other ways', () => {
  const texts = [first, second, third];
  const plain = texts.join('\n\n');
  const item = { title: 'The dam', url: 'https://a.example/dam', content_html: prose };
  const ld = { '@type': 'NewsArticle', headline: 'The dam', articleBody: plain };
  const escaped = prose.replaceAll('<', '&lt;');

  it.each([
    ['a JSON feed of one entry', 'a.json', JSON.stringify({ title: 'Feed', items: [item] })],
    ['JSON-LD in a list', 'a.json', JSON.stringify([{ '@type': 'BreadcrumbList' }, ld])],
    ['JSON-LD in a graph', 'a.json', JSON.stringify({ '@graph': [{ '@type': 'WebSite' }, ld] })],
    [
      'Atom whose elements have a prefix',
      'a.xml',
      `<atom:feed><atom:entry><atom:title>The dam</atom:title><atom:content type="html">${escaped}</atom:content></atom:entry></atom:feed>`,
    ],
    [
      'RSS in several pieces of CDATA',
      'a.xml',
      `<rss><channel><item><title>The dam</title><description><![CDATA[<p>${first}</p>]]><![CDATA[<p>${second}</p>]]> &lt;p>${third}&lt;/p></description></item></channel></rss>`,
    ],
    ['a gzipped page', 'a.html.gz', gzipSync(page(`<article><h1>The dam</h1>${prose}</article>`))],
    ['a gzipped text', 'a.txt.gz', gzipSync(`The dam\n\n${plain}`)],
    ['a gzipped page without a name', 'a', gzipSync(page(`<article><h1>The dam</h1>${prose}</article>`))],
  ])('is read: %s', async (_name, file, bytes) => {
    const article = await articleFrom(bytes, file);
    expect(article.title).toBe('The dam');
    expect(article.passages.map(({ text }) => text)).toEqual(texts);
  });

  it('is refused where it holds several articles, or more than one article can be', async () => {
    const feed = await fromFile(JSON.stringify({ items: [item, { ...item, title: 'Other' }] }), 'a.json');
    expect(feed).toMatchObject({ ok: false, failure: { reason: 'several' } });
    expect(!feed.ok && feed.failure.message).toContain('“Other” https://a.example/dam');
    const bomb = await fromFile(gzipSync(Buffer.alloc(50_000_000, 'a ')), 'a.gz');
    expect(bomb).toMatchObject({ ok: false, failure: { reason: 'too-large' } });
  });

  it('is mail without the lines that it quotes and without its signature', async () => {
    const body = `${plain}\n\n> Did you read this?\n> I did not.\n-- \nAda Byron\n12345`;
    const head = 'From: Ada\nSubject: The dam\nDate: Tue, 4 May 2021 10:00:00 +0200';
    expect(await textsFrom(`${head}\n\n${body}`, 'a.eml')).toEqual(texts);
    const quote = texts.map((text) => `> ${text}`).join('\n>\n');
    expect((await textsFrom(`${head}\n\nSee below.\n\n${quote}`, 'a.eml')).join(' ')).toContain(second);
  });

  it('is an EPUB whose attributes have single quotes, without its table of contents and marks of notes', async () => {
    const chapter = `<html><body><p>${first.slice(0, -1)}<a epub:type="noteref" href="#n">1</a>.</p></body></html>`;
    const bytes = zipSync({
      mimetype: [strToU8('application/epub+zip'), { level: 0 }],
      'META-INF/container.xml': strToU8("<container><rootfile full-path='b.opf'/></container>"),
      'b.opf': strToU8(
        "<opf:package><opf:manifest><opf:item id='n' href='n.xhtml' properties='nav'/><opf:item href='a%20b.xhtml' id='a'/></opf:manifest><opf:spine><opf:itemref idref='n'/><opf:itemref idref='a'/></opf:spine></opf:package>",
      ),
      'n.xhtml': strToU8('<html><body><ol><li><a href="a.xhtml">The chapter</a></li></ol></body></html>'),
      'a b.xhtml': strToU8(chapter),
    });
    expect(await textsFrom(bytes, 'a.epub')).toEqual([first]);
  });

  it('is a Word document whose boxes are told once, and whose notes are counted', async () => {
    const run = (text: string) => `<w:p><w:r><w:t>${text}</w:t><w:footnoteReference w:id="1"/></w:r></w:p>`;
    const box = `<mc:AlternateContent><mc:Choice>${run(second)}</mc:Choice><mc:Fallback>${run(second)}</mc:Fallback></mc:AlternateContent>`;
    const bytes = zipSync({
      'word/document.xml': strToU8(`<w:document>${run(first)}${box}${run(third)}</w:document>`),
    });
    const read = await readDocument({ source: { type: 'stdin', stream: Readable.from([bytes]) } });
    if (!read.ok) throw new Error(read.failure.message);
    expect(read.value.article.passages.map(({ text }) => text)).toEqual(texts);
    expect(read.value.leftOut).toEqual([{ what: 'footnotes and endnotes', count: 4 }]);
  });
});

describe('a dossier', () => {
  it('numbers passages over all sources and names the source of each', async () => {
    const source = (text: string) => ({ type: 'stdin' as const, stream: Readable.from([text]) });
    const read = await readDossier([source(`# One\n\n${first}`), source(`# Two\n\n${second}\n\n${third}`)]);
    expect(read).toMatchObject({
      ok: true,
      value: {
        article: {
          title: 'One; Two',
          sources: [
            { title: 'One', source: 'standard input', date: '', licence: '', first: 1 },
            { title: 'Two', source: 'standard input', date: '', licence: '', first: 2 },
          ],
          passages: [
            { number: 1, text: first },
            { number: 2, text: second },
            { number: 3, text: third },
          ],
        },
      },
    });
  });
});
