import { anthropic } from './anthropic.ts';
import { compatibleServers } from './compatible-servers.ts';
import { langchainProviders } from './langchain/langchain.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai/openai.ts';
import type { Provider } from './provider.ts';
import { simulated } from './simulated.ts';

/** Every provider parley knows, in the order in which they are named and looked for. */
export const builtInProviders: readonly Provider[] = [
  openai,
  anthropic,
  ollama,
  simulated,
  ...compatibleServers,
  ...langchainProviders,
];

/** A provider by its name in a model spec; a person's own go before those built in. */
export function findProvider(name: string, own: readonly Provider[] = []): Provider | undefined {
  return [...own, ...builtInProviders].find((provider) => provider.name === name);
}
