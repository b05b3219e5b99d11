import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure, type Outcome, success } from '../debate/outcome.ts';

export interface LoopbackServer {
  /** Such as `http://127.0.0.1:8765`. */
  address: string;
  /** Ends every answer under way. */
  close(): Promise<void>;
}

/**
 * Listens on the loopback interface alone; port 0 takes a free one. A request that names another host is refused: a page
 * elsewhere, whose name was made to lead here, must not be able to ask.
 */
export async function listenOnLoopback(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Outcome<LoopbackServer, 'port-taken'>> {
  const server = createServer((request, response) => {
    const { port: bound } = server.address() as AddressInfo;
    const hosts = [
      `127.0.0.1:${bound}`,
      `localhost:${bound}`,
      ...(bound === 80 ? ['127.0.0.1', 'localhost'] : []),
    ];
    if (hosts.includes(request.headers.host ?? '')) return answer(request, response);
    response
      .writeHead(421, { 'content-type': 'text/plain' })
      .end('This server answers to 127.0.0.1 alone.\n');
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return failure('port-taken', `Port ${port} cannot be listened on (${code}). Choose another.`);
  }
  return success({
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
