import { z } from 'zod';
import { defineCommand, option } from '../command.ts';
import { misuse, need, say } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { whole } from '../option-values.ts';

const parts = ['grounding', 'quotations', 'role', 'own_lines', 'length', 'stand'] as const;

/** `grounding=0.5,role=0.5`: parts that are not named weigh nothing. */
const weights = z
  .string()
  .regex(
    new RegExp(`^(?:${parts.join('|')})=\\d*\\.?\\d+(?:,(?:${parts.join('|')})=\\d*\\.?\\d+)*$`),
    `must be shares of ${parts.join(', ')}, such as grounding=0.6,role=0.4`,
  )
  .transform((given) => new Map(given.split(',').map((part) => part.split('=') as [string, string])));

const words = z
  .string()
  .regex(/^\d{1,6}-\d{1,6}$/, 'must be two numbers, such as 60-260')
  .transform((given) => given.split('-').map(Number))
  .refine(
    ([least = 0, most = 0]) => least > 0 && least <= most,
    'must begin with the smaller number, above 0',
  );

/** `parley reward`: code-checked rewards for completions, from standard input or as a server on this machine. */
export const command = defineCommand({
  description:
    'Compute code-checked rewards for completions of grpo rows: JSON lines of {"completion", "reward_context"} in, JSON lines of rewards out, each part alone and weighted. With --serve, answer POST /rewards on 127.0.0.1 instead.',
  options: {
    serve: option('--serve <port>', 'listen on this port of 127.0.0.1; 0 picks a free one', whole(0, 65_535)),
    weights: option('--weights <shares>', 'weights of the parts, such as grounding=0.6,role=0.4', weights),
    words: option('--words <least-most>', 'expected words per speech (60-260 by default)', words),
  },
  async action({ options }, environment) {
    const { defaultRewardOptions } = await import('../../dataset/code-reward.ts');
    const { rewardForLine, serveRewards } = await import('../../dataset/reward-server.ts');
    const [least, most] = options.words ?? [];
    const wanted = {
      weights: options.weights
        ? (Object.fromEntries(
            parts.map((name) => [name, Number(options.weights?.get(name) ?? 0)]),
          ) as typeof defaultRewardOptions.weights)
        : defaultRewardOptions.weights,
      words: least && most ? { least, most } : defaultRewardOptions.words,
    };
    if (options.serve !== null) {
      const { address, close } = need(await serveRewards(options.serve, wanted));
      say(environment, `Rewards are served at ${address}/rewards. Ctrl+C ends it.`);
      const { untilSignal } = await import('../signals.ts');
      const code = await untilSignal();
      await close();
      return code;
    }
    if (environment.stdin.isTTY)
      return misuse(environment, 'Nothing was piped into standard input: parley reward < completions.jsonl');
    const { createInterface } = await import('node:readline');
    let faults = 0;
    for await (const line of createInterface({
      input: environment.stdin,
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      if (line.trim() === '') continue;
      const found = rewardForLine(line, wanted);
      if ('error' in found) faults += 1;
      if (!environment.stdout.write(`${JSON.stringify(found)}\n`)) await drained(environment.stdout);
    }
    return faults === 0 ? exitCode.done : exitCode.failed;
  },
});

function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => stream.once('drain', () => resolve()));
}
