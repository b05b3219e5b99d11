import { describe, expect, it } from 'vitest';
import { replyTo } from '../../src/simulator/reply.ts';
import { driveDebate, speakTask } from './debate-driver.ts';
import { mean, sentencesIn } from './measures.ts';
import { library } from './scenarios.ts';

describe('a simulated debate', () => {
  const first = driveDebate(library, { rounds: 3, seed: 1 });

  it('has the same bytes for the same seed', () => {
    expect(driveDebate(library, { rounds: 3, seed: 1 }).turns).toEqual(first.turns);
  });

  it('has other words for another seed', () => {
    const other = driveDebate(library, { rounds: 3, seed: 2 });
    const known = new Set(sentencesIn(first.speeches));
    const shared = sentencesIn(other.speeches).map((sentence) => (known.has(sentence) ? 1 : 0));
    expect(mean(shared)).toBeLessThan(0.35);
  });

  it('does not depend on what was asked between its calls', () => {
    const messages = first.messagesTo('council', speakTask(4, 4));
    const alone = replyTo(messages, 9);
    driveDebate(library, { rounds: 1, seed: 77 });
    expect(replyTo(messages, 9)).toBe(alone);
  });
});
