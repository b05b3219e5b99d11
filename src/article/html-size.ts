/**
 * The HTML parser's time and memory grow with the square of the depth; what is beyond these is no article but an
 * accident or an attack.
 */
const deepest = 1000;
const mostTags = 60_000;

/** Elements that end by themselves, so that their tags say nothing of the depth. */
const selfEnding = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option colgroup'.split(
    ' ',
  ),
);

/** Is a page too large to build its elements? Counted in its tags, before anything is built. */
export function isBeyondParsing(html: string): boolean {
  let [tags, depth] = [0, 0];
  for (const [, end, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^<>]*>/gi)) {
    if (++tags > mostTags) return true;
    if (selfEnding.has(name.toLowerCase())) continue;
    depth = Math.max(0, depth + (end ? -1 : 1));
    if (depth > deepest) return true;
  }
  return false;
}
