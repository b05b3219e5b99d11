import { cleanLine, cleanText } from './clean-article-text.ts';
import { blocksOf } from './html-blocks.ts';
import type { HtmlDocument } from './html-dom.ts';
import { parsedPage } from './html-dom.ts';
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
  const licence = licenceOf(document);
  removeNoise(document);
  focusOnArticle(document);
  const heading = onlyHeading(document);
  const reading = readingOf(document);
  const text = reading && reading.text.length >= leastText ? reading.text : bodyText(parsedPage(html));
  const title = titleOf(
    reading?.title || (document.querySelector('title')?.textContent ?? ''),
    heading,
    reading?.siteName ?? '',
  );
  return {
    title,
    source: [reading?.byline, reading?.siteName].filter(Boolean).join(', '),
    date: reading?.date ?? '',
    licence,
    text: withoutTitle(text, title),
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

function licenceOf(document: HtmlDocument): string {
  return cleanLine(document.querySelector('[rel~=license][href]')?.getAttribute('href') ?? '');
}
