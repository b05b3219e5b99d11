import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { ModelSpec } from './model-spec.ts';
import { listModels } from './probe.ts';
import { builtInProviders, findProvider } from './providers/built-in-providers.ts';
import { keyOf, type ModelSettings, type Provider } from './providers/provider.ts';

const ollamaDeadlineMs = 700;
const serverDeadlineMs = 5_000;
const embeddingModel = /embed|bge-|minilm|rerank/i;

export interface ChosenModel {
  spec: ModelSpec;
  /** Why this one, as the rest of a sentence that names it. */
  reason: string;
  /** Where the simulator is all there is: the variables of which one would give a language model. */
  missingKeys?: readonly string[];
}

type ChoiceSettings = Pick<ModelSettings, 'environment' | 'baseUrl'> & { signal?: AbortSignal };

/** Chooses a model where a person named none: by a base address, by an API key, a running Ollama, or the simulator. */
export async function chooseModel(
  settings: ChoiceSettings,
): Promise<Outcome<ChosenModel, 'bad-base-url' | 'bad-address' | 'unreachable'>> {
  const openai = findProvider('openai') as Provider;
  const server = openai.endpoint(settings);
  if (!server.ok) return server;
  if (!server.value.isCloud) return chooseFromServer(server.value.baseUrl, openai, settings);

  for (const provider of byKey) {
    const { key, variable } = keyOf(provider, settings.environment);
    if (key === '') continue;
    const spec = { provider: provider.name, name: provider.defaultModel as string };
    return success({ spec, reason: `because ${variable} is set` });
  }

  const ollama = findProvider('ollama') as Provider;
  const { environment, signal } = settings;
  const address = ollama.endpoint({ environment });
  if (!address.ok) return address;
  const { baseUrl } = address.value;
  const installed = await listModels(
    ollama,
    { ...address.value, key: '', environment },
    ollamaDeadlineMs,
    signal,
  );
  const name = installed.ok
    ? installed.value.names.find((candidate) => !embeddingModel.test(candidate))
    : undefined;
  if (name !== undefined) {
    const reason = `because no API key is set and Ollama runs at ${baseUrl}`;
    return success({ spec: { provider: ollama.name, name }, reason });
  }
  const none = installed.ok ? `Ollama at ${baseUrl} has no model` : 'no Ollama is running';
  return success({
    spec: { provider: 'simulator', name: '' },
    reason: `because no API key is set and ${none}`,
    missingKeys: byKey.map(({ keyVariables }) => keyVariables[0] as string),
  });
}

/** Providers that can be chosen by their key alone. */
const byKey = builtInProviders.filter(({ defaultModel }) => defaultModel !== undefined);

async function chooseFromServer(
  baseUrl: string,
  openai: Provider,
  { environment, signal }: ChoiceSettings,
): Promise<Outcome<ChosenModel, 'unreachable'>> {
  const { key } = keyOf(openai, environment);
  const listed = await listModels(
    openai,
    { baseUrl, isCloud: false, key, environment },
    serverDeadlineMs,
    signal,
  );
  const names = listed.ok ? listed.value.names.filter((name) => !embeddingModel.test(name)) : [];
  const name = names.find((candidate) => candidate === openai.defaultModel) ?? names[0];
  if (name !== undefined) {
    return success({ spec: { provider: 'openai', name }, reason: `the first that ${baseUrl} lists` });
  }
  const reason = listed.ok ? `${baseUrl} lists no model` : listed.failure.message;
  return failure(
    'unreachable',
    `No model was chosen, and ${reason}. Check the address, or choose openai:NAME.`,
  );
}
