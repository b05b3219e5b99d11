import { beforeAll, describe, expect, it } from 'vitest';
import { readLexically } from '../../bench/validate/lexical/read-lexically.ts';
import { taskBlock } from '../../src/prompts/blocks.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import type { Scenario } from '../../src/prompts/types.ts';
import { casingFrom } from '../../src/simulator/casing.ts';
import { echoOf } from '../../src/simulator/quoting.ts';
import { replyTo } from '../../src/simulator/reply-to.ts';
import { type Driven, driveDebate, speakTask } from './debate-driver.ts';
import { library } from './scenarios.ts';

let talks: Scenario;
let debates: Driven[];

beforeAll(async () => {
  const loaded = await loadPrompts({ promptRoot: 'prompts', scenario: 'us-dprk-talks', strategy: 'plain' });
  if (!loaded.ok) throw new Error('the bundled scenario does not load');
  talks = loaded.value.scenario;
  debates = [1, 2, 3, 4, 5, 6].map((seed) => driveDebate(talks, { rounds: 4, seed }));
});

describe('a simulated speech', () => {
  it('puts no sentence with a capital after a colon, but for quotations and names', () => {
    const names = /: (?:North Korea|Pyongyang|Washington|Daryl|One |")/;
    for (const { speeches } of [...debates, driveDebate(library, { rounds: 4, seed: 2 })]) {
      for (const { text } of speeches) {
        for (const found of text.match(/: \p{Lu}[\p{L}]* ?\p{L}*/gu) ?? []) expect(found).toMatch(names);
      }
    }
  });

  it('says whose words they are wherever it quotes, so that nobody reads them as its own', () => {
    const source =
      /says?|said|claims?|argue[sd]?|words|line|sentence|article|reads|report|asks|asked|white|text in front|in one line|only "/;
    for (const { speeches } of debates) {
      for (const { text } of speeches) {
        for (const sentence of text.split(/(?<=[.?!]["”]?)\s+(?=\p{Lu})/u)) {
          if (sentence.includes('"')) expect(sentence).toMatch(source);
        }
      }
    }
  });

  it('quotes no half of a condition', () => {
    expect(
      echoOf('Insist on every suspected site in the first week, and you will be shown none.', '', []),
    ).toBeNull();
    expect(echoOf('If the plant is shut under monitors, we could lift a few sanctions.', '', [])).toBeNull();
  });
});

describe('names in foreign articles', () => {
  it('keep their capitals where only one word of them was seen in small letters', () => {
    const casing = casingFrom(['The wind blew from the north and the ferry waited.']);
    expect(casing.phrase('North Korea alone gives up all warheads')).toMatch(/^North Korea/);
    expect(casing.sentence('North Korea pays attention')).toMatch(/^North Korea/);
    expect(casing.phrase('The Hague decides')).toMatch(/^the Hague/);
  });
});

describe('private notes', () => {
  it('are short, differ from round to round, and never cross a red line', () => {
    const task = (round: number) =>
      taskBlock(
        'speak',
        { round, of: 4, left: 4 - round },
        'Begin with private notes between <notes> and </notes>.',
      );
    for (const { member } of talks.personas) {
      const notes = debates.map((debate) => {
        const reply = replyTo(debate.messagesTo(member.id, task(3)), 1);
        return /<notes>([\s\S]*?)<\/notes>/.exec(reply)?.[1] ?? '';
      });
      expect(new Set(notes).size).toBeGreaterThan(1);
      for (const text of notes) {
        expect(text.split(/\s+/).length).toBeLessThanOrEqual(80);
        expect(text.split(/\s+/).length).toBeGreaterThan(10);
        const offer = /(?:Held back so far|could still offer): "([^"]+)"/.exec(text)?.[1] ?? '';
        const turns = [{ turn: 1, speaker: member.name, text: offer }];
        for (const { issue, position } of readLexically({ issues: talks.agenda, turns })) {
          const line = member.redLines.find((one) => one.issue === issue);
          if (line) expect([position >= line.min, position <= line.max, offer]).toEqual([true, true, offer]);
        }
      }
    }
  });
});

describe('the order of speaking', () => {
  const bidsIn = (debate: Driven) =>
    talks.personas.map(({ member }) => ({
      id: member.id,
      wish: JSON.parse(replyTo(debate.messagesTo(member.id, taskBlock('bid', { round: 4 }, 'How much?')), 3))
        .wish,
    }));

  it('is not the same for every debate when speakers bid', () => {
    const firsts = debates.map((debate) => bidsIn(debate).sort((one, other) => other.wish - one.wish)[0]?.id);
    expect(new Set(firsts).size).toBeGreaterThan(1);
  });
});

describe('two principals who refuse a statement', () => {
  it('do not say so in the same words', () => {
    const start = driveDebate(talks, { rounds: 1, seed: 3 });
    for (const seed of [1, 2, 3, 4, 5]) {
      const answers = talks.personas
        .filter(({ member }) => member.principal)
        .map(({ member }) =>
          JSON.parse(replyTo(start.messagesTo(member.id, taskBlock('answer', {}, 'Sign or refuse.')), seed)),
        );
      expect(answers).toHaveLength(2);
      expect(answers[0].reason).not.toBe(answers[1].reason);
    }
  });
});

describe('a long question from the person watching', () => {
  it('is taken up without being repeated', () => {
    const debate = debates[0] as Driven;
    const question =
      '<question after="9">\n[A question from the person watching]: I have been listening for a while now\nand I wonder about sanctions relief.\nWhy should anybody who has lived through earlier rounds of this believe that what is suspended today will not be lost tomorrow?\n</question>';
    const reply = replyTo(debate.messagesTo('state-department', `${question}\n${speakTask(4, 6)}`), 1);
    expect(reply).not.toMatch(/\n|I have been listening/);
    expect(reply.split(/(?<=[.])\s/)[0]?.toLowerCase()).toMatch(/question|asked/);
  });
});
