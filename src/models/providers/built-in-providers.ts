import { anthropic } from './anthropic.ts';
import { compatibleServers } from './compatible-servers.ts';
import { langchainProviders } from './langchain.ts';
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

let added: readonly Provider[] = [];

/** Makes a person's own providers known to this process, in place of those added before. */
export function addProviders(providers: readonly Provider[]): void {
  added = providers;
}

/** Those a person has added, and those built in. */
export function knownProviders(): readonly Provider[] {
  return [...added, ...builtInProviders];
}

/** A provider by its name in a model spec; `own` go before all others. */
export function findProvider(name: string, own: readonly Provider[] = []): Provider | undefined {
  return [...own, ...knownProviders()].find((provider) => provider.name === name);
}
