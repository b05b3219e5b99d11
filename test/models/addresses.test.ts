import { expect, test } from 'vitest';
import { anthropicAddress, ollamaAddress, openaiAddress } from '../../src/models/addresses.ts';

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
  expect(ollamaAddress({ environment: { OLLAMA_HOST: host } })).toEqual({ ok: true, value: address });
});

test('the models of openai are at OpenAI unless another address is given', () => {
  expect(openaiAddress({ environment: {} })).toEqual({
    ok: true,
    value: { baseUrl: 'https://api.openai.com/v1', isCompatible: false },
  });
  const environment = { OPENAI_BASE_URL: 'http://a.test/v1/' };
  expect(openaiAddress({ environment })).toMatchObject({
    value: { baseUrl: 'http://a.test/v1', isCompatible: true },
  });
  expect(openaiAddress({ environment, baseUrl: 'http://b.test/v1' })).toMatchObject({
    value: { baseUrl: 'http://b.test/v1' },
  });
});

test('the address of OpenAI itself makes no compatible server', () => {
  expect(openaiAddress({ environment: {}, baseUrl: 'https://api.openai.com/v1/' })).toMatchObject({
    value: { isCompatible: false },
  });
});

test.each(['localhost:8000/v1', 'ftp://a.test', 'not an address', 'file:///etc/passwd'])(
  '--base-url %s is refused by name',
  (baseUrl) => {
    const address = openaiAddress({ environment: {}, baseUrl });
    expect(address).toMatchObject({ ok: false, failure: { reason: 'bad-address' } });
    expect(address.ok || address.failure.message).toContain(`--base-url "${baseUrl}"`);
  },
);

test('an address that holds a password is refused without repeating it', () => {
  const address = anthropicAddress({ environment: { ANTHROPIC_BASE_URL: 'https://me:hunter2@a.test' } });
  expect(address.ok || address.failure.message).toContain('ANTHROPIC_BASE_URL');
  expect(JSON.stringify(address)).not.toContain('hunter2');
});
