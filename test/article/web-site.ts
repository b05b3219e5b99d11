import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type ReadArticleOptions, readArticle } from '../../src/article/read-article.ts';

export type Page = (request: IncomingMessage, response: ServerResponse) => void;

/** A loopback server that stands for the public web: every name leads to it, unless `addresses` says otherwise. */
export async function webSite(
  pages: Record<string, Page>,
  addresses: Record<string, string | string[]> = {},
) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.headers.host?.split(':')[0]}${request.url}`);
    const page = pages[new URL(request.url ?? '/', 'http://any').pathname];
    if (page) page(request, response);
    else response.writeHead(404).end('no such page');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const lookups: string[] = [];
  const lookup = async (hostname: string) => {
    lookups.push(hostname);
    if (hostname.endsWith('.nowhere')) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    return [addresses[hostname] ?? '127.0.0.1']
      .flat()
      .map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  const at = (host: string, path: string) => `http://${host}:${port}${path}`;
  const read = (url: string, options: Partial<ReadArticleOptions> = {}) =>
    readArticle({
      source: { type: 'url', url: url.startsWith('/') ? at('news.example', url) : url },
      lookup,
      isAllowed: (address) => address === '127.0.0.1',
      ...options,
    });
  return { at, read, requests, lookups, port };
}

export function sends(
  body: string | Buffer,
  contentType = 'text/html; charset=utf-8',
  headers: Record<string, string> = {},
): Page {
  return (_request, response) =>
    response.writeHead(200, { 'content-type': contentType, ...headers }).end(body);
}

export function redirects(location: string, status = 302): Page {
  return (_request, response) => response.writeHead(status, { location, connection: 'close' }).end();
}

export const sentence =
  'The council met on Tuesday, heard both sides, and put off its decision until the spring.';

export function paragraph(number: number): string {
  return `Paragraph ${number}. ${sentence} ${sentence} Number ${number} ends here.`;
}

/** A news page with all that surrounds an article on the web. */
export function newsPage(changes: { head?: string; body?: string } = {}): string {
  const paragraphs = [1, 2, 3, 4].map((number) => `<p>${paragraph(number)}</p>`).join('\n');
  return `<!doctype html><html lang="en"><head>
<title>Council puts off the dam | The Valley Gazette</title>
<meta property="og:site_name" content="The Valley Gazette">
<meta name="author" content="Ann Archer">
<meta property="article:published_time" content="2026-03-04T05:06:07Z">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
${changes.head ?? ''}</head><body>
<header><nav><a href="/">Home</a> <a href="/sport">Sport news of the day</a></nav></header>
<div id="cookie-banner" class="banner"><p>We value your privacy, and use cookies, trackers, and partners to make this page better.</p><button>Accept all</button></div>
<script>var secret = "script words";</script><style>.x { color: red }</style>
<main><article><h1>Council puts off the dam</h1>
${changes.body ?? paragraphs}
</article></main>
<aside><p>Most read: ten dams you must see before they are gone, number three will surprise you.</p></aside>
<footer><p>Copyright of the Valley Gazette, all rights reserved, imprint and contact.</p></footer>
</body></html>`;
}
