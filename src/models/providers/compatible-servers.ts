import { failure, success } from '../../debate/outcome.ts';
import { free } from '../prices.ts';
import type { Price } from '../types.ts';
import { cloudPrice, listedPrices } from './cloud-prices.ts';
import { openaiModelParts } from './openai/openai.ts';
import {
  type EndpointSettings,
  endpointAt,
  openaiModelList,
  type Provider,
  parseBaseUrl,
} from './provider.ts';

/** A server that speaks OpenAI's Chat Completions under its own name. */
function compatible(
  record: Pick<Provider, 'name' | 'title' | 'keyVariables' | 'endpoint'> & Partial<Provider>,
): Provider {
  return {
    modelList: (...asked) => ({ ...openaiModelList(...asked), prices: listedPrices }),
    listPrice: cloudPrice(record.name),
    ...record,
    // None of them is OpenAI: each is asked with what most servers take.
    create: (connection) =>
      openaiModelParts({ ...connection, endpoint: { ...connection.endpoint, isCloud: false } }),
  };
}

function cloud(
  name: string,
  title: string,
  address: string,
  keyVariables: readonly string[],
  more: Partial<Provider> = {},
): Provider {
  return compatible({ name, title, keyVariables, endpoint: (from) => endpointAt(address, from), ...more });
}

/** A program that serves models on a person's own machine or in their network. */
function local(name: string, title: string, address: string, variables: readonly string[], start: string) {
  return compatible({
    name,
    title,
    keyVariables: variables.filter((variable) => variable.endsWith('KEY')),
    endpoint: (from) => {
      const given = variables.filter((variable) => !variable.endsWith('KEY'));
      const found = endpointAt(address, from, ...given);
      return found.ok ? { ok: true, value: { ...found.value, isCloud: false } } : found;
    },
    listPrice: () => free,
    remedies: { unreachable: start },
  });
}

/** A server of a person's own, by the name they gave it. */
export interface OwnServer {
  name: string;
  title: string;
  /** Base address, such as http://gpu.office:8000/v1. */
  address: string;
  /** The environment variable that holds its key; none where it needs none. */
  keyVariable?: string;
  price?: Price;
}

export function ownServer({ name, title, address, keyVariable, price }: OwnServer): Provider {
  return compatible({
    name,
    title,
    keyVariables: keyVariable === undefined ? [] : [keyVariable],
    endpoint: (from) => {
      const parsed = parseBaseUrl(from.baseUrl ?? address);
      return parsed.ok ? success({ baseUrl: parsed.value, isCloud: false }) : parsed;
    },
    listPrice: () => price ?? null,
  });
}

export const compatibleServers: readonly Provider[] = [
  cloud('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', ['OPENROUTER_API_KEY']),
  cloud('groq', 'Groq', 'https://api.groq.com/openai/v1', ['GROQ_API_KEY']),
  cloud('together', 'Together', 'https://api.together.xyz/v1', ['TOGETHER_API_KEY', 'TOGETHER_AI_API_KEY']),
  cloud('deepseek', 'DeepSeek', 'https://api.deepseek.com/v1', ['DEEPSEEK_API_KEY']),
  cloud('xai', 'xAI', 'https://api.x.ai/v1', ['XAI_API_KEY']),
  cloud('mistral', 'Mistral', 'https://api.mistral.ai/v1', ['MISTRAL_API_KEY']),
  cloud('gemini', 'Google Gemini', 'https://generativelanguage.googleapis.com/v1beta/openai', [
    'GEMINI_API_KEY',
    'GOOGLE_API_KEY',
  ]),
  compatible({
    name: 'azure',
    title: 'Azure OpenAI',
    keyVariables: ['AZURE_OPENAI_API_KEY'],
    endpoint: azureEndpoint,
  }),
  local(
    'lmstudio',
    'LM Studio',
    'http://127.0.0.1:1234/v1',
    ['LMSTUDIO_BASE_URL', 'LMSTUDIO_API_KEY'],
    'Start its server with: lms server start',
  ),
  local(
    'vllm',
    'vLLM',
    'http://127.0.0.1:8000/v1',
    ['VLLM_BASE_URL', 'VLLM_API_KEY'],
    'Start it with: vllm serve MODEL (or set VLLM_BASE_URL to where it runs)',
  ),
  local(
    'llamacpp',
    'llama.cpp',
    'http://127.0.0.1:8080/v1',
    ['LLAMACPP_BASE_URL', 'LLAMA_API_KEY'],
    'Start it with: llama-server -m MODEL.gguf (or set LLAMACPP_BASE_URL to where it runs)',
  ),
];

/** Each customer of Azure has an address: AZURE_OPENAI_ENDPOINT, such as https://NAME.openai.azure.com. */
function azureEndpoint({ environment, baseUrl }: EndpointSettings): ReturnType<Provider['endpoint']> {
  const given = baseUrl ?? environment['AZURE_OPENAI_ENDPOINT']?.trim();
  if (!given) {
    const example = 'https://NAME.openai.azure.com';
    return failure(
      'bad-address',
      `Azure OpenAI has no address. Set AZURE_OPENAI_ENDPOINT, such as ${example}.`,
    );
  }
  const parsed = parseBaseUrl(given, baseUrl === undefined ? 'AZURE_OPENAI_ENDPOINT' : undefined);
  if (!parsed.ok) return parsed;
  const isBare = new URL(parsed.value).pathname === '/';
  return { ok: true, value: { baseUrl: isBare ? `${parsed.value}/openai/v1` : parsed.value, isCloud: true } };
}
