import { success } from '../../../debate/outcome.ts';
import type { CallRequest, Refusal } from '../../types.ts';
import { OptionMemory, once, ThinkingRoom } from '../learned-options.ts';
import type { Provider } from '../provider.ts';
import { langchainModel } from './langchain-client.ts';

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
      return { chatModel: once(() => langchainModel(connection)), options: new LangChainOptions(model) };
    },
  };
}

/** The options that LangChain's models have in common. Reply formats rest on the prompt alone. */
class LangChainOptions {
  readonly #memory = new OptionMemory({ temperature: /temperature/i });
  readonly #room: ThinkingRoom;

  constructor(model: string) {
    this.#room = new ThinkingRoom(model);
  }

  optionsFor({ temperature, maxOutputTokens }: CallRequest): Record<string, unknown> {
    return this.#memory.allowed({
      maxTokens: this.#room.limitFor(maxOutputTokens),
      ...(temperature === null ? {} : { temperature }),
    });
  }

  adapt(refusal: Refusal): boolean {
    return this.#room.learn(refusal) || this.#memory.adapt(refusal);
  }
}
