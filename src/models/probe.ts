import { failure, type Outcome, success } from '../debate/outcome.ts';
import { counted } from '../text/figures.ts';
import { classifyFailure } from './call-failure.ts';
import { endpointSettings } from './create-models.ts';
import { type ModelSpec, parseModelSpec, specText } from './model-spec.ts';
import { findProvider } from './providers/built-in-providers.ts';
import {
  type Endpoint,
  type Environment,
  keyOf,
  type ModelSettings,
  type Provider,
} from './providers/provider.ts';
import { fetchWith } from './providers/streaming-fetch.ts';
import { oneLine, redactorOf } from './redact.ts';
import type { ModelHandle, Price } from './types.ts';

/** What a look at a provider found, without a paid call. */
export interface Probe {
  /** The provider's name in a model spec. */
  provider: string;
  title: string;
  key: 'present' | 'missing' | 'not-needed';
  state: 'ready' | 'no-key' | 'unreachable' | 'refused' | 'no-such-model' | 'bad-address';
  /** What was found, in a sentence. */
  message: string;
  /** What to do about it; null where nothing needs doing. */
  remedy: string | null;
  /** Names of its models; empty where it was not asked or does not say. */
  models: string[];
  /** Tokens that the model asked for takes in all, where its server states it. */
  contextWindow?: number;
  /** What the server asks for it today, where its list says so. */
  price?: Price;
}

type Found = Pick<Probe, 'state' | 'message' | 'remedy'> & {
  models?: string[];
  listed?: Pick<ListedModels, 'windows' | 'prices'>;
};

export interface ProbeOptions extends ModelSettings {
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Looks at the providers that most people use, at once: is there a key, does it answer, what models has it? */
export async function probeProviders(options: ProbeOptions): Promise<Probe[]> {
  const own = (options.providers ?? []).map(({ name }) => name);
  return Promise.all(
    ['openai', 'anthropic', 'ollama', 'simulator', ...own].map((name) =>
      probeProvider({ provider: name, name: '' }, options),
    ),
  );
}

/** Looks at the provider of one model, and whether it lists that model. */
export async function probeModel(spec: ModelSpec, options: ProbeOptions): Promise<Probe> {
  const { listed: told, ...probe } = await probeProvider(spec, options);
  const { models } = probe;
  if (probe.state !== 'ready' || models.length === 0) return probe;
  const provider = providerOf(spec, options);
  const hasTags = provider.modelList?.(nowhere, '').hasTags ?? false;
  const listed = models.find((name) => isSameModel(name, spec.name, hasTags));
  if (listed !== undefined) {
    const [contextWindow, price] = [told?.windows.get(listed), told?.prices.get(listed)];
    return { ...probe, ...(contextWindow ? { contextWindow } : {}), ...(price ? { price } : {}) };
  }
  const some = models.slice(0, 5).join(', ');
  const all =
    models.length === 1
      ? `Its only model is ${some}`
      : `Choose one of its ${models.length} models, such as ${some}`;
  return {
    ...probe,
    state: 'no-such-model',
    message: `${placeOf(provider, options, spec)} does not list ${specText(spec)}`,
    remedy: provider.remedies?.missingModel?.(spec.name) ?? all,
  };
}

const nowhere: Endpoint = { baseUrl: '', isCloud: true };

/**
 * Does a listed name mean the model that was asked for? Some servers list models/NAME, some tags or routes (NAME:free),
 * some dated snapshots; where tags make models, as with Ollama, only the tag `latest` goes without saying.
 */
function isSameModel(listed: string, asked: string, hasTags: boolean): boolean {
  const plain = (name: string) => {
    // A server with one file lists where it lies.
    const file = /^(?:\/|[a-z]:\\).*[/\\]|\.gguf$/i.test(name)
      ? name.replace(/^.*[/\\]|\.gguf$/gi, '')
      : name;
    const bare = file.toLowerCase().replace(/^models\//, '');
    return hasTags ? bare.replace(/:latest$/, '') : bare.replace(/:[\w.-]+$/, '');
  };
  const [one, other] = [plain(listed), plain(asked)];
  return one === other || one.replace(/-(\d{8}|\d{4}-\d{2}-\d{2})$/, '') === other;
}

/** The provider's name; for somebody else's server, where it is. */
function placeOf(provider: Provider, options: ProbeOptions, spec: ModelSpec): string {
  const endpoint = provider.endpoint(endpointSettings(provider, options, spec));
  const isElsewhere = endpoint.ok && !endpoint.value.isCloud && provider.name === 'openai';
  return isElsewhere ? `The server at ${endpoint.value.baseUrl}` : provider.title;
}

async function probeProvider(spec: ModelSpec, options: ProbeOptions): Promise<Probe & Pick<Found, 'listed'>> {
  const provider = providerOf(spec, options);
  const { key, variable } = keyOf(provider, options.environment, spec.keyVariable);
  const state = variable === null ? 'not-needed' : key === '' ? 'missing' : 'present';
  const found = await look(provider, spec, { key, variable }, options);
  return { provider: provider.name, title: provider.title, key: state, models: [], ...found };
}

function providerOf({ provider: name }: ModelSpec, { providers }: ModelSettings): Provider {
  const provider = findProvider(name, providers);
  if (!provider) throw new Error(`${name} was not checked to be a provider`);
  return provider;
}

async function look(
  provider: Provider,
  spec: ModelSpec,
  { key, variable }: ReturnType<typeof keyOf>,
  options: ProbeOptions,
): Promise<Found> {
  const { title, needsPackage } = provider;
  if (provider.name === 'simulator') return ready('The simulator is built in');
  const endpoint = provider.endpoint(endpointSettings(provider, options, spec));
  if (!endpoint.ok) {
    return { state: 'bad-address', message: endpoint.failure.message, remedy: 'Correct the address' };
  }
  if (key === '' && variable !== null && endpoint.value.isCloud) {
    return { state: 'no-key', message: `${title} has no key`, remedy: `Set ${variable} to use it` };
  }
  if (!provider.modelList)
    return ready(`${title} is used through langchain and ${needsPackage}; it was not asked`);
  const listed = await listModels(
    provider,
    { ...endpoint.value, key, environment: options.environment },
    options.timeoutMs,
    options.signal,
  );
  if (listed.ok) {
    const { names, ...told } = listed.value;
    const { length } = names;
    const where = endpoint.value.isCloud ? '' : placeOf(provider, options, spec);
    const who = where.startsWith('The server')
      ? `${where} answers`
      : `${title} answers at ${endpoint.value.baseUrl}`;
    const message = `${who} and lists ${counted(length, 'model')}`;
    const remedy = length === 0 ? (provider.remedies?.noModels ?? null) : null;
    return { state: 'ready', message, remedy, models: names, listed: told };
  }
  const { reason, message } = listed.failure;
  switch (reason) {
    case 'refused':
      return {
        state: 'refused',
        message,
        remedy: `Check ${variable ?? 'the key'}: it may be mistyped or revoked`,
      };
    case 'unlisted':
      return ready(message);
    case 'unreachable': {
      const usual = 'Check the network, a proxy, or the address of your own server';
      return { state: 'unreachable', message, remedy: provider.remedies?.unreachable ?? usual };
    }
  }
}

function ready(message: string): Found {
  return { state: 'ready', message, remedy: null };
}

/** What a server's list of its models says. */
interface ListedModels {
  names: string[];
  /** Tokens by name, where it states them. */
  windows: ReadonlyMap<string, number>;
  /** By name, where it states them. */
  prices: ReadonlyMap<string, Price>;
}

type ListFailure = 'unreachable' | 'refused' | 'unlisted';

/** Some keys may be used for calls and not for the list. */
async function isOnlyForLists(response: Response): Promise<boolean> {
  return /\bscopes?\b|model.read/i.test(await response.text().catch(() => ''));
}

/** Asks a server for the names of its models, which costs nothing. `unlisted` where it answers, but not with such a list. */
export async function listModels(
  { modelList }: Pick<Provider, 'modelList'>,
  { key, environment, ...endpoint }: Endpoint & { key: string; environment: Environment },
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Outcome<ListedModels, ListFailure>> {
  const list = modelList?.(endpoint, key);
  if (!list) return failure('unlisted', 'its models are not known');
  const { address, headers } = list;
  const deadline = AbortSignal.timeout(timeoutMs);
  const both = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    // No redirect is followed: it would carry the key to another server.
    const response = await fetchWith(environment)(address, { headers, signal: both });
    if (response.status === 401 || (response.status === 403 && !(await isOnlyForLists(response))))
      return failure('refused', `${address} refused the key`);
    if (!response.ok) return failure('unlisted', `${address} answered with status ${response.status}`);
    // A server may answer with a page where it keeps no list.
    const body: unknown = await response.json().catch(() => null);
    const names = list.names(body);
    return names === null
      ? failure('unlisted', `${address} lists no models`)
      : success({
          names,
          windows: list.windows?.(body) ?? new Map(),
          prices: list.prices?.(body) ?? new Map(),
        });
  } catch (error) {
    if (deadline.aborted) return failure('unreachable', `${address} did not answer within ${timeoutMs} ms`);
    const detail = oneLine(redactorOf([key])(classifyFailure(error, 0).detail));
    return failure('unreachable', `${address} cannot be reached (${detail})`);
  }
}

/** Milliseconds a provider gets to say which models it has. */
const patienceMs = 5000;

/**
 * Asks each provider for its list of models, which costs nothing, so that a wrong key, a server that is down or a
 * mistyped model is known before a debate is begun. A server that keeps no list is taken at its word. What
 * servers state of a model's context and price is learned by its handle.
 */
export async function askProviders(
  models: readonly ModelHandle[],
  settings: ModelSettings,
): Promise<Outcome<null>> {
  const options = { ...settings, timeoutMs: patienceMs };
  const asked = [...new Set(models)].flatMap((model) => {
    const spec = parseModelSpec(model.spec, settings.providers);
    if (!spec.ok || spec.value.provider === 'simulator') return [];
    return [probeModel(spec.value, options).then((probe) => ({ ...probe, model }))];
  });
  const probes = await Promise.all(asked);
  const trouble = probes.find((probe) => probe.state !== 'ready');
  if (!trouble) {
    for (const { model, contextWindow = null, price = null } of probes) {
      if (model.habits) model.habits.contextWindow = contextWindow;
      model.price ??= price;
    }
    return success(null);
  }
  const remedy = trouble.remedy === null ? '' : ` ${trouble.remedy}.`;
  return failure(trouble.state, `${trouble.message.replace(/\.$/, '')}.${remedy} Nothing was started.`);
}
