import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A data set as the hub of a test has it. */
interface Stored {
  private: boolean;
  head: number;
  files: Map<string, Buffer>;
  large: Set<string>;
  messages: string[];
}

/** A hub on loopback that speaks as much of the Hugging Face Hub's API as a push needs, strictly. */
export async function fakeHub({ token = 'hf_test-token-of-nobody', partBytes = 0, lfsFrom = 20_000 } = {}) {
  const repos = new Map<string, Stored>();
  const objects = new Map<string, Buffer>();
  const parts = new Map<string, Buffer[]>();
  const requests: { method: string; path: string; authorization: string | undefined }[] = [];
  /** Answers to give in the place of the next ones to paths that match. */
  const troubles: { path: RegExp; status: number; times: number; headers?: Record<string, string> }[] = [];

  const gitOid = (content: Buffer) =>
    createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
  const headOf = ({ head }: Stored) => String(head).padStart(40, '0');

  function answer(
    method: string,
    url: URL,
    body: Buffer,
  ): { status: number; body?: unknown; headers?: Record<string, string> } {
    const json = () => JSON.parse(body.toString('utf8'));
    const origin = url.origin;
    if (url.pathname === '/api/whoami-v2') return { status: 200, body: { name: 'ann', type: 'user' } };
    if (url.pathname === '/api/repos/create') {
      const { name, organization, type, visibility } = json();
      const id = `${organization}/${name}`;
      if (type !== 'dataset' || !['private', 'public'].includes(visibility)) return { status: 400 };
      if (repos.has(id)) return { status: 409, body: { error: 'You already created this dataset repo' } };
      const files = new Map([['.gitattributes', Buffer.from('*.parquet filter=lfs\n')]]);
      repos.set(id, { private: visibility === 'private', head: 1, files, large: new Set(), messages: [] });
      return { status: 200, body: { url: `${origin}/datasets/${id}` } };
    }
    const [, id = '', what = '', rest = ''] =
      /^\/(?:api\/)?datasets\/([^/]+\/[^/]+?)(?:\.git\/info\/(lfs)|\/(?:revision|tree|preupload|commit))\/(.*)$/.exec(
        url.pathname,
      ) ?? [];
    const call = what || (/^\/api\/datasets\/[^/]+\/[^/]+\/(\w+)\//.exec(url.pathname)?.[1] ?? '');
    const repo = repos.get(id);
    if (url.pathname.startsWith('/storage/')) return storage(method, url, body);
    if (!repo) return { status: 404, body: { error: 'Repository not found' } };
    if (call === 'revision') return { status: 200, body: { id, sha: headOf(repo), private: repo.private } };
    if (call === 'tree') {
      const all = [...repo.files].map(([path, content]) => ({
        ...{ type: 'file', path, size: content.length, oid: gitOid(content) },
        ...(repo.large.has(path) ? { lfs: { oid: sha256(content), size: content.length } } : {}),
      }));
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const next =
        from + 3 < all.length
          ? { link: `<${origin}${url.pathname}?recursive=true&cursor=${from + 3}>; rel="next"` }
          : {};
      return { status: 200, body: all.slice(from, from + 3), headers: next };
    }
    if (call === 'preupload') {
      const files = json().files.map(
        ({ path, size, sample }: { path: string; size: number; sample: string }) => {
          if (Buffer.from(sample, 'base64').length !== Math.min(512, size))
            throw new Error('a sample of another length');
          return { path, uploadMode: size >= lfsFrom ? 'lfs' : 'regular', shouldIgnore: false };
        },
      );
      return { status: 200, body: { files } };
    }
    if (call === 'lfs' && rest === 'objects/batch') {
      const { operation, transfers, objects: asked } = json();
      if (operation !== 'upload' || !transfers.includes('basic')) return { status: 400 };
      const offered = asked.map(({ oid, size }: { oid: string; size: number }) => {
        if (objects.has(oid)) return { oid, size };
        const href = `${origin}/storage/${oid}`;
        const count = partBytes > 0 ? Math.ceil(size / partBytes) : 0;
        const header =
          count > 1
            ? {
                chunk_size: String(partBytes),
                ...Object.fromEntries(
                  Array.from({ length: count }, (_, place) => [
                    String(place + 1).padStart(5, '0'),
                    `${href}?part=${place + 1}`,
                  ]),
                ),
              }
            : undefined;
        return {
          oid,
          size,
          actions: { upload: { href, header }, verify: { href: `${origin}/storage/verify/${oid}` } },
        };
      });
      return { status: 200, body: { transfer: 'basic', objects: offered } };
    }
    if (call !== 'commit') return { status: 404 };
    const lines = body
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [{ key, value: header }] = lines;
    if (key !== 'header' || !header.summary) return { status: 400, body: { error: 'no header' } };
    if (header.parentCommit !== headOf(repo))
      return { status: 412, body: { error: 'A commit has happened since' } };
    for (const { key, value } of lines.slice(1)) {
      if (key === 'file') repo.files.set(value.path, Buffer.from(value.content, 'base64'));
      if (key === 'deletedFile' && !repo.files.delete(value.path)) return { status: 400 };
      if (key !== 'lfsFile') continue;
      const content = objects.get(value.oid);
      if (!content || content.length !== value.size || value.algo !== 'sha256')
        return { status: 400, body: { error: 'no such object' } };
      repo.files.set(value.path, content);
      repo.large.add(value.path);
    }
    repo.head += 1;
    repo.messages.push(header.summary);
    return {
      status: 200,
      body: { commitOid: headOf(repo), commitUrl: `${origin}/datasets/${id}/commit/${headOf(repo)}` },
    };
  }

  function storage(method: string, url: URL, body: Buffer) {
    const oid = url.pathname.split('/').at(-1) ?? '';
    if (url.pathname.includes('/verify/')) return { status: objects.has(oid) ? 200 : 404 };
    const part = Number(url.searchParams.get('part'));
    if (part > 0) {
      const own = parts.get(oid) ?? [];
      own[part - 1] = body;
      parts.set(oid, own);
      return { status: 200, headers: { etag: `"${part}"` } };
    }
    const whole = method === 'PUT' ? body : Buffer.concat(parts.get(oid) ?? []);
    if (method === 'POST' && JSON.parse(body.toString()).parts.some(({ etag }: { etag: string }) => !etag))
      return { status: 400 };
    if (sha256(whole) !== oid) return { status: 400, body: { error: 'another content' } };
    objects.set(oid, whole);
    return { status: 200 };
  }

  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const { authorization } = request.headers;
    requests.push({ method: request.method ?? '', path: url.pathname, authorization });
    const trouble = troubles.find(({ path, times }) => times > 0 && path.test(url.pathname));
    if (trouble) {
      trouble.times -= 1;
      if (trouble.status === 0) {
        request.socket.destroy();
        return;
      }
      response
        .writeHead(trouble.status, trouble.headers)
        .end(JSON.stringify({ error: `trouble with ${authorization}` }));
      return;
    }
    const isStorage = url.pathname.startsWith('/storage/');
    const mayAsk = isStorage || authorization === `Bearer ${token}`;
    const { status, body, headers } = mayAsk
      ? answer(request.method ?? '', url, Buffer.concat(chunks))
      : { status: 401, body: { error: 'Invalid credentials' }, headers: {} };
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ endpoint: `http://127.0.0.1:${port}`, token, repos, objects, requests, troubles },
    close: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
