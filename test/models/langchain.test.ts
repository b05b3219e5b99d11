import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { toolFolder } from '../helpers/tools.ts';
import { call, modelAt, settled } from './call.ts';

/** A folder in which a person has installed a package of LangChain's name. */
async function folderWithLangChain(source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-langchain-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const place = join(folder, 'node_modules', 'langchain');
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'package.json'), '{"name": "langchain", "type": "module", "main": "index.js"}');
  await writeFile(join(place, 'index.js'), source);
  return folder;
}

const echo = `
export async function initChatModel(model, fields) {
  return {
    stream: async function (messages, options) {
      const text = JSON.stringify({ model, fields, roles: messages.map(({ role }) => role), hasSignal: 'signal' in options });
      return (async function* () {
        yield { text: '', content: [{ type: 'reasoning', reasoning: 'hm' }], response_metadata: {}, additional_kwargs: {} };
        yield { text, content: text, response_metadata: {}, additional_kwargs: {} };
        yield {
          text: '',
          content: '',
          response_metadata: { finishReason: 'STOP' },
          additional_kwargs: {},
          usage_metadata: { input_tokens: 11, output_tokens: 7 },
        };
      })();
    },
  };
}`;

test("another provider's model is made by the person's own langchain, with key, limit and no retries of its own", async () => {
  const folder = await folderWithLangChain(echo);
  const handle = modelAt('cohere:command-a', { environment: { COHERE_API_KEY: 'co-12345678' }, folder });
  const { finished } = await call(handle, { request: { temperature: 0.5 } });
  expect(JSON.parse(finished?.text ?? '')).toEqual({
    model: 'command-a',
    fields: {
      modelProvider: 'cohere',
      maxRetries: 0,
      maxTokens: 100,
      temperature: 0.5,
      apiKey: 'co-12345678',
    },
    roles: ['system', 'user'],
    hasSignal: true,
  });
  expect(finished?.record).toMatchObject({ usage: { inputTokens: 11, outputTokens: 7 }, costUsd: null });
});

test('a package that is not installed is named, with the command that installs it', async () => {
  const handle = modelAt('fireworks:llama', { environment: { FIREWORKS_API_KEY: 'fw-12345678' } });
  const { failed } = await call(handle);
  expect(failed).toMatchObject({ attempts: 1 });
  expect(failed?.message).toContain('npm install langchain @langchain/fireworks');
});

// The same calls that the made-up package above takes: this one shows that LangChain still takes them.
test.runIf(toolFolder('langchain'))(
  'the real langchain streams through a provider whose package is there',
  async () => {
    const server = await startProviderServer({
      replies: [{ text: 'Good morning', chunkEveryMs: 40, usage: { input: 9, output: 2 } }],
    });
    vi.stubEnv('AZURE_OPENAI_ENDPOINT', server.origin);
    vi.stubEnv('AZURE_OPENAI_API_VERSION', '2025-01-01');
    vi.stubEnv('AZURE_OPENAI_API_DEPLOYMENT_NAME', 'mine');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const handle = modelAt('azure_openai:gpt-4o', {
      environment: { AZURE_OPENAI_API_KEY: 'azure-key-1234' },
      ...{ folder: toolFolder('langchain') ?? '' },
    });
    const { deltas, finished, failed } = await call(settled(handle));
    expect(failed).toBeUndefined();
    expect(deltas).toEqual(['Good', ' morning']);
    expect(finished).toMatchObject({
      ending: 'complete',
      record: { usage: { inputTokens: 9, outputTokens: 2 } },
    });
  },
);
