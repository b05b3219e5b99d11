import { remembering } from '../../../src/text/memo.ts';
import { contentStems, wordsOf } from '../../../src/text/words.ts';
import { type NumberScale, numberScaleOf } from './number-scale.ts';
import { orderOf } from './order.ts';

/** An issue as the lexical reader takes it; any Issue of an agenda fits. */
export interface LexicalIssue {
  id: string;
  title: string;
  question: string;
  anchors: { 0: string; 3: string; 6: string };
}

export type AnchorPosition = 0 | 3 | 6;

interface AnchorModel {
  position: AnchorPosition;
  /** Weight by stem or order feature. */
  weights: Map<string, number>;
  total: number;
  /** Does the anchor's own text deny something, as in "no inspections"? */
  denies: boolean;
}

/** An issue's scale as weighted words. */
export interface IssueModel {
  id: string;
  topic: Map<string, number>;
  /** Stems of the title. */
  title: ReadonlySet<string>;
  /** The title as it may stand in a text, in lower case. */
  titleText: string;
  anchors: AnchorModel[];
  /** What a feature adds to the evidence for each of the anchors, in their order: its weight, or less than nothing for an order opposite to the anchor's. */
  effects: Map<string, number[]>;
  /** null where the anchors do not differ by a number. */
  numbers: NumberScale | null;
}

const anchorPositions: readonly AnchorPosition[] = [0, 3, 6];
const denial = /\b(?:no|not|never|without|none|nothing|nobody|neither|nor|cannot)\b|n['’]t\b/i;

/** "nothing", "no cars": that something is absent is part of what an anchor says. */
const absence =
  /\b(?:no|never|without|none|nothing|nobody)\b(?! (?:longer|doubt|matter|less|more|question))/i;
const absent = '¬';
const absenceWeight = 0.8;

/** How much a word says by the number of the issue's three anchors that hold it. */
const weightByAnchors = [0, 1, 0.4, 0.1];
const orderWeight = 1.3;
/** A word that other issues' anchors use as well says less about which issue is meant. */
const sharedFactor = 0.75;

/**
 * Weighs the words of every anchor: a word of one anchor alone counts 1, of two 0.4, of all three 0.1 (an inverse
 * document frequency over three documents, after Spärck Jones 1972); what comes before what counts 1.3.
 */
export function modelIssues(issues: readonly LexicalIssue[]): IssueModel[] {
  const anchorStems = issues.map((issue) =>
    anchorPositions.map((position) => new Set(contentStems(issue.anchors[position]))),
  );
  const topics = issues.map((issue) => new Set(contentStems(`${issue.title} ${issue.question}`)));
  const titles = issues.map((issue) => new Set(contentStems(issue.title)));
  return issues.map((issue, at) => {
    const anchors = anchorPositions.map((position) => modelAnchor(issue, position, at, anchorStems));
    return {
      id: issue.id,
      topic: topicWeights(at, titles, topics),
      title: titles[at] ?? new Set(),
      titleText: issue.title.toLowerCase().replace(/^the /, ''),
      anchors,
      effects: effectsOn(anchors),
      numbers: numberScaleOf(issue.anchors),
    };
  });
}

function modelAnchor(
  issue: LexicalIssue,
  position: AnchorPosition,
  at: number,
  all: readonly Set<string>[][],
): AnchorModel {
  const text = issue.anchors[position];
  const own = all[at] ?? [];
  const weights = new Map<string, number>();
  for (const stem of contentStems(text)) {
    const holders = own.filter((stems) => stems.has(stem)).length;
    const isShared = all.some((stems, other) => other !== at && stems.some((anchor) => anchor.has(stem)));
    weights.set(stem, (weightByAnchors[holders] ?? 0.1) * (isShared ? sharedFactor : 1));
  }
  for (const feature of orderOf(text).features) weights.set(feature, orderWeight);
  if (absence.test(text)) weights.set(absent, absenceWeight);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return { position, weights, total, denies: denial.test(text) };
}

function effectsOn(anchors: readonly AnchorModel[]): Map<string, number[]> {
  const effects = new Map<string, number[]>();
  for (const [at, { weights }] of anchors.entries()) {
    for (const [feature, effect] of effectsOf(weights)) {
      const known = effects.get(feature) ?? anchors.map(() => 0);
      known[at] = effect;
      effects.set(feature, known);
    }
  }
  return effects;
}

/** Order that says the opposite of an anchor's counts against it. */
function effectsOf(weights: ReadonlyMap<string, number>): Map<string, number> {
  const effects = new Map(weights);
  for (const feature of weights.keys()) {
    const other = opposite(feature);
    if (other !== '' && !weights.has(other)) effects.set(other, -orderWeight);
  }
  return effects;
}

function topicWeights(
  at: number,
  titles: readonly Set<string>[],
  topics: readonly Set<string>[],
): Map<string, number> {
  const weights = new Map<string, number>();
  for (const stem of topics[at] ?? []) {
    const issuesWithIt = topics.filter((topic) => topic.has(stem)).length;
    weights.set(stem, (titles[at]?.has(stem) ? 1.6 : 0.5) / issuesWithIt);
  }
  return weights;
}

/** How well words fit an issue's three anchors; `evidence` is the summed weight of what matches, 0 and up. */
export interface Fit {
  evidence: Record<AnchorPosition, number>;
  best: AnchorPosition;
  /** Evidence for the best anchor. */
  strength: number;
  /** Share of the best anchor's weight that matches, 0..1. */
  recall: number;
  /** How many of the best anchor's words, or of its orderings, match. */
  matches: number;
  denies: boolean;
  /** Does the best anchor hold a word of this stem? */
  holds(stem: string): boolean;
}

/** What a text offers to be matched: its stems, and what it says comes before what. */
export const featuresOf: (text: string) => ReadonlySet<string> = remembering(1000, (text: string) => {
  const features = new Set<string>(wordsOf(text).map((word) => word.stem));
  for (const feature of orderOf(text).features) features.add(feature);
  if (absence.test(text)) features.add(absent);
  return features;
});

/** Fits a text's features to the anchors of an issue. */
export function fitTo(issue: IssueModel, features: ReadonlySet<string>): Fit {
  const evidence: Record<AnchorPosition, number> = { 0: 0, 3: 0, 6: 0 };
  let best = issue.anchors[0] as AnchorModel;
  const sums = [0, 0, 0];
  for (const feature of features) {
    const effects = issue.effects.get(feature);
    if (!effects) continue;
    for (let at = 0; at < 3; at++) sums[at] = (sums[at] as number) + (effects[at] as number);
  }
  for (const [at, anchor] of issue.anchors.entries()) {
    evidence[anchor.position] = Math.max(0, sums[at] as number);
    if (better(anchor, best, evidence)) best = anchor;
  }
  const strength = evidence[best.position];
  return {
    evidence,
    best: best.position,
    strength,
    recall: best.total === 0 ? 0 : strength / best.total,
    matches: matchesOf(best, features),
    denies: best.denies,
    holds: (stem) => best.weights.has(stem),
  };
}

function matchesOf({ weights }: AnchorModel, features: ReadonlySet<string>): number {
  let count = 0;
  for (const [feature, weight] of weights) if (weight > 0.1 && features.has(feature)) count++;
  return count;
}

/** More evidence wins; near a tie, the anchor of which more has been said. */
function better(one: AnchorModel, other: AnchorModel, evidence: Record<AnchorPosition, number>): boolean {
  const a = evidence[one.position];
  const b = evidence[other.position];
  if (Math.abs(a - b) > 0.35) return a > b;
  return a / Math.max(one.total, 1) > b / Math.max(other.total, 1);
}

function opposite(feature: string): string {
  if (feature.startsWith('<')) return `>${feature.slice(1)}`;
  return feature.startsWith('>') ? `<${feature.slice(1)}` : '';
}

/** How much a text's features are about an issue at all, by its title and question; 0 and up. */
export function topicality(issue: IssueModel, features: ReadonlySet<string>): number {
  let sum = 0;
  for (const [stem, weight] of issue.topic) if (features.has(stem)) sum += weight;
  return sum;
}

const mostOfATitle = 0.6;

/** Is an issue named outright, by most of its title's words? */
export function isNamed({ title }: IssueModel, features: ReadonlySet<string>): boolean {
  let found = 0;
  for (const stem of title) if (features.has(stem)) found++;
  return found > 0 && found / title.size >= mostOfATitle;
}
