import { expect, test } from 'vitest';
import { success } from '../../src/debate/outcome.ts';
import { createModel } from '../../src/models/create-models.ts';
import { parseModelSpec } from '../../src/models/model-spec.ts';
import { probeModel } from '../../src/models/probe.ts';
import { openaiModelParts } from '../../src/models/providers/openai/openai.ts';
import { openaiModelList, type Provider } from '../../src/models/providers/provider.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call } from './call.ts';

/** All that a new provider takes: this record, and its place in the list. */
const newcomer = (baseUrl: string): Provider => ({
  name: 'newcomer',
  title: 'Newcomer',
  keyVariables: ['NEWCOMER_KEY', 'NEWCOMER_TOKEN'],
  endpoint: () => success({ baseUrl, isCloud: true }),
  modelList: openaiModelList,
  listPrice: (model) => (model === 'scripted' ? { input: 1, cachedInput: 0.5, output: 10 } : null),
  create: openaiModelParts,
  classify: (error) =>
    String((error as Error).message).includes('brownout') ? { reason: 'overloaded' } : null,
});

test('a provider is one record: its spec, key, price, probe, calls and refusals come from there', async () => {
  const server = await startProviderServer({
    key: 'new-0123456789',
    replies: [
      { status: 400, body: { error: { message: 'brownout in our data centre' } } },
      { text: 'Hello', usage: { input: 100, output: 50 } },
    ],
  });
  const settings = {
    environment: { NEWCOMER_TOKEN: 'new-0123456789' },
    providers: [newcomer(server.baseUrl)],
  };
  const spec = parseModelSpec('newcomer:scripted', settings.providers);
  if (!spec.ok) throw new Error(spec.failure.message);

  expect(await probeModel(spec.value, { ...settings, timeoutMs: 5_000 })).toMatchObject({
    title: 'Newcomer',
    key: 'present',
    state: 'ready',
    models: ['scripted'],
  });
  const handle = createModel(spec.value, settings);
  if (!handle.ok) throw new Error(handle.failure.message);
  const { failedAttempts, finished } = await call(handle.value);
  expect(failedAttempts).toMatchObject([{ reason: 'overloaded' }]);
  expect(finished).toMatchObject({
    text: 'Hello',
    record: { model: 'newcomer:scripted', attempts: 2, costUsd: 0.0006 },
  });
});

test('a provider without its key is refused by the first of its variables', () => {
  const settings = { environment: {}, providers: [newcomer('http://127.0.0.1:9')] };
  const handle = createModel({ provider: 'newcomer', name: 'scripted' }, settings);
  expect(handle.ok || handle.failure.message).toContain('Set NEWCOMER_KEY');
});

test.each([
  ['an ellipsis', 'sk-abc…xyz', 'an ellipsis (…) at place 7'],
  ['a line break', 'sk-abc\nxyz', 'a line break at place 7'],
  ['quotation marks', '"sk-abcxyz"', 'a quotation mark at place 1'],
  ['a letter of another alphabet', 'sk-аbc', 'the character U+0430 at place 4'],
])('a key with %s is named by its variable before any call, and not shown', (_, key, words) => {
  const handle = createModel(
    { provider: 'openai', name: 'gpt-6-luna' },
    { environment: { OPENAI_API_KEY: key } },
  );
  expect(handle).toMatchObject({ ok: false, failure: { reason: 'bad-key' } });
  const message = handle.ok ? '' : handle.failure.message;
  expect(message).toContain(`OPENAI_API_KEY holds ${words}`);
  expect(message).not.toContain('sk-');
});
