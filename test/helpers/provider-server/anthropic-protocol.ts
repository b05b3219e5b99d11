import { contentText, type Protocol, turnsOf, usageOf } from './protocol.ts';

function frame(type: string, data: Record<string, unknown>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

const stopReasons = { stop: 'end_turn', length: 'max_tokens', content_filter: 'refusal', refusal: 'refusal' };

/** Anthropic's Messages, streamed; only what a text conversation needs. */
export const anthropicProtocol: Protocol = {
  name: 'anthropic',
  path: '/v1/messages',
  contentType: 'text/event-stream; charset=utf-8',
  messagesOf: (body) => {
    const system = contentText(body['system']);
    return [...(system === '' ? [] : [{ role: 'system', content: system }]), ...turnsOf(body['messages'])];
  },
  opening: (reply, model, messages) => {
    const { input, cached } = usageOf(reply, [], messages);
    const usage = {
      input_tokens: input - cached,
      cache_read_input_tokens: cached,
      cache_creation_input_tokens: 0,
      output_tokens: 1,
    };
    const message = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      usage,
    };
    return (
      frame('message_start', { message }) +
      frame('content_block_start', { index: 0, content_block: { type: 'text', text: '' } })
    );
  },
  thought: (text) =>
    frame('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: text } }),
  piece: (text) => frame('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  refusal: (text) => frame('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  closing: (reply, pieces, messages) => {
    if (reply.finish === null) return frame('content_block_stop', { index: 0 });
    const { output } = usageOf(reply, pieces, messages);
    const delta = { stop_reason: stopReasons[reply.finish ?? 'stop'], stop_sequence: null };
    return (
      frame('content_block_stop', { index: 0 }) +
      frame('message_delta', { delta, usage: { output_tokens: output } }) +
      frame('message_stop', {})
    );
  },
  garbage: 'event: content_block_delta\ndata: {"type": oops\n\n',
  errorEvent: frame('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
};
