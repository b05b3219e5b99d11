import type { IncomingMessage } from 'node:http';
import type { Outcome } from '../debate/outcome.ts';
import { type LoopbackServer, listenOnLoopback } from '../run/loopback-server.ts';
import { type Reward, type RewardOptions, rewardOf } from './code-reward.ts';
import { readRewardContext } from './reward-context.ts';

/** A line that asks for rewards, or says what is wrong with it. */
export type RewardLine = Reward | { error: string };

/** Answers one line of JSON: `{"completion": ..., "reward_context": ...}`. A completion is text, or messages as TRL gives them. */
export function rewardForLine(line: string, options: RewardOptions): RewardLine {
  try {
    return rewardFor(JSON.parse(line), options);
  } catch {
    return { error: 'the line is not JSON' };
  }
}

function rewardFor(asked: unknown, options: RewardOptions): RewardLine {
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked))
    return { error: 'each line must be an object with completion and reward_context' };
  const { completion, reward_context: given } = asked as Record<string, unknown>;
  const text = completionText(completion);
  if (text === null) return { error: 'completion must be text or a list of messages' };
  const context = readRewardContext(given);
  return context.ok ? rewardOf(text, context.value, options) : { error: context.failure.message };
}

function completionText(completion: unknown): string | null {
  if (typeof completion === 'string') return completion;
  if (!Array.isArray(completion)) return null;
  const parts = completion.map((message) =>
    typeof message === 'object' && message !== null ? Reflect.get(message, 'content') : message,
  );
  return parts.every((part) => typeof part === 'string') ? parts.join('\n\n') : null;
}

/** Most bytes of a request: some thousand completions with their contexts. */
const mostBytes = 256 << 20;

/**
 * Serves rewards on the loopback interface alone. `POST /rewards` takes `{"completions": [...], "reward_context": [...]}` as a
 * trainer's reward function is called, and answers `{"rewards": [...]}` in the same order, each part alone and weighted.
 */
export async function serveRewards(
  port: number,
  options: RewardOptions,
): Promise<Outcome<LoopbackServer, 'port-taken'>> {
  return listenOnLoopback(port, async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method === 'GET' && request.url === '/health') return answer(200, { ok: true });
    if (request.method !== 'POST' || request.url !== '/rewards')
      return answer(404, { error: 'POST /rewards with completions and reward_context' });
    // A page in a browser must not be able to ask; trainers send JSON.
    if (!/^application\/json/i.test(request.headers['content-type'] ?? ''))
      return answer(415, { error: 'send application/json' });
    const isHuge = Number(request.headers['content-length']) > mostBytes;
    const body = isHuge ? null : await bodyOf(request).catch(() => null);
    if (body === null) {
      response.setHeader('connection', 'close');
      return answer(413, {
        error: `the request is larger than ${mostBytes >> 20} MB: send fewer completions`,
      });
    }
    const asked = batchIn(body);
    if (typeof asked === 'string') return answer(400, { error: asked });
    return answer(200, { rewards: asked.map((one) => rewardFor(one, options)) });
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    length += (part as Buffer).length;
    if (length > mostBytes) throw new Error('too large');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

function batchIn(body: string): object[] | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return 'the body is not JSON';
  }
  const { completions, reward_context: contexts } = (parsed ?? {}) as Record<string, unknown>;
  if (!Array.isArray(completions)) return 'completions must be a list';
  const isEach = Array.isArray(contexts);
  if (isEach && contexts.length !== completions.length)
    return `there are ${completions.length} completions and ${contexts.length} reward contexts`;
  return completions.map((completion, place) => ({
    completion,
    reward_context: isEach ? contexts[place] : contexts,
  }));
}
