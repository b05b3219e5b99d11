import { HumanMessage } from '@langchain/core/messages';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { taskBlock } from '../../src/prompts/blocks.ts';
import { createSimulator, SimulatorModel } from '../../src/simulator/simulator.ts';
import { estimateTokens } from '../../src/text/token-estimate.ts';
import { driveDebate, speakTask } from './debate-driver.ts';
import { library } from './scenarios.ts';

const debate = driveDebate(library, { rounds: 1, seed: 2 });
const messages = debate.messagesTo('council', speakTask(2, 4));
/** LangChain's own type for messages is narrower than what it takes. */
const asInput = messages as { role: string; content: string }[] as never;
const noSleep = async () => {};

describe('the simulator as a LangChain chat model', () => {
  it('streams words, then a last chunk with the finish reason and the usage', async () => {
    const handle = createSimulator({ sleep: noSleep });
    const model = await handle.chatModel();
    const chunks = [];
    for await (const chunk of await model.stream(messages, { seed: 5 })) chunks.push(chunk);
    const text = chunks.map((chunk) => chunk.text).join('');
    const last = chunks.at(-1);
    expect(chunks.length).toBeGreaterThan(8);
    expect(last?.response_metadata['finish_reason']).toBe('stop');
    expect(last?.usage_metadata?.output_tokens).toBe(estimateTokens(text));
    expect(last?.usage_metadata?.input_token_details?.cache_read).toBe(0);
    expect(handle).toMatchObject({ spec: 'simulator', simulated: true });
    expect(handle.callOptions({ maxOutputTokens: 9, seed: 3 })).toEqual({
      seed: 3,
      maxTokens: 9,
    });
  });

  it('streams the same by way of LangChain', async () => {
    const plain = await createSimulator({ sleep: noSleep }).chatModel();
    const wrapped = new SimulatorModel({ sleep: noSleep });
    const heard = async (stream: AsyncIterable<{ text: string; response_metadata: object }>) => {
      const chunks = [];
      for await (const { text, response_metadata } of stream) chunks.push({ text, response_metadata });
      return chunks;
    };
    expect(await heard(await wrapped.stream(asInput, { seed: 5 }))).toEqual(
      await heard(await plain.stream(messages, { seed: 5 })),
    );
  });

  it('waits between words as the pace asks', async () => {
    const waits: number[] = [];
    const sleep = async (milliseconds: number) => void waits.push(milliseconds);
    const model = await createSimulator({ tokensPerSecond: 50, sleep }).chatModel();
    let text = '';
    for await (const chunk of await model.stream(messages, { seed: 5 })) text += chunk.text;
    expect(waits.length).toBe(text.trim().split(/\s+/).length);
    const total = waits.reduce((sum, wait) => sum + wait, 0);
    expect(total / 1000).toBeGreaterThan(estimateTokens(text) / 50 - 1);
    expect(Math.max(...waits)).toBeLessThan(200);
  });

  it('stops at once when it is aborted, even while it waits', async () => {
    const controller = new AbortController();
    const sleep = (_: number, signal?: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const model = await createSimulator({ tokensPerSecond: 1, sleep }).chatModel();
    const reading = (async () => {
      for await (const _ of await model.stream(messages, { seed: 5, signal: controller.signal }));
    })();
    setImmediate(() => controller.abort());
    await expect(reading).rejects.toThrow();
  });

  it('cuts a reply at the token limit and says so', async () => {
    const model = await createSimulator({ sleep: noSleep }).chatModel();
    const chunks = [];
    for await (const chunk of await model.stream(messages, { seed: 5, maxTokens: 20 })) chunks.push(chunk);
    const text = chunks.map((chunk) => chunk.text).join('');
    expect(estimateTokens(text)).toBeLessThanOrEqual(20);
    expect(chunks.at(-1)?.response_metadata['finish_reason']).toBe('length');
  });

  it('gives the same text invoked as streamed, with its usage', async () => {
    const model = new SimulatorModel({ sleep: noSleep });
    const invoked = await model.invoke(asInput, { seed: 5 });
    let streamed = '';
    for await (const chunk of await model.stream(asInput, { seed: 5 })) streamed += chunk.text;
    expect(invoked.text).toBe(streamed);
    expect(invoked.usage_metadata).toMatchObject({ input_token_details: { cache_read: 0 } });
  });

  it('parses its JSON by the schema given', async () => {
    const model = new SimulatorModel({ sleep: noSleep }).withStructuredOutput(z.object({ wish: z.number() }));
    const reply = await model.invoke(
      debate.messagesTo('council', taskBlock('bid', {}, 'How much?')) as never,
    );
    expect(reply['wish']).toBeGreaterThanOrEqual(0);
  });

  it('answers a foreign prompt with a label', async () => {
    const reply = await new SimulatorModel({ sleep: noSleep }).invoke([new HumanMessage('hello')]);
    expect(reply.text).toMatch(/^\(Simulated reply\.\)/);
  });
});
