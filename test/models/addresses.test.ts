import { expect, test } from 'vitest';
import { findProvider } from '../../src/models/providers/built-in-providers.ts';
import type { EndpointSettings } from '../../src/models/providers/provider.ts';

function endpointOf(provider: string, from: EndpointSettings) {
  const found = findProvider(provider);
  if (!found) throw new Error(provider);
  return found.endpoint(from);
}

test.each([
  [undefined, 'http://127.0.0.1:11434'],
  ['  ', 'http://127.0.0.1:11434'],
  ['localhost', 'http://localhost:11434'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
  [':8080', 'http://127.0.0.1:8080'],
  ['gpu.local:11434', 'http://gpu.local:11434'],
  ['https://ollama.example.test', 'https://ollama.example.test'],
  ['http://gpu.local/ollama/', 'http://gpu.local/ollama'],
])('OLLAMA_HOST %s is %s', (host, address) => {
  const environment = { OLLAMA_HOST: host };
  expect(endpointOf('ollama', { environment })).toEqual({
    ok: true,
    value: { baseUrl: address, isCloud: false },
  });
});

test('the models of openai are at OpenAI unless another address is given', () => {
  expect(endpointOf('openai', { environment: {} })).toEqual({
    ok: true,
    value: { baseUrl: 'https://api.openai.com/v1', isCloud: true },
  });
  const environment = { OPENAI_BASE_URL: 'http://a.test/v1/' };
  expect(endpointOf('openai', { environment })).toMatchObject({
    value: { baseUrl: 'http://a.test/v1', isCloud: false },
  });
  expect(endpointOf('openai', { environment, baseUrl: 'http://b.test/v1' })).toMatchObject({
    value: { baseUrl: 'http://b.test/v1' },
  });
});

test('the address of OpenAI itself makes no compatible server', () => {
  expect(endpointOf('openai', { environment: {}, baseUrl: 'https://api.openai.com/v1/' })).toMatchObject({
    value: { isCloud: true },
  });
});

test.each(['localhost:8000/v1', 'ftp://a.test', 'not an address', 'file:///etc/passwd'])(
  'a base URL %s is refused by name',
  (baseUrl) => {
    const address = endpointOf('openai', { environment: {}, baseUrl });
    expect(address).toMatchObject({ ok: false, failure: { reason: 'bad-base-url' } });
    expect(address.ok || address.failure.message).toContain(`The base URL "${baseUrl}"`);
  },
);

test('an address that holds a password is refused without repeating it', () => {
  const address = endpointOf('anthropic', {
    environment: { ANTHROPIC_BASE_URL: 'https://me:hunter2@a.test' },
  });
  expect(address.ok || address.failure.message).toContain('ANTHROPIC_BASE_URL');
  expect(JSON.stringify(address)).not.toContain('hunter2');
});
