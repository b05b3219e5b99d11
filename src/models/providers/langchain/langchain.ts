import { success } from '../../../debate/outcome.ts';
import type { CallRequest } from '../../types.ts';
import { learnedOptions, once } from '../learned-options.ts';
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
