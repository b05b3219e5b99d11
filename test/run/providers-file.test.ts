import { expect, onTestFinished, test } from 'vitest';
import { createModel } from '../../src/models/create-models.ts';
import { parseModelSpec } from '../../src/models/model-spec.ts';
import { addProviders } from '../../src/models/providers/built-in-providers.ts';
import { readProviders } from '../../src/run/model-files.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call } from '../models/call.ts';

function read(text: string) {
  const providers = readProviders(text, 'providers.yaml');
  if (!providers.ok) throw new Error(providers.failure.message);
  return providers.value;
}

test("a server of a person's own is called by its name, with its key and its price", async () => {
  const server = await startProviderServer({
    key: 'own-0123456789',
    replies: [{ text: 'Hello', usage: { input: 100, output: 50 } }],
  });
  const text = `
office:
  title: The office's vLLM
  address: ${server.baseUrl}
  keyVariable: OFFICE_KEY
  price: {input: 1, output: 10}
`;
  addProviders(read(text));
  onTestFinished(() => addProviders([]));
  const spec = parseModelSpec('office:scripted');
  if (!spec.ok) throw new Error(spec.failure.message);
  const handle = createModel(spec.value, { environment: { OFFICE_KEY: 'own-0123456789' } });
  if (!handle.ok) throw new Error(handle.failure.message);
  const { finished } = await call(handle.value);
  expect(finished).toMatchObject({ text: 'Hello', record: { model: 'office:scripted', costUsd: 0.0006 } });
});

test.each([
  ['office:\n  adress: http://a.test/v1\n', /providers\.yaml:2.*adress.*did you mean "address"/],
  ['office:\n  address: http://a.test/v1\n  rate: 3\n', /providers\.yaml:3.*rate.*known: address, title/],
  [
    'office: http://a.test/v1\noffice: http://b.test/v1\n',
    /providers\.yaml:2.*"office" stands here a second/,
  ],
  [
    'office:\n  address: http://a.test/v1\n  keyVariable: sk-proj-0123456789abcdef\n',
    /^providers\.yaml:3: "office.keyVariable" must be the name of the environment variable that holds the key$/,
  ],
  ['office:\n  address: nowhere\n', /providers\.yaml:2.*not an address/],
  ['openai:\n  address: http://a.test/v1\n', /openai is the name of a provider/],
])('%j is refused with its line', (text, words) => {
  const providers = readProviders(text, 'providers.yaml');
  expect(providers.ok || providers.failure.message).toMatch(words);
});

test('an address alone describes a server', () => {
  expect(read('office: http://a.test/v1\n').map(({ name, title }) => [name, title])).toEqual([
    ['office', 'office'],
  ]);
});
