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
