import { Readable } from 'node:stream';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { htmlArticle } from '../../src/article/html-article.ts';
import { readDocument } from '../../src/article/read-article.ts';
import { fromStdin, textsFrom } from './given-article.ts';

const first =
  'The council put off the dam on Tuesday after farmers and fishers could not agree on how much water the river must keep in a dry summer.';
const second =
  'A commission will measure the flow every week until autumn, and both sides said that they would accept its figures as the basis of a treaty.';
const third =
  'Nobody would say what happens when the two figures differ, though that is the case in which the last agreement broke down eight years ago.';
const paragraphs = (...texts: string[]) => texts.map((text) => `<p>${text}</p>`).join('');
const page = (title: string, body: string, head = '') =>
  `<html><head><title>${title}</title>${head}</head><body>${body}</body></html>`;
const doubtOf = (html: string) => htmlArticle(html).doubt ?? '';
const description = (text: string) => `<meta name="description" content="${text}">`;

describe('a page is doubted', () => {
  it.each([
    'Just a moment...',
    '404 - Lost',
    'Error 403',
    'Page not found',
    'Access denied',
    'Seite nicht gefunden',
  ])('where its title says %s', (title) => {
    const html = page(title, `<main><h1>${title}</h1>${paragraphs(first, second)}</main>`);
    expect(doubtOf(html)).toBe('its title is that of an error or a check and of no article');
  });

  it('where a wall stands in its place, under a heading of its own', () => {
    const wall =
      'We and our partners store and access information on a device and process personal data, such as identifiers.';
    const told = description(
      'Farmers and fishers disagree on the water that a valley keeps when summers get dry.',
    );
    const html = page(
      'The valley waits',
      `<div><h1>Your privacy matters</h1>${paragraphs(wall, wall)}</div>`,
      told,
    );
    expect(doubtOf(html)).toContain('few of the words by which the page describes itself');
  });

  it('where its data say that the article is not free, and little is there', () => {
    const data =
      '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>';
    const html = (body: string) =>
      page('Who pays for the dam?', `<article><h1>Who pays for the dam?</h1>${body}</article>`, data);
    expect(doubtOf(html(paragraphs(first, second)))).toContain('is not free to read');
    expect(doubtOf(html(paragraphs(...Array(5).fill([first, second, third]).flat())))).toBe('');
  });

  it('where posts below were taken in place of short boxes', () => {
    const boxes = ['Ring: one', 'With longer rings', 'Hoop: two'].map(
      (text) => `<div><div><p>${text}</p></div></div>`,
    );
    const html = page(
      'Jewels',
      `<div><h1>Jewels</h1>${boxes.join('')}</div><div><p>14 June</p>${paragraphs(first, second)}</div>`,
    );
    expect(doubtOf(html)).not.toBe('');
  });

  it('where a list was taken in place of what a forum asks', () => {
    const offers = Array.from(
      { length: 30 },
      (_, at) => `<li>Offer ${at} for everyone who still has no water at home and likes to pay more</li>`,
    );
    const html = page('Why is there no water since the update?', `<h1>Forum</h1><ul>${offers.join('')}</ul>`);
    expect(doubtOf(html)).not.toBe('');
  });
});

describe('a page is not doubted', () => {
  it('for a slogan in its description, where the text stands right below the heading that is its title', () => {
    const slogan = description(
      'Always the newest tips, tricks, tests, offers and stories about phones, tablets and computers.',
    );
    const body = `<article><h1>Low tide</h1>${paragraphs(first, second, third)}</article>`;
    expect(doubtOf(page('Low tide | Gazette', body, slogan))).toBe('');
  });

  it('for being short in a script that says much in few signs', () => {
    const chinese = [
      '由于农民和渔民未能就干旱夏季河流必须保留多少水量达成一致，议会于周二推迟了大坝项目。',
      '一个委员会将在秋季之前每周测量流量，双方都表示将接受其数字作为条约的基础。',
    ];
    const menu = '<div><a href="/">首页</a><a href="/b">体育</a></div>';
    const read = htmlArticle(
      page(
        '大坝',
        `${menu}<div><h1>大坝</h1>${paragraphs(...chinese)}</div><ul><li><a href="/1">热门新闻</a></li></ul>`,
      ),
    );
    expect(read.text.split('\n\n')).toEqual(chinese);
  });
});

it('comments are left out where they are longer than the rest, and kept where they are all there is', () => {
  const comments = Array.from(
    { length: 40 },
    (_, at) => `<div class="c-item"><p>Reader ${at}: ${third}</p></div>`,
  ).join('');
  const below = `<section id="comments">${comments}</section>`;
  expect(
    htmlArticle(page('The dam', `<article><h1>The dam</h1>${paragraphs(first, second)}</article>${below}`))
      .text,
  ).toBe(`${first}\n\n${second}`);
  expect(htmlArticle(page('The dam', `<h1>The dam</h1>${below}`)).text).toContain('Reader 7');
});

it('a feed whose one entry is a summary is doubted, and its address is given', async () => {
  const feed = `<rss version="2.0"><channel><item><title>The dam</title><link>https://news.example/dam</link><description>${first}</description></item></channel></rss>`;
  const read = await readDocument({ source: { type: 'stdin', stream: Readable.from([feed]) } });
  expect(read.ok && read.value.doubts).toEqual([
    'standard input: the feed holds only a summary; pass the address of the article, https://news.example/dam',
  ]);
  expect((await fromStdin(feed.replace(first, paragraphs(first, second, third, first, second)))).ok).toBe(
    true,
  );
});

it('what was moved in a Word document stands where it was moved to', async () => {
  const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const mark = '<w:pPr><w:rPr><w:moveFrom w:id="1" w:author="Ann"/></w:rPr></w:pPr>';
  const body = `<w:p>${run(first)}</w:p><w:p>${mark}<w:moveFrom w:id="2">${run(third)}</w:moveFrom></w:p><w:p>${run(second)}<w:moveTo w:id="3">${run(` ${third}`)}</w:moveTo></w:p>`;
  const bytes = zipSync({
    'word/document.xml': strToU8(`<w:document><w:body>${body}</w:body></w:document>`),
  });
  expect(await textsFrom(bytes, 'a.docx')).toEqual([first, `${second} ${third}`]);
});
