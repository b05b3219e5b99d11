import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { newsPage, redirects, sends, webSite } from './web-site.ts';

/** A proxy that connects to loopback whatever the name, and notes what it was asked for. */
async function startProxy(refusal?: number) {
  const seen: string[] = [];
  const server = createServer((incoming, response) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    if (refusal !== undefined) return void response.writeHead(refusal).end();
    const { port, pathname } = new URL(incoming.url ?? '');
    const onward = httpRequest(
      { host: '127.0.0.1', port, path: pathname, headers: incoming.headers },
      (reply) => {
        response.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(response);
      },
    );
    onward.end();
  });
  server.on('connect', (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url}`);
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    const onward = connect(Number(incoming.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { seen, address, variables: { HTTP_PROXY: address, HTTPS_PROXY: address } };
}

test('an article over http is asked of the proxy with its whole address', async () => {
  const { read, at, requests } = await webSite({ '/dam': sends(newsPage()) });
  const { seen, variables } = await startProxy();
  expect(await read('/dam', { variables })).toMatchObject({
    ok: true,
    value: { title: 'Council puts off the dam' },
  });
  expect(seen).toEqual([`GET ${at('news.example', '/dam')}`]);
  expect(requests).toEqual(['news.example/dam']);
});

test('an article over https is fetched through a tunnel', async () => {
  const { read, port } = await webSite({});
  const { seen, variables } = await startProxy();
  const fetched = await read(`https://news.example:${port}/dam`, { variables });
  expect(seen).toEqual([`CONNECT news.example:${port}`]);
  // The site here speaks no TLS; what says so has come through the tunnel.
  expect(fetched).toMatchObject({ ok: false, failure: { reason: 'unreachable' } });
});

test('what NO_PROXY excepts is fetched without the proxy', async () => {
  const { read } = await webSite({ '/dam': sends(newsPage()) });
  const { seen, variables } = await startProxy();
  expect(await read('/dam', { variables: { ...variables, NO_PROXY: '.example' } })).toMatchObject({
    ok: true,
  });
  expect(seen).toEqual([]);
});

test.each([
  ['a private address', 'http://10.0.0.1/'],
  ['the metadata of a cloud', 'http://169.254.169.254/latest/meta-data'],
  ['a private address behind a public name', 'http://inner.example/'],
  ['a private address among public ones', 'http://mixed.example/'],
  ['a private address over https', 'https://inner.example/'],
  ['a name of one word that only the proxy might know', 'http://wiki/'],
  ['a name of a network of one’s own', 'http://wiki.corp/'],
])('%s is not asked of the proxy either', async (_what, url) => {
  const addresses = { 'inner.example': '192.168.1.7', 'mixed.example': ['93.184.216.34', '10.1.2.3'] };
  const { seen, variables } = await startProxy();
  const { read } = await webSite({}, addresses);
  const lookup = async (hostname: string) => {
    const found = addresses[hostname as keyof typeof addresses];
    if (!found) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    return [found].flat().map((address) => ({ address, family: 4 }));
  };
  const isAllowed = (address: string) => address === '93.184.216.34';
  const fetched = await read(url, { variables, lookup, isAllowed });
  expect(fetched).toMatchObject({ ok: false, failure: { reason: 'private-address' } });
  expect(seen).toEqual([]);
});

test('a page that redirects to a private address is not followed through the proxy', async () => {
  const { read } = await webSite(
    { '/away': redirects('http://inner.example/secret') },
    { 'inner.example': '192.168.1.7' },
  );
  const { seen, variables } = await startProxy();
  expect(await read('/away', { variables })).toMatchObject({
    ok: false,
    failure: { reason: 'private-address' },
  });
  expect(seen).toHaveLength(1);
});

test('a public name that only the proxy can look up is fetched', async () => {
  const { read, port } = await webSite({ '/dam': sends(newsPage()) });
  const { seen, variables } = await startProxy();
  const url = `http://www.gazette.nowhere:${port}/dam`;
  expect(await read(url, { variables, isAllowed: () => false })).toMatchObject({ ok: true });
  expect(seen).toEqual([`GET ${url}`]);
});

test.each([
  ['http://news.example/dam', 407, 'wants a login (status 407)'],
  ['https://news.example/dam', 403, 'refuses to connect (status 403)'],
])('of %s a proxy that answers %i is named as the one that refused', async (url, status, words) => {
  const { read } = await webSite({});
  const { variables } = await startProxy(status);
  const fetched = await read(url, { variables });
  expect(fetched.ok || fetched.failure.message).toContain(words);
  expect(fetched.ok || fetched.failure.message).toContain('HTTPS_PROXY');
});

test('a proxy that cannot be reached is named, without its password', async () => {
  const { read } = await webSite({});
  const { address } = await startProxy();
  const gone = address.replace(/\d+$/, '1').replace('http://', 'http://me:secret@');
  const fetched = await read('/dam', { variables: { HTTP_PROXY: gone } });
  expect(fetched.ok || fetched.failure.message).toContain(
    'through the proxy 127.0.0.1:1: the connection was refused',
  );
  expect(JSON.stringify(fetched)).not.toContain('secret');
});
