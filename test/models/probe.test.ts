import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { probeModel, probeProviders } from '../../src/models/probe.ts';
import { startProviderServer } from '../helpers/provider-server.ts';

const timeoutMs = 5_000;

async function probesWith(environment: Record<string, string>) {
  const probes = await probeProviders({ environment, timeoutMs });
  return Object.fromEntries(probes.map((probe) => [probe.provider, probe]));
}

test('providers that answer are ready, with their models, and nobody is asked to write a word', async () => {
  const server = await startProviderServer({ replies: [], key: 'sk-right-key', models: ['a', 'b'] });
  const { openai, anthropic, simulator } = await probesWith({
    OPENAI_API_KEY: 'sk-right-key',
    OPENAI_BASE_URL: server.baseUrl,
    ANTHROPIC_API_KEY: 'sk-right-key',
    ANTHROPIC_BASE_URL: server.origin,
    OLLAMA_HOST: server.origin,
  });
  expect(openai).toMatchObject({ key: 'present', state: 'ready', remedy: null, models: ['a', 'b'] });
  expect(anthropic).toMatchObject({ key: 'present', state: 'ready', models: ['a', 'b'] });
  expect(simulator).toMatchObject({ key: 'not-needed', state: 'ready' });
});

test('each trouble has its remedy', async () => {
  const server = await startProviderServer({ replies: [], key: 'sk-right-key' });
  const gone = await startProviderServer();
  await gone.close();
  const { openai, anthropic, ollama } = await probesWith({
    OPENAI_API_KEY: 'sk-wrong-key',
    OPENAI_BASE_URL: server.baseUrl,
    ANTHROPIC_API_KEY: ' ',
    OLLAMA_HOST: gone.origin,
  });
  expect(openai).toMatchObject({ key: 'present', state: 'refused' });
  expect(openai?.remedy).toContain('OPENAI_API_KEY');
  expect(anthropic).toMatchObject({
    key: 'missing',
    state: 'no-key',
    remedy: 'Set ANTHROPIC_API_KEY to use it',
  });
  expect(ollama).toMatchObject({ key: 'not-needed', state: 'unreachable' });
  expect(ollama?.remedy).toContain('ollama serve');
  expect(JSON.stringify([openai, anthropic, ollama])).not.toContain('sk-wrong-key');
});

test('a server that never answers is given up', async () => {
  const server = await startProviderServer({ isDeaf: true });
  const [openai] = await probeProviders({ environment: {}, baseUrl: server.baseUrl, timeoutMs: 200 });
  expect(openai).toMatchObject({ state: 'unreachable' });
  expect(openai?.message).toContain('did not answer within 200 ms');
});

test('a bad address is told instead of asked', async () => {
  const { ollama } = await probesWith({ OLLAMA_HOST: 'http://me:secret@host' });
  expect(ollama).toMatchObject({ state: 'bad-address' });
});

test('a model that its provider does not list is missing, with some that are there', async () => {
  const server = await startProviderServer({ models: ['llama3.2:latest', 'qwen3:8b'] });
  const options = { environment: { OLLAMA_HOST: server.origin }, baseUrl: server.baseUrl, timeoutMs };
  const missing = await probeModel({ provider: 'ollama', name: 'mistral' }, options);
  expect(missing).toMatchObject({ state: 'no-such-model', remedy: 'Run: ollama pull mistral' });
  expect(await probeModel({ provider: 'ollama', name: 'llama3.2' }, options)).toMatchObject({
    state: 'ready',
  });
  const elsewhere = await probeModel({ provider: 'openai', name: 'gpt-9' }, options);
  expect(elsewhere.remedy).toBe('Choose one of its 2 models, such as llama3.2:latest, qwen3:8b');
});

test('a server that lists no models is ready all the same', async () => {
  const server = await startProviderServer();
  const options = { environment: {}, baseUrl: `${server.origin}/elsewhere`, timeoutMs };
  expect(await probeModel({ provider: 'openai', name: 'x' }, options)).toMatchObject({
    state: 'ready',
    models: [],
  });
});

test.each(['<html>Sign in</html>', '', '[]', 'null', '{"data": [{"id": 5}]}'])(
  'a server that answers %j in place of a list is ready all the same',
  async (list) => {
    const server = createServer((_, response) => response.end(list));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const options = { environment: {}, baseUrl, timeoutMs };
    expect((await probeModel({ provider: 'openai', name: 'x' }, options)).state).toBe('ready');
  },
);
