import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { isPassingTrouble } from '../../../src/batch/workers/persistence.ts';
import { createPool } from '../../../src/journal/postgres/create-pool.ts';

/** A message of the server: its letter, its length, its words. */
function message(letter: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, body]);
}

const accepted = message('R', Buffer.alloc(4));
const ready = message('Z', Buffer.from('I'));
const shuttingDown = message(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'),
);

test('a connection that the server takes and ends in the same breath fails its query, not the process', async () => {
  const uncaught: unknown[] = [];
  const hear = (error: unknown) => void uncaught.push(error);
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', hear);
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.concat([accepted, ready, shuttingDown])));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pool = await createPool(`postgres://somebody@127.0.0.1:${port}/debates`, { max: 1 });
  try {
    const error: unknown = await pool.query('select 1').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(isPassingTrouble(error)).toBe(true);
    expect(uncaught).toEqual([]);
  } finally {
    await pool.end();
    server.close();
    process.removeAllListeners('uncaughtException');
    for (const other of others) process.on('uncaughtException', other);
  }
});
