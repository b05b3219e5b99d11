import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { oneLine, redactorOf } from '../../models/redact.ts';

export type HubFailure = 'unauthorized' | 'not-found' | 'conflict' | 'unreachable' | 'hub' | 'aborted';

export type Asked<Value> = Promise<Outcome<Value, HubFailure>>;

export interface HubAccess {
  /** Such as https://huggingface.co. */
  endpoint: string;
  token: string | null;
  fetch: typeof fetch;
  signal: AbortSignal;
  /** Milliseconds between tries, from the first on. */
  retryMs: readonly number[];
}

/** The most seconds that a server may ask to be left alone. */
const longestWait = 60;

/** Requests to the Hub and to where it has files put. The token goes to the endpoint alone, and into no message. */
export function hubRequests({ endpoint, token, fetch, signal, retryMs }: HubAccess) {
  const redact = redactorOf([token ?? undefined]);
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };

  /** `again: false` for what may have been done though no answer came. */
  async function ask(url: string, init: RequestInit & { again?: boolean } = {}): Asked<Response> {
    const { again = true, ...request } = init;
    const isHub = new URL(url).origin === new URL(endpoint).origin;
    for (let attempt = 0; ; attempt++) {
      const headers = { ...(isHub ? authorization : {}), ...request.headers };
      const reply = await fetch(url, { ...request, headers, signal }).catch(
        (error: unknown) => error as Error,
      );
      if (signal.aborted)
        return failure('aborted', 'Stopped. Nothing was committed; run it again to continue.');
      const pause = retryMs[attempt];
      const isReply = reply instanceof Response;
      if (isReply && reply.ok) return success(reply);
      const mayPass = isReply ? reply.status === 429 || reply.status >= 500 : again;
      if (!mayPass || pause === undefined) return isReply ? refusal(url, reply) : unreachable(url, reply);
      const asked = isReply ? Number(reply.headers.get('retry-after')) : 0;
      if (isReply) await reply.body?.cancel();
      await wait(asked > 0 ? Math.min(asked, longestWait) * 1000 : pause, null, { signal }).catch(() => null);
    }
  }

  async function refusal(url: string, reply: Response): Asked<never> {
    const text = await reply.text().catch(() => '');
    const { pathname, host } = new URL(url);
    const said = oneLine(redact(errorIn(text)));
    const words = `${host} answered ${reply.status} to ${pathname}${said === '' ? '' : `: ${said}`}`;
    if (reply.status === 404) return failure('not-found', words);
    if (reply.status === 401 || reply.status === 403) return failure('unauthorized', words);
    return failure(reply.status === 409 || reply.status === 412 ? 'conflict' : 'hub', words);
  }

  function unreachable(url: string, error: Error): Outcome<never, HubFailure> {
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    return failure('unreachable', `${new URL(url).host} could not be reached: ${oneLine(redact(cause))}`);
  }

  async function read<Value>(schema: z.ZodType<Value>, asking: Asked<Response>): Asked<Value> {
    const reply = await asking;
    if (!reply.ok) return reply;
    const body = schema.safeParse(await reply.value.json().catch(() => null));
    return body.success
      ? success(body.data)
      : failure('hub', `${new URL(endpoint).host} gave an answer of another form than its API has`);
  }

  return { ask, read, redact };
}

/** What an error's body says, in JSON or in words. */
function errorIn(text: string): string {
  try {
    const { error, message } = JSON.parse(text) as { error?: unknown; message?: unknown };
    return String(error ?? message ?? '');
  } catch {
    return text.startsWith('<') ? '' : text;
  }
}
