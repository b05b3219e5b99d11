import { describe, expect, test } from 'vitest';
import { compareArms } from '../../src/compare/compare-arms.ts';
import { comparisonPage } from '../../src/compare/html/comparison-page.ts';
import { measureDebate } from '../../src/compare/measure-debate.ts';
import { createReportShelf, reportedDebate } from '../../src/compare/reported-debate.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { debateEvents } from '../helpers/debate-events.ts';
import { aimsWith } from './made-up-debates.ts';
import { bundledFiles } from './reported-debates.ts';

const arms = ['plain', 'steelman'];

/** Six cells of both arms, with the prompt files that each debate keeps. */
function stored() {
  return Array.from({ length: 6 }, (_, cell) =>
    arms.map((arm, index) => {
      const debate = fold(debateEvents({ rounds: 3, seed: cell * 10 + index })) as Debate;
      const place = { arm, article: `article-${cell}`, cell: `article-${cell} / 1` };
      const measures = { ...measureDebate(debate, place), debate: `${arm}-${cell}` };
      return { debate, measures, files: bundledFiles(arm) };
    }),
  ).flat();
}

describe('what is kept of debates for the page', () => {
  test.each([1, 4, 5, 120])('makes the same page as all of them, with %s read in full', (mostRead) => {
    const all = stored();
    const shelf = createReportShelf(mostRead);
    for (const { debate, measures, files } of all) shelf.add(debate, measures, files);
    const measures = all.map((each) => each.measures);
    const result = compareArms({
      title: 'Does it help?',
      arms,
      debates: measures,
      aims: aimsWith(),
      seed: 1,
    });
    const whole = all.map((each) => reportedDebate(each.debate, each.measures, each.files));
    const page = comparisonPage(result, shelf.debates, { mostRead });
    expect(page).toBe(comparisonPage(result, whole, { mostRead }));
    expect(page).toContain('Prompts of plain and steelman');
  });

  test('is small for the debates that are not read: no speech, no prompt, one cast for all', () => {
    const shelf = createReportShelf(2);
    for (const { debate, measures, files } of stored()) shelf.add(debate, measures, files);
    const [first, second, ...rest] = shelf.debates;
    expect(first?.prompts.length).toBeGreaterThan(0);
    expect(second?.turns.length).toBeGreaterThan(0);
    expect(rest.flatMap(({ turns, prompts }) => [...turns, ...prompts])).toEqual([]);
    for (const debate of rest) {
      expect(debate.speakers).toBe(first?.speakers);
      expect(debate.issues).toBe(first?.issues);
    }
  });
});
