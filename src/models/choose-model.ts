import { failure, type Outcome, success } from '../debate/outcome.ts';
import { ollamaAddress, openaiAddress } from './addresses.ts';
import { listModels } from './list-models.ts';
import { type ModelSpec, specText } from './model-spec.ts';

/** The model taken where a provider is chosen by its key alone: each provider's cheapest current one. November 2026. */
const defaultModels = [
  { provider: 'openai', keyVariable: 'OPENAI_API_KEY', name: 'gpt-6-luna' },
  { provider: 'anthropic', keyVariable: 'ANTHROPIC_API_KEY', name: 'claude-haiku-5-5' },
] as const;

const ollamaDeadlineMs = 700;
const serverDeadlineMs = 5_000;
const embeddingModel = /embed|bge-|minilm|rerank/i;

export interface ChosenModel {
  spec: ModelSpec;
  /** Which model, why, and how to choose another: for the first line of a run. */
  line: string;
}

interface ChoiceSettings {
  environment: Readonly<Record<string, string | undefined>>;
  baseUrl?: string;
  signal?: AbortSignal;
}

/** Chooses a model where no `--model` was given: by a base address, by an API key, a running Ollama, or the simulator. */
export async function chooseModel(
  settings: ChoiceSettings,
): Promise<Outcome<ChosenModel, 'bad-address' | 'unreachable'>> {
  const server = openaiAddress(settings);
  if (!server.ok) return server;
  if (server.value.isCompatible) return chooseFromServer(server.value.baseUrl, settings);

  for (const { provider, keyVariable, name } of defaultModels) {
    if (!settings.environment[keyVariable]?.trim()) continue;
    return success(chosen({ provider, name }, `because ${keyVariable} is set`));
  }

  const address = ollamaAddress(settings);
  if (!address.ok) return address;
  const ollama = { protocol: 'ollama', baseUrl: address.value, key: '' } as const;
  const installed = await listModels(ollama, ollamaDeadlineMs, settings.signal);
  const name = installed.ok
    ? installed.value.find((candidate) => !embeddingModel.test(candidate))
    : undefined;
  if (name !== undefined) {
    return success(
      chosen({ provider: 'ollama', name }, `because no API key is set and Ollama runs at ${address.value}`),
    );
  }
  return success(
    simulator(installed.ok ? `Ollama at ${address.value} has no model` : 'no Ollama is running'),
  );
}

async function chooseFromServer(
  baseUrl: string,
  { environment, signal }: ChoiceSettings,
): Promise<Outcome<ChosenModel, 'unreachable'>> {
  const key = environment['OPENAI_API_KEY']?.trim() ?? '';
  const listed = await listModels({ protocol: 'openai', baseUrl, key }, serverDeadlineMs, signal);
  const names = listed.ok ? listed.value.filter((name) => !embeddingModel.test(name)) : [];
  const name = names.find((candidate) => candidate === defaultModels[0].name) ?? names[0];
  if (name !== undefined) {
    return success(chosen({ provider: 'openai', name }, `the first that ${baseUrl} lists`));
  }
  const reason = listed.ok ? `${baseUrl} lists no model` : listed.failure.message;
  return failure(
    'unreachable',
    `No model was chosen, and ${reason}. Check the address, or give --model openai:NAME.`,
  );
}

function chosen(spec: ModelSpec, reason: string): ChosenModel {
  return { spec, line: `Model: ${specText(spec)}, ${reason}. Choose another with --model PROVIDER:NAME.` };
}

function simulator(reason: string): ChosenModel {
  const variables = defaultModels.map(({ keyVariable }) => keyVariable).join(' or ');
  return {
    spec: { provider: 'simulator', name: '' },
    line:
      `Model: the built-in simulator, which is no language model, because no API key is set and ${reason}. ` +
      `Set ${variables}, or choose with --model PROVIDER:NAME.`,
  };
}
