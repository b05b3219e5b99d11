import { SimpleChatModel } from '@langchain/core/language_models/chat_models';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { ChatOpenAI } from '@langchain/openai';
import { expect, test } from 'vitest';
import { modelOfObject } from '../../src/models/create-models.ts';
import type { ChatModel } from '../../src/models/types.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call } from './call.ts';

class Parrot extends SimpleChatModel {
  _llmType() {
    return 'parrot';
  }
  async _call(messages: { text: string }[]) {
    return `You said: ${messages.at(-1)?.text}`;
  }
}

test('a model that answers from a list runs as any other, though it gives no finish reason', async () => {
  const model = new FakeListChatModel({ responses: ['Hello there.'] });
  const { finished } = await call(modelOfObject(model as unknown as ChatModel));
  expect(finished).toMatchObject({
    text: 'Hello there.',
    ending: 'complete',
    record: { model: 'langchain:FakeListChatModel', usage: { estimated: true } },
  });
});

test("a person's own SimpleChatModel runs as any other", async () => {
  const handle = modelOfObject(new Parrot({}) as unknown as ChatModel);
  expect((await call(handle)).finished).toMatchObject({
    text: 'You said: Say hello.',
    ending: 'complete',
    record: { model: 'langchain:Parrot' },
  });
});

test('a ChatOpenAI streams, with its count of tokens; one that is cut off is asked again', async () => {
  const server = await startProviderServer({
    replies: [
      { text: 'one two three', fault: { kind: 'drop', after: 2 } },
      { text: 'All of it', usage: { input: 12, output: 3 } },
    ],
  });
  const model = new ChatOpenAI({
    model: 'scripted',
    apiKey: 'sk-test-0123456789',
    maxRetries: 0,
    configuration: { baseURL: server.baseUrl },
  });
  const { failedAttempts, finished } = await call(modelOfObject(model as unknown as ChatModel));
  expect(failedAttempts).toMatchObject([{ reason: 'connection-lost' }]);
  expect(finished).toMatchObject({
    text: 'All of it',
    ending: 'complete',
    record: { model: 'langchain:scripted', usage: { inputTokens: 12, outputTokens: 3 } },
  });
});

test('thoughts that a model gives as parts of its content are no text', async () => {
  const parts = [
    { content: [{ type: 'reasoning', reasoning: 'They want relief.' }], text: '' },
    { content: [{ type: 'text', text: 'We hear you.' }], text: 'We hear you.' },
  ];
  const model: ChatModel = {
    stream: async () =>
      (async function* () {
        for (const part of parts) yield { ...part, response_metadata: {}, additional_kwargs: {} };
      })(),
  };
  expect((await call(modelOfObject(model))).finished?.text).toBe('We hear you.');
});
