import { describe, expect, it } from 'vitest';
import { replyTo } from '../../src/simulator/reply-to.ts';
import { driveDebate, speakTask } from './debate-driver.ts';
import { mean, sentencesIn } from './measures.ts';
import { library } from './scenarios.ts';

describe('a simulated debate', () => {
  const first = driveDebate(library, { rounds: 3, seed: 1 });

  it('has the same bytes for the same seed', () => {
    expect(driveDebate(library, { rounds: 3, seed: 1 }).turns).toEqual(first.turns);
  });

  it('has other words for another seed', () => {
    const debates = [1, 2, 3, 4, 5, 6].map((seed) => driveDebate(library, { rounds: 3, seed }));
    const shares = debates.slice(1).map(({ speeches }, at) => {
      const known = new Set(sentencesIn(debates[at]?.speeches ?? []));
      return mean(sentencesIn(speeches).map((sentence) => (known.has(sentence) ? 1 : 0)));
    });
    expect(mean(shares)).toBeLessThan(0.35);
  });

  it('does not depend on what was asked between its calls', () => {
    const messages = first.messagesTo('council', speakTask(4, 4));
    const alone = replyTo(messages, 9);
    driveDebate(library, { rounds: 1, seed: 77 });
    expect(replyTo(messages, 9)).toBe(alone);
  });
});
