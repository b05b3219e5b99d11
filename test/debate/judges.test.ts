import { describe, expect, test } from 'vitest';
import {
  judgeNumber,
  judgeOfSample,
  judgeRoles,
  judgesOf,
  judgesThatSpeak,
  readerSentences,
  samplesFor,
} from '../../src/debate/judges.ts';

const quality = { samples: 4, failed: 0, spread: null, orderGap: null, reversalGap: null };
const measured = { points: 0.06, basis: 'measured', transcripts: 20, labels: 0 } as const;
const byDefault = { points: 0.16, basis: 'default', transcripts: 0, labels: 0 } as const;

describe('what an interval rests on', () => {
  test.each([
    [
      'a measured reader',
      { error: measured },
      ['The interval holds the reader’s measured error (0.06 points, 20 transcripts).'],
    ],
    [
      'a reader whom people corrected',
      { error: { ...measured, transcripts: 1, labels: 9 } },
      ['The interval holds the reader’s measured error (0.06 points, 1 transcript, 9 labels by people).'],
    ],
    [
      'a reader that was never validated',
      { error: byDefault, judges: 1, votes: 1 },
      ['The interval holds a default error of 0.16 points: this judge was never validated.'],
    ],
    [
      'one reading of a reader that was never validated',
      { error: { ...byDefault, noise: 0.5 }, judges: 1, votes: 1 },
      [
        'The interval holds a default error of 0.16 points: this judge was never validated.',
        'One reading cannot show how far readings scatter: 0.50 points are taken by default.',
      ],
    ],
    ['a reading made before this was kept', {}, []],
  ])('of %s is said', (_, more, sentences) => {
    expect(readerSentences({ ...quality, ...more }, [])).toEqual(sentences);
  });

  test('of several judges: the worst error, and how few independent votes they are worth', () => {
    const sentences = readerSentences({ ...quality, error: measured, judges: 9, votes: 1.99 }, []);
    expect(sentences[0]).toContain('the measured error of the worst reader (0.06 points');
    expect(sentences[1]).toContain('9 judges share the readings');
    expect(sentences[1]).toContain('about 2.0 independent votes');
  });
});

describe('judges that also speak', () => {
  const use = (spec: string, simulated = false) => ({ spec, simulated });
  const cast = [{ id: 'anna' }, { id: 'ben' }];

  test('are found whatever their settings and server, each once', () => {
    const models = {
      anna: use('openai:m@http://127.0.0.1:1/v1'),
      ben: use('anthropic:c'),
      moderator: use('openai:k'),
      judge: use('openai:m#temperature=0'),
      'judge-2': use('openai:k'),
      'judge-3': use('anthropic:c'),
    };
    expect(judgesThatSpeak(models, cast)).toEqual(['openai:m', 'anthropic:c']);
  });

  test('are not those who only chair, nor the simulator, which is labelled already', () => {
    const models = {
      anna: use('simulator', true),
      ben: use('x:y'),
      moderator: use('x:z'),
      judge: use('x:z'),
    };
    expect(judgesThatSpeak(models, cast)).toEqual([]);
    expect(judgesThatSpeak({ ...models, judge: use('simulator', true) }, cast)).toEqual([]);
  });
});

describe('the roles of judges', () => {
  test('are judge, judge-2, judge-3 and so on, and nothing else', () => {
    expect(judgeRoles(3)).toEqual(['judge', 'judge-2', 'judge-3']);
    expect(['judge', 'judge-2', 'judge-10', 'judge-1', 'judge-0', 'judges', 'ann'].map(judgeNumber)).toEqual([
      1,
      2,
      10,
      null,
      null,
      null,
      null,
    ]);
    expect(judgesOf({ ann: {}, 'judge-2': {}, judge: {} })).toEqual(['judge', 'judge-2']);
    expect(judgesOf({ ann: {} })).toEqual(['judge']);
  });

  test('take turns over the samples, and an even number of them shifts so that each sees the scale both ways up', () => {
    const order = (judges: string[]) =>
      Array.from({ length: 6 }, (_, sample) => judgeOfSample(judges, sample));
    expect(order(['a'])).toEqual(['a', 'a', 'a', 'a', 'a', 'a']);
    expect(order(['a', 'b'])).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
    expect(order(['a', 'b', 'c'])).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  test('each read at least once, and no more often than a round may be read', () => {
    expect([samplesFor(3, 1), samplesFor(3, 5), samplesFor(5, 3), samplesFor(1, 200)]).toEqual([
      3, 5, 5, 101,
    ]);
  });
});
