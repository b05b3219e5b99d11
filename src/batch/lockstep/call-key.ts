import { createHash } from 'node:crypto';
import type { CallRequest } from '../../models/types.ts';

/** The part of a debate's name that stands in its calls' keys; its end holds its hash. */
export function debateTag(debate: string): string {
  return debate.slice(-40);
}

/** Names one call of one debate, today and after a restart: at most 61 characters. */
export function callKey(debate: string, spec: string, request: CallRequest): string {
  const { messages, maxOutputTokens, temperature, seed, reply } = request;
  const content = JSON.stringify([spec, messages, maxOutputTokens, temperature, seed, reply?.name ?? null]);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 20);
  return `${debateTag(debate)}.${hash}`;
}

/** The tag of the debate that a key belongs to. */
export function tagOf(key: string): string {
  return key.slice(0, key.lastIndexOf('.'));
}
