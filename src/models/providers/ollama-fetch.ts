import { streamingFetch } from './streaming-fetch.ts';

/**
 * A fetch for one call to Ollama. Its library cannot stop a request that has not been answered yet, and prints
 * errors and broken lines to the terminal; this stops with the call's signal and turns both into errors.
 */
export function ollamaFetch(signal: AbortSignal): typeof fetch {
  return async (address, init = {}) => {
    const both = init.signal ? AbortSignal.any([signal, init.signal]) : signal;
    const response = await streamingFetch(address, { ...init, signal: both });
    if (!response.ok) {
      const error = errorTextOf(await response.text()) || response.statusText;
      const headers = { 'content-type': 'application/json' };
      return new Response(JSON.stringify({ error }), { status: response.status, headers });
    }
    if (response.body === null) throw new Error('the reply has no body');
    return new Response(ReadableStream.from(wholeLines(response.body)), { status: response.status });
  };
}

function errorTextOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? error : text;
  } catch {
    return text;
  }
}

/** Passes bytes on, and breaks the stream at the first line that is no JSON. */
async function* wholeLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') JSON.parse(line);
    yield bytes;
  }
}
