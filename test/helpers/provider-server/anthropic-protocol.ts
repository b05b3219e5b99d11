import { contentText, type Protocol, turnsOf, usageOf } from './protocol.ts';

function frame(type: string, data: Record<string, unknown>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function thinking(thoughts: readonly string[]): string {
  const delta = (fields: Record<string, unknown>) =>
    frame('content_block_delta', { index: 0, delta: fields });
  return [
    frame('content_block_start', {
      index: 0,
      content_block: { type: 'thinking', thinking: '', signature: '' },
    }),
    ...thoughts.map((text) => delta({ type: 'thinking_delta', thinking: text })),
    delta({ type: 'signature_delta', signature: 'c2lnbmF0dXJl' }),
    frame('content_block_stop', { index: 0 }),
  ].join('');
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
    const { input, cached, written } = usageOf(reply, [], messages);
    const usage = {
      input_tokens: input - cached - written,
      cache_read_input_tokens: cached,
      cache_creation_input_tokens: written,
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
    const start = frame('message_start', { message });
    const isThinking = reply.reasoning !== undefined;
    const text = { index: isThinking ? 1 : 0, content_block: { type: 'text', text: '' } };
    return `${start}${isThinking ? thinking(reply.reasoning ?? []) : ''}${frame('content_block_start', text)}`;
  },
  // Sent with the opening: thoughts are a block of their own before the text's.
  thought: () => '',
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
