import { Agent, type Dispatcher, fetch, ProxyAgent } from 'undici';
import { type Failure, failure, type Outcome, success } from '../debate/outcome.ts';
import { proxyFor } from '../text/proxy-address.ts';
import { checkAddress, checkName, type Guard, guardedLookup, PrivateAddressError, refusal } from './guard.ts';
import { boundedBytes } from './read-file.ts';
import { shownAddress } from './shown-address.ts';
import type { ArticleFailure, RawDocument } from './types.ts';

type Failed = { ok: false; failure: Failure<ArticleFailure> };

const proxyAdvice = 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or save its text to a file.';
const saveInstead = 'Open it in a browser, save the article’s text to a file and pass that file.';

/** What a server's refusal means, and what a person can do about it. */
function explainStatus(status: number, name: string, retryAfter: string | null): Failed {
  const refused = (what: string) =>
    failure('refused-by-server', `${name} ${what} (status ${status}). ${saveInstead}`);
  if (status === 401 || status === 402) return refused('requires a login or a subscription');
  if (status === 403) return refused('refuses programs, or requires a login or a subscription');
  if (status === 404 || status === 410) {
    return failure('not-found', `${name} does not exist (status ${status}). Check the address.`);
  }
  if (status === 429) {
    const wait = /^\d{1,6}$/.test(retryAfter ?? '') ? `in ${retryAfter} seconds` : 'later';
    return failure(
      'refused-by-server',
      `${name} gets too many requests (status 429). Try again ${wait}, or save its text to a file.`,
    );
  }
  if (status === 451) return refused('is blocked for legal reasons where you are');
  if (status >= 500)
    return failure(
      'refused-by-server',
      `${name} is failing (status ${status}). Try again later, or save its text to a file.`,
    );
  return refused('returned no article');
}

/** Why a page could not be had at all. Rethrows what no network causes. */
function explainTransport(error: unknown, name: string, proxy: URL | null, deadlineMs: number): Failed {
  const chain = causesOf(error);
  const refused = chain.find((cause) => cause instanceof PrivateAddressError);
  if (refused) return failure('private-address', refusal(name, refused.message));
  if (chain.some((cause) => cause.name === 'TimeoutError')) {
    return failure(
      'timeout',
      `${name} took longer than ${Math.ceil(deadlineMs / 1000)} seconds. Try again, or save its text to a file.`,
    );
  }
  const meaning = meaningOf(chain);
  if (meaning === null) throw error;
  return failure(
    'unreachable',
    proxy === null
      ? `${name} cannot be reached: ${meaning}. Check the address and the network, or save its text to a file.`
      : `${name} cannot be reached through the proxy ${proxy.host}: ${meaning}. ${proxyAdvice}`,
  );
}

/** What went wrong on the way, in words; null where nothing of the network did. */
function meaningOf(chain: readonly Error[]): string | null {
  if (chain.some(({ message }) => /proxy authentication/i.test(message)))
    return 'it wants a login (status 407)';
  const tunnel = chain.map(({ message }) => /^Proxy response \((\d+)\)/.exec(message)?.[1]).find(Boolean);
  if (tunnel) return `it refuses to connect (status ${tunnel})`;
  const code = chain.map(codeOf).find((found) => found !== '') ?? '';
  if (meanings[code]) return meanings[code];
  if (/CERT|SIGNED|VERIFY|ALTNAME/.test(code)) return 'its certificate is not valid';
  if (/SSL|TLS|EPROTO/.test(code)) return 'it does not speak https there';
  if (chain.some((cause) => cause.message === 'bad port')) return 'that port is blocked for web addresses';
  if (code !== '') return code;
  const isBroken = chain.some(({ message }) => message === 'fetch failed' || message === 'terminated');
  return isBroken ? 'the connection broke' : null;
}

const meanings: Record<string, string> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'host names cannot be looked up now',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  EHOSTUNREACH: 'the host is unreachable',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'the host does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'the host does not answer',
  UND_ERR_SOCKET: 'the connection broke',
  Z_DATA_ERROR: 'its response is malformed',
  Z_BUF_ERROR: 'its response is malformed',
};

/** An error with its causes; several attempts at once end in an AggregateError. */
function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const within = error instanceof AggregateError ? error.errors.flatMap(causesOf) : [];
  return [error, ...within, ...causesOf(error.cause)];
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const mostRedirects = 5;
const connectMs = 8000;
const headers = {
  accept: 'text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, */*;q=0.1',
  'user-agent': 'parley (reads one article for a debate)',
};

export interface FetchOptions {
  guard: Guard;
  /** Milliseconds for everything, redirects and the body included. */
  deadlineMs: number;
  /** HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, where a person set them. */
  variables: Readonly<Record<string, string | undefined>>;
}

/**
 * Fetches a page, following redirects by hand so that the guard sees each of them. A proxy connects in our place, so what
 * goes through one is looked up here first, and refused where it leads to a private address.
 */
export async function fetchPage(
  given: string,
  { guard, deadlineMs, variables }: FetchOptions,
): Promise<Outcome<RawDocument, ArticleFailure>> {
  const start = checkAddress(given, null, guard);
  if (!start.ok) return start;
  const timeout = Math.min(connectMs, deadlineMs);
  const direct = new Agent({ connect: { lookup: guardedLookup(guard), timeout } });
  const agents: Dispatcher[] = [direct];
  const agentTo = (through: URL | null) => {
    if (through === null) return direct;
    const agent = new ProxyAgent({ uri: through.href, proxyTls: { timeout }, requestTls: { timeout } });
    agents.push(agent);
    return agent;
  };
  const signal = AbortSignal.timeout(deadlineMs);
  let url = start.value;
  let proxy: URL | null = null;
  try {
    for (let hop = 0; hop <= mostRedirects; hop++) {
      proxy = proxyFor(url, variables);
      if (proxy !== null) await checkName(url, guard);
      const response = await fetch(url, { dispatcher: agentTo(proxy), redirect: 'manual', signal, headers });
      const location = isRedirect(response.status) ? response.headers.get('location') : null;
      if (location === null) return await pageOf(response, url);
      const next = checkAddress(location, url, guard);
      if (!next.ok) return redirected(url, next.failure);
      url = next.value;
    }
    return failure(
      'too-many-redirects',
      `${shownAddress(start.value)} redirects more than ${mostRedirects} times. Give the address it ends at, or save its text to a file.`,
    );
  } catch (error) {
    return explainTransport(error, shownAddress(url), proxy, deadlineMs);
  } finally {
    await Promise.all(agents.map((agent) => agent.destroy()));
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

async function pageOf(response: Answer, url: URL): Promise<Outcome<RawDocument, ArticleFailure>> {
  const name = shownAddress(url);
  if (!response.ok) return explainStatus(response.status, name, response.headers.get('retry-after'));
  const contentType = response.headers.get('content-type') ?? '';
  const form = formOf(contentType);
  if (form === 'other') {
    return failure(
      'binary',
      `${name} is ${contentType.split(';')[0]}, not a page of text. Save its text to a file and pass that file.`,
    );
  }
  const read = response.body ? await boundedBytes(response.body) : { bytes: Buffer.alloc(0), isWhole: true };
  return success({ ...read, name, origin: name, contentType, form });
}

/** Types whose content says more than their name, or holds an article inside. */
const decidedByContent =
  /^(?:application|binary)\/octet-stream$|^application\/(?:pdf|epub\+zip|xml|rss\+xml|atom\+xml|json|ld\+json|feed\+json|vnd\.openxmlformats-officedocument\.wordprocessingml\.document)$|^text\/xml$|^message\/rfc822$|^multipart\/related$/;

/** What a server says of a document; without a word, or where it says only "bytes", the content decides. */
function formOf(contentType: string): RawDocument['form'] | 'other' {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (type === 'text/plain' || type === 'text/markdown' || type === 'text/x-markdown') return 'text';
  return type === '' || decidedByContent.test(type) ? null : 'other';
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function redirected(
  from: URL,
  reason: { reason: ArticleFailure; message: string },
): Outcome<never, ArticleFailure> {
  return failure(reason.reason, `${shownAddress(from)} redirects elsewhere: ${reason.message}`);
}
