import { type Protocol, turnsOf, usageOf } from './protocol.ts';

function frame(delta: Record<string, unknown>, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'scripted', choices })}\n\n`;
}

/** Chat Completions, streamed. */
export const openaiProtocol: Protocol = {
  name: 'openai',
  path: '/chat/completions',
  contentType: 'text/event-stream; charset=utf-8',
  messagesOf: (body) => turnsOf(body['messages']),
  opening: () => frame({ role: 'assistant', content: '' }),
  thought: (text) => frame({ reasoning_content: text }),
  piece: (text) => frame({ content: text }),
  refusal: (text) => frame({ refusal: text }),
  closing: (reply, pieces, messages) => {
    // OpenAI finishes a refusal with plain `stop`.
    const finish = reply.finish === undefined || reply.finish === 'refusal' ? 'stop' : reply.finish;
    const end = finish === null ? '' : frame({}, finish);
    const { input, output, cached, written } = usageOf(reply, pieces, messages);
    const usage = {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
    };
    const counted = {
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'scripted',
      choices: [],
      usage,
    };
    const usageFrame = reply.usage === null ? '' : `data: ${JSON.stringify(counted)}\n\n`;
    return `${end}${usageFrame}${reply.done === false ? '' : 'data: [DONE]\n\n'}`;
  },
  garbage: 'data: {"choices": [ this is no JSON\n\n',
  errorEvent: `data: ${JSON.stringify({ error: { message: 'Provider returned error', type: 'server_error', code: 502 } })}\n\n`,
};
