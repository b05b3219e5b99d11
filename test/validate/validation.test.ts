import { expect, test } from 'vitest';
import { caseOf, kinds, standsAfter } from '../../bench/validate/cases.ts';
import { domainsOf } from '../../bench/validate/domains/all.ts';
import { workplaceReworded } from '../../bench/validate/domains/workplace.ts';
import { figuresOf, type Read, trueIndex } from '../../bench/validate/figures.ts';
import { lexicalJudge } from '../../bench/validate/judges.ts';
import { checks, runCheck } from '../../bench/validate/metamorphic.ts';
import { readTranscript } from '../../bench/validate/read-transcript.ts';
import { transcriptOf } from '../../bench/validate/transcript.ts';

const cases = kinds.flatMap((kind) => [1, 2].map((seed) => caseOf(kind, workplaceReworded, seed)));
const reads: Promise<Read[]> = Promise.all(
  cases.map(async (made) => ({
    made,
    assessments: await readTranscript(workplaceReworded, transcriptOf(made), lexicalJudge),
  })),
);

test('the positions of a case come before its words, and the true index from them', () => {
  const made = caseOf('wrong-issue', workplaceReworded, 1);
  const [first, second] = standsAfter(made, 4);
  // agreed on the issue of weight 0.2 alone
  expect(first?.[2]).toBe(second?.[2]);
  expect(Math.abs((first?.[0] ?? 0) - (second?.[0] ?? 0))).toBeGreaterThanOrEqual(4);
  expect(trueIndex(made)).toBeLessThan(0.5);
});

test('development and held-out transcripts share no sentence', () => {
  const sentences = (split: 'development' | 'held-out') =>
    new Set(
      domainsOf(split).flatMap((domain) =>
        kinds.flatMap((kind) =>
          transcriptOf(caseOf(kind, domain, 1)).flatMap(({ text }) => text.split(/(?<=[.?]) /)),
        ),
      ),
    );
  const heldOut = sentences('held-out');
  expect([...sentences('development')].filter((sentence) => heldOut.has(sentence))).toEqual([]);
});

test('the lexical judge tells convergent from divergent and from hollow on a short sample', async () => {
  const figures = figuresOf(await reads);
  expect(figures.convergentVsDivergent).toBeGreaterThan(0.9);
  expect(figures.hollowVsConvergent).toBeGreaterThan(0.9);
  expect(figures.spearman).toBeGreaterThan(0.8);
  expect(figures.quotesValid).toBe(1);
});

test('retractions are seen on a short sample, and no hollow agreement by a judge that quotes no claim of one', async () => {
  const figures = figuresOf(await reads);
  expect(figures.hollowSeen).toBe(0);
  expect(figures.retractionSeen).toBe(1);
});

test('a judge that reads everyone at 3 is found out', async () => {
  const blind = {
    name: 'blind',
    reply: async ({ agenda, turns }: Parameters<typeof lexicalJudge.reply>[0]) =>
      JSON.stringify({
        readings: turns.flatMap(({ turn, speaker, text }) =>
          agenda.map(({ id }) => ({
            party: speaker,
            issue: id,
            position: 3,
            act: 'commit',
            quote: text,
            turn,
          })),
        ),
      }),
  };
  const blindReads = await Promise.all(
    cases.map(async (made) => ({
      made,
      assessments: await readTranscript(workplaceReworded, transcriptOf(made), blind),
    })),
  );
  const figures = figuresOf(blindReads);
  expect(figures.convergentVsDivergent).toBe(0.5);
  expect(figures.cellError).toBeGreaterThan(1);
  expect(figures.spearman).toBeNull();
});

test.each(
  checks
    .filter(({ name }) => /names|thanks|order to the judge|withdraw|off the topic|upside down/.test(name))
    .map((check) => [check.name, check] as const),
)('%s', async (_, check) => {
  const { failures } = await runCheck(check, cases, lexicalJudge);
  expect(failures).toEqual([]);
});
