import { type Failure, failure } from '../debate/outcome.ts';
import { PrivateAddressError, refusal } from './guard.ts';
import type { ArticleFailure } from './types.ts';

type Failed = { ok: false; failure: Failure<ArticleFailure> };

const saveInstead = 'Open it in a browser, save the article’s text to a file and give that.';

/** What a server's refusal means, and what a person can do about it. */
export function explainStatus(status: number, name: string, retryAfter: string | null): Failed {
  const refused = (what: string) =>
    failure('refused-by-server', `${name} ${what} (status ${status}). ${saveInstead}`);
  if (status === 401 || status === 402) return refused('asks for a login or a subscription');
  if (status === 403) return refused('refuses programs, or asks for a login or a subscription');
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
  return refused('gave no article');
}

/** Why a page could not be had at all. Rethrows what no network causes. */
export function explainTransport(error: unknown, name: string, deadlineMs: number): Failed {
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
    `${name} cannot be reached: ${meaning}. Check the address and the network, or save its text to a file.`,
  );
}

/** What went wrong on the way, in words; null where nothing of the network did. */
function meaningOf(chain: readonly Error[]): string | null {
  const code = chain.map(codeOf).find((found) => found !== '') ?? '';
  if (meanings[code]) return meanings[code];
  if (/CERT|SIGNED|VERIFY|ALTNAME/.test(code)) return 'its certificate is not valid';
  if (/SSL|TLS|EPROTO/.test(code)) return 'it does not speak https there';
  if (chain.some((cause) => cause.message === 'bad port')) return 'that port is not one of the web';
  if (code !== '') return code;
  const isBroken = chain.some(({ message }) => message === 'fetch failed' || message === 'terminated');
  return isBroken ? 'the connection broke' : null;
}

const meanings: Record<string, string> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'host names cannot be looked up now',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'the host does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'the host does not answer',
  UND_ERR_SOCKET: 'the connection broke',
  Z_DATA_ERROR: 'what it sent is broken',
  Z_BUF_ERROR: 'what it sent is broken',
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
