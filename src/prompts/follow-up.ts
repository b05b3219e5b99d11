import type { ChatMessage } from '../debate/calls.ts';
import { taskBlock } from './blocks.ts';

/**
 * Asks for the last reply again. An empty reply is no message that providers take, so then the task joins the
 * one before it.
 */
export function followUp(previous: readonly ChatMessage[], reply: string, text: string): ChatMessage[] {
  const task = taskBlock('repair', {}, text);
  const last = previous.at(-1);
  if (reply.trim() === '' && last) {
    return [...previous.slice(0, -1), { ...last, content: `${last.content}\n${task}` }];
  }
  return [...previous, { role: 'assistant', content: reply }, { role: 'user', content: task }];
}
