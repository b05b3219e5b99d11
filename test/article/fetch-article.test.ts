import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readArticle } from '../../src/article/read-article.ts';
import { newsPage, paragraph, redirects, sends, webSite } from './web-site.ts';

describe('a page on the web', () => {
  it('becomes an article with its title, author, site, address and date', async () => {
    const { read, at } = await webSite({ '/dam': sends(newsPage()) });
    const outcome = await read('/dam');
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        title: 'Council puts off the dam',
        source: `Ann Archer, The Valley Gazette, ${at('news.example', '/dam')}`,
        date: '2026-03-04',
        licence: 'https://creativecommons.org/licenses/by/4.0/',
      },
    });
    expect(outcome.ok && outcome.value.passages.map(({ text }) => text)).toEqual([1, 2, 3, 4].map(paragraph));
  });

  it('may be compressed', async () => {
    const { read } = await webSite({
      '/': sends(gzipSync(newsPage()), 'text/html', { 'content-encoding': 'gzip' }),
    });
    expect(await read('/')).toMatchObject({ ok: true, value: { title: 'Council puts off the dam' } });
  });

  it('may be plain text or Markdown', async () => {
    const text = `# A dam\n\n${paragraph(1)}\n\n${paragraph(2)}`;
    const { read } = await webSite({
      '/plain': sends(text, 'text/plain'),
      '/mark': sends(text, 'text/markdown'),
    });
    for (const path of ['/plain', '/mark']) {
      expect(await read(path)).toMatchObject({
        ok: true,
        value: { title: 'A dam', passages: [{ number: 1 }, { number: 2 }] },
      });
    }
  });

  it('is read in the encoding that its server names, whatever the page says', async () => {
    const page = newsPage({
      head: '<meta charset="utf-8">',
      body: `<p>Größe und Maß. ${paragraph(1)}</p><p>${paragraph(2)}</p>`,
    });
    const { read } = await webSite({
      '/': sends(Buffer.from(page, 'latin1'), 'text/html; charset=ISO-8859-1'),
    });
    const outcome = await read('/');
    expect(outcome.ok && outcome.value.passages[0]?.text).toContain('Größe und Maß.');
  });

  it('has no secret of its address in what is recorded', async () => {
    const { read } = await webSite({ '/dam': sends(newsPage()) });
    const outcome = await read(`/dam?id=7&access_token=hidden&utm_source=x&s=${'f'.repeat(64)}#part`);
    expect(outcome.ok && outcome.value.source).toMatch(/\/dam\?id=7$/);
  });
});

describe('a redirect', () => {
  it('is followed up to five times, to relative addresses too', async () => {
    const pages = {
      '/1': redirects('/2', 301),
      '/2': redirects('deep/3', 303),
      '/deep/3': redirects('../4', 307),
      '/4': redirects('5', 308),
      '/5': redirects('/6'),
      '/6': sends(newsPage()),
    };
    const { read, at } = await webSite(pages);
    const outcome = await read('/1');
    expect(outcome.ok && outcome.value.source).toContain(at('news.example', '/6'));
  });

  it('is given up after five', async () => {
    const { read, requests } = await webSite({ '/round': redirects('/round') });
    expect(await read('/round')).toMatchObject({ ok: false, failure: { reason: 'too-many-redirects' } });
    expect(requests).toHaveLength(6);
  });

  it.each([
    'http://10.0.0.5/admin',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]:8080/',
    'http://[::ffff:10.0.0.5]/',
    'http://167772165/',
    'http://inside.example/',
    'http://half-inside.example/',
  ])('from a public page to a private address is refused: %s', async (target) => {
    const addresses = { 'inside.example': '192.168.0.9', 'half-inside.example': ['127.0.0.1', 'fd00::9'] };
    const { read, requests } = await webSite({ '/': redirects(target) }, addresses);
    const outcome = await read('/');
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'private-address' } });
    expect(!outcome.ok && outcome.failure.message).toContain('private or local address');
    expect(requests).toEqual(['news.example/']);
  });

  it('to a name that answers publicly at first and privately later is refused on the later answer', async () => {
    const answers = ['127.0.0.1', '10.0.0.5'];
    const { read, requests } = await webSite({ '/': redirects('/again') });
    const outcome = await read('/', {
      lookup: async () => [{ address: answers.shift() ?? '10.0.0.5', family: 4 }],
    });
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'private-address' } });
    expect(requests).toEqual(['news.example/']);
  });

  it.each(['ftp://files.example/a', 'http://me:pw@news.example/', 'file:///etc/passwd'])(
    'to %s is refused',
    async (target) => {
      const { read } = await webSite({ '/': redirects(target) });
      const outcome = await read('/');
      expect(outcome).toMatchObject({ ok: false, failure: { reason: 'bad-address' } });
      expect(!outcome.ok && outcome.failure.message).toMatch(
        /^http:\/\/news\.example.*redirects elsewhere: /,
      );
    },
  );
});

describe('an address on the person’s own network', () => {
  it('is refused, by number or by name, without a connection', async () => {
    const { read, at, requests } = await webSite({ '/': sends(newsPage()) }, { 'wiki.office': '10.1.1.1' });
    const byNumber = await read(at('127.0.0.1', '/'), { isAllowed: () => false });
    const byName = await read(at('wiki.office', '/'));
    for (const outcome of [byNumber, byName]) {
      expect(outcome).toMatchObject({ ok: false, failure: { reason: 'private-address' } });
    }
    expect(!byName.ok && byName.failure.message).toContain('it leads to 10.1.1.1');
    expect(requests).toEqual([]);
  });

  it('is refused by what counts as public unless a test says otherwise', async () => {
    const { at, requests } = await webSite({ '/': sends(newsPage()) });
    for (const url of [at('127.0.0.1', '/'), at('localhost', '/'), at('[::1]', '/')]) {
      expect(await readArticle({ source: { type: 'url', url } })).toMatchObject({
        failure: { reason: 'private-address' },
      });
    }
    expect(requests).toEqual([]);
  });

  it('is read where that was allowed', async () => {
    const { read, at } = await webSite({ '/': sends(newsPage()) });
    expect(await read(at('127.0.0.1', '/'), { allowPrivate: true, isAllowed: () => false })).toMatchObject({
      ok: true,
    });
    expect(await read(at('localhost', '/'), { allowPrivate: true })).toMatchObject({ ok: true });
  });
});

describe('a server that gives no article', () => {
  it.each([
    [401, 'refused-by-server', 'login or a subscription'],
    [402, 'refused-by-server', 'login or a subscription'],
    [403, 'refused-by-server', 'refuses programs'],
    [404, 'not-found', 'does not exist'],
    [410, 'not-found', 'does not exist'],
    [429, 'refused-by-server', 'Try again in 30 seconds'],
    [451, 'refused-by-server', 'legal reasons'],
    [500, 'refused-by-server', 'is failing'],
    [503, 'refused-by-server', 'Try again later'],
    [302, 'refused-by-server', 'returned no article'],
  ])('is explained by its status %i', async (status, reason, words) => {
    const { read } = await webSite({
      '/': (_request, response) => response.writeHead(status, { 'retry-after': '30' }).end('no'),
    });
    const outcome = await read('/');
    expect(outcome).toMatchObject({ ok: false, failure: { reason } });
    expect(!outcome.ok && outcome.failure.message).toContain(words);
    expect(!outcome.ok && outcome.failure.message).toContain(String(status));
  });

  it.each(['image/png', 'application/json', 'video/mp4', 'text/css'])(
    'but %s is refused by its type',
    async (type) => {
      const { read } = await webSite({ '/': sends('words', type) });
      const outcome = await read('/');
      expect(outcome).toMatchObject({ ok: false, failure: { reason: 'binary' } });
      expect(!outcome.ok && outcome.failure.message).toContain(type);
    },
  );

  it('but a PDF is named, whatever the server calls it', async () => {
    const { read } = await webSite({
      '/a': sends('%PDF-1.7 …', 'application/pdf'),
      '/b': sends('%PDF-1.7 …', 'text/html'),
    });
    for (const path of ['/a', '/b']) {
      const outcome = await read(path);
      expect(!outcome.ok && outcome.failure.message).toContain('is a PDF that cannot be read as one');
    }
  });

  it('but a page drawn by scripts is said to be one', async () => {
    const { read } = await webSite({
      '/': sends('<!doctype html><html><body><div id="app"></div><script>draw()</script></body></html>'),
    });
    const outcome = await read('/');
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'empty' } });
    expect(!outcome.ok && outcome.failure.message).toMatch(
      /rendered by scripts.*login.*save the article’s text/,
    );
  });

  it('is not listened to beyond 2 MB', async () => {
    let sent = 0;
    const { read } = await webSite({
      '/': (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        const more = () => {
          while (!response.destroyed && sent < 500_000_000) {
            sent += 65_536;
            if (!response.write('x'.repeat(65_536))) return void response.once('drain', more);
          }
        };
        more();
      },
    });
    expect(await read('/')).toMatchObject({ ok: false, failure: { reason: 'too-large' } });
    expect(sent).toBeLessThan(60_000_000);
  });

  it('cannot fill the memory with a small file that unpacks to a huge one', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, 'a'));
    const { read } = await webSite({ '/': sends(bomb, 'text/html', { 'content-encoding': 'gzip' }) });
    const before = process.memoryUsage.rss();
    expect(await read('/')).toMatchObject({ ok: false, failure: { reason: 'too-large' } });
    expect(process.memoryUsage.rss() - before).toBeLessThan(80_000_000);
  });

  it.each<[string, (response: import('node:http').ServerResponse) => void]>([
    ['never answers', () => {}],
    [
      'stops in the middle',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).write('<p>Once'),
    ],
  ])('is given up when it %s', async (_name, answer) => {
    const { read } = await webSite({ '/': (_request, response) => answer(response) });
    const outcome = await read('/', { deadlineMs: 200 });
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'timeout' } });
    expect(!outcome.ok && outcome.failure.message).toContain('took longer than');
  });

  it.each<[string, string, import('./web-site.ts').Page]>([
    [
      'breaks off in the middle',
      'connection broke',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html', 'content-length': '5000' }).write('<p>Once');
        setImmediate(() => response.destroy());
      },
    ],
    ['closes at once', 'connection broke', (request) => void request.socket.destroy()],
    [
      'sends what is not what it says',
      'malformed',
      sends('not gzip at all', 'text/html', { 'content-encoding': 'gzip' }),
    ],
  ])('is reported when it %s', async (_name, words, page) => {
    const { read } = await webSite({ '/': page });
    const outcome = await read('/');
    expect(outcome).toMatchObject({ ok: false, failure: { reason: 'unreachable' } });
    expect(!outcome.ok && outcome.failure.message).toContain(words);
  });

  it('is reported when there is none', async () => {
    const { read, at } = await webSite({});
    const unknown = await read(at('host.nowhere', '/'));
    expect(!unknown.ok && unknown.failure).toMatchObject({ reason: 'unreachable' });
    expect(!unknown.ok && unknown.failure.message).toContain('there is no such host');
    const closed = await read(`http://news.example:${await unusedPort()}/`);
    expect(!closed.ok && closed.failure.message).toContain('the connection was refused');
    const odd = await read('http://news.example:22/');
    expect(!odd.ok && odd.failure.message).toContain('that port is blocked for web addresses');
    const insecure = await read(at('news.example', '/').replace('http:', 'https:'));
    expect(!insecure.ok && insecure.failure.message).toContain('it does not speak https there');
  });
});

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
