import type { Clock } from '../debate/clock.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { anthropicAddress, ollamaAddress, openaiAddress } from './addresses.ts';
import { type ModelSpec, specText } from './model-spec.ts';
import type { Jobs } from './openai-batch/job-service.ts';
import { requestLine } from './openai-batch/request-line.ts';
import { listPrice } from './prices.ts';
import { providerOf } from './provider-table.ts';
import { anthropicModel } from './providers/anthropic.ts';
import { AnthropicOptions } from './providers/anthropic-options.ts';
import { langchainModel } from './providers/langchain.ts';
import { LangChainOptions } from './providers/langchain-options.ts';
import { createLimitWatch } from './providers/limit-watch.ts';
import { ollamaModel } from './providers/ollama.ts';
import { OllamaOptions } from './providers/ollama-options.ts';
import { type OpenAIConnection, openaiModel } from './providers/openai.ts';
import { OpenAIOptions } from './providers/openai-options.ts';
import { streamingFetch } from './providers/streaming-fetch.ts';
import { redactorOf } from './redact.ts';
import type { CallRequest, ChatModel, ModelHandle, Price, Refusal } from './types.ts';

export type ModelFailure = 'missing-key' | 'bad-address' | 'bad-spec';

/** What models need from outside. */
export interface ModelSettings {
  /** Keys and addresses by the names of their environment variables. */
  environment: Readonly<Record<string, string | undefined>>;
  /** The base address of a server that speaks OpenAI's protocol, for the models of openai. */
  baseUrl?: string;
  /** A price for every model in place of the known one. */
  price?: Price;
  /** How fast the simulator writes; absent for full speed. */
  pace?: { tokensPerSecond: number; clock: Clock };
  /** Absolute path of the folder where a person's own LangChain packages are looked for. */
  folder?: string;
}

type Made = Outcome<ModelHandle, ModelFailure>;

/** Makes a model ready to be called. Loads nothing and calls nobody; says so where a key is missing. */
export function createModel(spec: ModelSpec, settings: ModelSettings): Made {
  switch (spec.provider) {
    case 'openai':
      return createOpenAI(spec, settings);
    case 'anthropic':
      return createAnthropic(spec, settings);
    case 'ollama':
      return createOllama(spec, settings);
    case 'simulator':
      return success(createSimulatorHandle(spec, settings));
    default:
      return createOther(spec, settings);
  }
}

function createOpenAI(spec: ModelSpec, settings: ModelSettings): Made {
  const address = openaiAddress(settings);
  if (!address.ok) return address;
  const { baseUrl, isCompatible } = address.value;
  const key = keyOf(spec, settings);
  if (key === '' && !isCompatible) return missingKey(spec);
  const options = new OpenAIOptions(spec.name, isCompatible);
  const { fetch, watch } = createLimitWatch(streamingFetch);
  const connection = { model: spec.name, apiKey: key, baseUrl, isCompatible, fetch };
  // What OpenAI asks says nothing about another server that has a model of the same name.
  const price = isCompatible ? null : listPrice(specText(spec));
  const handle = handleOf(spec, settings, options, price, () => openaiModel(connection));
  return success({ ...handle, address: baseUrl, watchHeaders: watch, jobs: jobsOf(connection) });
}

function jobsOf(connection: OpenAIConnection): Jobs {
  return {
    service: async () => (await import('./openai-batch/openai-jobs.ts')).openaiJobs(connection),
    line: (id, { stream_options, ...body }) => requestLine(id, { model: connection.model, ...body }),
  };
}

function createAnthropic(spec: ModelSpec, settings: ModelSettings): Made {
  const address = anthropicAddress(settings);
  if (!address.ok) return address;
  const key = keyOf(spec, settings);
  if (key === '') return missingKey(spec);
  const { fetch, watch } = createLimitWatch(streamingFetch);
  const connection = { model: spec.name, apiKey: key, baseUrl: address.value, fetch };
  const make = () => anthropicModel(connection);
  const handle = handleOf(spec, settings, new AnthropicOptions(spec.name), listPrice(specText(spec)), make);
  return success({ ...handle, address: address.value, watchHeaders: watch });
}

const minute = 60_000;

function createOllama(spec: ModelSpec, settings: ModelSettings): Made {
  const address = ollamaAddress(settings);
  if (!address.ok) return address;
  const make = () => ollamaModel(spec.name, address.value);
  const handle = handleOf(spec, settings, new OllamaOptions(spec.name), listPrice(specText(spec)), make);
  // A large model is loaded from disk before its first word, and then reads the whole prompt at the machine's pace.
  return success({
    ...handle,
    address: address.value,
    policy: { firstTokenMs: 10 * minute, idleMs: 2 * minute, totalMs: 30 * minute },
  });
}

function createSimulatorHandle(spec: ModelSpec, { pace }: ModelSettings): ModelHandle {
  const writingAt = (tokensPerSecond: number | null) =>
    once(async () => {
      const { createSimulator } = await import('../simulator/simulator.ts');
      const sleep = async (milliseconds: number, signal?: AbortSignal) =>
        pace?.clock.sleep(milliseconds, signal);
      return createSimulator({ tokensPerSecond, sleep }).chatModel();
    });
  const spoken = writingAt(pace?.tokensPerSecond ?? null);
  // Nobody reads along while JSON is written.
  const structured = writingAt(null);
  return {
    spec: specText(spec),
    simulated: true,
    price: listPrice('simulator'),
    chatModel: (request) => (request?.reply ? structured() : spoken()),
    callOptions: ({ seed, maxOutputTokens }) => ({ seed, maxTokens: maxOutputTokens }),
  };
}

function createOther(spec: ModelSpec, settings: ModelSettings): Made {
  const { keyVariable, needsPackage } = providerOf(spec.provider);
  const key = keyOf(spec, settings);
  if (key === '' && keyVariable !== null) return missingKey(spec);
  const connection = {
    provider: spec.provider,
    model: spec.name,
    needsPackage: needsPackage ?? '',
    apiKey: key || undefined,
    folder: settings.folder ?? process.cwd(),
  };
  const make = () => langchainModel(connection);
  return success(handleOf(spec, settings, new LangChainOptions(spec.name), null, make));
}

/** What the options of every provider can do. */
interface Options {
  optionsFor(request: CallRequest): Record<string, unknown>;
  adapt(refusal: Refusal): boolean;
}

function handleOf(
  spec: ModelSpec,
  settings: ModelSettings,
  options: Options,
  price: Price | null,
  make: () => Promise<ChatModel>,
): ModelHandle {
  const { keyVariable } = providerOf(spec.provider);
  return {
    spec: specText(spec),
    simulated: false,
    price: settings.price ?? price,
    ...(keyVariable === null ? {} : { keyVariable }),
    redact: redactorOf([keyOf(spec, settings)]),
    chatModel: once(make),
    callOptions: (request) => options.optionsFor(request),
    adapt: (refusal) => options.adapt(refusal),
  };
}

function keyOf(spec: ModelSpec, { environment }: ModelSettings): string {
  const { keyVariable } = providerOf(spec.provider);
  return keyVariable === null ? '' : (environment[keyVariable]?.trim() ?? '');
}

function missingKey(spec: ModelSpec): Outcome<never, 'missing-key'> {
  const { title, keyVariable } = providerOf(spec.provider);
  return failure(
    'missing-key',
    `${specText(spec)} needs a key of ${title}. Set ${keyVariable}, or use --model simulator, which needs none.`,
  );
}

/** One model for all calls, made when the first one needs it; a failure to make it is not kept. */
function once(make: () => Promise<ChatModel>): () => Promise<ChatModel> {
  let made: Promise<ChatModel> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
