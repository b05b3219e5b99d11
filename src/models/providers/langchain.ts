import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ChatMessage } from '../../debate/calls.ts';
import { success } from '../../debate/outcome.ts';
import type { CallRequest, ChatModel } from '../types.ts';
import { learnedOptions, once } from './learned-options.ts';
import type { Provider } from './provider.ts';

/** Providers that a person's own `langchain` reaches, under the names its initChatModel has for them. */
export const langchainProviders: readonly Provider[] = [
  installed('azure_openai', 'Azure OpenAI', '@langchain/openai', 'AZURE_OPENAI_API_KEY'),
  installed('bedrock', 'Amazon Bedrock', '@langchain/aws'),
  installed('cerebras', 'Cerebras', '@langchain/cerebras', 'CEREBRAS_API_KEY'),
  installed('cohere', 'Cohere', '@langchain/cohere', 'COHERE_API_KEY'),
  installed('fireworks', 'Fireworks', '@langchain/fireworks', 'FIREWORKS_API_KEY'),
  installed('google-genai', 'Google Gemini', '@langchain/google-genai', 'GOOGLE_API_KEY'),
  installed('google-vertexai', 'Google Vertex AI', '@langchain/google-vertexai'),
  installed('mistralai', 'Mistral', '@langchain/mistralai', 'MISTRAL_API_KEY'),
  installed('perplexity', 'Perplexity', '@langchain/perplexity', 'PERPLEXITY_API_KEY'),
];

function installed(
  name: string,
  title: string,
  needsPackage: string,
  ...keyVariables: readonly string[]
): Provider {
  return {
    name,
    title,
    needsPackage,
    keyVariables,
    endpoint: () => success({ baseUrl: '', isCloud: true }),
    create: ({ model, apiKey, settings }) => {
      const connection = {
        provider: name,
        model,
        needsPackage,
        apiKey: apiKey || undefined,
        ...(settings.folder === undefined ? {} : { folder: settings.folder }),
      };
      return {
        chatModel: once(() => langchainModel(connection)),
        options: learnedOptions(model, { temperature: /temperature/i }, optionsOf),
      };
    },
  };
}

/** The options that LangChain's models have in common. Reply formats rest on the prompt alone. */
function optionsOf({ temperature }: CallRequest, maxTokens: number): Record<string, unknown> {
  return { maxTokens, ...(temperature === null ? {} : { temperature }) };
}

interface LangChainConnection {
  provider: string;
  model: string;
  /** The provider's package, for the message that tells what to install. */
  needsPackage: string;
  apiKey: string | undefined;
  /** Absolute path of the folder where a person's own packages are looked for first. */
  folder?: string;
}

interface LangChain {
  initChatModel(model: string, fields: Record<string, unknown>): Promise<ChatModel>;
}

/**
 * Any other provider that LangChain knows, where a person has installed `langchain` and the provider's package.
 * One model for each pair of limit and temperature: initChatModel itself keeps every set of options for ever.
 */
async function langchainModel(connection: LangChainConnection): Promise<ChatModel> {
  const { provider, model, apiKey } = connection;
  const langchain = await importLangChain(connection);
  const instances = new Map<string, Promise<ChatModel>>();

  const instanceFor = (maxTokens: unknown, temperature: unknown): Promise<ChatModel> => {
    const key = `${maxTokens} ${temperature}`;
    const known = instances.get(key);
    if (known !== undefined) return known;
    const fields = {
      modelProvider: provider,
      maxRetries: 0,
      maxTokens,
      ...(temperature === undefined ? {} : { temperature }),
      ...(apiKey === undefined ? {} : { apiKey }),
    };
    const made = langchain.initChatModel(model, fields).catch((error: unknown) => {
      instances.delete(key);
      throw toInstall(error, connection);
    });
    instances.set(key, made);
    return made;
  };

  return {
    stream: async (messages: ChatMessage[], options: Record<string, unknown> = {}) => {
      const { maxTokens, temperature, ...rest } = options;
      const instance = await instanceFor(maxTokens, temperature);
      try {
        return await instance.stream(messages, rest);
      } catch (error) {
        // The provider's package is only looked for at the first call.
        throw toInstall(error, connection);
      }
    },
  };
}

/** The person's own packages come first; a global installation may have them beside parley. */
async function importLangChain(connection: LangChainConnection): Promise<LangChain> {
  // A variable, so that the bundler leaves the package out: a person installs it.
  const name = 'langchain';
  try {
    if (connection.folder === undefined) return langchainOf(await import(name));
    const path = createRequire(join(connection.folder, 'package.json')).resolve(name);
    return langchainOf(await import(pathToFileURL(path).href));
  } catch {
    try {
      return langchainOf(await import(name));
    } catch (error) {
      throw toInstall(error, connection);
    }
  }
}

/** A CommonJS build may hold its exports below `default`. */
function langchainOf(module: Partial<LangChain> & { default?: Partial<LangChain> }): LangChain {
  const found = typeof module.initChatModel === 'function' ? module : module.default;
  if (typeof found?.initChatModel !== 'function') throw new Error('this langchain has no initChatModel');
  return found as LangChain;
}

function toInstall(error: unknown, { needsPackage }: LangChainConnection): unknown {
  const text = error instanceof Error ? error.message : String(error);
  if (!/cannot find (package|module)|unable to import/i.test(text)) return error;
  return new Error(`two packages are needed: npm install langchain ${needsPackage}`);
}
