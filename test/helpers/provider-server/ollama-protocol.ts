import { type Protocol, turnsOf, usageOf } from './protocol.ts';

function line(data: Record<string, unknown>): string {
  return `${JSON.stringify({ model: 'scripted', created_at: '2026-01-01T00:00:00Z', ...data })}\n`;
}

function message(content: string, thinking?: string): Record<string, unknown> {
  return { role: 'assistant', content, ...(thinking === undefined ? {} : { thinking }) };
}

/** Ollama's /api/chat: JSON lines. */
export const ollamaProtocol: Protocol = {
  name: 'ollama',
  path: '/api/chat',
  contentType: 'application/x-ndjson',
  messagesOf: (body) => turnsOf(body['messages']),
  opening: () => '',
  thought: (text) => line({ message: message('', text), done: false }),
  piece: (text) => line({ message: message(text), done: false }),
  refusal: (text) => line({ message: message(text), done: false }),
  closing: (reply, pieces, messages) => {
    if (reply.finish === null) return '';
    const { input, output } = usageOf(reply, pieces, messages);
    const counts = reply.usage === null ? {} : { prompt_eval_count: input, eval_count: output };
    const done_reason = reply.finish === 'length' ? 'length' : 'stop';
    return line({ message: message(''), done: true, done_reason, ...counts });
  },
  garbage: '{"model": oops\n',
  errorEvent: '{"error":"an error was encountered while running the model"}\n',
};
