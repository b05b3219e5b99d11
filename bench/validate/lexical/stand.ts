import { contentStems } from '../../../src/text/words.ts';
import { denialsIn } from './cues.ts';
import { type AnchorPosition, type Fit, featuresOf, fitTo, type IssueModel } from './issue-model.ts';
import { placeOnScale } from './number-scale.ts';
import { orderOf } from './order.ts';

/** What a clause says of an issue's scale: a place on it, an anchor that it refuses, or a move. */
export type Stand =
  | { type: 'at'; position: number }
  | { type: 'not'; anchor: AnchorPosition }
  /** A move of so many points towards an anchor from wherever the speaker stands. */
  | { type: 'towards'; anchor: AnchorPosition; points: number };

/** Least evidence for an anchor named inside a comparison, whose form already says that anchors are compared. */
const enoughInComparison = 0.7;
const towardsMiddle = 0.5;

/** Where a clause puts its speaker on one issue, or null where it compares or names no anchor. */
export function standOf(issue: IssueModel, text: string): Stand | null {
  const moved = moveOf(issue, text);
  if (moved !== null) return moved;
  const compared = comparison(issue, text);
  if (compared !== null) return { type: 'at', position: compared };
  const main = withoutCondition(text);
  const fromMain = numbered(issue, main) ?? plain(issue, main);
  return fromMain ?? (isBare(main, text) ? plain(issue, text) : null);
}

/** Of "we accept relief if steps are verified" too little is left without the condition, which is part of the term. */
function isBare(main: string, text: string): boolean {
  return main !== text && contentStems(main).length < 2;
}

const move =
  /\b(half a step|a half[- ]step|(?:a|one|another|one more|a further|a full|a small|a big|two) steps?|a little|some way|a notch)\b(?! (?:room|flexibility|give))[^.;:]*?\b(?:towards?|closer to|nearer to|closer[^.;:]{0,40}? to|in the direction of) (.+)$/i;

/** "We take a step towards A": a point; "half a step", "a little": half of one; "two steps": two. */
function moveOf(issue: IssueModel, text: string): Stand | null {
  const match = move.exec(text);
  if (!match || /\bthan\b/.test(match[2] ?? '') || denialsIn(text.slice(0, match.index)).ofContent % 2 === 1)
    return null;
  const goal = fitTo(issue, featuresOf(match[2] ?? ''));
  if (goal.strength < enoughInComparison) return null;
  const size = (match[1] ?? '').toLowerCase();
  const points = /half|little|small|notch/.test(size) ? 0.5 : size.startsWith('two') ? 2 : 1;
  return { type: 'towards', anchor: goal.best, points };
}

/** A number between the anchors' says more than the words round it. */
function numbered({ numbers }: IssueModel, text: string): Stand | null {
  const placed = numbers && placeOnScale(numbers, preferred(text));
  return placed && denialsIn(text).ofStance % 2 === 0
    ? { type: 'at', position: soften(text, placed.position) }
    : null;
}

function plain(issue: IssueModel, text: string): Stand | null {
  const chosen = preferred(text);
  const found = fitTo(issue, featuresOf(chosen));
  if (found.strength < enoughInComparison) return null;
  if (isDenied(chosen, found)) return { type: 'not', anchor: found.best };
  return { type: 'at', position: soften(chosen, blend(found)) };
}

/** Of "A rather than B", "A instead of B" and "A, not B", what is preferred. */
function preferred(text: string): string {
  const match =
    /^(.+?)(?:,? (?:rather than|instead of|as opposed to|and not|but not)|, not) (?!until|before|only|just).+$/i.exec(
      text,
    );
  return match?.[1] ?? text;
}

function isDenied(text: string, found: Fit): boolean {
  const denials = denialsIn(text, found.holds);
  let count = denials.ofStance + denials.ofContent;
  if (count > 0 && orderOf(text).usesNegation) count -= 1;
  else if (denials.ofContent > 0 && found.denies) count -= 1;
  return count % 2 === 1;
}

/** The best anchor where it stands out, else a mean weighted by squared evidence. */
function blend(found: Fit): number {
  const weights = ([0, 3, 6] as const).map((position) => ({
    position,
    weight: found.evidence[position] ** 2,
  }));
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  if (found.strength ** 2 / sum >= 0.7) return found.best;
  return weights.reduce((total, { position, weight }) => total + position * weight, 0) / sum;
}

const softener =
  /\b(?:broadly|in principle|in substance|largely|mostly|for the most part|almost|nearly|not quite|all but|(?:just |a little |slightly |somewhat )?short of|with (?:a |one |some |few |small |narrow |limited )*exceptions?|give or take|by and large|roughly|pretty much|as good as|very close to|cases aside|with (?:some|a little) (?:flexibility|room|give))\b/i;

function soften(text: string, position: number): number {
  if (!softener.test(text)) return position;
  if (position < 3) return position + towardsMiddle;
  return position > 3 ? position - towardsMiddle : position;
}

/** A form that compares two anchors; `share` is the way from the first to the second. */
interface Comparison {
  form: RegExp;
  share: number | ((match: RegExpExecArray) => number);
  isJoinedByAnd?: boolean;
  /** Nearness to an end of the scale says enough, whatever it is compared with. */
  isNearness?: boolean;
}

const room =
  '(?:room|give|movement|steps?|opening|lean(?:ing)?|tilt(?:ing)?|nod|inch|door|concessions?|allowance|flexibility|space)(?: (?:open|left|to move))?';
const comparisons: readonly Comparison[] = [
  {
    form: /\b(?:half(?:-| )?way|midway|mid-way|in the middle|equally far|somewhere) (?:from|between) (.+)$/i,
    share: 0.5,
    isJoinedByAnd: true,
  },
  {
    form: /\b((?:much|far|slightly|a little|a shade|marginally|somewhat|only just|rather) )?(?:closer|nearer) (?:to )?(.+?),? than (?:it is |we are |i am )?(?:to )?(.+)$/i,
    share: (match) => nearness(match[1]),
    isNearness: true,
  },
  {
    form: /\b(?:most|nearly all|almost all|much) of the way (?:from (.+?) )?(?:to|towards?) (.+)$/i,
    share: 5 / 6,
  },
  { form: /\b(?:a third|part|some|a little) of the way from (.+?) (?:to|towards?) (.+)$/i, share: 1 / 3 },
  {
    form: new RegExp(
      `^(.+?),? (?:and |but |with |though |plus |leaving )*(?:a |an |some |little |small |limited |narrow |slight |one |the |only )*${room} (?:to|towards?|for|in the direction of) (.+)$`,
      'i',
    ),
    share: 1 / 6,
  },
  {
    form: /^(.+?),? (?:(?:or|and|but|only|just) )*(?:a (?:shade|bit|little|touch|notch) )?(?:nearer|closer|leaning|leans|tilting|tilted|on the side of)(?: to| towards?)? (.+)$/i,
    share: 1 / 3,
  },
  { form: /\bbetween (.+)$/i, share: 0.5, isJoinedByAnd: true },
];

function nearness(degree: string | undefined): number {
  if (degree === undefined) return 1 / 3;
  return /much|far/i.test(degree) ? 1 / 6 : 5 / 12;
}

function comparison(issue: IssueModel, text: string): number | null {
  for (const { form, share, isJoinedByAnd, isNearness } of comparisons) {
    const match = form.exec(text);
    if (!match) continue;
    const groups = match.slice(1).filter((group) => group !== undefined);
    const pair = isJoinedByAnd
      ? splitAtAnd(issue, groups[0] ?? '')
      : (anchorPair(issue, groups.at(-2) ?? '', groups.at(-1) ?? '') ??
        (isNearness ? endAndMiddle(issue, groups.at(-2) ?? '') : null));
    if (!pair) continue;
    const way = typeof share === 'number' ? share : share(match);
    return pair[0] + (pair[1] - pair[0]) * (isJoinedByAnd ? leaning(text, way) : way);
  }
  return null;
}

/** "between A and B, closer to the former". */
function leaning(text: string, way: number): number {
  const match =
    /\b(?:closer|nearer|leaning|tilting)(?: to| towards?)? the (former|first|latter|second|last)\b/i.exec(
      text,
    );
  if (!match) return way;
  return /former|first/i.test(match[1] ?? '') ? 1 / 3 : 2 / 3;
}

function anchorPair(issue: IssueModel, one: string, other: string): [number, number] | null {
  const first = fitTo(issue, featuresOf(one));
  const second = fitTo(issue, featuresOf(other));
  if (Math.min(first.strength, second.strength) < enoughInComparison || first.best === second.best)
    return null;
  return [first.best, second.best];
}

/** "closer to A than to anything softer": an end of the scale compared with no other anchor is compared with the middle. */
function endAndMiddle(issue: IssueModel, one: string): [number, number] | null {
  const { best, strength } = fitTo(issue, featuresOf(one));
  return strength < enoughInComparison || best === 3 ? null : [best, 3];
}

/** Of all the "and" at which "between A and B" can be cut, the one that makes the best pair of anchors. */
function splitAtAnd(issue: IssueModel, text: string): [number, number] | null {
  let best: { pair: [number, number]; strength: number } | null = null;
  for (const match of text.matchAll(/,? and /g)) {
    const [one, other] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
    const pair = anchorPair(issue, one, other);
    if (!pair) continue;
    const strength = fitTo(issue, featuresOf(one)).strength + fitTo(issue, featuresOf(other)).strength;
    if (!best || strength > best.strength) best = { pair, strength };
  }
  return best?.pair ?? null;
}

const leadingCondition =
  /^(?:but |and |so |then )?(?:if|provided(?: that)?|as long as|so long as|on condition that|assuming(?: that)?|should)\b[^,]*,\s*(?:then\s+)?/i;
const trailingCondition =
  /,?\s+(?:and |but )?(?:only )?(?:if|provided(?: that)?|providing(?: that)?|as long as|so long as|on (?:the )?condition(?: that)?|assuming(?: that)?)\s.*$/i;

/** A clause without its condition, which tells what others must do and not where the speaker stands. */
export function withoutCondition(text: string): string {
  const led = text.replace(leadingCondition, '');
  const main = led.replace(trailingCondition, '');
  return main.trim() === '' ? text : main;
}
