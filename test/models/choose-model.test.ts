import { expect, test } from 'vitest';
import { chosenLine } from '../../src/cli/model-words.ts';
import { chooseModel } from '../../src/models/choose-model.ts';
import { specText } from '../../src/models/model-spec.ts';
import { startProviderServer } from '../helpers/provider-server.ts';

/** A port where nothing listens. */
async function nowhere(): Promise<string> {
  const server = await startProviderServer();
  await server.close();
  return server.origin;
}

async function chosenWith(environment: Record<string, string>, baseUrl?: string) {
  const choice = await chooseModel({ environment, ...(baseUrl === undefined ? {} : { baseUrl }) });
  if (!choice.ok) throw new Error(choice.failure.message);
  return { spec: specText(choice.value.spec), line: chosenLine(choice.value) };
}

test('an API key chooses its provider, and the line says which model, why, and how to change it', async () => {
  const { spec, line } = await chosenWith({ ANTHROPIC_API_KEY: 'sk-ant-1', OLLAMA_HOST: await nowhere() });
  expect(spec).toMatch(/^anthropic:claude-/);
  expect(line).toBe(
    `Model: ${spec}, because ANTHROPIC_API_KEY is set. Choose another with --model PROVIDER:NAME.`,
  );
});

test('of two keys the first provider wins; a blank key is none', async () => {
  const host = await nowhere();
  const keys = { OPENAI_API_KEY: 'sk-1', ANTHROPIC_API_KEY: 'sk-ant-1', OLLAMA_HOST: host };
  expect((await chosenWith(keys)).spec).toMatch(/^openai:/);
  expect((await chosenWith({ ...keys, OPENAI_API_KEY: '  ' })).spec).toMatch(/^anthropic:/);
});

test('without a key a running Ollama is used, with the first model that can chat', async () => {
  const server = await startProviderServer({
    models: ['nomic-embed-text:latest', 'llama3.2:3b', 'qwen3:8b'],
  });
  const { spec, line } = await chosenWith({ OPENAI_API_KEY: '', OLLAMA_HOST: server.origin });
  expect(spec).toBe('ollama:llama3.2:3b');
  expect(line).toContain(`because no API key is set and Ollama runs at ${server.origin}`);
  expect(server.requests).toEqual([]);
});

test('without key and Ollama the simulator speaks, and the line says that it is not a language model', async () => {
  const { spec, line } = await chosenWith({ OLLAMA_HOST: await nowhere() });
  expect(spec).toBe('simulator');
  expect(line).toMatch(/not a language model.*no Ollama is running.*Set OPENAI_API_KEY or ANTHROPIC_API_KEY/);
});

test('an Ollama without models is no model', async () => {
  const server = await startProviderServer({ models: [] });
  const { spec, line } = await chosenWith({ OLLAMA_HOST: server.origin });
  expect(spec).toBe('simulator');
  expect(line).toContain('has no model');
});

test('something else on the port of Ollama is not taken for it', async () => {
  const server = await startProviderServer();
  const { spec } = await chosenWith({ OLLAMA_HOST: `${server.origin}/elsewhere` });
  expect(spec).toBe('simulator');
});

test('a base address chooses the first model of its server', async () => {
  const server = await startProviderServer({ models: ['bge-m3', 'llama-3.3-70b'] });
  const { spec, line } = await chosenWith({}, server.baseUrl);
  expect(spec).toBe('openai:llama-3.3-70b');
  expect(line).toContain(`the first that ${server.baseUrl} lists`);
});

test('a base address where nobody answers is told so', async () => {
  const choice = await chooseModel({ environment: {}, baseUrl: `${await nowhere()}/v1` });
  expect(choice).toMatchObject({ ok: false, failure: { reason: 'unreachable' } });
  expect(choice.ok || choice.failure.message).toMatch(
    /cannot be reached \(.*ECONNREFUSED.*\).*choose openai:NAME/,
  );
});
