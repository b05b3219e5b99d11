import { describe, expect, test, vi } from 'vitest';
import { eventSchema } from '../../src/debate/events.ts';
import { type RunDebateOptions, runDebate } from '../../src/index.ts';

const kinds: readonly [string, RunDebateOptions][] = [
  ['of a plain one', {}],
  ['of one with facts, polls and a caucus', { facts: true, poll: true, caucus: 2 }],
  ['of one in which a moderator picks', { order: 'moderator', strategy: 'private-notes' }],
  ['of one in which speakers bid', { order: 'bidding' }],
  ['of a control', { control: 'same-persona' }],
];

describe('the events of a simulated debate', () => {
  test.each(kinds)(
    '%s stand in the order of their schema as they are made, so that no copy is needed',
    async (_, options) => {
      const copied = vi.spyOn(eventSchema, 'safeParse');
      const run = await runDebate({ rounds: 2, judgeSamples: 1, seed: 3, stopEarly: false, ...options });
      const debate = await run.result();
      expect(debate.ended?.reason).toBe('round-limit');
      expect(copied.mock.calls.map(([event]) => (event as { type: string }).type)).toEqual([]);
      copied.mockRestore();
    },
  );

  test('has its article, agenda and cast in common with others, and nobody can change them', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async (seed) => (await runDebate({ rounds: 1, seed })).result()),
    );
    expect(one?.started.article).toBe(other?.started.article);
    const [first] = one?.started.article.passages ?? [];
    expect(() => Object.assign(first as object, { text: 'Other words.' })).toThrow(TypeError);
    expect(() => one?.started.cast.pop()).toThrow(TypeError);
  });
});
