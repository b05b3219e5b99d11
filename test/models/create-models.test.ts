import { expect, test } from 'vitest';
import { createModel, createModels } from '../../src/models/create-models.ts';
import { call, modelAt } from './call.ts';

const openai = { provider: 'openai', name: 'gpt-6-luna' };
const simulator = { provider: 'simulator', name: '' };

test.each([
  [{ provider: 'openai', name: 'gpt-6-luna' }, {}, 'OPENAI_API_KEY'],
  [{ provider: 'openai', name: 'gpt-6-luna' }, { OPENAI_API_KEY: '   ' }, 'OPENAI_API_KEY'],
  [{ provider: 'anthropic', name: 'claude-haiku-5-5' }, {}, 'ANTHROPIC_API_KEY'],
  [{ provider: 'mistralai', name: 'mistral-large-latest' }, {}, 'MISTRAL_API_KEY'],
])('%j with %j is refused by the name of the variable to set', (spec, environment, variable) => {
  const handle = createModel(spec, { environment });
  expect(handle).toMatchObject({ ok: false, failure: { reason: 'missing-key' } });
  expect(handle.ok || handle.failure.message).toContain(`Set ${variable}`);
});

test('a compatible server needs no key', () => {
  expect(createModel(openai, { environment: {}, baseUrl: 'http://localhost:8000/v1' }).ok).toBe(true);
});

test('a model at OpenAI has its list price; one of that name elsewhere has none', () => {
  const environment = { OPENAI_API_KEY: 'sk-1234' };
  expect(modelAt('openai:gpt-6-luna', { environment }).price).toMatchObject({ input: 0.1, output: 0.5 });
  expect(modelAt('openai:gpt-6-luna', { environment, baseUrl: 'http://localhost:1/v1' }).price).toBeNull();
});

test('a handle shows no key, whoever prints it', () => {
  const handle = modelAt('openai:gpt-6-luna', { environment: { OPENAI_API_KEY: 'sk-verysecret' } });
  expect(JSON.stringify(handle)).not.toContain('verysecret');
});

test('roles have the model of everyone unless they have their own, and equal specs share a handle', () => {
  const byRole = new Map([
    ['judge', simulator],
    ['moderator', { ...openai }],
  ]);
  const models = createModels(openai, byRole, { environment: { OPENAI_API_KEY: 'sk-1234' } });
  if (!models.ok) throw new Error(models.failure.message);
  expect(models.value('judge').spec).toBe('simulator');
  expect(models.value('anyone').spec).toBe('openai:gpt-6-luna');
  expect(models.value('moderator')).toBe(models.value('anyone'));
});

test('one role without its key refuses the whole', () => {
  const byRole = new Map([['judge', { provider: 'anthropic', name: 'x' }]]);
  const models = createModels(simulator, byRole, { environment: {} });
  expect(models.ok || models.failure.message).toContain('ANTHROPIC_API_KEY');
});

test('a base address that no model would use is refused', () => {
  const models = createModels(simulator, new Map(), { environment: {}, baseUrl: 'http://localhost:8000/v1' });
  expect(models.ok || models.failure.message).toContain('Choose openai:NAME');
});

test('the simulator answers under the same policy, for nothing, and says what it is', async () => {
  const handle = modelAt('simulator', { environment: {} });
  expect(handle).toMatchObject({ spec: 'simulator', simulated: true });
  const { finished } = await call(handle, { request: { messages: simulatorPrompt } });
  expect(finished?.text).not.toBe('');
  expect(finished?.record).toMatchObject({ model: 'simulator', attempts: 1, costUsd: 0 });
});

const simulatorPrompt = [
  {
    role: 'system' as const,
    content: `<rules>
Argue.
</rules>
<article title="A bridge" source="A paper" date="2026-01-01">
[P1] The town will close the old bridge to cars for two years while it is repaired.
[P2] Shops near the bridge fear the loss of a third of their customers.
</article>
<agenda>
<issue id="closure" weight="1" passages="P1 P2">
title: Closure
question: For how long should the bridge be closed?
0: No closure at all
3: One year
6: Two years
</issue>
</agenda>
<cast>
- Shopkeeper (principal)
- Engineer (principal)
</cast>
<persona id="shopkeeper" name="Shopkeeper" principal="yes" openness="0.4">
<opening issue="closure" position="1" />
## Role
A shopkeeper by the bridge.
</persona>`,
  },
  { role: 'user' as const, content: '<task kind="speak" round="1" of="2" left="1">\nSpeak.\n</task>' },
];

test('a proxy that calls cannot go through is named before any call, without its password', () => {
  const environment = {
    OPENAI_API_KEY: 'sk-0123456789',
    HTTPS_PROXY: 'socks5://user:secret@proxy.test:1080',
  };
  const made = createModel({ provider: 'openai', name: 'x' }, { environment });
  expect(made).toMatchObject({ failure: { reason: 'bad-address' } });
  expect(JSON.stringify(made)).toMatch(/HTTPS_PROXY names a socks5 proxy.*NO_PROXY/);
  expect(JSON.stringify(made)).not.toContain('secret');
});

test('a price of a person is not charged to the simulator', () => {
  const price = { input: 1, cachedInput: 1, output: 1 };
  const made = createModel({ provider: 'simulator', name: '' }, { environment: {}, price });
  expect(made.ok && made.value.price).toMatchObject({ input: 0, output: 0 });
});
