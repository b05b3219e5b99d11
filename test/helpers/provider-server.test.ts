import { expect, test } from 'vitest';
import { startProviderServer } from './provider-server.ts';

async function post(address: string): Promise<number> {
  const body = JSON.stringify({ model: 'scripted', messages: [{ role: 'user', content: 'Hello' }] });
  return (await fetch(`${address}/chat/completions`, { method: 'POST', body })).status;
}

test('a call too many is refused, and told', async () => {
  const server = await startProviderServer({ replies: ['one'] });
  expect(await post(server.baseUrl)).toBe(200);
  expect(await post(server.baseUrl)).toBe(418);
  expect(server.faults()).toEqual(['call 2 (openai, scripted) was not expected']);
  server.forgive();
});

test('a reply that nobody asked for is told', async () => {
  const server = await startProviderServer({ replies: ['one', 'two'] });
  await post(server.baseUrl);
  expect(server.faults()).toEqual(['no call came for the reply "two"']);
  server.forgive();
});
