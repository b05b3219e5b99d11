import { cleanLine, cleanText } from './clean-article-text.ts';
import { blocksOf } from './html-blocks.ts';
import type { HtmlDocument } from './html-dom.ts';
import { parsedPage } from './html-dom.ts';
import { pageFacts } from './html-facts.ts';
import { focusOnArticle, removeNoise, removeSurroundings } from './html-noise.ts';
import { readingOf } from './readable-text.ts';
import type { FoundText } from './types.ts';

/** Less text than this is a teaser or a notice; then the whole body is looked at instead. */
const leastText = 140;

/**
 * Finds the article of an HTML page: its paragraphs without navigation, banners, scripts and hidden text, and
 * what the page says of title, author, site, date and licence. Broken HTML is read as far as it goes.
 */
export function htmlArticle(html: string): FoundText {
  const document = parsedPage(html);
  const facts = pageFacts(html, document);
  const leftOut = removeNoise(document);
  focusOnArticle(document);
  const heading = onlyHeading(document);
  const pageTitle = document.querySelector('title')?.textContent ?? '';
  const reading = readingOf(document);
  const read = reading && reading.text.length >= leastText ? reading.text : bodyText(parsedPage(html));
  const isInData = read.length < leastText && facts.body.length > read.length;
  const siteName = facts.siteName || reading?.siteName || '';
  const title = titleOf(facts.title || reading?.title || pageTitle, heading, siteName);
  const byline = cleanLine(facts.byline || reading?.byline || '').slice(0, 100);
  return {
    form: isInData ? 'the metadata of a web page' : 'a web page',
    title,
    source: [byline, cleanLine(siteName).slice(0, 100)].filter(Boolean).join(', '),
    date: facts.date || reading?.date || '',
    licence: cleanLine(facts.licence),
    text: withoutTitle(isInData ? cleanText(facts.body) : read, title),
    leftOut,
  };
}

function bodyText(document: HtmlDocument): string {
  removeNoise(document);
  focusOnArticle(document);
  removeSurroundings(document);
  return document.body ? cleanText(blocksOf(document.body)) : '';
}

function onlyHeading(document: HtmlDocument): string {
  const headings = [...document.querySelectorAll('h1')].map((element) =>
    cleanLine(element.textContent ?? ''),
  );
  return headings.length === 1 ? (headings[0] ?? '') : '';
}

/** The heading where the page's title only adds the site to it; otherwise the title without the site's name. */
function titleOf(title: string, heading: string, siteName: string): string {
  const line = cleanLine(title);
  if (heading !== '' && (line === '' || line.toLowerCase().includes(heading.toLowerCase()))) return heading;
  const suffix = /^(.+) [|–—·»-] (.+)$/.exec(line);
  return suffix && siteName !== '' && suffix[2]?.toLowerCase() === siteName.toLowerCase()
    ? (suffix[1] ?? line)
    : line;
}

/** The title heads the passages anyway. */
function withoutTitle(text: string, title: string): string {
  const [first = '', ...rest] = text.split('\n\n');
  return title !== '' && first.replace(/^#+ /, '').toLowerCase() === title.toLowerCase()
    ? rest.join('\n\n')
    : text;
}
