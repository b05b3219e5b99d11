import { priceIn } from '../../prices.ts';
import type { Price } from '../../types.ts';
import { once } from '../learned-options.ts';
import {
  type Connection,
  endpointAt,
  openaiModelList,
  type Provider,
  type ProviderModel,
} from '../provider.ts';
import { requestLine } from './job-lines.ts';
import { openaiModel } from './openai-client.ts';
import { OpenAIOptions } from './openai-options.ts';

/** OpenAI, and any server that speaks its Chat Completions where a base URL is given. */
export const openai: Provider = {
  name: 'openai',
  title: 'OpenAI',
  keyVariables: ['OPENAI_API_KEY'],
  defaultModel: 'gpt-6-luna',
  knownModels: /^(gpt-|o\d|chatgpt)/,
  keepsThoughtsApart: true,
  endpoint: (from) => endpointAt('https://api.openai.com/v1', from, 'OPENAI_BASE_URL'),
  modelList: openaiModelList,
  // What a cloud asks says nothing about another server that has a model of the same name.
  listPrice: (model, { isCloud }) => (isCloud ? priceIn(prices, model, 'November 2026') : null),
  create: openaiModelParts,
};

/** What calls in OpenAI's protocol need, for any server that speaks it. */
export function openaiModelParts({ model, apiKey, endpoint, fetch, effort }: Connection): ProviderModel {
  const isCompatible = !endpoint.isCloud;
  const connection = { model, apiKey, baseUrl: endpoint.baseUrl, isCompatible, fetch };
  return {
    chatModel: once(() => openaiModel(connection)),
    options: new OpenAIOptions(model, isCompatible, effort),
    jobs: {
      service: async () => (await import('./openai-jobs.ts')).openaiJobs(connection),
      line: (id, { stream_options, ...body }) => requestLine(id, { model, ...body }),
    },
  };
}

/** OpenAI since GPT-5.4: a prompt above 272,000 tokens doubles the input rates and costs half as much again for output. */
function standard(input: number, cachedInput: number, output: number, cacheWrite = input): Price {
  const longPrompt = {
    above: 272_000,
    input: 2 * input,
    cachedInput: 2 * cachedInput,
    cacheWrite: 2 * cacheWrite,
    output: 1.5 * output,
  };
  return { input, cachedInput, cacheWrite, output, longPrompt };
}

/**
 * List prices in US dollars per million tokens, standard processing, as listed in October and November 2026 on
 * https://developers.openai.com/api/docs/pricing and the page of each model below /api/docs/models/.
 * Prices change; models that are not here have no price rather than a guessed one.
 */
const prices: Record<string, Price> = {
  'gpt-6.2-sol': standard(2, 0.1, 10, 2.5),
  'gpt-6-astra': standard(10, 1, 50, 12.5),
  'gpt-6.1-sol': standard(2, 0.1, 10, 2.5),
  'gpt-6.1-terra': standard(1, 0.05, 5, 1.25),
  'gpt-6-sol': standard(2, 0.2, 10, 2.5),
  'gpt-6-luna': standard(0.1, 0.01, 0.5, 0.125),
  'gpt-5.6-sol': standard(4, 0.4, 20, 5),
  'gpt-5.6-terra': standard(2, 0.2, 12, 2.5),
  'gpt-5.6-luna': standard(0.2, 0.02, 1.2, 0.25),
  'gpt-5.5': standard(5, 0.5, 30),
  'gpt-5.4': standard(2.5, 0.25, 15),
  'gpt-5.4-mini': { input: 0.75, cachedInput: 0.075, output: 4.5 },
  'gpt-5.4-nano': { input: 0.2, cachedInput: 0.02, output: 1.25 },
  'gpt-5.2': { input: 1.75, cachedInput: 0.175, output: 14 },
  'gpt-5.1': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
  'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8 },
};
