import { expect, test } from 'vitest';
import { calibrated } from '../../bench/validate/calibration.ts';
import { caseOf, kinds } from '../../bench/validate/cases.ts';
import { domainsOf } from '../../bench/validate/domains/all.ts';
import { figuresOf, type Read } from '../../bench/validate/figures.ts';
import { lexicalJudge } from '../../bench/validate/judges.ts';
import { readTranscript } from '../../bench/validate/read-transcript.ts';
import { transcriptOf } from '../../bench/validate/transcript.ts';
import { measuredError } from '../../src/convergence/lexical/measured-error.ts';

test('with its known error the lexical judge holds the truth of most development talk, and its intervals say something', async () => {
  const reads: Read[] = [];
  for (const domain of domainsOf('development').filter(({ phrasing }) => phrasing.isTalk)) {
    for (const made of kinds.flatMap((kind) => [1, 2].map((seed) => caseOf(kind, domain, seed)))) {
      reads.push({ made, assessments: await readTranscript(domain, transcriptOf(made), lexicalJudge) });
    }
  }
  const { intervalHolds, intervalWidth } = figuresOf(reads);
  expect(intervalHolds).toBeGreaterThan(0.85);
  expect(intervalWidth).toBeGreaterThan(0.1);
  expect(intervalWidth).toBeLessThan(0.8);
});

test.runIf(process.env.PARLEY_TEST_LONG)(
  'the committed errors are what the calibration measures',
  { timeout: 300_000 },
  async () => {
    const { cells, unreadIssue, quantiles } = await calibrated(
      Array.from({ length: 20 }, (_, place) => place + 1),
    );
    expect({ cells, unreadIssue, quantiles }).toEqual(measuredError);
  },
);
