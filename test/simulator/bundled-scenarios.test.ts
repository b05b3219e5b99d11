import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { listScenarios } from '../../src/prompts/list-prompts.ts';
import type { Scenario } from '../../src/prompts/types.ts';
import { driveDebate } from './debate-driver.ts';
import { mean, ownRepetition, sentencesIn, wordsIn } from './measures.ts';

const seeds = [1, 2, 3, 4];
/** Short phrases, such as "We see no cause yet to move", may come back; a longer sentence said twice is noticed. */
const longestUnnoticed = 5;

const ids = [
  'film-strike',
  'night-rota',
  'open-weights',
  'river-water',
  'tram-line',
  'us-dprk-talks',
  'us-dprk-talks-fr',
];
let scenarios: Map<string, Scenario>;

beforeAll(async () => {
  const listed = await listScenarios(resolve('prompts'));
  expect(listed.map(({ id }) => id)).toEqual(ids);
  expect(listed.flatMap(({ faults }) => faults)).toEqual([]);
  scenarios = new Map(listed.flatMap(({ id, scenario }) => (scenario ? [[id, scenario]] : [])));
});

function scenarioOf(id: string): Scenario {
  const scenario = scenarios.get(id);
  if (!scenario) throw new Error(`${id} does not load`);
  return scenario;
}

describe.each(ids)('the bundled scenario %s', (id) => {
  test('is finished: an article, a cast of four to six, anchors, red lines, and arguments on every issue', () => {
    const { article, agenda, personas } = scenarioOf(id);
    expect(article.passages.length).toBeGreaterThanOrEqual(9);
    expect(agenda.length).toBeGreaterThanOrEqual(4);
    expect(personas.length).toBeGreaterThanOrEqual(4);
    expect(personas.length).toBeLessThanOrEqual(6);
    expect(personas.filter(({ member }) => member.principal)).toHaveLength(2);
    for (const issue of agenda) {
      expect(issue.passages.length, issue.id).toBeGreaterThan(0);
      const openings = personas.map(({ member }) => member.opening[issue.id] ?? 3);
      expect(Math.max(...openings) - Math.min(...openings), issue.id).toBeGreaterThanOrEqual(1.5);
    }
    for (const { member, body } of personas) {
      expect(member.redLines.length, member.id).toBeGreaterThan(0);
      for (const { id: issue } of agenda) expect(body, member.id).toContain(`### ${issue}\n`);
      const points = body.slice(body.indexOf('## Arguments')).match(/^- /gm) ?? [];
      expect(points.length, member.id).toBeGreaterThanOrEqual(20);
    }
  });

  test('gives the simulator enough to say that it says nothing twice in six rounds', () => {
    for (const seed of seeds) {
      const { speeches } = driveDebate(scenarioOf(id), { rounds: 6, seed });
      const long = sentencesIn(speeches).filter((sentence) => wordsIn(sentence).length > longestUnnoticed);
      const again = long.filter((sentence, at) => long.indexOf(sentence) !== at);
      expect(again, `seed ${seed}`).toEqual([]);
      expect(mean(ownRepetition(speeches)), `seed ${seed}`).toBeLessThan(0.15);
    }
  });
});
