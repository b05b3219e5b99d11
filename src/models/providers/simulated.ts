import { success } from '../../debate/outcome.ts';
import { free } from '../prices.ts';
import type { ChatModel } from '../types.ts';
import { once } from './learned-options.ts';
import type { ModelSettings, Provider } from './provider.ts';

/** The built-in simulator: no key, no network, no language model. */
export const simulated: Provider = {
  name: 'simulator',
  title: 'the simulator',
  keyVariables: [],
  keepsThoughtsApart: true,
  endpoint: () => success({ baseUrl: '', isCloud: true }),
  listPrice: () => free,
  create: ({ settings }) => {
    const spoken = writingAt(settings.pace?.tokensPerSecond ?? null, settings);
    // Nobody reads along while JSON is written.
    const structured = writingAt(null, settings);
    return {
      simulated: true,
      chatModel: (request) => (request?.reply ? structured() : spoken()),
      options: { optionsFor: ({ seed, maxOutputTokens }) => ({ seed, maxTokens: maxOutputTokens }) },
    };
  },
};

function writingAt(tokensPerSecond: number | null, { pace }: ModelSettings): () => Promise<ChatModel> {
  return once(async () => {
    const { createSimulator } = await import('../../simulator/simulator.ts');
    const sleep = async (milliseconds: number, signal?: AbortSignal) =>
      pace?.clock.sleep(milliseconds, signal);
    return createSimulator({ tokensPerSecond, sleep }).chatModel();
  });
}
