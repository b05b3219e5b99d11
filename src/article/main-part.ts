import type { PageBlock } from './html-blocks.ts';
import type { HtmlElement, HtmlNode } from './html-dom.ts';
import { numberedCaption } from './html-noise.ts';

/** Characters from which a paragraph is prose: captions, bylines and buttons are shorter. Scripts without spaces say more in fewer. */
const proseLength = 80;
const denseProseLength = 30;
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Shares of a paragraph in links, from which it is no prose, and from which it only leads elsewhere. */
const mostLinkedProse = 0.3;
const mostLinked = 0.9;

/** A link behind a label holds at least this share of their letters. */
const leastLabelled = 0.5;

/** The way down to the main part ends where no child holds this share of the prose. */
const leastOfParent = 0.65;

/** A reading with less than this share of the main part's prose may have missed the article. */
const leastOfMain = 0.5;

/** The main part is taken where it holds this share of the words that the page says it is about, and so much more than the reading. */
const leastAbout = 0.5;
const leastGain = 0.15;

/** From so many words a page's own description tells something, and a text with no more than this share of them is hardly it. */
const leastWords = 8;
const doubtfulShare = 0.3;
const certainShare = 0.8;
const listedShare = 0.6;

/** A title of so many words has one of them in its text. */
const leastTitle = 1;

/** A text that begins so close below a heading which is the page's title too is what the title is of, whatever words it has. */
const rightBelow = 2;

/** Text that stands in items to more than this share is a list, which a page seldom has for its article. */
const mostInItems = 0.8;

/** A summary ends as a sentence does and is longer than a byline; it stands so close to the heading. */
/** A call to follow or share has more than this share of its letters in links. */
const leastCalling = 0.04;

const summaryLength = 50;
const nearHeading = 30;

/** Fewer paragraphs of prose are no article with edges, and so many lines may be edges. */
const fewestProse = 3;
const mostEdges = 6;

/** What stands of its author behind an article, and what follows it, holds less of the text than this. */
const mostOfAuthor = 0.2;

/** A name has so many letters, and stands so near to the beginning of a note on the person. */
const shortestName = 6;
const nearName = 30;

/** A page whose text stands in links to more than this share is a list of links, and meant to be. */
const mostInLinks = 0.3;

const endsAsSentence = /[.!?。！？…؟।]["'”’»)\]」』]{0,3}$/u;

/** The length of a text as if it were in letters with spaces between words. */
export function weightOf(text: string): number {
  return text.length * (dense.test(text) ? proseLength / denseProseLength : 1);
}

function isProse({ text, linked }: PageBlock): boolean {
  return linked < mostLinkedProse && weightOf(text) >= proseLength;
}

function proseIn(blocks: readonly PageBlock[]): number {
  return lengthOf(blocks.filter(isProse));
}

function lengthOf(blocks: readonly PageBlock[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}

function keyOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}

/** The blocks below the deepest element that still holds most of the page's prose. */
export function mainPart(root: HtmlElement, blocks: readonly PageBlock[]): PageBlock[] {
  const prose = new Map<HtmlNode, number>();
  const proseBelow = (node: HtmlNode) => prose.get(node) ?? 0;
  for (const block of blocks.filter(isProse)) {
    for (let at = block.within; at; at = at.parentNode) prose.set(at, proseBelow(at) + block.text.length);
  }
  let main: HtmlNode = root;
  while (true) {
    let best: HtmlNode | null = null;
    for (let child = main.firstChild; child; child = child.nextSibling)
      if (proseBelow(child) > (best ? proseBelow(best) : 0)) best = child;
    if (!best || proseBelow(best) < leastOfParent * proseBelow(main)) break;
    main = best;
  }
  return blocks.filter(({ within }) => {
    for (let at = within; at; at = at.parentNode) if (at === main) return true;
    return false;
  });
}

/** What a page says it is about. */
interface PageTopic {
  /** Its heading and titles, the best first. */
  titles: readonly string[];
  /** Who wrote it. */
  byline: string;
  description: string;
}

/** Which blocks of a page are its article. */
interface ChosenBlocks {
  blocks: PageBlock[];
  /** Paragraphs and items left out since they only lead elsewhere. */
  links: number;
  /** Dates, bylines, calls and notes on the author before and behind it. */
  edges: number;
  /** What makes the choice doubtful, in words; empty where nothing does. */
  doubt: string;
}

/**
 * Decides between a reader's view of a page and its main part, which a view misses where paragraphs stand in boxes of their
 * own: by what the page says it is about, in any language. Adds the summary under the heading, and drops what only leads elsewhere.
 */
export function chosenBlocks(
  page: readonly PageBlock[],
  main: readonly PageBlock[],
  reading: readonly PageBlock[],
  { titles, description, byline }: PageTopic,
): ChosenBlocks {
  const about = wordsOf(`${titles[0] ?? ''} ${description}`);
  const isShort = proseIn(reading) < leastOfMain * proseIn(main);
  const inMain = shareOf(about, main);
  const isMissed = isShort && inMain >= leastAbout && inMain - shareOf(about, reading) >= leastGain;
  const base = isMissed ? main : reading;
  const found = [...summaryOf(page, base, titles), ...base];
  const { kept, links } = withoutLinks(withoutAuthor(found, byline));
  const edges = found.length - links - kept.length;
  const { heading, first } = beginningOf(page, kept, titles);
  const headed = keyOf(page[heading]?.text ?? '');
  const isTitle = headed !== '' && titles.slice(1).some((title) => keyOf(title).includes(headed));
  const isHeaded = isTitle && first - heading <= rightBelow;
  return {
    blocks: kept,
    links,
    edges,
    doubt: doubtOf(isShort && !isMissed, about, kept, isHeaded, titles.join('\n')),
  };
}

/** What servers and their guards send in place of a page, by its title. */
const noArticle =
  /^(?:[\s\p{P}]{0,5}(?:error )?40[0-9]\b|(?:error )?50[0-9]\b|(?:page |file )?not found|just a moment|attention required|access (?:denied|to this page)|are you (?:a )?(?:human|robot)|(?:security|browser) check|one moment, please|seite nicht gefunden|page (?:non trouvée|introuvable)|p[aá]gina no encontrada|pagina non trovata|página não encontrada|страница не найдена|页面不存在|ページが見つかりません)/imu;

function doubtOf(
  isShort: boolean,
  about: ReadonlySet<string>,
  blocks: readonly PageBlock[],
  isHeaded: boolean,
  title: string,
): string {
  const isTold = about.size >= leastWords && shareOf(about, blocks) >= certainShare;
  if (isShort && !isTold)
    return 'another part of the page holds more text than what was taken for the article';
  if (noArticle.test(title)) return 'its title is that of an error or a check and of no article';
  if (!blocks.some(isProse)) return 'no paragraph as long as those of articles was found';
  const share = shareOf(
    about,
    blocks.filter(({ mark }) => !mark.startsWith('#')),
  );
  const isOther = about.size >= leastWords ? share <= doubtfulShare : about.size >= leastTitle && share === 0;
  if (isOther && !isHeaded) return 'the text holds few of the words by which the page describes itself';
  const items = lengthOf(blocks.filter(({ mark }) => mark === '- '));
  const isList = items > mostInItems * lengthOf(blocks) && about.size >= leastTitle && share < listedShare;
  return isList ? 'what was taken for the article is a list' : '';
}

function wordsOf(text: string): Set<string> {
  const word = /[\p{L}\p{N}]{4,}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{2}/gu;
  return new Set(text.slice(0, 2000).toLowerCase().match(word) ?? []);
}

function shareOf(words: ReadonlySet<string>, blocks: readonly PageBlock[]): number {
  if (words.size === 0) return 0;
  const text = blocks
    .map((block) => block.text)
    .join(' ')
    .toLowerCase();
  return [...words].filter((word) => text.includes(word)).length / words.size;
}

/** The places of the first paragraph of a text on its page, and of the page's heading above it; -1 where there is none. */
function beginningOf(page: readonly PageBlock[], found: readonly PageBlock[], titles: readonly string[]) {
  const keys = new Set(found.map(({ text }) => keyOf(text)));
  const first = page.findIndex((block) => isProse(block) && keys.has(keyOf(block.text)));
  const names = new Set(titles.map(keyOf));
  const heading = page
    .slice(0, Math.max(0, first))
    .findLastIndex(({ mark, text }) => mark.startsWith('#') && names.has(keyOf(text)));
  return { heading, first, keys };
}

/** What stands between a page's heading and the text that was found: a summary that readers' views take for a caption. */
function summaryOf(
  page: readonly PageBlock[],
  found: readonly PageBlock[],
  titles: readonly string[],
): PageBlock[] {
  const { heading, first, keys } = beginningOf(page, found, titles);
  if (heading < 0 || first - heading > nearHeading) return [];
  return page.slice(heading + 1, first).filter((block) => {
    const { mark, text, linked } = block;
    if (mark === '- ' || linked >= mostLinkedProse || keys.has(keyOf(text))) return false;
    return endsAsSentence.test(text) && (isProse(block) || text.length >= summaryLength);
  });
}

/** Paragraphs and items that are links alone call to other pages, unless the article is made of them; so do headings over nothing. */
function withoutLinks(blocks: readonly PageBlock[]): { kept: PageBlock[]; links: number } {
  const inLinks = lengthOf(blocks.filter(isLink));
  const isDropped = inLinks > mostInLinks * lengthOf(blocks) ? () => false : isLink;
  const kept = blocks.filter((block, place) => {
    if (isDropped(block)) return false;
    let after = place + 1;
    while (after < blocks.length && isDropped(blocks[after] as PageBlock)) after++;
    // What heads nothing but links goes with them.
    return after === place + 1 || !(isLabel(block) || isOver(block, blocks[after]));
  });
  const links = blocks.filter(isDropped).length;
  while (kept.at(-1)?.mark.startsWith('#')) kept.pop();
  return { kept: withoutEdges(kept), links };
}

function isLink({ text, linked, plain }: PageBlock): boolean {
  if (linked >= mostLinked) return !endsAsSentence.test(text);
  // "Read also: ..."
  return linked >= leastLabelled && text.startsWith(plain) && shortLabel.test(plain);
}

const shortLabel = /^[^\p{L}\p{N}]*(?:\p{L}+[^\p{L}]+){0,4}\p{L}+ ?[:：»>|–—-]+$/u;

/** Does a heading stand over nothing, since a heading of its rank or none follows? */
function isOver({ mark }: PageBlock, next: PageBlock | undefined): boolean {
  return mark.startsWith('#') && (!next || (next.mark.startsWith('#') && next.mark.length <= mark.length));
}

function isLabel({ mark, text, linked }: PageBlock): boolean {
  return mark === '' && linked === 0 && text.length < summaryLength && /[:：?？]$/.test(text);
}

/** What stands of its author behind an article: from the paragraph on that begins with the name, where little follows. */
function withoutAuthor(blocks: readonly PageBlock[], byline: string): readonly PageBlock[] {
  const names = byline.split(/,| (?:and|und|et|y|e|og|och|en) /).map((name) => name.trim());
  const authors = names.filter((name) => name.length >= shortestName && name.includes(' '));
  let near = blocks.length;
  for (let rest = mostOfAuthor * lengthOf(blocks); near > 0; near--) {
    rest -= (blocks[near - 1] as PageBlock).text.length;
    if (rest < 0) break;
  }
  const isAbout = (text: string) =>
    authors.some((name) => {
      const at = text.slice(0, name.length + nearName).indexOf(name);
      return at >= 0 && !/[:：]/.test(text.charAt(at + name.length));
    });
  const from = blocks.findIndex(({ text }, place) => place >= near && isAbout(text));
  return from < 0 ? blocks : blocks.slice(0, from);
}

/** Dates, bylines and calls stand before and behind an article as short lines that are no sentences. */
function withoutEdges(blocks: readonly PageBlock[]): PageBlock[] {
  if (blocks.filter(isProse).length < fewestProse) return [...blocks];
  const isEdge = ({ mark, text }: PageBlock) =>
    mark === '' &&
    text.length < (dense.test(text) ? 20 : summaryLength) &&
    !(endsAsSentence.test(text) || text.includes(' | ') || numberedCaption.test(text));
  const from = Math.min(
    blocks.findIndex((block) => !isEdge(block)),
    mostEdges,
  );
  const isBehind = (block: PageBlock) =>
    isEdge(block) || block.mark.startsWith('#') || (block.calls && block.linked > leastCalling);
  const behind = blocks.length - 1 - blocks.findLastIndex((block) => !isBehind(block));
  return blocks.slice(from, blocks.length - Math.min(behind, mostEdges));
}
