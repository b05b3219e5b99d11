/** One message of a prompt, in the form every chat provider takes. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** A reply that must be JSON of a given shape; `schema` is JSON Schema, for providers that can enforce it. */
export interface ReplyFormat {
  name: string;
  schema: Record<string, unknown>;
}
