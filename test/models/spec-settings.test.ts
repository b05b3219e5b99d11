import { expect, test } from 'vitest';
import { createModel } from '../../src/models/create-models.ts';
import { parseModelSpec, parseTimeouts, specOfRecord, specText } from '../../src/models/model-spec.ts';
import { readRoles } from '../../src/run/model-files.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, modelAt } from './call.ts';

const full =
  'openai:some/model@http://host.test:8000/v1#key=HOST_KEY,effort=low,temperature=0.2,timeout=600/120/1800';

test('a spec may hold the address of its server, its key variable and settings, and is written as it was read', () => {
  const spec = parseModelSpec(full);
  expect(spec).toEqual({
    ok: true,
    value: {
      provider: 'openai',
      name: 'some/model',
      baseUrl: 'http://host.test:8000/v1',
      keyVariable: 'HOST_KEY',
      effort: 'low',
      temperature: 0.2,
      timeout: { first: 600, silence: 120, whole: 1800 },
    },
  });
  expect(spec.ok && specText(spec.value)).toBe(full);
});

test('the same settings by name make the same spec', () => {
  expect(
    specOfRecord({
      model: 'openai:some/model',
      baseUrl: 'http://host.test:8000/v1',
      keyVariable: 'HOST_KEY',
      effort: 'low',
      temperature: 0.2,
      timeout: { first: 600, silence: 120, whole: 1800 },
    }),
  ).toBe(full);
});

test.each([
  ['openai:@cf/meta/llama', '@cf/meta/llama'],
  ['openai:gemini@001', 'gemini@001'],
])('an @ that begins no address belongs to the name: %s', (text, name) => {
  expect(parseModelSpec(text)).toMatchObject({ value: { name } });
});

test.each(['openai:x#speed=9', 'openai:x#temperature=3', 'openai:x#key=a b', 'openai:x#timeout=0'])(
  '%s has no such setting, and the message tells which there are',
  (text) => {
    const spec = parseModelSpec(text);
    expect(spec.ok || spec.failure.message).toMatch(/names no model/);
  },
);

test.each([
  ['600', { first: 600 }],
  ['/30', { silence: 30 }],
  ['600/120/1800', { first: 600, silence: 120, whole: 1800 }],
  ['', null],
  ['a', null],
  ['1/2/3/4', null],
  ['-1', null],
])('a timeout of "%s" is read as %j', (text, timeouts) => {
  expect(parseTimeouts(text)).toEqual(timeouts);
});

test('a model is called at its own address with its own key, effort and temperature', async () => {
  const server = await startProviderServer({ replies: ['Hello'], key: 'own-0123456789' });
  const spec = `openai:scripted@${server.baseUrl}#key=HOST_KEY,effort=low,temperature=0.2`;
  const environment = { OPENAI_API_KEY: 'sk-another', HOST_KEY: 'own-0123456789' };
  const handle = modelAt(spec, { environment });
  const { finished } = await call(handle, { request: { temperature: 1 } });
  expect(finished?.record.model).toBe(spec);
  expect(server.requests[0]?.body).toMatchObject({
    model: 'scripted',
    reasoning_effort: 'low',
    temperature: 0.2,
  });
});

test('the key that a spec names is asked for by its own variable', () => {
  const spec = parseModelSpec('groq:x#key=MY_KEY');
  if (!spec.ok) throw new Error(spec.failure.message);
  const handle = createModel(spec.value, { environment: { GROQ_API_KEY: 'gsk_12345678' } });
  expect(handle.ok || handle.failure.message).toContain('Set MY_KEY');
});

test('a server that is no known cloud gets ten minutes to its first word; timeouts of all and of one model go before', () => {
  const policyOf = (spec: string, timeout?: { first: number }) =>
    modelAt(spec, { environment: { OPENAI_API_KEY: 'sk-12345678' }, ...(timeout ? { timeout } : {}) }).policy;
  expect(policyOf('openai:x@http://localhost:1/v1')).toMatchObject({ firstTokenMs: 600_000 });
  expect(policyOf('openai:gpt-6-luna')?.firstTokenMs).toBeUndefined();
  expect(policyOf('openai:gpt-6-luna', { first: 5 })).toMatchObject({ firstTokenMs: 5_000 });
  expect(policyOf('openai:gpt-6-luna#timeout=7/8/9', { first: 5 })).toMatchObject({
    firstTokenMs: 7_000,
    idleMs: 8_000,
    totalMs: 9_000,
  });
});

test('a roles file gives models with their settings to everyone and to single roles', () => {
  const file = `
everyone: openai:gpt-6-luna
judge:
  model: openai:big
  baseUrl: http://host.test/v1
  effort: high
`;
  expect(readRoles(file, 'roles.yaml')).toEqual({
    ok: true,
    value: {
      everyone: 'openai:gpt-6-luna',
      byRole: { judge: 'openai:big@http://host.test/v1#effort=high' },
    },
  });
});

test('a fault of a roles file is told with its line and a near match', () => {
  const read = readRoles('judge:\n  model: openai:big\n  efort: high\n', 'roles.yaml');
  expect(read.ok || read.failure.message).toBe(
    'roles.yaml:3: "judge.efort" is no setting of a model; did you mean "effort"?',
  );
});
