import type { Ending } from '../debate/events.ts';
import type { ChatChunk } from './types.ts';

/** Under these names providers tell why a stream ended. */
const fields = ['finish_reason', 'stop_reason', 'finishReason', 'stopReason', 'done_reason'] as const;

const endings: Record<string, Ending> = {
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_context_window_exceeded: 'length',
  model_length: 'length',
  refusal: 'refused',
  content_filter: 'filtered',
  content_filtered: 'filtered',
  guardrail_intervened: 'filtered',
  safety: 'filtered',
  recitation: 'filtered',
  prohibited_content: 'filtered',
  blocklist: 'filtered',
  spii: 'filtered',
};

/** Words by which servers say that something broke, though they put it into the place of a finish reason. */
const broken = new Set([
  'error',
  'unknown',
  'load',
  'malformed_function_call',
  'other',
  'cancelled',
  'abort',
]);

/** How a chunk says that its stream ended; null where it says nothing, `broken` where the provider gave up. */
export function endingOf(chunk: ChatChunk): Ending | 'broken' | null {
  for (const field of fields) {
    const reason = chunk.response_metadata[field] ?? chunk.additional_kwargs[field];
    if (typeof reason !== 'string' || reason === '') continue;
    const word = reason.toLowerCase();
    if (broken.has(word)) return 'broken';
    return endings[word] ?? 'complete';
  }
  return null;
}
