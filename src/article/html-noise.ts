import type { HtmlDocument, HtmlElement } from './html-dom.ts';

/** An element that claims to be the article holds at least this share of the page's text if it is. */
const leastShare = 0.4;

/** Where a page marks one element as its article or main part, leaves only that in the body. */
export function focusOnArticle(document: HtmlDocument): void {
  const marked = markedArticle(document);
  if (marked) document.body?.replaceChildren(marked);
}

function markedArticle(document: HtmlDocument): HtmlElement | null {
  const least = (document.body?.textContent ?? '').length * leastShare;
  for (const mark of ['article', 'main, [role=main]']) {
    const [marked, ...others] = document.querySelectorAll(mark);
    if (marked && others.length === 0 && (marked.textContent ?? '').length >= least) return marked;
  }
  return null;
}

/** What is never part of an article's text. */
const machinery =
  'script:not([type="application/ld+json"]), style, noscript, template, iframe, object, embed, svg, canvas, audio, video, picture, form, button, select, input, textarea, dialog, figcaption, nav, [role=navigation], [role=dialog], [role=alertdialog], [role=banner], [role=search], [role=complementary], [role=contentinfo], [aria-modal=true]';

/** What surrounds one, where nothing better than the body is found. */
const surroundings = 'script, header, footer, aside, menu';

const interruption =
  /(?:^|[-_\s])(?:cookies?|consent|gdpr|onetrust|cmp|newsletter|paywall|subscri(?:be|ption)|advert(?:isement)?s?|promo|share|social)(?:$|[-_\s])/i;

const hidingStyle =
  /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d]*[1-9])|font-size\s*:\s*0(?![.\d]*[1-9])/i;

/** Elements that may speak of cookies and sharing though they hold everything. */
const holders = new Set(['html', 'body', 'main', 'article']);

/** An element with more than this share of the page's text is the article, whatever it is called. */
const largestInterruption = 0.3;

/**
 * Removes what a reader of the page would not read as its article: machinery, banners, and all that is hidden.
 * What JSON-LD says of the article stays for those who read it.
 */
export function removeNoise(document: HtmlDocument): void {
  for (const element of document.querySelectorAll(machinery)) element.remove();
  for (const element of document.querySelectorAll('[hidden], [aria-hidden=true], [style]')) {
    if (isHidden(element)) element.remove();
  }
  const most = (document.body?.textContent ?? '').length * largestInterruption;
  for (const element of document.querySelectorAll('[id], [class]')) {
    if (isInterruption(element) && (element.textContent ?? '').length < most) element.remove();
  }
}

function isInterruption(element: HtmlElement): boolean {
  const names = `${element.id} ${element.getAttribute('class') ?? ''}`;
  return (
    interruption.test(names) && !holders.has(element.localName) && !element.querySelector('article, main, h1')
  );
}

export function removeSurroundings(document: HtmlDocument): void {
  for (const element of document.querySelectorAll(surroundings)) element.remove();
}

function isHidden(element: HtmlElement): boolean {
  if (holders.has(element.localName)) return false;
  const isMarked = element.getAttribute('hidden') !== null || element.getAttribute('aria-hidden') === 'true';
  return isMarked || hidingStyle.test(element.getAttribute('style') ?? '');
}
