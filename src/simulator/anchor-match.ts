import { remembering, rememberingFor } from '../text/memo.ts';
import { wordsOf } from '../text/words.ts';
import type { PromptIssue } from './parse-prompt.ts';

/*
 * How the simulator recognises an anchor: by its words and by neighbouring pairs of them. The judge weighs texts in
 * its own way and shares none of this, so that the null model and the instrument that measures it cannot err together.
 */

type AnchorPlace = 0 | 3 | 6;

/** An issue's anchors as weighted words and pairs, and the words of its title. */
export interface IssueWords {
  id: string;
  titles: ReadonlySet<string>;
  about: ReadonlySet<string>;
  /** Weight for each of the anchors 0, 3 and 6. */
  weights: ReadonlyMap<string, readonly [number, number, number]>;
  /** Least weight of an anchor's words that states it, by anchor; 0 where forms of words tell a stand. */
  least: readonly [number, number, number];
}

export interface AnchorMatch {
  best: AnchorPlace;
  /** Summed weight of what matches the best anchor, 0 and up. */
  strength: number;
  /** The same for the anchor that matches next best. */
  next: number;
}

const places = [0, 3, 6] as const;
/** What a word or pair is worth by how many of the three anchors hold it. */
const worth = [0, 1, 0.35, 0];
const pairWorth = 0.6;

/** Words of form alone. Order and negation words are kept: "before" and "no" are what some anchors differ by. */
const formal = new Set(
  `a an the this that these those it its is are was were be been being am has have had do does did of to in on at by for
  with from as and or but so than then there their they them his her he she we our us i my me you your who which what
  will would could can may might shall should must also very just own such into over under out up down about
  text deal agreement settlement one something want accept insist`.split(/\s+/),
);

/** A text's content words and neighbouring pairs of them. */
export const featuresIn: (text: string) => ReadonlySet<string> = remembering(500, (text: string) => {
  const stems = wordsOf(text)
    .filter(({ lower }) => !formal.has(lower))
    .map(({ stem }) => stem);
  const pairs = stems.slice(1).map((stem, at) => `${stems[at]} ${stem}`);
  return new Set([...stems, ...pairs]);
});

/** The same agenda gives the same object, so that what is worked out for it is found again; a judge reads it anew from every prompt. */
export const issueWords: (agenda: readonly PromptIssue[]) => readonly IssueWords[] = rememberingFor(
  (agenda: readonly PromptIssue[]) =>
    wordsOfText(
      JSON.stringify(
        agenda.map(({ id, title, question, anchors, isForeign }) => ({
          ...{ id, title, question, anchors, isForeign },
        })),
      ),
    ),
);

const wordsOfText = remembering(64, (agenda: string) =>
  (JSON.parse(agenda) as LabelledIssue[]).map(wordsOfIssue),
);

type LabelledIssue = Pick<PromptIssue, 'id' | 'title' | 'question' | 'anchors' | 'isForeign'>;

/** Share of an anchor's own words that states it where the simulator knows no form of words for a stand: an argument shares a few. */
const statingShare = 0.6;

function wordsOfIssue({ id, title, question, anchors, isForeign }: LabelledIssue): IssueWords {
  const features = places.map((place) => featuresIn(anchors[place]));
  const weights = new Map<string, [number, number, number]>();
  for (const feature of features.flatMap((set) => [...set])) {
    const holders = features.filter((set) => set.has(feature)).length;
    const weight = (worth[holders] ?? 0) * (feature.includes(' ') ? pairWorth : 1);
    const of = (at: number) => (features[at]?.has(feature) ? weight : 0);
    weights.set(feature, [of(0), of(1), of(2)]);
  }
  const whole = (at: number) => [...weights.values()].reduce((sum, weight) => sum + (weight[at] ?? 0), 0);
  const share = isForeign ? statingShare : 0;
  return {
    ...{ id, titles: new Set(stemsIn(title)), about: new Set(stemsIn(`${title} ${question}`)), weights },
    least: [share * whole(0), share * whole(1), share * whole(2)],
  };
}

function stemsIn(text: string): string[] {
  return [...featuresIn(text)].filter((feature) => !feature.includes(' '));
}

/** The anchor that a text's words fit best. */
export function matchAnchor({ weights }: IssueWords, features: ReadonlySet<string>): AnchorMatch {
  const sums: [number, number, number] = [0, 0, 0];
  for (const feature of features) {
    const found = weights.get(feature);
    if (!found) continue;
    sums[0] += found[0];
    sums[1] += found[1];
    sums[2] += found[2];
  }
  const at = sums[0] >= sums[1] ? (sums[0] >= sums[2] ? 0 : 2) : sums[1] >= sums[2] ? 1 : 2;
  const next = at === 0 ? Math.max(sums[1], sums[2]) : Math.max(sums[0], at === 1 ? sums[2] : sums[1]);
  return { best: places[at] as AnchorPlace, strength: sums[at] as number, next };
}

/** Is an issue named by most of its title's words? */
export function isTitled({ titles }: IssueWords, features: ReadonlySet<string>): boolean {
  return titles.size > 0 && shareIn(titles, features) >= mostOfATitle;
}

const mostOfATitle = 0.6;

/** How much of an issue's title and question a text touches, 0..1. */
export function topicOf({ about }: IssueWords, features: ReadonlySet<string>): number {
  return about.size === 0 ? 0 : shareIn(about, features);
}

function shareIn(stems: ReadonlySet<string>, features: ReadonlySet<string>): number {
  let found = 0;
  for (const stem of stems) if (features.has(stem)) found++;
  return found / stems.size;
}

/** A place on the scale, or a step of `points` towards one. */
export type Place = { at: number } | { towards: number; points: number };

/** Least evidence for an anchor where the issue is known. */
export const enoughNamed = 0.9;

const step =
  /\b(half a step|a small step|a step|a full step|one step|two steps)\b[^.;]*?\b(?:towards?|closer to|in the direction of)\s+(.+)$/i;
const refusal =
  /\b(?:reject|refuse|oppose|rule out|resist)\w*\b|\b(?:not|never|cannot|no longer)\s+(?:\w+\s+){0,2}?(?:accept|agree|sign|support|take|want|live|settle|swallow)\b|\b(?:against|unacceptable|out of the question)\b/i;
const slightly =
  /\b(?:broadly|in substance|in principle|a little short of|some flexibility|almost|nearly|roughly)\b/i;
const largely = /\b(?:largely|mostly|short of|bargain over the rest)\b/i;

/** Two anchors in one sentence: the way from the first to the second, as a share. */
const pairs: readonly { form: RegExp; share: number; isJoined?: boolean }[] = [
  {
    form: /\b(?:half ?way|midway|somewhere|difference) (?:from |between )(.+)$/i,
    share: 1 / 2,
    isJoined: true,
  },
  { form: /\b(?:closer|nearer) to (.+?),? than to (.+)$/i, share: 1 / 3 },
  { form: /\bpart of the way from (.+?) (?:to|towards) (.+)$/i, share: 1 / 3 },
  { form: /\bmost of the way from (.+?) (?:to|towards) (.+)$/i, share: 5 / 6 },
  {
    form: /^(.+?),? with (?:clear room|a door open|some allowance) (?:for|to|towards) (.+)$/i,
    share: 1 / 3,
  },
  {
    form: /^(.+?),? with (?:(?:some|a little|an) )?(?:room|give|opening|allowance|steps?) (?:for|to|towards) (.+)$/i,
    share: 1 / 6,
  },
];

/** Where a text places its speaker on an issue; null where it compares or names no anchor. */
export function placeOn(issue: IssueWords, text: string): Place | null {
  const stepped = step.exec(text);
  if (stepped) {
    const goal = matchAnchor(issue, featuresIn(stepped[2] ?? ''));
    const size = (stepped[1] ?? '').toLowerCase();
    const points = /half|small/.test(size) ? 0.5 : size.startsWith('two') ? 2 : 1;
    return goal.strength < enoughNamed ? null : { towards: goal.best, points };
  }
  const compared = pairs.map((pair) => between(issue, text, pair)).find((place) => place !== null);
  if (compared !== undefined && compared !== null) return { at: compared };
  const { best, strength, next } = matchAnchor(issue, featuresIn(text));
  if (strength < enoughNamed || next > 0.75 * strength) return null;
  if (strength < (issue.least[places.indexOf(best)] ?? 0)) return null;
  if (refusal.test(text)) return best === 3 ? null : { at: best === 0 ? 4.5 : 1.5 };
  const off = slightly.test(text) ? 0.5 : largely.test(text) ? 1 : 0;
  return { at: best + Math.sign(3 - best) * off };
}

function between(
  issue: IssueWords,
  text: string,
  { form, share, isJoined = false }: (typeof pairs)[number],
): number | null {
  const match = form.exec(text);
  if (!match) return null;
  const cuts = isJoined ? cutAtAnd(match[1] ?? '') : [[match[1] ?? '', match[2] ?? ''] as const];
  let best: { place: number; strength: number } | null = null;
  for (const [one, other] of cuts) {
    const [from, to] = [matchAnchor(issue, featuresIn(one)), matchAnchor(issue, featuresIn(other))];
    if (from.best === to.best || Math.min(from.strength, to.strength) < enoughNamed) continue;
    const strength = from.strength - from.next + to.strength - to.next;
    if (!best || strength > best.strength)
      best = { place: from.best + (to.best - from.best) * share, strength };
  }
  return best?.place ?? null;
}

/** Every way to part "A and B" at an "and". */
function cutAtAnd(text: string): (readonly [string, string])[] {
  return Array.from(
    text.matchAll(/,? and /g),
    (match) => [text.slice(0, match.index), text.slice(match.index + match[0].length)] as const,
  );
}
