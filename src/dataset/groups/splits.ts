import { createHash } from 'node:crypto';
import { failure, type Outcome, success } from '../../debate/outcome.ts';

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
  const why = bad ? '' : isTwice ? ': a name stands twice' : `: the shares sum to ${Number(sum.toFixed(6))}`;
  return failure(
    'bad-splits',
    `--splits ${given} cannot be used${why}. Write names and shares that sum to 1, such as train=0.9,validation=0.05,test=0.05.`,
  );
}
