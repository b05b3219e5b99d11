import { describe, expect, test } from 'vitest';
import { errors, type Reply, startProviderServer } from '../helpers/provider-server.ts';
import { debating, held, taskOf } from './debates.ts';

const wire = { model: 'openai:scripted', rounds: 1 };
/** Stands in every thought and nowhere else. */
const canary = 'our-secret-bottom-line';
const key = 'sk-canary-0123456789abcdef';

/** The ways in which servers send a thought before the words of a speech. */
const forms: Record<string, (speech: string) => Reply> = {
  'a closing tag alone': (speech) => ({
    text: `Hm, ${canary} is 3.\n</think>\n\n${speech}`,
    chunkEveryMs: 1,
  }),
  'think tags': (speech) => ({ text: `<think>${canary}</think>\n\n${speech}` }),
  'thinking tags': (speech) => ({ text: `<thinking>${canary}</thinking>${speech}` }),
  'a second block': (speech) => ({ text: `<think>${canary}</think>${speech}\n<think>${canary}</think>` }),
  brackets: (speech) => ({ text: `[THINK]${canary}[/THINK]${speech}` }),
  harmony: (speech) => ({
    text: [
      '<|channel|>analysis<|message|>',
      canary,
      '<|end|><|start|>assistant<|channel|>final<|message|>',
      speech,
      '<|return|>',
    ],
  }),
  'a field of their own': (speech) => ({ reasoning: [canary], text: speech }),
  'parts of a list': (speech) => ({
    text: [[{ type: 'thinking', thinking: canary }], [{ type: 'text', text: speech }]] as unknown as string[],
  }),
};

describe('a debate over servers that think aloud', () => {
  test.each(Object.entries(forms))(
    'no byte of a thought sent as %s is shown, journaled or sent to another speaker',
    async (_, thinking) => {
      const server = await startProviderServer({
        key,
        answer: (request) => {
          const answer = debating(request);
          return typeof answer === 'string' ? thinking(answer) : answer;
        },
      });
      const environment = { OPENAI_API_KEY: key };
      const { debate, events, notices } = await held({ ...wire, environment, baseUrl: server.baseUrl });
      expect(debate.ended?.reason).toBe('round-limit');
      expect(debate.turns.length).toBeGreaterThan(4);
      expect(debate.verdicts[0]?.outcome).toBe('read');
      const sent = server.requests.map(({ body }) => body);
      expect(JSON.stringify([events, notices, sent])).not.toContain(canary);
      expect(JSON.stringify([events, notices, sent])).not.toContain('canary-0123');
    },
  );
});

test('when one of three readings fails for good, the two that were paid are journaled and on the bill', async () => {
  let judged = 0;
  const server = await startProviderServer({
    answer: (request) => {
      if (taskOf(request) !== 'judge') return debating(request);
      judged += 1;
      if (judged === 2) return errors.wrongKey;
      return { text: String(debating(request)), usage: { input: 1_000, output: 500 } };
    },
  });
  const price = { input: 1, cachedInput: 1, output: 10 };
  const { debate, events } = await held({ ...wire, price, baseUrl: server.baseUrl });
  expect(debate.ended?.reason).toBe('failed');
  const readings = events.flatMap((event) =>
    event.type === 'attempt-failed' && event.purpose === 'judge' ? [event] : [],
  );
  const paid = readings.filter(({ usage }) => usage !== null);
  expect(paid).toHaveLength(2);
  expect(paid).toMatchObject(
    Array(2).fill({ usage: { inputTokens: 1_000, outputTokens: 500 }, costUsd: 0.006, retryInMs: null }),
  );
  const turns = debate.turns.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  expect(debate.totals.costUsd).toBeCloseTo(turns + 0.012, 10);
});
