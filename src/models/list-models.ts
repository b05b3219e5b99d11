import { z } from 'zod';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { classifyFailure } from './call-failure.ts';
import { oneLine, redactorOf } from './redact.ts';

export type ListFailure = 'unreachable' | 'refused' | 'unlisted';

/** A server that can be asked for its models, which costs nothing. */
export interface ModelServer {
  protocol: 'openai' | 'anthropic' | 'ollama';
  baseUrl: string;
  /** Empty for none. */
  key: string;
}

const openaiList = z.object({ data: z.array(z.object({ id: z.string() })) });
const ollamaList = z.object({ models: z.array(z.object({ name: z.string() })) });

/** Asks a server for the names of its models. `unlisted` where it answers, but not with such a list. */
export async function listModels(
  server: ModelServer,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Outcome<string[], ListFailure>> {
  const { address, headers } = requestFor(server);
  const deadline = AbortSignal.timeout(timeoutMs);
  const both = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    // A redirect would carry the key to whoever the server names.
    const response = await fetch(address, { headers, signal: both, redirect: 'error' });
    if (response.status === 401 || response.status === 403)
      return failure('refused', `${address} refused the key`);
    if (!response.ok) return failure('unlisted', `${address} answered with status ${response.status}`);
    const body = await response.json();
    const names = server.protocol === 'ollama' ? ollamaNames(body) : openaiNames(body);
    return names === null ? failure('unlisted', `${address} lists no models`) : success(names);
  } catch (error) {
    if (deadline.aborted) return failure('unreachable', `${address} did not answer within ${timeoutMs} ms`);
    const detail = oneLine(redactorOf([server.key])(classifyFailure(error, 0).detail));
    return failure('unreachable', `${address} cannot be reached (${detail})`);
  }
}

function requestFor({ protocol, baseUrl, key }: ModelServer): {
  address: string;
  headers: Record<string, string>;
} {
  switch (protocol) {
    case 'openai':
      return { address: `${baseUrl}/models`, headers: key === '' ? {} : { authorization: `Bearer ${key}` } };
    case 'anthropic':
      return {
        address: `${baseUrl}/v1/models?limit=1000`,
        headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
      };
    case 'ollama':
      return { address: `${baseUrl}/api/tags`, headers: {} };
  }
}

function openaiNames(body: unknown): string[] | null {
  const list = openaiList.safeParse(body);
  return list.success ? list.data.data.map(({ id }) => id) : null;
}

function ollamaNames(body: unknown): string[] | null {
  const list = ollamaList.safeParse(body);
  return list.success ? list.data.models.map(({ name }) => name) : null;
}
