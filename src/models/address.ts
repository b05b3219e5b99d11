import { failure, type Outcome, success } from '../debate/outcome.ts';

/** Checks the base address of a server: http or https, no name and password in it. Without a slash at its end. */
export function parseBaseUrl(text: string, source: string): Outcome<string, 'bad-address'> {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return failure(
      'bad-address',
      `${source} ${trimmed} is no address of a server. Write it like http://localhost:8000/v1.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    return failure(
      'bad-address',
      `${source} holds a name or password. Put the key into OPENAI_API_KEY instead.`,
    );
  }
  return success(trimmed.replace(/\/+$/, ''));
}

const ollamaPort = 11434;

/** The address of Ollama from OLLAMA_HOST, in any of the forms that Ollama itself takes: host, host:port, :port, URL. */
export function ollamaAddress(host: string | undefined): Outcome<string, 'bad-address'> {
  const text = host?.trim() ?? '';
  if (text === '') return success(`http://127.0.0.1:${ollamaPort}`);
  const hasScheme = /^https?:\/\//.test(text);
  const url = parseBaseUrl(
    hasScheme ? text : `http://${text.startsWith(':') ? '127.0.0.1' : ''}${text}`,
    'OLLAMA_HOST',
  );
  if (!url.ok) return url;
  const address = new URL(url.value);
  if (address.port === '' && !hasScheme) address.port = String(ollamaPort);
  // A server listens on 0.0.0.0; nobody can call it there.
  if (address.hostname === '0.0.0.0') address.hostname = '127.0.0.1';
  return success(address.href.replace(/\/+$/, ''));
}
