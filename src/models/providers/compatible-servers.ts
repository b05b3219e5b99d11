import { failure, success } from '../../debate/outcome.ts';
import { free, priceIn } from '../prices.ts';
import type { Price } from '../types.ts';
import { openaiModelParts } from './openai/openai.ts';
import {
  type Endpoint,
  type EndpointSettings,
  endpointAt,
  openaiModelList,
  type Provider,
  parseBaseUrl,
} from './provider.ts';

type Rates = readonly [input: number, cachedInput: number, output: number];

/**
 * List prices in US dollars per million tokens, as listed in July 2026: those of models.dev (2 July 2026), which are taken
 * from the providers' own pages (groq.com/pricing, ai.google.dev/gemini-api/docs/pricing, mistral.ai/pricing,
 * docs.x.ai, together.ai/pricing). Names that may come to mean another model, such as NAME-latest, have no price, nor
 * has DeepSeek, which asks more at some hours.
 */
const rates: Readonly<Record<string, Readonly<Record<string, Rates>>>> = {
  groq: {
    'llama-3.1-8b-instant': [0.05, 0.05, 0.08],
    'llama-3.3-70b-versatile': [0.59, 0.59, 0.79],
    'openai/gpt-oss-120b': [0.15, 0.075, 0.6],
    'openai/gpt-oss-20b': [0.075, 0.0375, 0.3],
    'qwen/qwen3-32b': [0.29, 0.29, 0.59],
  },
  gemini: {
    'gemini-2.5-flash': [0.3, 0.03, 2.5],
    'gemini-2.5-flash-lite': [0.1, 0.01, 0.4],
    'gemini-2.5-pro': [1.25, 0.125, 10],
    'gemini-3-flash-preview': [0.5, 0.05, 3],
    'gemini-3.1-flash-lite': [0.25, 0.025, 1.5],
    'gemini-3.1-pro-preview': [2, 0.2, 12],
    'gemini-3.5-flash': [1.5, 0.15, 9],
  },
  mistral: {
    'magistral-small': [0.5, 0.5, 1.5],
    'mistral-large-2411': [2, 2, 6],
    'mistral-large-2512': [0.5, 0.5, 1.5],
    'mistral-medium-2505': [0.4, 0.4, 2],
    'mistral-medium-2508': [0.4, 0.4, 2],
    'mistral-medium-2604': [1.5, 1.5, 7.5],
    'mistral-small-2506': [0.1, 0.1, 0.3],
    'mistral-small-2603': [0.15, 0.15, 0.6],
  },
  xai: { 'grok-4.3': [1.25, 0.2, 2.5] },
};

/** Gemini's Pro models ask twice as much for input, and half as much again for output, above 200,000 tokens. */
const dearWhenLong = /^gemini-[\d.]+-pro/;

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

/** What a cloud asks for a model, as far as it was looked up. */
function cloudPrice(provider: string): (model: string, endpoint: Endpoint) => Price | null {
  const prices = Object.entries(rates[provider] ?? {}).map(([model, [input, cachedInput, output]]) => {
    const long = { above: 200_000, input: 2 * input, cachedInput: 2 * cachedInput, output: 1.5 * output };
    return [
      model,
      { input, cachedInput, output, ...(dearWhenLong.test(model) ? { longPrompt: long } : {}) },
    ] as const;
  });
  const list = Object.fromEntries(prices);
  return (model, { isCloud }) =>
    isCloud ? priceIn(list, model.replace(/^models\//, ''), 'July 2026') : null;
}

/**
 * The prices in a server's list of models, by name: OpenRouter's in US dollars per token, Together's per million. What
 * cannot be read, or varies, as with a router's own choice of a model, is left out.
 */
function listedPrices(body: unknown): ReadonlyMap<string, Price> {
  const items: unknown = Array.isArray(body) ? body : (body as { data?: unknown } | null)?.data;
  const prices = new Map<string, Price>();
  for (const item of Array.isArray(items) ? items : []) {
    const { id, pricing } = (item ?? {}) as { id?: unknown; pricing?: Record<string, unknown> | null };
    if (typeof id !== 'string' || typeof pricing !== 'object' || pricing === null) continue;
    const isPerToken = 'prompt' in pricing;
    const rate = (name: string) => {
      const value = pricing[name];
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && number >= 0 && number < 1e4
        ? number * (isPerToken ? 1e6 : 1)
        : null;
    };
    const [input, output] = [
      rate(isPerToken ? 'prompt' : 'input'),
      rate(isPerToken ? 'completion' : 'output'),
    ];
    if (input === null || output === null) continue;
    const cachedInput = rate(isPerToken ? 'input_cache_read' : 'cached_input') ?? input;
    const cacheWrite = rate('input_cache_write');
    prices.set(id, {
      input,
      cachedInput,
      output,
      ...(cacheWrite === null ? {} : { cacheWrite }),
      asOf: 'today',
    });
  }
  return prices;
}
