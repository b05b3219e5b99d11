import type { CallRecord } from '../debate/calls.ts';
import { seededInteger } from '../debate/seeded-random.ts';
import {
  type EvolvingPrompts,
  type RewritingAsked,
  readRewriting,
  renderRewriting,
  renderRewritingAgain,
} from '../prompts/evolving.ts';
import type { StrategySource } from '../prompts/strategy-file.ts';
import { callOnce, type SingleCallContext } from '../run/single-call.ts';
import type { Writing } from './types.ts';

/** Room for a whole strategy file, and for thoughts before it. */
const mostRewritingTokens = 12_000;

/** A file may be given so often: once, and once more with the faults of the first. */
const mostTries = 2;

/** Has a model rewrite a strategy; a file that does not load is asked for once more, with its faults. */
export async function rewriteStrategy(
  asked: RewritingAsked,
  {
    prompts,
    shipped,
    seed,
    ...context
  }: SingleCallContext & {
    prompts: EvolvingPrompts;
    /** The strategies that a file may extend. */
    shipped: StrategySource;
    seed: number;
  },
): Promise<Writing> {
  const calls: CallRecord[] = [];
  const repaired: string[] = [];
  let failedUsd = 0;
  let messages = renderRewriting(prompts, asked);
  for (let tried = 0; tried < mostTries; tried++) {
    const reply = await callOnce(
      {
        messages,
        maxOutputTokens: mostRewritingTokens,
        temperature: null,
        seed: seededInteger(seed, 'rewrite', asked.id, tried),
      },
      context,
    );
    if (!reply.ok) {
      const { reason, message } = reply.failure;
      return { type: 'stopped', reason: reason === 'stopped' ? 'stopped' : 'failed', message };
    }
    calls.push(reply.value.record);
    failedUsd += reply.value.failedUsd;
    const read = readRewriting(reply.value.text, { id: asked.id, parent: asked.file, shipped });
    if (read.ok) {
      const { file: text, reason } = read.value;
      return { type: 'written', text, reason, repaired, calls, failedUsd };
    }
    repaired.push(...read.failure.message.split('\n'));
    messages = renderRewritingAgain(prompts, messages, reply.value.text, read.failure.message.split('\n'));
  }
  return { type: 'unusable', faults: repaired, calls, failedUsd };
}
