import type { CallFailure } from '../debate/calls.ts';
import { duration } from '../text/figures.ts';
import { oneLine, redactorOf } from './redact.ts';
import type { CallPolicy, ModelHandle } from './types.ts';

/** What a message is made of. */
export interface FailureFacts {
  reason: CallFailure;
  /** The provider's own words, as they came. */
  detail: string;
  /** The status with which the server answered; null where it did not. */
  status: number | null;
  /** Did the model think where it can be seen? */
  hadThoughts?: boolean;
  /** How long the server asked to wait. */
  retryAfterMs: number | null;
}

/** One line for a person: which model, what happened, in the provider's words where it gave any, and what to do next. */
export function failureMessage(handle: ModelHandle, facts: FailureFacts, policy: CallPolicy): string {
  const redact = handle.redact ?? redactorOf([]);
  const words = oneLine(redact(facts.detail.replace(/Troubleshooting URL:.*/s, ''))).replace(/[.\s]+$/, '');
  const quoted = words === '' ? '' : ` (${words})`;
  const what = isWrongAddress(facts)
    ? wrongAddress(quoted)
    : facts.reason === 'authentication' && facts.status === 403
      ? forbidden(handle, quoted)
      : facts.reason === 'empty' && facts.hadThoughts
        ? onlyThoughts(quoted)
        : whatHappened(facts.reason, handle, quoted, policy);
  const line = `${handle.spec}: ${what}`;
  const { retryAfterMs } = facts;
  if (retryAfterMs === null || retryAfterMs <= policy.longestWaitMs) return line;
  return `${line} It asks to wait ${duration(retryAfterMs)}: resume the debate then, or choose another model.`;
}

/** Nothing there, or it has moved, and it was not the model that was missed: the address leads elsewhere. */
function isWrongAddress({ reason, status }: FailureFacts): boolean {
  return reason === 'bad-request' && status !== null && (status === 404 || status === 405 || status < 400);
}

/** By the account, by a filter, for a country, or by a page of somebody in between: only the words tell which. */
function forbidden({ keyVariable }: ModelHandle, quoted: string): string {
  return `the provider forbids this call${quoted}. Where that does not say why, check what ${keyVariable ?? 'the key'} may do.`;
}

function onlyThoughts(quoted: string): string {
  return `the model thought and gave too little of a reply or none${quoted}. Give its turns more tokens, lower its reasoning effort, or choose a model that thinks less.`;
}

function wrongAddress(quoted: string): string {
  return `the server has nothing at this address${quoted}. Check it; the base address usually ends in /v1.`;
}

function whatHappened(reason: CallFailure, handle: ModelHandle, quoted: string, policy: CallPolicy): string {
  switch (reason) {
    case 'authentication':
      return `the provider refused the key${quoted}. Check ${handle.keyVariable ?? 'the key'}.`;
    case 'quota':
      return `the account has no credit or quota left${quoted}. Top it up or choose another model.`;
    case 'rate-limited':
      return `too many requests${quoted}.`;
    case 'overloaded':
      return `the provider is overloaded${quoted}.`;
    case 'server-error':
      return `the provider failed${quoted}.`;
    case 'unreachable':
      return `the server cannot be reached${quoted}. Check the address and that it runs; parley doctor tries it.`;
    case 'connection-lost':
      return `the connection broke${quoted}.`;
    case 'first-token-timeout':
      return `no word came within ${duration(policy.firstTokenMs)}.`;
    case 'idle-timeout':
      return `the reply stalled for ${duration(policy.idleMs)}.`;
    case 'total-timeout':
      return `the reply was not finished after ${duration(policy.totalMs)}. Ask for shorter turns or choose a faster model.`;
    case 'incomplete':
      return `the reply broke off before its end${quoted}.`;
    case 'empty':
      return `the reply had no text${quoted}.`;
    case 'unknown-model':
      return `the provider has no such model${quoted}. Check the name; parley doctor lists what is there.`;
    case 'context-too-long':
      return `the debate has outgrown the model's context${quoted}. Use fewer rounds, shorter turns or a model with a larger context.`;
    case 'bad-request':
      return `the request failed${quoted}.`;
    case 'aborted':
      return 'the call was stopped.';
    case 'invalid-reply':
    case 'ungrounded':
    case 'out-of-role':
    case 'budget':
      return `the call failed: ${reason}${quoted}.`;
  }
}
