import { beforeAll, describe, expect, it } from 'vitest';
import { type LexicalReading, readLexically } from '../../bench/validate/lexical/read-lexically.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import type { Scenario } from '../../src/prompts/types.ts';
import { driveDebate, type Said } from './debate-driver.ts';
import { library } from './scenarios.ts';

function read(scenario: Scenario, speeches: readonly Said[]): LexicalReading[] {
  const turns = speeches.map(({ turn, name, text }) => ({ turn, speaker: name, text }));
  return readLexically({ issues: scenario.agenda, turns });
}

let talks: Scenario;

beforeAll(async () => {
  const loaded = await loadPrompts({ promptRoot: 'prompts', scenario: 'us-dprk-talks', strategy: 'plain' });
  if (!loaded.ok) throw new Error('the bundled scenario does not load');
  talks = loaded.value.scenario;
});

/** How far a reading may be off what the speaker means. */
const readingError = 0.5;

describe('simulated positions', () => {
  it('keep every red line over twenty seeds', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { speeches } = driveDebate(talks, { rounds: 4, seed });
      for (let round = 1; round <= 4; round++) {
        for (const { speaker, issue, position } of read(
          talks,
          speeches.filter((speech) => speech.round <= round),
        )) {
          const lines = talks.personas.find(({ member }) => member.name === speaker)?.member.redLines ?? [];
          for (const line of lines.filter((one) => one.issue === issue)) {
            expect(position).toBeGreaterThanOrEqual(line.min - readingError);
            expect(position).toBeLessThanOrEqual(line.max + readingError);
          }
        }
      }
    }
  });

  it('can be read in the first speech near where the persona file puts them', () => {
    const misses: number[] = [];
    for (let seed = 1; seed <= 10; seed++) {
      const { speeches } = driveDebate(talks, { rounds: 1, seed });
      for (const { speaker, issue, position } of read(talks, speeches.slice(0, 1))) {
        const opening = talks.personas.find(({ member }) => member.name === speaker)?.member.opening[issue];
        if (opening !== undefined) misses.push(Math.abs(position - opening));
      }
    }
    expect(misses.length).toBeGreaterThan(30);
    expect(misses.filter((miss) => miss > 0.75)).toEqual([]);
  });

  it('move, and bring the principals closer', () => {
    for (const scenario of [talks, library]) {
      const { speeches } = driveDebate(scenario, { rounds: 6, seed: 3 });
      const principals = scenario.personas
        .filter(({ member }) => member.principal)
        .map(({ member }) => member.name);
      const gaps = (upTo: number) => {
        const readings = read(
          scenario,
          speeches.filter(({ round }) => round <= upTo),
        );
        return scenario.agenda.flatMap(({ id }) => {
          const positions = readings.filter(
            ({ issue, speaker }) => issue === id && principals.includes(speaker),
          );
          return positions.length === 2
            ? [{ id, gap: Math.abs((positions[0]?.position ?? 0) - (positions[1]?.position ?? 0)) }]
            : [];
        });
      };
      const before = gaps(2);
      const after = new Map(gaps(6).map(({ id, gap }) => [id, gap]));
      expect(before.length).toBeGreaterThan(1);
      expect(before.filter(({ id, gap }) => (after.get(id) ?? gap) <= gap - 1).length).toBeGreaterThan(0);
    }
  });

  it('move no further in a debate where nobody else takes a stand', () => {
    const { speeches } = driveDebate(library, {
      rounds: 3,
      seed: 3,
      instead: (turn, text) =>
        text.includes('moderator') || turn % 4 === 2 ? text : 'The weather is fine today, is it not?',
    });
    const council = speeches.filter(({ speaker }) => speaker === 'council');
    for (const { position, issue } of read(library, council)) {
      const opening = library.personas[0]?.member.opening[issue] ?? 3;
      expect(Math.abs(position - opening)).toBeLessThanOrEqual(0.75);
    }
  });
});
