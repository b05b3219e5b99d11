import { beforeAll, describe, expect, it } from 'vitest';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import type { Scenario } from '../../src/prompts/types.ts';
import { type Driven, driveDebate } from './debate-driver.ts';
import { mean, ownRepetition, sentencesIn, wordsIn } from './measures.ts';
import { bare, library, withCast } from './scenarios.ts';

let talks: Scenario;
let debates: { scenario: Scenario; debate: Driven }[];

beforeAll(async () => {
  const loaded = await loadPrompts({ promptRoot: 'prompts', scenario: 'us-dprk-talks', strategy: 'plain' });
  if (!loaded.ok) throw new Error('the bundled scenario does not load');
  talks = loaded.value.scenario;
  debates = [
    { scenario: talks, debate: driveDebate(talks, { rounds: 8, seed: 5 }) },
    { scenario: talks, debate: driveDebate(talks, { rounds: 8, seed: 6 }) },
    { scenario: library, debate: driveDebate(library, { rounds: 6, seed: 5 }) },
    { scenario: bare, debate: driveDebate(bare, { rounds: 4, seed: 5 }) },
  ];
});

describe('the simulator speaks', () => {
  it('never the same sentence twice in eight rounds of four personas', () => {
    const sentences = sentencesIn(
      debates
        .slice(0, 2)
        .flatMap(({ debate }) => debate.speeches.slice(0, 32))
        .slice(0, 32),
    );
    const long = sentences.filter((sentence) => wordsIn(sentence).length > 5);
    expect(new Set(long).size).toBe(long.length);
  });

  it('with few word runs from its own earlier speeches', () => {
    for (const { debate } of debates.slice(0, 2)) {
      const shares = ownRepetition(debate.speeches);
      expect(mean(shares)).toBeLessThan(0.12);
      expect(Math.max(...shares)).toBeLessThan(0.35);
    }
  });

  it("at a speech's length, where its persona has arguments", () => {
    for (const { debate } of debates.slice(0, 2)) {
      const lengths = debate.speeches.map(({ text }) => text.split(/\s+/).length);
      expect(mean(lengths)).toBeGreaterThan(95);
      expect(mean(lengths)).toBeLessThan(145);
      expect(Math.min(...lengths)).toBeGreaterThan(60);
      expect(Math.max(...lengths)).toBeLessThan(190);
    }
  });

  it('citing only passages that exist, and citing in most speeches', () => {
    for (const { scenario, debate } of debates) {
      const numbers = new Set(scenario.article.passages.map(({ number }) => number));
      for (const { text } of debate.turns) {
        for (const [, number] of text.matchAll(/\[P(\d+)\]/g)) expect(numbers).toContain(Number(number));
      }
    }
    const cited = debates[0]?.debate.speeches.filter(({ text }) => /\[P\d+\]/.test(text)) ?? [];
    expect(cited.length).toBeGreaterThan(16);
  });

  it('quoting only words that stand in the article or were said before', () => {
    for (const { scenario, debate } of debates) {
      const persona = scenario.personas.map(({ body }) => body).join('\n');
      const article = scenario.article.passages.map(({ text }) => text).join('\n');
      for (const [index, { text }] of debate.turns.entries()) {
        const said = debate.turns
          .slice(0, index)
          .map((turn) => turn.text)
          .join('\n');
        const source = `${scenario.article.title}\n${article}\n${said}\n${persona}`
          .replace(/\s*\[P\d+\]/g, '')
          .replace(/\s+/g, ' ');
        for (const [, quote = ''] of text.matchAll(/"([^"]+)"/g))
          expect(source.includes(quote.replace(/\s*\[P\d+\]/g, '')), quote).toBe(true);
      }
    }
  });

  it('in sentences that begin with a capital and end with a stop, with no template showing', () => {
    for (const { debate } of debates) {
      for (const sentence of sentencesIn(debate.turns)) {
        expect(sentence).toMatch(/^["“]?[\p{Lu}\d]/u);
        expect(sentence).toMatch(/[.?!]["”]?(?: \[P\d+\])*$/);
        expect(sentence.replace(/"[^"]*"/g, '"…"')).not.toMatch(
          /[{}|]|\bundefined\b|,[.;:]|\.\.(?!\.)| {2}| [,.;:?]|\b(?:we was|(?<!and )I (?:were|are)|we am|a a|the the|that that|in in|on on)\b/,
        );
      }
    }
  });

  it('naming others in most answers, and never itself', () => {
    for (const { debate } of debates.slice(0, 3)) {
      const later = debate.speeches.filter(({ round }) => round > 1);
      const names = [...new Set(debate.speeches.map(({ name }) => name.toLowerCase()))];
      const naming = later.filter(({ name, text }) =>
        names.some((other) => other !== name.toLowerCase() && text.toLowerCase().includes(other)),
      );
      expect(naming.length / later.length).toBeGreaterThan(0.5);
    }
  });

  it('without opening two speeches in a row with the same words', () => {
    for (const { debate } of debates) {
      const starts = debate.speeches.map(({ text }) => wordsIn(text).slice(0, 4).join(' '));
      for (const [index, start] of starts.entries()) expect(start).not.toBe(starts[index - 1]);
    }
  });

  it.each([2, 12])('in a cast of %i', (count) => {
    const debate = driveDebate(withCast(count), { rounds: 2, seed: 1 });
    expect(debate.speeches).toHaveLength(2 * count);
    for (const { text } of debate.speeches) expect(wordsIn(text).length).toBeGreaterThan(40);
  });
});
