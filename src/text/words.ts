import { remembering } from './memo.ts';

/** A word of a text: as written, lower-cased, and reduced to its stem; `at` is its offset. */
export interface Word {
  text: string;
  lower: string;
  stem: string;
  at: number;
}

const pattern = /\d+(?:[.,]\d+)*%?|[\p{L}\p{M}]+(?:['’][\p{L}]+)*/gu;

/** Texts and words come back many times; what was worked out is kept, up to a bound. */
const mostTexts = 1000;
const mostStems = 8000;

/** No speech and no passage is longer: what stands behind these letters is looked for letter by letter, and not compared word by word. */
export const mostLetters = 200_000;

/** No text has so many words, and fewer numbers, names or citations; what does is looked at so far. */
export const mostWords = 100_000;
const mostMatches = 20_000;

/** The matches of a global pattern in a text, up to as many as any text has. `matchAll` would make a copy of the pattern for every text. */
export function matchesIn(text: string, pattern: RegExp, most = mostMatches): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  while (found.length < most) {
    const match = pattern.exec(text);
    if (!match) break;
    found.push(match);
    if (match[0] === '') pattern.lastIndex += (text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1;
  }
  pattern.lastIndex = 0;
  return found;
}

export const wordsOf: (text: string) => readonly Word[] = remembering(mostTexts, (text: string) =>
  Array.from(matchesIn(text, pattern, mostWords), (match) => {
    const lower = match[0].toLowerCase().replaceAll('’', "'");
    return { text: match[0], lower, stem: stemOf(lower), at: match.index };
  }),
);

/** Stems that carry meaning, in order, repetitions included. */
export const contentStems: (text: string) => readonly string[] = remembering(mostTexts, (text: string) =>
  wordsOf(text)
    .filter(isContent)
    .map((word) => word.stem),
);

export function isContent(word: Word): boolean {
  return !stopWords.has(word.lower) && (word.stem.length > 1 || /\d/.test(word.stem));
}

/** Endings are taken off longest first, and only while at least four letters stay. */
const endings =
  'izations isations ization isation ications ication ements ations ically ement ation ments ingly iness ities edly ment ness ions ings ible able ally ious ized ised izes ises izer iser ery ity ion ing ize ise ies ied ier ive ers ors ial ous ful ic al ly ed es er or s'.split(
    ' ',
  );

const irregular = new Map(
  Object.entries({
    frozen: 'freez',
    froze: 'freez',
    given: 'give',
    gave: 'give',
    kept: 'keep',
    paid: 'pay',
    built: 'build',
    held: 'hold',
    left: 'leave',
    sold: 'sell',
    begun: 'begin',
    began: 'begin',
    complete: 'full',
    completely: 'full',
    entire: 'full',
    entirely: 'full',
    fully: 'full',
    total: 'full',
    totally: 'full',
    whole: 'full',
    stepwise: 'step',
    partly: 'part',
    partial: 'part',
    partially: 'part',
  }),
);

/**
 * A light suffix stripper, so that verify, verified and verification meet. It is smaller and cruder than
 * Porter's (1980) and is only ever used to compare words with words.
 */
export const stemOf: (lower: string) => string = remembering(mostStems, (lower: string) => {
  const known = irregular.get(lower);
  if (known !== undefined) return known;
  const word = lower.replace(/'s?$/, '');
  const ending = endings.find((end) => word.endsWith(end) && word.length - end.length >= 4);
  const cut = ending === undefined ? shortPlural(word) : word.slice(0, -ending.length);
  return cut.length > 4
    ? cut.replace(/([^aeiouls])\1$/, '$1').replace(/[eyi]$/, '')
    : cut.replace(/(?<=...)e$/, '');
});

function shortPlural(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** Words without meaning of their own here; words of stance, order and condition are handled apart and are listed too. */
export const stopWords = new Set(
  `a about above again against all also although am among an and any are aren't as at be because been being but by
  can can't cannot could couldn't did didn't do does doesn't doing don't down each else even ever every for from get
  gets getting go goes going got had hadn't has hasn't have haven't having he her here hers him his how however i i'd
  i'll i'm i've if in into is isn't it it's its itself just let let's like made make makes making many may me might
  more most much must my mine need needs no none nor not nothing now of off on one ones only onto or other others our
  ours ourselves out over own per put puts rather really same say says said saying she should shouldn't so some
  something still such take takes taken taking than that that's the their theirs them then there there's these they
  they're thing things think this those though through thus to too under unless until up upon us use used very want
  wants was wasn't way we we'd we'll we're we've well were what when where whether which while who whom whose why will
  with within without won't would wouldn't yes yet you you'd you're your yours
  accept accepts accepted agree agrees agreed commit commits committed support supports insist insists refuse refuses
  reject rejects oppose opposes propose proposes offer offers prefer never position stand stance view side issue point
  before after once first provided closer nearer between toward towards half halfway midway instead`.split(
    /\s+/,
  ),
);
