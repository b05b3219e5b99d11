import type { IncomingMessage } from 'node:http';
import { urlToHttpOptions } from 'node:url';
import { remembering } from '../../text/memo.ts';
import { proxyFor } from '../../text/proxy-address.ts';
import type { HeaderListener } from '../types.ts';
import { unpacked } from './unpacked.ts';

/** How long a server may take to close a reply after the reader has all it wants, before the connection is given up. */
const lingerMs = 1_000;
/** How soon a closed connection shows. */
const staleMs = 1_000;
/** Bytes of a reply that is read as a whole, such as a refusal or a list of models. */
const mostTextBytes = 16_000_000;

/**
 * A fetch over node's own http for the one thing that model libraries ask of it: post a text, read a stream. It takes
 * less time per call than the built-in one, keeps the connection when a reader stops at the end mark, and does not
 * give up after five minutes without headers, which loading a local model or a long thought can take; the call
 * policy keeps the deadlines. Follows no redirects.
 */
export const streamingFetch: typeof fetch = (input, init = {}) => sent(input, init, true);

/** `mayBeStale`: a connection that was kept may just have been closed by its server, and is then replaced by a new one. */
function sent(...[input, init = {}, mayBeStale]: [...Parameters<typeof fetch>, boolean]): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { signal, body } = init;
    if (signal?.aborted) return reject(signal.reason);
    if (body != null && typeof body !== 'string') return reject(new TypeError('only text can be sent'));
    const { scheme, href, own, to } = placeOf(input instanceof Request ? input.url : String(input));
    const bytes = Buffer.from(body ?? '');
    const headers = headerList(own, init.headers, bytes.length);
    // No agent of our own: node's global ones keep connections alive and know of proxies.
    const start = requestBy(scheme);
    const startedAt = performance.now();
    const onAbort = () => {
      reject(signal?.reason);
      // Without an error of its own: the connection may just have been handed back, with nobody there to hear one.
      request.destroy();
    };
    const release = () => signal?.removeEventListener('abort', onAbort);
    const request = start({ ...to, method: init.method ?? 'GET', headers }, (incoming) => {
      incoming.once('close', release);
      // The reader of the body gets its errors; once nothing reads it, they do not matter.
      incoming.on('error', () => {});
      resolve(new StreamedResponse(incoming, href, release) as unknown as Response);
    });
    request.on('error', (error) => {
      release();
      // It never reached anybody: a server that had begun with it would not have hung up at once, without a word.
      const isStale = mayBeStale && request.reusedSocket && performance.now() - startedAt < staleMs;
      if (isStale && !signal?.aborted) sent(input, init, false).then(resolve, reject);
      else reject(error);
    });
    signal?.addEventListener('abort', onAbort, { once: true });
    request.end(bytes);
  });
}

/** Loaded with the first call: these modules bring all of node's own fetch along, which a start can do without for 40 ms. */
function requestBy(scheme: 'node:http' | 'node:https') {
  return process.getBuiltinModule(scheme).request;
}

/** Where a request goes, in node's words; a process asks few addresses, each many times. */
const placeOf = remembering(64, (address: string) => {
  const url = new URL(address);
  const { protocol, hostname, port, path, auth } = urlToHttpOptions(url);
  const scheme = protocol === 'https:' ? ('node:https' as const) : ('node:http' as const);
  const credentials = auth ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {};
  return {
    scheme,
    href: url.href,
    own: { ...credentials, host: url.host },
    to: { protocol, hostname, port, path },
  };
});

/** Names and values in turn, which node writes as they are; a list costs it a third of what one header after the other does. */
function headerList(own: Record<string, string>, given: RequestInit['headers'], length: number): string[] {
  const isPlain = given !== undefined && Object.getPrototypeOf(given) === Object.prototype;
  const headers = isPlain ? (given as Record<string, string>) : Object.fromEntries(new Headers(given));
  return Object.entries({ ...own, ...headers, 'content-length': String(length) }).flat();
}

/**
 * A response whose body is node's own stream, as far as model libraries look at one: turning it into a web stream, or making
 * objects that nobody looks at, would cost more than all the rest.
 */
class StreamedResponse {
  readonly status: number;
  readonly statusText: string;
  readonly ok: boolean;
  readonly url: string;
  readonly redirected = false;
  readonly type = 'default';
  readonly body: AsyncIterable<Uint8Array>;
  bodyUsed = false;
  readonly #incoming: IncomingMessage;
  #headers: Headers | null = null;

  constructor(incoming: IncomingMessage, url: string, release: () => void) {
    this.#incoming = incoming;
    this.status = incoming.statusCode ?? 500;
    this.statusText = incoming.statusMessage ?? '';
    this.ok = this.status >= 200 && this.status < 300;
    this.url = url;
    this.body = {
      [Symbol.asyncIterator]: () => {
        this.bodyUsed = true;
        const isSaid = incoming.headers['content-encoding'] !== undefined;
        return unpacked(bytesOf(incoming, release), isSaid);
      },
    };
  }

  get headers(): Headers {
    this.#headers ??= new Headers(
      Object.entries(this.#incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return this.#headers;
  }

  async text(): Promise<string> {
    this.bodyUsed = true;
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of this.body) {
      parts.push(Buffer.from(part));
      length += part.length;
      if (length > mostTextBytes) break;
    }
    return Buffer.concat(parts).toString('utf8');
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}

/**
 * The bytes of a reply, all that has come at a time; node's own iterator takes several times as long. A reader who leaves
 * without an abort has seen the end mark: then the rest, which is a few bytes at most, is read away, so that the connection
 * can serve the next call.
 */
function bytesOf(incoming: IncomingMessage, release: () => void): AsyncIterator<Buffer> {
  let wake: (() => void) | null = null;
  let failure: { error: unknown } | null = null;
  let isOver = incoming.readableEnded;
  const awake = () => {
    wake?.();
    wake = null;
  };
  const over = (error?: unknown) => {
    if (error !== undefined) failure ??= { error };
    isOver = true;
    awake();
  };
  incoming.on('readable', awake);
  incoming.once('end', () => over());
  incoming.once('error', over);
  incoming.once('close', () => over(incoming.readableEnded ? undefined : new Error('premature close')));
  return {
    async next() {
      for (;;) {
        const bytes = incoming.read() as Buffer | null;
        if (bytes !== null) return { done: false, value: bytes };
        if (failure !== null) throw (failure as { error: unknown }).error;
        if (isOver) return { done: true, value: undefined };
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async return() {
      release();
      // One that is over has given its connection back.
      if (!incoming.complete) incoming.setTimeout(lingerMs, () => incoming.destroy());
      incoming.off('readable', awake);
      incoming.resume();
      return { done: true, value: undefined };
    },
  };
}

interface LimitWatch {
  fetch: typeof fetch;
  watch(listener: HeaderListener): void;
}

/** The same fetch, that lets others look at the headers of what comes: providers state there how much more they take. */
export function createLimitWatch(over: typeof fetch): LimitWatch {
  const listeners = new Set<HeaderListener>();
  return {
    fetch: async (...request) => {
      const response = await over(...request);
      for (const listener of listeners) listener(response.headers);
      return response;
    },
    watch: (listener) => void listeners.add(listener),
  };
}

/** The same fetch, which goes through a proxy where variables name one for an address. */
export function fetchWith(variables: Readonly<Record<string, string | undefined>>): typeof fetch {
  if (!Object.keys(variables).some((name) => /_proxy$/i.test(name))) return streamingFetch;
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const proxy = proxyFor(url, variables);
    if (proxy === null) return streamingFetch(input, init);
    const { fetch: fetchThrough } = await import('undici');
    const dispatcher = await agentFor(proxy.href);
    const reply = await fetchThrough(url.href, { ...init, redirect: 'manual', dispatcher } as object);
    return reply as unknown as Response;
  };
}

const agents = new Map<string, Promise<import('undici').ProxyAgent>>();

/** The call policy keeps the deadlines, not the agent. */
function agentFor(proxy: string): Promise<import('undici').ProxyAgent> {
  const known = agents.get(proxy);
  if (known) return known;
  const made = import('undici').then(
    ({ ProxyAgent }) => new ProxyAgent({ uri: proxy, headersTimeout: 0, bodyTimeout: 0 }),
  );
  agents.set(proxy, made);
  return made;
}
