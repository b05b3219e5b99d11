import type { ChatMessage } from '../../debate/calls.ts';
import { priceIn } from '../prices.ts';
import type { CallRequest, ChatChunk, ChatModel, Price } from '../types.ts';
import { learnedOptions, once, strictSchema } from './learned-options.ts';
import { endpointAt, namesById, type Provider } from './provider.ts';

/** What a Messages request can do without, by the words in which refusals name it. */
const droppable = {
  temperature: /temperature/i,
  outputConfig: /output_config|output_format|json.?schema|structured output|\bschema\b/i,
  cache_control: /cache_control/i,
};

function optionsOf({ temperature, reply }: CallRequest, maxTokens: number): Record<string, unknown> {
  return {
    maxTokens,
    // Anthropic's own range ends at 1.
    ...(temperature === null ? {} : { temperature: Math.min(1, temperature) }),
    // A speech's prompt returns, longer, in the speaker's next turn; a reading's never does, and writing to the cache costs.
    ...(reply === undefined
      ? { cache_control: { type: 'ephemeral' } }
      : { outputConfig: { format: { type: 'json_schema', schema: strictSchema(reply.schema) } } }),
  };
}

/** Anthropic's Messages. */
export const anthropic: Provider = {
  name: 'anthropic',
  title: 'Anthropic',
  keyVariables: ['ANTHROPIC_API_KEY'],
  defaultModel: 'claude-haiku-5-5',
  knownModels: /^claude/,
  keepsThoughtsApart: true,
  endpoint: (from) => endpointAt('https://api.anthropic.com', from, 'ANTHROPIC_BASE_URL'),
  modelList: ({ baseUrl }, apiKey) => ({
    address: `${baseUrl}/v1/models?limit=1000`,
    headers: { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' },
    names: namesById,
  }),
  listPrice: (model) => priceIn(prices, model, 'November 2026'),
  remedies: { unreachable: 'Check the network or a proxy' },
  create: ({ model, apiKey, endpoint, fetch }) => ({
    chatModel: once(() => anthropicModel({ model, apiKey, baseUrl: endpoint.baseUrl, fetch })),
    options: learnedOptions(model, droppable, optionsOf),
  }),
};

interface AnthropicConnection {
  model: string;
  apiKey: string;
  /** Given always, so that no variable of the environment reroutes the calls. */
  baseUrl: string;
  fetch: typeof fetch;
}

/** Anthropic's Messages through LangChain. Limit and temperature belong to an instance there, so each pair has one. */
async function anthropicModel({ model, apiKey, baseUrl, fetch }: AnthropicConnection): Promise<ChatModel> {
  const { ChatAnthropic } = await import('@langchain/anthropic');
  const instances = new Map<string, ChatModel>();

  const instanceFor = (maxTokens: number, temperature: number | undefined): ChatModel => {
    const key = `${maxTokens} ${temperature}`;
    const known = instances.get(key);
    if (known !== undefined) return known;
    const made = new ChatAnthropic({
      model,
      apiKey,
      anthropicApiUrl: baseUrl,
      maxRetries: 0,
      maxTokens,
      ...(temperature === undefined ? {} : { temperature }),
      // The SDK would print what it cannot parse to the terminal.
      clientOptions: { logLevel: 'off', fetch },
    }) as unknown as ChatModel;
    instances.set(key, made);
    return made;
  };

  return {
    stream: async (messages: ChatMessage[], options: Record<string, unknown> = {}) => {
      const { maxTokens, temperature, ...rest } = options;
      const instance = instanceFor(maxTokens as number, temperature as number | undefined);
      return counted(await instance.stream(messages, rest));
    },
  };
}

/** The first event counts the few tokens written until then, the last one counts all of them: only that one holds. */
async function* counted(chunks: AsyncIterable<ChatChunk>): AsyncGenerator<ChatChunk> {
  for await (const chunk of chunks) {
    const usage = chunk.usage_metadata;
    if (usage && usage.input_tokens > 0) usage.output_tokens = usage.total_tokens = 0;
    yield chunk;
  }
}

/** Anthropic charges a quarter more for input that goes into the five-minute cache. */
function standard(input: number, cachedInput: number, output: number): Price {
  return { input, cachedInput, cacheWrite: 1.25 * input, output };
}

/**
 * List prices in US dollars per million tokens, standard processing, as listed in October and November 2026 on
 * https://platform.claude.com/docs/en/about-claude/pricing.
 */
const prices: Record<string, Price> = {
  'claude-fable-5-1': standard(10, 0.25, 50),
  'claude-fable-5': standard(10, 1, 50),
  'claude-opus-5-5': standard(4, 0.2, 20),
  'claude-opus-5': standard(5, 0.5, 25),
  'claude-opus-4-8': standard(5, 0.5, 25),
  'claude-opus-4-7': standard(5, 0.5, 25),
  'claude-opus-4-6': standard(5, 0.5, 25),
  'claude-opus-4-5': standard(5, 0.5, 25),
  'claude-sonnet-5-5': standard(2, 0.1, 10),
  'claude-sonnet-5': standard(2, 0.2, 10),
  'claude-sonnet-4-6': standard(3, 0.3, 15),
  'claude-sonnet-4-5': standard(3, 0.3, 15),
  'claude-haiku-5-5': {
    ...standard(0.1, 0.01, 0.5),
    longPrompt: { above: 100_000, ...standard(0.5, 0.05, 2.5) },
  },
  'claude-haiku-4-5': standard(1, 0.1, 5),
};
