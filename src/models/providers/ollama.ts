import { z } from 'zod';
import { type ChatMessage, messagesJson } from '../../debate/calls.ts';
import { success } from '../../debate/outcome.ts';
import { estimatePromptTokens } from '../../text/token-estimate.ts';
import { free } from '../prices.ts';
import type { ChatModel } from '../types.ts';
import { learnedOptions, once } from './learned-options.ts';
import {
  type Connection,
  type EndpointSettings,
  type Provider,
  type ProviderModel,
  parseBaseUrl,
} from './provider.ts';
import { ReportedError, refusalOf } from './reported-error.ts';

const port = 11434;
const tags = z.object({ models: z.array(z.object({ name: z.string() })) });

/** Models on a person's own machine, served by Ollama. */
export const ollama: Provider = {
  name: 'ollama',
  title: 'Ollama',
  keyVariables: [],
  knownModels: /^(llama|qwen|gemma|mistral|phi|deepseek-r1)[\w.-]*(:|$)/,
  endpoint: endpointOf,
  modelList: ({ baseUrl }) => ({
    address: `${baseUrl}/api/tags`,
    headers: {},
    hasTags: true,
    names: (body) => {
      const list = tags.safeParse(body);
      return list.success ? list.data.models.map(({ name }) => name) : null;
    },
  }),
  listPrice: () => free,
  remedies: {
    unreachable: 'Start it with: ollama serve (or set OLLAMA_HOST to where it runs)',
    missingModel: (model) => `Run: ollama pull ${model}`,
    noModels: 'Run: ollama pull llama3.2',
  },
  create: (connection) => ({
    chatModel: once(() => ollamaModel(connection)),
    options: ollamaOptions(connection.model),
  }),
};

/** The address from OLLAMA_HOST, in any of the forms that Ollama itself takes: host, host:port, :port, URL. */
function endpointOf({ environment, baseUrl }: EndpointSettings): ReturnType<Provider['endpoint']> {
  const text = baseUrl ?? environment['OLLAMA_HOST']?.trim() ?? '';
  const at = (address: string) => success({ baseUrl: address, isCloud: false });
  if (text === '') return at(`http://127.0.0.1:${port}`);
  const hasScheme = /^https?:\/\//.test(text);
  const host = text.startsWith(':') ? `127.0.0.1${text}` : text;
  const parsed = parseBaseUrl(
    hasScheme ? text : `http://${host}`,
    baseUrl === undefined ? 'OLLAMA_HOST' : undefined,
  );
  if (!parsed.ok) return parsed;
  const address = new URL(parsed.value);
  if (address.port === '' && !hasScheme) address.port = String(port);
  // A server listens on 0.0.0.0; nobody can call it there.
  if (address.hostname === '0.0.0.0') address.hostname = '127.0.0.1';
  return at(address.href.replace(/\/+$/, ''));
}

const smallestContext = 8_192;
/** How far an estimate of tokens may be short. */
const margin = 1.25;

/**
 * The options of a request to Ollama for one model. Ollama silently cuts the start off a prompt that is longer than its context,
 * which is 4,096 tokens on most machines, and loads the model anew when the size changes: so it grows in large steps and never shrinks.
 */
function ollamaOptions(model: string): ProviderModel['options'] {
  let numCtx = smallestContext;
  return learnedOptions(model, { format: /format|schema|grammar/i }, (request, numPredict) => {
    const { temperature, seed, reply } = request;
    const needed = estimatePromptTokens(request.messages) * margin + numPredict;
    while (numCtx < needed) numCtx *= 2;
    return {
      ...{ seed, numPredict, numCtx },
      ...(temperature === null ? {} : { temperature }),
      ...(reply === undefined ? {} : { format: reply.schema }),
    };
  });
}

/** Ollama's chat, asked and read by us: its lines are read as those of any server are. */
async function ollamaModel({ model, endpoint, fetch }: Connection): Promise<ChatModel> {
  const { completionChunks } = await import('./openai/completion-stream.ts');
  return {
    stream: async (messages: ChatMessage[], { signal, format, ...given }: Record<string, unknown> = {}) => {
      const { numPredict: num_predict, numCtx: num_ctx, ...sampling } = given;
      const options = { ...sampling, num_predict, num_ctx };
      const asked = JSON.stringify({ model, stream: true, format, options });
      const reply = await fetch(`${endpoint.baseUrl}/api/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `${asked.slice(0, -1)},"messages":${messagesJson(messages)}}`,
        signal: signal as AbortSignal,
      });
      if (reply.ok && reply.body !== null)
        return completionChunks(reply.body as unknown as AsyncIterable<Uint8Array>);
      const refusal = await refusalOf(reply);
      const error = new ReportedError(String(refusal['message']), refusal, reply.status);
      throw Object.assign(error, { headers: reply.headers });
    },
  };
}
