import { failure, type Outcome, success } from '../debate/outcome.ts';

/** Where addresses come from: a flag or the environment's variables. */
interface AddressSettings {
  environment: Readonly<Record<string, string | undefined>>;
  baseUrl?: string;
}

type Address<Value = string> = Outcome<Value, 'bad-address'>;

const openaiDefault = 'https://api.openai.com/v1';
const anthropicDefault = 'https://api.anthropic.com';
const ollamaPort = 11434;

/** Where the models of openai answer, and whether that is someone else's server speaking OpenAI's protocol. */
export function openaiAddress(
  settings: AddressSettings,
): Address<{ baseUrl: string; isCompatible: boolean }> {
  const fromEnvironment = settings.environment['OPENAI_BASE_URL']?.trim() || undefined;
  const given = settings.baseUrl ?? fromEnvironment;
  if (given === undefined) return success({ baseUrl: openaiDefault, isCompatible: false });
  const parsed = parseBaseUrl(given, settings.baseUrl === undefined ? 'OPENAI_BASE_URL' : '--base-url');
  if (!parsed.ok) return parsed;
  return success({ baseUrl: parsed.value, isCompatible: parsed.value !== openaiDefault });
}

export function anthropicAddress({ environment }: AddressSettings): Address {
  const given = environment['ANTHROPIC_BASE_URL']?.trim() || undefined;
  return given === undefined ? success(anthropicDefault) : parseBaseUrl(given, 'ANTHROPIC_BASE_URL');
}

/** The address of Ollama from OLLAMA_HOST, in any of the forms that Ollama itself takes: host, host:port, :port, URL. */
export function ollamaAddress({ environment }: AddressSettings): Address {
  const text = environment['OLLAMA_HOST']?.trim() ?? '';
  if (text === '') return success(`http://127.0.0.1:${ollamaPort}`);
  const hasScheme = /^https?:\/\//.test(text);
  const host = text.startsWith(':') ? `127.0.0.1${text}` : text;
  const parsed = parseBaseUrl(hasScheme ? text : `http://${host}`, 'OLLAMA_HOST');
  if (!parsed.ok) return parsed;
  const address = new URL(parsed.value);
  if (address.port === '' && !hasScheme) address.port = String(ollamaPort);
  // A server listens on 0.0.0.0; nobody can call it there.
  if (address.hostname === '0.0.0.0') address.hostname = '127.0.0.1';
  return success(address.href.replace(/\/+$/, ''));
}

/** Checks the base address of a server: http or https, no name and password in it. Without a slash at its end. */
function parseBaseUrl(text: string, source: string): Address {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return failure(
      'bad-address',
      `${source} "${trimmed}" is no address. Write it like http://localhost:8000/v1.`,
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
