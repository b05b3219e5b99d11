import { Agent, fetch } from 'undici';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { explainStatus, explainTransport } from './fetch-failures.ts';
import { checkAddress, type Guard, guardedLookup } from './guard.ts';
import { boundedBytes } from './read-file.ts';
import { shownAddress } from './shown-address.ts';
import type { ArticleFailure, RawDocument } from './types.ts';

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
}

/** Fetches a page, following redirects by hand so that the guard sees each of them. */
export async function fetchPage(
  given: string,
  { guard, deadlineMs }: FetchOptions,
): Promise<Outcome<RawDocument, ArticleFailure>> {
  const start = checkAddress(given, null, guard);
  if (!start.ok) return start;
  const agent = new Agent({
    connect: { lookup: guardedLookup(guard), timeout: Math.min(connectMs, deadlineMs) },
  });
  const signal = AbortSignal.timeout(deadlineMs);
  let url = start.value;
  try {
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const response = await fetch(url, { dispatcher: agent, redirect: 'manual', signal, headers });
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
    return explainTransport(error, shownAddress(url), deadlineMs);
  } finally {
    await agent.destroy();
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
      `${name} is ${contentType.split(';')[0]}, not a page of text. Save its text to a file and give that.`,
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
