import { resolve } from 'node:path';
import type { ModelHandle } from '../../src/models/types.ts';

/** Answers in turn, and keeps what it was asked. */
export function scripted(replies: readonly string[]): { model: ModelHandle; asked: string[] } {
  const asked: string[] = [];
  const chatModel = async () => ({
    stream: async (messages: { content: string }[]) => {
      asked.push(messages.map(({ content }) => content).join('\n'));
      const text = replies[asked.length - 1] ?? '';
      return (async function* () {
        yield { text, response_metadata: {}, additional_kwargs: {} };
        yield {
          text: '',
          response_metadata: { finish_reason: 'stop' },
          additional_kwargs: {},
          usage_metadata: { input_tokens: 10, output_tokens: 5 },
        };
      })();
    },
  });
  const model = { spec: 'test:drafter', simulated: false, chatModel, callOptions: () => ({}), price: null };
  return { model, asked };
}

/** What drafting takes besides a model. */
export const surroundings = {
  promptRoot: resolve('prompts'),
  clock: { now: () => 0, sleep: async () => {} },
  random: () => 0,
};
