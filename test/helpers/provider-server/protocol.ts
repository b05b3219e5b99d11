import type { StreamedReply } from './reply.ts';

export type ProtocolName = 'openai' | 'anthropic' | 'ollama';

export interface ChatTurn {
  role: string;
  content: string;
}

/** How one provider's chat endpoint puts a reply on the wire. */
export interface Protocol {
  name: ProtocolName;
  /** How the paths it answers end, such as /chat/completions. */
  path: string;
  contentType: string;
  /** The conversation of a request body, system message first. */
  messagesOf(body: Record<string, unknown>): ChatTurn[];
  opening(reply: StreamedReply, model: string, messages: readonly ChatTurn[]): string;
  thought(text: string): string;
  piece(text: string): string;
  refusal(text: string): string;
  /** Finish reason, usage, and what closes the stream. */
  closing(reply: StreamedReply, pieces: readonly string[], messages: readonly ChatTurn[]): string;
  garbage: string;
  errorEvent: string;
}

/** Tokens as this server counts them where a script gives none: words. */
export function usageOf(
  reply: StreamedReply,
  pieces: readonly string[],
  messages: readonly ChatTurn[],
): { input: number; output: number; cached: number; written: number } {
  const given = reply.usage ?? undefined;
  const input =
    given?.input ?? messages.reduce((sum, message) => sum + message.content.split(/\s+/).length, 0);
  return {
    input,
    output: given?.output ?? pieces.length,
    cached: given?.cached ?? 0,
    written: given?.written ?? 0,
  };
}

/** Text of a message's content, which may be a list of parts. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('');
}

export function turnsOf(messages: unknown): ChatTurn[] {
  if (!Array.isArray(messages)) return [];
  return messages.map((message: { role?: unknown; content?: unknown }) => ({
    role: String(message.role),
    content: contentText(message.content),
  }));
}
