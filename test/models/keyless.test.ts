import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, modelAt, openaiAt } from './call.ts';

const keyless = (baseUrl: string) => modelAt('openai:scripted', { environment: {}, baseUrl });

test('a compatible server is sent no key where there is none, whether the reply is text or JSON', async () => {
  const server = await startProviderServer({ replies: ['Hello.', '{"wish":3}'] });
  const handle = keyless(server.baseUrl);
  expect((await call(handle)).finished?.text).toBe('Hello.');
  const reply = { name: 'bid', schema: { type: 'object' } };
  expect((await call(handle, { request: { reply } })).finished?.text).toBe('{"wish":3}');
  for (const { headers } of server.requests) {
    expect(headers).not.toHaveProperty('authorization');
    expect(headers['user-agent']).toContain('langchainjs');
  }
});

test('a compatible server is sent the key where there is one', async () => {
  const server = await startProviderServer({ replies: ['Hello.'], key: 'sk-own-server' });
  await call(openaiAt(server, 'sk-own-server'));
  expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-own-server');
});

test("a compatible server is told of no account at OpenAI's", async () => {
  vi.stubEnv('OPENAI_ORG_ID', 'org-of-mine');
  vi.stubEnv('OPENAI_ORGANIZATION', 'org-of-mine');
  vi.stubEnv('OPENAI_PROJECT_ID', 'proj-of-mine');
  onTestFinished(() => void vi.unstubAllEnvs());
  const server = await startProviderServer({ replies: ['Hello.'] });
  await call(openaiAt(server, 'sk-own-server'));
  const { baseUrl, seen } = await recordingServer();
  const handle = modelAt('openai:scripted', { environment: {}, baseUrl });
  await (await handle.jobs?.service())?.look('batch-1', new AbortController().signal);
  expect(server.requests).toHaveLength(1);
  expect(JSON.stringify([server.requests[0]?.headers, seen])).not.toContain('of-mine');
});

test.each([
  ['', undefined],
  ['sk-own-server', 'Bearer sk-own-server'],
])('jobs of a server whose key is "%s" are looked at with the header %s', async (key, authorization) => {
  const { baseUrl, seen } = await recordingServer();
  const handle = modelAt('openai:scripted', { environment: { OPENAI_API_KEY: key }, baseUrl });
  const service = await handle.jobs?.service();
  await service?.look('batch-1', new AbortController().signal);
  expect(seen.map((headers) => headers.authorization)).toEqual([authorization]);
});

/** Answers everything as a job that is done, and keeps the headers of what it was asked. */
async function recordingServer() {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer(({ headers }, response) => {
    seen.push(headers);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: 'batch-1', status: 'completed' }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen };
}
