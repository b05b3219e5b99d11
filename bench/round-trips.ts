import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a Postgres server on which round trips are counted. */
export interface CountedWay {
  /** The address with this way in place of the server's own host and port. */
  address: string;
  /** Questions that a client has put so far, each of which it waits for. */
  roundTrips(): number;
  close(): void;
}

/** `address` is a postgres:// address with a port; without TLS, which would hide what is asked. */
export async function countedWay(address: string): Promise<CountedWay> {
  const url = new URL(address);
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer((client) => {
    const upstream = connect(Number(url.port), url.hostname);
    const counter = questionCounter(() => count++);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', counter);
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(address);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as { port: number }).port);
  return {
    address: through.href,
    roundTrips: () => count,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Reads what a client sends (PostgreSQL manual, "Message Formats"): Query and Sync each wait for an answer. */
function questionCounter(onQuestion: () => void): (bytes: Buffer) => void {
  let pending = Buffer.alloc(0);
  let hasStarted = false;
  return (bytes) => {
    pending = Buffer.concat([pending, bytes]);
    for (;;) {
      // The first message has no letter before its length.
      const head = hasStarted ? 1 : 0;
      if (pending.length < head + 4) return;
      const end = head + pending.readUInt32BE(head);
      if (pending.length < end) return;
      const letter = hasStarted ? String.fromCharCode(pending[0] ?? 0) : '';
      if (letter === 'Q' || letter === 'S') onQuestion();
      hasStarted = true;
      pending = pending.subarray(end);
    }
  };
}
