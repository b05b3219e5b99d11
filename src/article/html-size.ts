import { rawParts } from './html-dom.ts';

/**
 * The HTML parser's time and memory grow with the square of the depth; what is beyond these is no article but an
 * accident or an attack.
 */
const deepest = 1000;
const mostTags = 60_000;

/** Character references that are left to the parser, each of which makes a text of its own. */
const mostReferences = 120_000;

/** Elements that end by themselves, so that their tags say nothing of the depth. */
const selfEnding = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option colgroup'.split(
    ' ',
  ),
);

/** Is a page too large to build its elements? Counted in its tags outside of scripts and comments, before anything is built. */
export function isBeyondParsing(html: string): boolean {
  let [tags, depth] = [0, 0];
  for (const { kind, start, end } of rawParts(html)) {
    if (kind !== 'markup') continue;
    for (let at = html.indexOf('<', start); at >= 0 && at < end; at = html.indexOf('<', at + 1)) {
      const isEnd = html[at + 1] === '/';
      const name = nameAt(html, isEnd ? at + 2 : at + 1);
      if (name === '') continue;
      if (++tags > mostTags) return true;
      if (selfEnding.has(name)) continue;
      depth = Math.max(0, depth + (isEnd ? -1 : 1));
      if (depth > deepest) return true;
    }
  }
  return (html.match(/&[a-z#]|<(?![a-z/!?])/gi)?.length ?? 0) > mostReferences;
}

/** The element's name that begins there, at most as long as any has; empty where no letter stands there. */
function nameAt(html: string, at: number): string {
  const letter = html.charCodeAt(at) | 0x20;
  if (!(letter >= 0x61 && letter <= 0x7a)) return '';
  return /^[a-z][a-z0-9]*/i.exec(html.slice(at, at + 12))?.[0].toLowerCase() ?? '';
}
