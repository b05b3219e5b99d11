import {
  type HtmlDocument,
  type HtmlElement,
  type HtmlNode,
  isElement,
  nextNode,
  textLengths,
} from './html-dom.ts';
import type { LeftOut } from './types.ts';

/** What is never part of an article's text, whatever it holds. */
const machinery =
  'script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video, picture, button, select, input, textarea, title, meta, link, rt, rp, [role=doc-noteref], [epub\\:type=noteref]';

/** What is not either, unless most of the page stands in it: some systems put a form around everything. */
const furniture =
  'form, dialog, nav, [role=navigation], [role=dialog], [role=alertdialog], [role=banner], [role=search], [role=complementary], [role=contentinfo], [aria-modal=true]';

/** What surrounds an article, where nothing better than the body is found. */
const surroundings = 'header, footer, aside, menu';

/** Names of what interrupts a page, whatever text it holds. */
const banner =
  /(?:^|[-_\s])(?:cmp(?=$|\s)|cmp(?:box|wrapper)|cookies?|consent|gdpr|onetrust|newsletter|advert(?:isement)?s?|promo)(?:$|[-_\s])/i;

/** Names that interruptions share with containers of articles: those with paragraphs of prose are no interruption. */
const ambiguous = /(?:^|[-_\s])(?:paywall|subscri(?:be|ption)|share|social)(?:$|[-_\s])/i;

/** Names of what readers of a page wrote below it, of whatever length. */
const readers =
  /(?:^|\s)(?:[a-z]{1,12}[-_])?(?:comments?(?:[-_]?(?:list|area|section|box|thread|wrap(?:per)?|container))?|respond|disqus(?:_thread)?|replies|reader[-_]?comments)(?:$|\s)/i;

/** Names of what stands beside an article in its container: other articles, who wrote it, where it is filed, what a picture shows. */
const beside =
  /(?:^|[-_\s]|(?<=[a-z])(?=[A-Z]))(?:(?:jp-?)?related[a-z]*|recommend(?:ed|ations?)?|read-?(?:more|next|also)|more-(?:on|from|stories)|next-?(?:story|article|post)|taboola|outbrain|breadcrumbs?|by-?lines?|vcard|(?:about-?)?authors?(?:-?(?:bio|box|info))?|(?:post-?)?tags?|tag-?list|(?:post-?)?ratings?|likes|tool-?tips?|pop-?overs?|roll-?overs?|hover-?cards?|comments?|respond|captions?|credits?|gallery-count|copyright|pagination|pager|toc|widget|sidebar|disclaimer|trending|most-?(?:read|popular))(?:$|[-_\s])/i;

/** What leads to another article is a teaser; what is only called so is the article's own summary. */
const teaser = /(?:^|[-_\s]|(?<=[a-z])(?=[A-Z]))teasers?(?:$|[-_\s])/i;

const hidingStyle =
  /display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|opacity\s{0,9}:\s{0,9}0(?![.\d]{0,9}[1-9])|font-size\s{0,9}:\s{0,9}0(?![.\d]{0,9}[1-9])/i;

/** Elements that may speak of cookies and sharing though they hold everything. */
const holders = new Set(['html', 'body', 'main', 'article']);

/** An element with more than this share of the page's text is the article, whatever it is called. */
const largestInterruption = 0.3;

/** What stands beside an article holds less of the page's text than this; comments may hold more, but in a forum they are all there is. */
const mostBeside = 0.15;
const mostOfReaders = 0.8;
/** Unless so many paragraphs of prose stand outside of them. */
const fewestBeside = 2;

/** A paragraph of prose has at least this many characters; a notice has one, a container of an article more. */
const proseLength = 120;

/** An element that claims to be the article holds at least this share of the page's text if it is. */
const leastShare = 0.4;

/** Of several that claim it, the one with the heading holds at least this share of the longest. */
const leastBesideOthers = 0.4;

/** A page that marks more articles than this is a list of them. */
const mostMarked = 60;

/** Figures' captions that say what is seen, unlike credits. */
export const numberedCaption =
  /^\s*(?:fig(?:ure|\.)?|table|chart|map|box|exhibit|abb(?:ildung|\.)?|tabelle|tableau|图|表|圖)\s*\p{N}/iu;

/** Removes what a reader of the page would not read as its article: machinery, banners, and all that is hidden. Says what had text. */
export function removeNoise(document: HtmlDocument): LeftOut[] {
  const body = document.body;
  if (!body) return [];
  for (const element of body.querySelectorAll(machinery)) element.remove();
  const counts = new Map<string, number>();
  const remove = (element: HtmlElement, what: string) => {
    if ((lengths.get(element) ?? 0) > 0) counts.set(what, (counts.get(what) ?? 0) + 1);
    element.remove();
  };
  const lengths = textLengths(body);
  const all = lengths.get(body) ?? 0;
  const isSmall = (element: HtmlElement) => (lengths.get(element) ?? 0) < all * largestInterruption;
  for (const element of body.querySelectorAll('[hidden], [aria-hidden=true], [style]')) {
    if (isHidden(element)) remove(element, 'hidden parts');
  }
  keepFormulas(body);
  for (const element of body.querySelectorAll(furniture)) {
    if (isSmall(element)) remove(element, 'navigation, forms and dialogs');
  }
  for (const element of body.querySelectorAll('figcaption')) {
    if (!numberedCaption.test((element.textContent ?? '').slice(0, 100))) remove(element, 'image captions');
  }
  const marked = holdersOf(body);
  const prose = proseBelow(body, lengths);
  const summaries = new Set([...body.querySelectorAll('[class*=teaser]')].filter((one) => !leadsAway(one)));
  for (const element of body.querySelectorAll('[id], [class]')) {
    const names = `${element.id} ${element.getAttribute('class') ?? ''}`.slice(0, 400);
    if (holders.has(element.localName)) continue;
    const isBanner = banner.test(names);
    const length = lengths.get(element) ?? 0;
    const paragraphs = prose.get(element) ?? 0;
    if (!isBanner && !ambiguous.test(names)) {
      if (marked.has(element)) continue;
      // Where hardly anything else is a paragraph, what readers wrote is all there is.
      const isBelow = length < all * mostOfReaders || (prose.get(body) ?? 0) - paragraphs >= fewestBeside;
      if (readers.test(names) && isBelow) remove(element, 'readers’ comments');
      else if (isBeside(element, names, summaries) && length < all * mostBeside && paragraphs <= 1)
        remove(element, 'parts beside the article');
      continue;
    }
    const holdsArticle = marked.has(element) || !isSmall(element) || (!isBanner && paragraphs > 1);
    // Readability drops by the same names; a container must not look like an interruption to it.
    if (holdsArticle) unname(element);
    else remove(element, 'banners, prompts to subscribe and share');
  }
  return [...counts].map(([what, count]) => ({ what, count }));
}

/** Where a page marks one element as its article or main part, leaves only that in the body. */
export function focusOnArticle(document: HtmlDocument): void {
  const body = document.body;
  if (!body) return;
  const lengths = textLengths(body);
  const least = (lengths.get(body) ?? 0) * leastShare;
  for (const mark of ['article', 'main, [role=main]']) {
    const all = [...body.querySelectorAll(mark)];
    const [marked] = all;
    if (!marked) continue;
    const found =
      all.length > 1
        ? mark === 'article'
          ? headed(all, lengths)
          : null
        : (lengths.get(marked) ?? 0) < least
          ? null
          : marked;
    if (!found) continue;
    body.replaceChildren(found);
    return;
  }
}

/** Of several articles, the innermost around the page's only heading, unless another one is far longer. */
function headed(marked: readonly HtmlElement[], lengths: ReadonlyMap<HtmlNode, number>): HtmlElement | null {
  const lengthOf = (one: HtmlElement) => lengths.get(one) ?? 0;
  if (marked.length > mostMarked) return null;
  const isAround = (one: HtmlElement) => marked.some((other) => isInside(other, one));
  const around = marked.filter((one) => one.querySelector('h1') !== null);
  const found = around.at(-1);
  if (!found || !around.every((one) => one === found || isInside(found, one))) return null;
  const others = marked.filter((one) => !isInside(one, found) && !isAround(one));
  return others.every((one) => lengthOf(found) >= leastBesideOthers * lengthOf(one)) ? found : null;
}

function isInside(node: HtmlNode, outer: HtmlNode): boolean {
  for (let at = node.parentNode; at; at = at.parentNode) if (at === outer) return true;
  return false;
}

export function removeSurroundings(document: HtmlDocument): void {
  for (const element of document.querySelectorAll(surroundings)) element.remove();
}

/** A formula is kept in the words its author wrote, once. */
function keepFormulas(body: HtmlElement): void {
  // MathJax names its boxes after a menu, by which Readability takes them for navigation.
  for (const box of body.querySelectorAll('mjx-container')) unname(box);
  for (const math of body.querySelectorAll('math')) {
    const source = math.querySelector('annotation')?.textContent ?? math.getAttribute('alttext');
    if (source?.trim()) math.textContent = ` $${source.trim()}$ `;
  }
  for (const image of body.querySelectorAll('img[alt]')) {
    const isFormula = /(?:^|[-_\s])(?:math|tex|latex|equation)/i.test(image.getAttribute('class') ?? '');
    const beside = image.parentNode && isElement(image.parentNode) ? image.parentNode : null;
    const isDouble = beside?.localName === 'span' && beside.querySelector('math') !== null;
    const source = image.getAttribute('alt')?.trim();
    if (isFormula && source && !isDouble) image.replaceWith(` $${source}$ `);
  }
}

function isBeside(element: HtmlElement, names: string, summaries: ReadonlySet<HtmlElement>): boolean {
  const isSummary = summaries.size <= mostSummaries && summaries.has(element);
  return beside.test(names) || (teaser.test(names) && !isSummary);
}

/** One summary, in a box of its own. */
const mostSummaries = 2;

function leadsAway(element: HtmlElement): boolean {
  const above = element.parentNode;
  return (
    element.querySelector('a[href]') !== null ||
    (above !== null && isElement(above) && above.localName === 'a')
  );
}

function unname(element: HtmlElement): void {
  element.removeAttribute('class');
  element.removeAttribute('id');
}

/** Elements above an article, a main part or the page's heading. */
function holdersOf(body: HtmlElement): Set<HtmlNode> {
  const above = new Set<HtmlNode>();
  for (const element of body.querySelectorAll('article, main, h1')) {
    for (let at: HtmlNode | null = element.parentNode; at && !above.has(at); at = at.parentNode)
      above.add(at);
  }
  return above;
}

/** How many paragraphs of prose stand below each element. */
function proseBelow(body: HtmlElement, lengths: ReadonlyMap<HtmlNode, number>): Map<HtmlNode, number> {
  const elements: HtmlElement[] = [];
  for (let node: HtmlNode | null = body.firstChild; node; node = nextNode(node, body, true))
    if (isElement(node)) elements.push(node);
  const counts = new Map<HtmlNode, number>();
  for (const element of elements.reverse()) {
    const isProse = element.localName === 'p' && (lengths.get(element) ?? 0) >= proseLength;
    const own = (counts.get(element) ?? 0) + (isProse ? 1 : 0);
    counts.set(element, own);
    if (element.parentNode) counts.set(element.parentNode, (counts.get(element.parentNode) ?? 0) + own);
  }
  return counts;
}

function isHidden(element: HtmlElement): boolean {
  if (holders.has(element.localName)) return false;
  const isMarked = element.getAttribute('hidden') !== null || element.getAttribute('aria-hidden') === 'true';
  return isMarked || hidingStyle.test((element.getAttribute('style') ?? '').slice(0, 2000));
}
