import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  defaultRewardOptions,
  type RewardContext,
  readRewardContext,
  rewardContextOf,
  rewardOf,
} from '../../src/dataset/code-reward.ts';
import { rewardForLine, serveRewards } from '../../src/dataset/reward-server.ts';
import { harbourDebate } from './exported-debates.ts';

const persona = 'growers-union';
let context: RewardContext;
let asText: string;
let passage: string;

beforeAll(async () => {
  const { debate } = await harbourDebate();
  asText = JSON.stringify(rewardContextOf(debate, persona, 7, true));
  const read = readRewardContext(asText);
  if (!read.ok) throw new Error(read.failure.message);
  context = read.value;
  passage = debate.started.article.passages[1]?.text ?? '';
});

describe('a reward', () => {
  test.each(['', '  ', '[P1] [P2] [P3] [P4] [P5].', '[P2]', '… — !'])(
    'is nothing for nothing said: %j',
    (text) => {
      expect(rewardOf(text, context)).toMatchObject({ grounding: 0, stand: 0, reward: 0 });
    },
  );

  test('counts a citation only where the passage bears its sentence out', () => {
    const borne = rewardOf(`${passage} [P2]`, context);
    const elsewhere = rewardOf(`${passage} [P4]`, context);
    const empty = rewardOf('We speak for those who work here and always will [P2] [P3] [P4].', context);
    expect(borne.grounding).toBeGreaterThan(0.7);
    expect(elsewhere.grounding).toBeLessThan(borne.grounding ?? 0);
    expect(empty.grounding).toBeLessThan(0.2);
  });

  test('counts an invented figure against a speech, and a quotation that nobody said', () => {
    const invented = rewardOf(
      `${passage} [P2] Some 4,711 pumps were “torn out by the town at night” [P2].`,
      context,
    );
    expect(invented.quotations).toBeLessThan(1);
    expect(invented.grounding).toBeLessThan(rewardOf(`${passage} [P2]`, context).grounding ?? 0);
    expect(
      rewardOf(`They wrote “${passage.split(' ').slice(0, 6).join(' ')}” [P2].`, context).quotations,
    ).toBe(1);
  });

  test('keeps nothing of a role for a refusal, and less for a role that is left', () => {
    expect(rewardOf('I’m sorry, but I can’t help with this role-play.', context).role).toBe(0);
    expect(
      rewardOf('As an AI language model I think the growers are right about the gate.', context).role,
    ).toBeLessThan(1);
    expect(rewardOf('We are growers, and the gate stays open for the farms.', context).role).toBe(1);
  });

  test('sees a stand that is stated in the words of an anchor, and whether it is inside the own lines', () => {
    const [issue] = context.agenda;
    if (!issue) throw new Error('no issue');
    const own = [{ issue: issue.id, min: 0, max: 2 }];
    const low = rewardOf(`We want this: ${issue.anchors[0]}`, { ...context, ownLines: own });
    const high = rewardOf(`We want this: ${issue.anchors[6]}`, { ...context, ownLines: own });
    expect(low).toMatchObject({ stand: 1, own_lines: 1 });
    expect(high).toMatchObject({ stand: 1, own_lines: 0 });
    expect(rewardOf('The weather was fine at the harbour.', context)).toMatchObject({
      stand: 0,
      own_lines: null,
    });
    const negated = `We will never accept that: ${issue.anchors[0]}`;
    expect(rewardOf(negated, { ...context, ownLines: own }).stand).toBe(0);
  });

  test('is full between the words asked for and falls outside', () => {
    const words = (count: number) => 'water '.repeat(count);
    const { least, most } = defaultRewardOptions.words;
    expect(rewardOf(words(least), context).length).toBe(1);
    expect(rewardOf(words(most), context).length).toBe(1);
    expect(rewardOf(words(least / 2), context).length).toBe(0.5);
    expect(rewardOf(words(most * 2), context).length).toBe(0);
  });

  test('falls evenly below the least and above the most', () => {
    const options = { ...defaultRewardOptions, words: { least: 10, most: 20 } };
    const lengthOf = (count: number) => rewardOf('water '.repeat(count), context, options).length;
    expect([1, 5, 9, 10, 20].map(lengthOf)).toEqual([0.1, 0.5, 0.9, 1, 1]);
    expect(lengthOf(25)).toBeCloseTo(0.75, 10);
    expect([40, 60].map(lengthOf)).toEqual([0, 0]);
  });

  test('for lines is the share of stated positions inside those of their own issue', () => {
    const [first, second] = context.agenda;
    if (!first || !second) throw new Error('two issues are needed');
    const text = `We want this: ${first.anchors[0]} And we want this: ${second.anchors[6]}`;
    const line = (issue: string, min: number, max: number) => ({ issue, min, max });
    const shareOf = (...ownLines: RewardContext['ownLines']) =>
      rewardOf(text, { ...context, ownLines }).own_lines;
    expect(shareOf(line(first.id, 0, 0), line(second.id, 6, 6))).toBe(1);
    expect(shareOf(line(first.id, 0, 0), line(second.id, 0, 5))).toBe(0.5);
    expect(shareOf(line(first.id, 1, 6), line(second.id, 6, 6))).toBe(0.5);
    expect(shareOf(line(first.id, 0, 2))).toBe(1);
    expect(shareOf(line('else', 0, 6))).toBeNull();
  });

  test('is nothing where all that counts is missing', () => {
    const weights = { grounding: 0, quotations: 1, role: 0, own_lines: 1, length: 0, stand: 0 };
    const said = rewardOf('We stay here.', context, { ...defaultRewardOptions, weights });
    expect(said).toMatchObject({ quotations: null, own_lines: null, reward: 0 });
  });

  test('halves for one place where the role is left', () => {
    const left = rewardOf('As an AI language model I think the growers are right.', context);
    expect(left.role).toBe(0.5);
  });

  test('counts quotations by the share that is true to its source, short ones aside', () => {
    const true4 = passage.split(' ').slice(0, 6).join(' ');
    const of = (text: string) => rewardOf(text, context).quotations;
    expect(of(`They wrote “${true4}” [P2], and “torn out by the town at night” [P2].`)).toBe(0.5);
    expect(of('They spoke of “peace” and left.')).toBeNull();
  });

  test('is computed from what was said before the turn, and from the article only where it is shared', async () => {
    const { debate } = await harbourDebate();
    const own = rewardContextOf(debate, persona, 4, false);
    expect(own.passages).toEqual([]);
    expect(own.earlierTurns.map(({ turn }) => turn)).toEqual([1, 2, 3]);
    expect(rewardContextOf(debate, persona, 4, true).passages).toBe(debate.started.article.passages);
    expect(rewardContextOf(debate, 'nobody', 4, true).ownLines).toEqual([]);
    const lines = debate.started.cast.find(({ id }) => id === persona)?.redLines ?? [];
    expect(own.ownLines).toEqual(lines.map(({ issue, min, max }) => ({ issue, min, max })));
  });

  test('is the weighted mean of the parts that are there', () => {
    const weights = { grounding: 0, quotations: 0, role: 1, own_lines: 0, length: 1, stand: 0 };
    const options = { ...defaultRewardOptions, weights };
    const { role, length, reward } = rewardOf('We are growers, and we stay.', context, options);
    expect(reward).toBeCloseTo((role + length) / 2);
  });
});

describe('rewards for programs', () => {
  test('are given line by line, for text and for messages alike', () => {
    const asked = (completion: unknown) => JSON.stringify({ completion, reward_context: asText });
    const text = rewardForLine(asked(`${passage} [P2]`), defaultRewardOptions);
    const messages = [{ role: 'assistant', content: `${passage} [P2]` }];
    expect(text).toMatchObject({ reward: expect.any(Number) });
    expect(rewardForLine(asked(messages), defaultRewardOptions)).toEqual(text);
  });

  test.each([
    ['not JSON', 'the line is not JSON'],
    ['[1]', 'each line must be an object with completion and reward_context'],
    ['{"completion":1}', 'completion must be text or a list of messages'],
    ['{"completion":"a","reward_context":"{}"}', 'reward_context: '],
  ])('say what is wrong with %s', (line, message) => {
    const found = rewardForLine(line, defaultRewardOptions);
    expect('error' in found && found.error).toContain(message);
  });

  test('are served on loopback in the order asked for', async () => {
    const served = await serveRewards(0, defaultRewardOptions);
    if (!served.ok) throw new Error(served.failure.message);
    onTestFinished(() => served.value.close());
    const { address } = served.value;
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const post = (body: unknown, type = 'application/json') =>
      fetch(`${address}/rewards`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(body),
      });
    const completions = [[{ role: 'assistant', content: `${passage} [P2]` }], ''];
    const answer = await post({ completions, reward_context: [asText, asText] });
    expect(await answer.json()).toMatchObject({
      rewards: [rewardOf(`${passage} [P2]`, context), { reward: 0 }],
    });
    expect((await post({ completions, reward_context: [asText] })).status).toBe(400);
    expect((await post({ completions }, 'text/plain')).status).toBe(415);
    expect((await fetch(`${address}/else`)).status).toBe(404);
    const taken = await serveRewards(Number(new URL(address).port), defaultRewardOptions);
    expect(taken).toMatchObject({ ok: false, failure: { reason: 'port-taken' } });
  });
});
