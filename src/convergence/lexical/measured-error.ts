import type { EvidenceKind } from './evidence-kind.ts';

/**
 * Measured on 2026-11-24 by `node bench/validate/calibrate.ts` on 540 development transcripts; written by it, not by hand.
 * Root mean square errors in points of the scale by kind of evidence, and on how many cells (over all rounds); of C on an unread issue
 * (0..1); and the 0.025 and 0.975 quantiles of (true C - read C) / computed error, each field of talk held against what the others gave.
 */
export const measuredError: {
  cells: Record<EvidenceKind, { points: number; count: number }>;
  unreadIssue: { share: number; count: number };
  quantiles: { low: number; high: number };
} = {
  cells: {
    'number, last speech': { points: 0.684, count: 1843 },
    'number, earlier speech': { points: 1.366, count: 803 },
    'anchor, last speech': { points: 0.83, count: 763 },
    'anchor, earlier speech': { points: 1.484, count: 362 },
    'paraphrase, last speech': { points: 1.609, count: 2539 },
    'paraphrase, earlier speech': { points: 2.004, count: 1745 },
    'condition, last speech': { points: 1.226, count: 196 },
    'condition, earlier speech': { points: 2.584, count: 70 },
  },
  unreadIssue: { share: 0.267, count: 439 },
  quantiles: { low: -1.806, high: 2.679 },
};
