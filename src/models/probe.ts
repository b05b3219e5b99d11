import { anthropicAddress, ollamaAddress, openaiAddress } from './addresses.ts';
import type { ModelSettings } from './create-model.ts';
import { listModels, type ModelServer } from './list-models.ts';
import { type ModelSpec, specText } from './model-spec.ts';
import { providerOf } from './provider-table.ts';

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
}

type Found = Pick<Probe, 'state' | 'message' | 'remedy'> & { models?: string[] };

export interface ProbeOptions extends Pick<ModelSettings, 'environment' | 'baseUrl'> {
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Looks at every built-in provider at once: is there a key, does it answer, what models has it? */
export function probeProviders(options: ProbeOptions): Promise<Probe[]> {
  return Promise.all(
    ['openai', 'anthropic', 'ollama', 'simulator'].map((name) => probeProvider(name, options)),
  );
}

/** Looks at the provider of one model, and whether it lists that model. */
export async function probeModel(spec: ModelSpec, options: ProbeOptions): Promise<Probe> {
  const probe = await probeProvider(spec.provider, options);
  const { models } = probe;
  if (probe.state !== 'ready' || models.length === 0) return probe;
  if (models.includes(spec.name) || models.includes(`${spec.name}:latest`)) return probe;
  const pull = spec.provider === 'ollama' ? `Run: ollama pull ${spec.name}` : null;
  const some = models.slice(0, 5).join(', ');
  return {
    ...probe,
    state: 'no-such-model',
    message: `${probe.title} does not list ${specText(spec)}`,
    remedy: pull ?? `Choose one of its ${models.length} models, such as ${some}`,
  };
}

async function probeProvider(provider: string, options: ProbeOptions): Promise<Probe> {
  const { title, keyVariable } = providerOf(provider);
  const hasKey = keyVariable !== null && Boolean(options.environment[keyVariable]?.trim());
  const key = keyVariable === null ? 'not-needed' : hasKey ? 'present' : 'missing';
  const found = await look(provider, hasKey, options);
  return { provider, title, key, models: [], ...found };
}

async function look(provider: string, hasKey: boolean, options: ProbeOptions): Promise<Found> {
  const { title, keyVariable, needsPackage } = providerOf(provider);
  if (provider === 'simulator') return ready('The simulator is built in');
  const server = serverOf(provider, options);
  if (server !== null && 'badAddress' in server) {
    return { state: 'bad-address', message: server.badAddress, remedy: 'Mend the address' };
  }
  const needsKey = keyVariable !== null && !(server?.isKeyOptional ?? false);
  if (needsKey && !hasKey) {
    return { state: 'no-key', message: `${title} has no key`, remedy: `Set ${keyVariable} to use it` };
  }
  if (server === null)
    return ready(`${title} is used through langchain and ${needsPackage}; it was not asked`);
  return ask(server.server, title, keyVariable, options);
}

async function ask(
  server: ModelServer,
  title: string,
  keyVariable: string | null,
  { timeoutMs, signal }: ProbeOptions,
): Promise<Found> {
  const listed = await listModels(server, timeoutMs, signal);
  if (listed.ok) {
    const message = `${title} answers at ${server.baseUrl} and lists ${listed.value.length} models`;
    const remedy =
      listed.value.length === 0 && server.protocol === 'ollama' ? 'Run: ollama pull llama3.2' : null;
    return { state: 'ready', message, remedy, models: listed.value };
  }
  const { reason, message } = listed.failure;
  switch (reason) {
    case 'refused':
      return {
        state: 'refused',
        message,
        remedy: `Check ${keyVariable ?? 'the key'}: it may be mistyped or revoked`,
      };
    case 'unlisted':
      return ready(message);
    case 'unreachable':
      return { state: 'unreachable', message, remedy: startIt[server.protocol] };
  }
}

const startIt: Record<ModelServer['protocol'], string> = {
  openai: 'Check the network, a proxy, or the address of your own server',
  anthropic: 'Check the network or a proxy',
  ollama: 'Start it with: ollama serve (or set OLLAMA_HOST to where it runs)',
};

function ready(message: string): Found {
  return { state: 'ready', message, remedy: null };
}

type Server = { server: ModelServer; isKeyOptional: boolean } | { badAddress: string };

/** Where the provider's list of models is; null for those that only langchain knows how to reach. */
function serverOf(provider: string, options: ProbeOptions): Server | null {
  const key = options.environment[providerOf(provider).keyVariable ?? '']?.trim() ?? '';
  switch (provider) {
    case 'openai': {
      const address = openaiAddress(options);
      if (!address.ok) return { badAddress: address.failure.message };
      const { baseUrl, isCompatible } = address.value;
      return { server: { protocol: 'openai', baseUrl, key }, isKeyOptional: isCompatible };
    }
    case 'anthropic': {
      const address = anthropicAddress(options);
      if (!address.ok) return { badAddress: address.failure.message };
      return { server: { protocol: 'anthropic', baseUrl: address.value, key }, isKeyOptional: false };
    }
    case 'ollama': {
      const address = ollamaAddress(options);
      if (!address.ok) return { badAddress: address.failure.message };
      return { server: { protocol: 'ollama', baseUrl: address.value, key: '' }, isKeyOptional: true };
    }
    default:
      return null;
  }
}
