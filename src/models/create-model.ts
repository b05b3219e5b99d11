import { failure, type Outcome, success } from '../debate/outcome.ts';
import { parseBaseUrl } from './address.ts';
import type { ModelSpec } from './model-spec.ts';
import { specText } from './model-spec.ts';
import { providerOf } from './provider-table.ts';
import { LearnedOptions } from './providers/learned-options.ts';
import { openaiModel } from './providers/openai.ts';
import { redactorOf } from './redact.ts';
import type { ChatModel, ModelHandle, Price } from './types.ts';

export type ModelFailure = 'missing-key' | 'bad-address' | 'bad-spec';

/** What models need from outside. */
export interface ModelSettings {
  /** Keys and addresses by the names of their environment variables. */
  environment: Readonly<Record<string, string | undefined>>;
  /** The base address of a server that speaks OpenAI's protocol, for the models of openai. */
  baseUrl?: string;
  /** A price for every model in place of the known one. */
  price?: Price;
}

const openaiAddress = 'https://api.openai.com/v1';

/** Makes a model ready to be called. Loads nothing and calls nobody; says so where a key is missing. */
export function createModel(spec: ModelSpec, settings: ModelSettings): Outcome<ModelHandle, ModelFailure> {
  switch (spec.provider) {
    case 'openai':
      return openaiHandle(spec, settings);
    default:
      return failure('bad-spec', `${specText(spec)} is not available yet.`);
  }
}

function openaiHandle(spec: ModelSpec, settings: ModelSettings): Outcome<ModelHandle, ModelFailure> {
  const { environment } = settings;
  const given = settings.baseUrl ?? (environment['OPENAI_BASE_URL']?.trim() || undefined);
  const source = settings.baseUrl === undefined ? 'OPENAI_BASE_URL' : '--base-url';
  const address = given === undefined ? success(openaiAddress) : parseBaseUrl(given, source);
  if (!address.ok) return address;
  const isCompatible = address.value !== openaiAddress;
  const key = environment['OPENAI_API_KEY']?.trim() ?? '';
  if (key === '' && !isCompatible) return missingKey(spec);
  const learned = new LearnedOptions(isCompatible);
  const connection = { model: spec.name, apiKey: key || 'none', baseUrl: address.value };
  return success({
    spec: specText(spec),
    simulated: false,
    price: settings.price ?? null,
    keyVariable: 'OPENAI_API_KEY',
    redact: redactorOf([key]),
    chatModel: once(() => openaiModel(connection)),
    callOptions: (request) => learned.optionsFor(request, request.maxOutputTokens),
    adapt: (refusal) => learned.adapt(refusal),
  });
}

function missingKey(spec: ModelSpec): Outcome<never, 'missing-key'> {
  const { title, keyVariable } = providerOf(spec.provider);
  return failure(
    'missing-key',
    `${specText(spec)} needs a key of ${title}: set ${keyVariable}, or use --model simulator, which needs none.`,
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
