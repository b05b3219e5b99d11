import { expect, test } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, openaiAt } from './call.ts';

test('three calls to a server with one slot are answered one after the other, though the last waits longer than its first word may take', async () => {
  let busy: Promise<unknown> = Promise.resolve();
  const server = await startProviderServer({
    answer: async () => {
      const before = busy;
      let free = () => {};
      busy = new Promise<void>((resolve) => {
        free = resolve;
      });
      await before;
      // Ten words, 60 ms apart: 600 ms a reply.
      setTimeout(free, 620);
      return { text: 'one two three four five six seven eight nine ten', chunkEveryMs: 60 };
    },
  });
  const handle = openaiAt(server);
  const policy = { firstTokenMs: 900, idleMs: 500, attempts: 1 };
  const calls = await Promise.all([1, 2, 3].map(() => call(handle, { policy })));
  expect(calls.map(({ finished, failed }) => failed?.message ?? finished?.ending)).toEqual(
    Array(3).fill('complete'),
  );
});

test('a server that answers nobody is given up all the same', async () => {
  const server = await startProviderServer({ replies: [{ silent: true }, { silent: true }] });
  const policy = { firstTokenMs: 200, attempts: 1 };
  const calls = await Promise.all([1, 2].map(() => call(openaiAt(server), { policy })));
  expect(calls.map(({ failed }) => failed?.reason)).toEqual(Array(2).fill('first-token-timeout'));
});
