import type { RunSignal } from '../debate/notices.ts';
import { sanitizeDeep, sanitizeText } from '../text/sanitize.ts';

const opening = '<notes>';
const closing = '</notes>';

/**
 * The part of a reply under way that may be shown: made safe, and without the private notes that some strategies
 * ask for before the speech. Nothing is shown while the notes, or what may become their tag, are being written.
 */
export function publicText(reply: string): string {
  const text = sanitizeText(reply).trimStart();
  if (!text.startsWith(opening)) return opening.startsWith(text) ? '' : text;
  const end = text.indexOf(closing);
  return end < 0 ? '' : text.slice(end + closing.length).trimStart();
}

/**
 * As much of a reply under way as later text cannot change: up to the last space, line feed or wide stop that is
 * shown. What is shown after that may still grow into another letter, or turn out to be part of a sequence.
 */
export function settledText(reply: string): string {
  const text = publicText(reply);
  let end = text.length;
  while (end > 0 && !settling.has(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

const settling = new Set([' ', '\n', '。', '、', '，', '！', '？']);

/**
 * Every string of a signal made safe, once, where it enters a front end. Deltas pass as they are: a sequence may be
 * cut between two of them, so they are made safe where they are put together.
 */
export function sanitizeSignal(signal: RunSignal): RunSignal {
  if (signal.kind === 'notice' && signal.notice.type === 'turn-delta') return signal;
  return sanitizeDeep(signal);
}
