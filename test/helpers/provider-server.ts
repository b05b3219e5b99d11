import { onTestFinished } from 'vitest';
import { type Listening, type ListenOptions, listen } from './provider-server/listen.ts';
import type { Reply } from './provider-server/reply.ts';
import type { ChatRequest } from './provider-server/request.ts';

export { errors, type Reply, unsupportedParameter } from './provider-server/reply.ts';
export type { ChatRequest } from './provider-server/request.ts';

export interface ProviderServer extends Listening {
  /** Adds replies for the next calls, in order. */
  script(...replies: (string | Reply)[]): void;
  /** What would fail the test now: calls too many, and replies that nobody asked for. */
  faults(): string[];
  /** Takes the faults so far for expected; only for tests of this server. */
  forgive(): void;
}

type Options = Partial<ListenOptions> & {
  /** Replies by order of call: a call too many and a reply not asked for both fail the test. */
  replies?: readonly (string | Reply)[];
};

/**
 * Starts the scripted provider for one test and stops it afterwards. Give `replies` (or `script` them) to
 * expect exactly those calls, or `answer` to answer any number of calls by what they ask.
 */
export async function startProviderServer(options: Options = {}): Promise<ProviderServer> {
  const queue = [...(options.replies ?? [])];
  const unexpected: ChatRequest[] = [];
  const nextReply = (request: ChatRequest): string | Reply => {
    const reply = queue.shift();
    if (reply !== undefined) return reply;
    unexpected.push(request);
    return { status: 418, body: { error: { message: 'the test expected no such call' } } };
  };
  const listening = await listen({ ...options, answer: options.answer ?? nextReply });
  const faults = () => [
    ...unexpected.map(
      ({ number, protocol, model }) => `call ${number} (${protocol}, ${model}) was not expected`,
    ),
    ...queue.map((reply) => `no call came for the reply ${JSON.stringify(reply)}`),
  ];
  onTestFinished(async () => {
    await listening.close();
    if (faults().length > 0) throw new Error(`The provider server: ${faults().join('; ')}`);
  });
  return {
    ...listening,
    script: (...replies) => queue.push(...replies),
    faults,
    forgive: () => {
      queue.length = 0;
      unexpected.length = 0;
    },
  };
}
