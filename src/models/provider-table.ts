/** What parley knows of a provider before anything of it is loaded. */
export interface Provider {
  title: string;
  /** The environment variable that holds its key; null where it needs none. */
  keyVariable: string | null;
  /** The npm package that a person must install beside `langchain`; null for those built in. */
  needsPackage: string | null;
}

const builtIn = (title: string, keyVariable: string | null): Provider => ({
  title,
  keyVariable,
  needsPackage: null,
});
const installed = (title: string, keyVariable: string | null, needsPackage: string): Provider => ({
  title,
  keyVariable,
  needsPackage,
});

/** Providers by the name under which a model spec calls them; those LangChain's initChatModel knows, and the simulator. */
const table: Record<string, Provider> = {
  openai: builtIn('OpenAI', 'OPENAI_API_KEY'),
  anthropic: builtIn('Anthropic', 'ANTHROPIC_API_KEY'),
  ollama: builtIn('Ollama', null),
  simulator: builtIn('the simulator', null),
  azure_openai: installed('Azure OpenAI', 'AZURE_OPENAI_API_KEY', '@langchain/openai'),
  bedrock: installed('Amazon Bedrock', null, '@langchain/aws'),
  cerebras: installed('Cerebras', 'CEREBRAS_API_KEY', '@langchain/cerebras'),
  cohere: installed('Cohere', 'COHERE_API_KEY', '@langchain/cohere'),
  deepseek: installed('DeepSeek', 'DEEPSEEK_API_KEY', '@langchain/deepseek'),
  fireworks: installed('Fireworks', 'FIREWORKS_API_KEY', '@langchain/fireworks'),
  'google-genai': installed('Google Gemini', 'GOOGLE_API_KEY', '@langchain/google-genai'),
  'google-vertexai': installed('Google Vertex AI', null, '@langchain/google-vertexai'),
  groq: installed('Groq', 'GROQ_API_KEY', '@langchain/groq'),
  mistralai: installed('Mistral', 'MISTRAL_API_KEY', '@langchain/mistralai'),
  perplexity: installed('Perplexity', 'PERPLEXITY_API_KEY', '@langchain/perplexity'),
  together: installed('Together', 'TOGETHER_AI_API_KEY', '@langchain/together-ai'),
  xai: installed('xAI', 'XAI_API_KEY', '@langchain/xai'),
};

export const providerNames: readonly string[] = Object.keys(table);

export function providerOf(name: string): Provider {
  const provider = table[name];
  if (provider === undefined) throw new Error(`${name} was not checked to be a provider`);
  return provider;
}
