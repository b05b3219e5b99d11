import { createHash } from 'node:crypto';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { similarTexts } from './similar-texts.ts';

/** Parts of a data set and the share of article groups each gets; the shares sum to 1. */
export type Splits = readonly { name: string; share: number }[];

export const defaultSplits: Splits = [
  { name: 'train', share: 0.9 },
  { name: 'validation', share: 0.05 },
  { name: 'test', share: 0.05 },
];

/** The split of a group: by the hash of its name alone, so that groups that come later move none. */
export function splitOf(group: string, splits: Splits): string {
  const hash = createHash('sha256').update(`parley split\n${group}`).digest();
  const place = hash.readUIntBE(0, 6) / 2 ** 48;
  let below = 0;
  for (const { name, share } of splits) {
    below += share;
    if (place < below) return name;
  }
  return splits.at(-1)?.name ?? 'train';
}

/** Reads `train=0.8,test=0.2`. */
export function parseSplits(given: string): Outcome<Splits, 'bad-splits'> {
  const splits = given.split(',').map((part) => {
    const [name = '', share = ''] = part.split('=').map((side) => side.trim());
    return { name, share: /^\d*\.?\d+$/.test(share) ? Number(share) : Number.NaN };
  });
  const bad = splits.find(({ name, share }) => !/^[a-z][a-z0-9_]*$/.test(name) || !(share > 0));
  const sum = splits.reduce((total, { share }) => total + share, 0);
  const isTwice = new Set(splits.map(({ name }) => name)).size < splits.length;
  if (!bad && !isTwice && Math.abs(sum - 1) < 1e-9) return success(splits);
  const why = bad ? '' : isTwice ? ': a name appears twice' : `: the shares sum to ${Number(sum.toFixed(6))}`;
  return failure(
    'bad-splits',
    `the splits ${given} cannot be used${why}. Write names and shares that sum to 1, such as train=0.9,validation=0.05,test=0.05.`,
  );
}

/** From this estimated Jaccard similarity of five-word shingles on, two articles count as one event. */
export const sameEventFrom = 0.6;

/** An article as some debate used it. */
export interface UsedArticle {
  sha256: string;
  /** The event its scenario names; null where it names none. */
  group: string | null;
  /** MinHash of its text, and of each source of a dossier: texts of very many articles would not fit in memory. */
  signatures: readonly Uint32Array[];
  /** When the first debate on it began: earlier ones decide the group of later ones. */
  at: string;
}

export interface ArticlePlace {
  /** Name of the group: the scenario's, or the hash of the group's first article. */
  group: string;
  /** null where the article is like those of two splits, so that either would leak into the other. */
  split: string | null;
}

/**
 * Puts articles into groups that no split parts: those of one declared event, those of one text, near-duplicates, and dossiers that have
 * a source in common.
 * They are taken in the order of their first debates, and a group keeps the name it got first, so what comes later
 * never moves what was there. An article that would join groups of different splits is left out of all of them.
 */
export function articleGroups(
  articles: readonly UsedArticle[],
  splits: Splits,
): (sha256: string, group: string | null) => ArticlePlace | null {
  const texts = similarTexts({ threshold: sameEventFrom, rows: 4 });
  const groupOfText: string[] = [];
  const known = new Map<string, string>();
  const places = new Map<string, ArticlePlace>();

  for (const article of inOrder(articles)) {
    const declared = article.group === null ? [] : [`event:${article.group}`];
    const names = [...declared, `text:${article.sha256}`];
    const joined = new Set([
      ...names.flatMap((name) => known.get(name) ?? []),
      ...article.signatures
        .flatMap((signature) => texts.like(signature))
        .map((number) => groupOfText[number] as string),
    ]);
    const [first] = joined;
    const own = first ?? article.group ?? article.sha256;
    const parted = new Set([...joined].map((group) => splitOf(group, splits))).size > 1;
    places.set(keyOf(article.sha256, article.group), {
      group: own,
      split: parted ? null : splitOf(own, splits),
    });
    // One left out stays unknown to what comes later, or it would draw others out with it.
    if (parted) continue;
    for (const name of names) if (!known.has(name)) known.set(name, own);
    for (const signature of article.signatures) groupOfText[texts.add(signature)] = own;
  }
  return (sha256, group) => places.get(keyOf(sha256, group)) ?? null;
}

function inOrder(articles: readonly UsedArticle[]): UsedArticle[] {
  const key = ({ at, sha256, group }: UsedArticle) => `${at}\n${sha256}\n${group ?? ''}`;
  return [...articles].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function keyOf(sha256: string, group: string | null): string {
  return `${sha256}\n${group ?? ''}`;
}
