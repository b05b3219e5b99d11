import { connect, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { postgresForFile } from '../../helpers/postgres.ts';
import { bodies, created, eventsOf, opened, question, stored } from '../store-suite.ts';
import { openedStore, preparedDatabase } from './open-stores.ts';

const postgres = postgresForFile();

/** A way to the server that can lose an answer: what was asked arrives, and then the connection is gone. */
async function fragileWay(): Promise<{ port: number; loseNextAnswer(to: RegExp): void; lost(): number }> {
  let wanted: RegExp | null = null;
  let lost = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(postgres().port, '127.0.0.1');
    let isLosing = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (bytes) => {
      if (wanted?.test(bytes.toString('latin1'))) {
        wanted = null;
        isLosing = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (!isLosing) return void client.write(bytes);
      // Idle again: the server has committed, and its answer gets no further than here.
      if (!bytes.includes('Z\u0000\u0000\u0000\u0005I', 0, 'latin1')) return;
      lost++;
      client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return { port: address.port, loseNextAnswer: (to) => (wanted = to), lost: () => lost };
}

it('stores an event once when the server could not say that it had', async () => {
  const address = await preparedDatabase(postgres());
  const way = await fragileWay();
  const store = openedStore(address.replace(`:${postgres().port}/`, `:${way.port}/`));
  const journal = await created(store, 'once');
  const events = [await journal.append(bodies()[0]!)];
  way.loseNextAnswer(/insert into parley\.events/);
  events.push(await journal.append(question('Did you get that?')));
  events.push(await journal.append(question('And that?')));
  await journal.close();
  expect(way.lost()).toBe(1);
  expect(await eventsOf(openedStore(address), 'once')).toEqual(events);
});

it.each([
  ['making', /insert into parley\.debates/],
  ['opening', /set lease_token = \$2/],
])('does not lock itself out when the answer to %s a debate is lost', async (_, statement) => {
  const address = await preparedDatabase(postgres());
  const way = await fragileWay();
  const store = openedStore(address.replace(`:${postgres().port}/`, `:${way.port}/`));
  await stored(store, 'other');
  way.loseNextAnswer(statement);
  const journal = await created(store, 'mine');
  await journal.close();
  const again = await opened(store, 'mine');
  await again.close();
  expect(way.lost()).toBe(1);
});

it.each(['stop', 'kill'] as const)('waits while the server restarts (%s), and loses nothing', async (how) => {
  const address = await preparedDatabase(postgres());
  const store = openedStore(address);
  const journal = await created(store, 'patient');
  const events = [await journal.append(bodies()[0]!)];
  await postgres().stop(how);
  const appending = [question('Anyone?'), question('Hello?')].map((body) => journal.append(body));
  const reading = store.read('patient');
  await postgres().start();
  events.push(...(await Promise.all(appending)));
  expect((await reading).ok).toBe(true);
  await journal.close();
  expect(await eventsOf(store, 'patient')).toEqual(events);
});

it('gives up on a server that stays away, and says what is saved', async () => {
  const address = await preparedDatabase(postgres());
  const store = openedStore(address, { patienceMs: 200 });
  const journal = await created(store, 'given-up');
  await journal.append(bodies()[0]!);
  await postgres().stop('kill');
  try {
    await expect(journal.append(question('Anyone?'))).rejects.toMatchObject({
      name: 'JournalError',
      reason: 'not-writable',
      message: expect.stringMatching(
        /^given-up could not be written: .*cannot be reached.*Every event before/,
      ),
    });
    await expect(journal.append(question('Now?'))).rejects.toMatchObject({ reason: 'not-writable' });
    expect(await store.read('given-up')).toMatchObject({ ok: false, failure: { reason: 'unreachable' } });
  } finally {
    await postgres().start();
  }
  const event = await eventsOf(openedStore(address), 'given-up');
  expect(event).toHaveLength(1);
});
