import { describe, expect, test } from 'vitest';
import { compareArms } from '../../src/compare/compare-arms.ts';
import { debatesCsv } from '../../src/compare/csv.ts';
import { checkCondition, parseFailIf } from '../../src/compare/gates.ts';
import { junitXml } from '../../src/compare/junit.ts';
import { measureDebate } from '../../src/compare/measure-debate.ts';
import type { DebateMeasures } from '../../src/compare/measures.ts';
import { comparisonErrors } from '../../src/compare/run-comparison.ts';
import { comparisonText } from '../../src/compare/text/comparison-text.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { debateEvents } from '../helpers/debate-events.ts';
import { aimsWith, madeUpDebates, seeded } from './made-up-debates.ts';

const arms = ['plain', 'steel'];
const aims = aimsWith();
const whole = madeUpDebates({ arms, articles: 8, effect: { steel: 0.2 } }, seeded('errors'));

function withFailed(isFailed: (debate: DebateMeasures) => boolean): DebateMeasures[] {
  return whole.map((debate) =>
    isFailed(debate)
      ? {
          ...debate,
          aborted: true,
          failed: 'The provider does not know the model.',
          principals: 0,
          converged: false,
        }
      : debate,
  );
}

function compared(debates: readonly DebateMeasures[]) {
  return compareArms({ title: 'errors', arms, debates, aims, seed: 1 });
}

function meanOf(
  result: ReturnType<typeof compared>,
  arm: string,
  measure: string,
): number | null | undefined {
  return result.arms.find((each) => each.arm === arm)?.measures.find((each) => each.measure === measure)
    ?.mean;
}

describe('debates that failed', () => {
  test('are left out of every measure, and the others give what they gave', () => {
    const isFailed = ({ debate }: DebateMeasures) => debate === 'debate-0-0-steel';
    const result = compared(withFailed(isFailed));
    const without = compared(whole.filter((debate) => !isFailed(debate)));
    for (const { measure, mean } of without.arms.flatMap((arm) => arm.measures)) {
      for (const arm of arms) expect(meanOf(result, arm, measure)).toBe(meanOf(without, arm, measure));
      expect(mean).not.toBeNull();
    }
    // What more articles would cost is reckoned with the failed ones, which were paid too.
    const judged = (each: typeof result) =>
      each.pairs[0]?.contrasts.map(({ needed: _, ...contrast }) => contrast);
    expect(judged(result)).toEqual(judged(without));
    expect(result.arms.map(({ failed, aborted }) => [failed, aborted])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(result.warnings.join(' ')).toContain(
      '1 of 32 debates failed (steel 1) and are left out of every measure.',
    );
    expect(comparisonText(result, { width: 100 })).toContain('1 failed');
  });

  test('are bounded: the difference stays within what is said of it, whatever they would have been', () => {
    const isFailed = ({ debate }: DebateMeasures) => /^debate-[01]-0-steel$|^debate-5-1-plain$/.test(debate);
    const result = compared(withFailed(isFailed));
    const [, from = '', to = ''] =
      /C at the end between ([+−]\d\.\d+) and ([+−]\d\.\d+)/.exec(result.pairs[0]?.sensitivity ?? '') ?? [];
    const number = (text: string) => Number(text.replace('−', '-').replace('+', ''));
    for (const [steel, plain] of [
      [0, 1],
      [1, 0],
      [0.5, 0.5],
      [0.2, 0.9],
    ] as const) {
      const supposed = whole.map((debate) =>
        isFailed(debate) ? { ...debate, principals: debate.arm === 'steel' ? steel : plain } : debate,
      );
      const pair = compared(supposed).pairs[0];
      const difference =
        pair?.contrasts.find(({ measure }) => measure === 'principals')?.difference ?? Number.NaN;
      expect(difference).toBeGreaterThanOrEqual(number(from) - 0.005);
      expect(difference).toBeLessThanOrEqual(number(to) + 0.005);
    }
    expect(number(to)).toBeGreaterThan(number(from));
  });

  test('of a whole arm leave it without a number: no verdict, an error each in JUnit, and every condition on it fails', () => {
    const debates = withFailed(({ arm }) => arm === 'steel');
    const result = compared(debates);
    expect(result.pairs[0]?.finding).toBe('inconclusive');
    expect(result.warnings.join(' ')).toContain(
      'Every debate of steel failed, so that it cannot be compared.',
    );
    for (const measure of result.arms[1]?.measures ?? []) expect(measure.mean).toBeNull();
    for (const text of ['converged < 0', 'cost > 1000', 'steel.grounding < 0.1']) {
      const condition = parseFailIf(text, arms);
      if (!condition.ok) throw new Error(condition.failure.message);
      const ofSteel = checkCondition(condition.value, result).find(({ arm }) => arm === 'steel');
      expect(ofSteel).toMatchObject({
        outcome: 'no-number',
        message: expect.stringContaining('every debate of it failed'),
      });
    }
    const errors = comparisonErrors({
      debates,
      reported: [],
      withPeople: [],
      unreadable: [{ debate: 'gone', message: 'It is damaged.' }],
    });
    const xml = junitXml(result, [], null, errors);
    expect(xml).toContain('tests="18" failures="0" errors="17"');
    expect(xml.match(/<error message="The provider does not know the model\."\/>/g)).toHaveLength(16);
    expect(debatesCsv(debates).split('\r\n')[0]).toContain('aborted,failed,refusals');
  });
});

describe('refusals in plain text', () => {
  /** A debate of which one speech says this. */
  function measuresWith(text: string) {
    const debate = fold(debateEvents()) as Debate;
    const first = debate.turns.find(({ kind }) => kind === 'speech');
    const turns = debate.turns.map((turn) => (turn === first ? { ...turn, text } : turn));
    const measures = measureDebate({ ...debate, turns }, { arm: 'plain', article: 'own', cell: 'cell' });
    return { refusals: measures.refusals, turn: first?.turn };
  }

  test.each([
    "I'm sorry, but I can't help with that.",
    'I cannot take part in this conversation, since it concerns weapons.',
    'As an AI language model I am not able to negotiate on behalf of a state.',
    'Unfortunately, I am unable to continue with this request.',
  ])('are counted: %s', (text) => {
    const { refusals, turn } = measuresWith(text);
    expect(refusals).toEqual([{ turn, text }]);
  });

  test.each([
    'I cannot accept a freeze without inspections [P3]; what I can accept is a freeze with them.',
    'We are sorry for what was done, and we ask for the reactor to be closed.',
    'Our delegation declines the offer of last week and proposes another.',
    `I can't agree to that yet. ${'The sanctions hit the people before anybody else, and that is what we ask you to weigh. '.repeat(8)}`,
  ])('are no part of a negotiation: %s', (text) => {
    expect(measuresWith(text).refusals).toBeUndefined();
  });

  test('make a warning with the first of them, so that a reader can judge', () => {
    const debates = whole.map((debate, index) =>
      index === 0 ? { ...debate, refusals: [{ turn: 3, text: "I'm sorry, but I can't." }] } : debate,
    );
    expect(compared(debates).warnings.join(' ')).toContain(
      `1 speech in 1 debate read like refusals to take the part (plain 1), such as turn 3 of debate-0-0-plain: "I'm sorry, but I can't."`,
    );
  });
});

test('the spread over repeats stands beside that over articles', () => {
  const value = (article: number, repeat: number) =>
    ([0.2, 0.4, 0.6][article] as number) + (repeat === 0 ? 0.05 : -0.05);
  const debates = whole
    .filter(({ article }) => ['article-0', 'article-1', 'article-2'].includes(article))
    .map((debate) => {
      const [, article = '0', repeat = '0'] = /debate-(\d)-(\d)/.exec(debate.debate) ?? [];
      return { ...debate, principals: value(Number(article), Number(repeat)) };
    });
  const spread = compared(debates).arms[0]?.measures.find(({ measure }) => measure === 'principals')?.spread;
  expect(spread?.articles).toBeCloseTo(0.2, 10);
  expect(spread?.repeats).toBeCloseTo(Math.sqrt((6 * 0.05 ** 2) / 3), 10);
  expect(comparisonText(compared(debates), { width: 100 })).toMatch(/C at the end +plain +0\.200 +0\.071/);
});

test('C is a measure by that name', () => {
  const condition = parseFailIf('C < 0.6', arms);
  expect(condition).toMatchObject({ ok: true, value: { measure: 'principals', bound: 0.6 } });
  expect(parseFailIf('steel.c >= 60%', arms)).toMatchObject({
    ok: true,
    value: { arm: 'steel', bound: 0.6 },
  });
  const wrong = parseFailIf('D < 0.6', arms);
  expect(!wrong.ok && wrong.failure.message).toContain('there is no measure D');
});
