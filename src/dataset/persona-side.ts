import { createHash } from 'node:crypto';
import { type ChatMessage, messageJson } from '../debate/calls.ts';
import type { CaucusTurn } from '../debate/caucus.ts';
import type { Debate, Turn } from '../debate/debate.ts';
import type { Article } from '../debate/setup.ts';
import { articleBlock } from '../prompts/blocks.ts';
import { conversationOf } from '../prompts/conversation.ts';
import { block } from '../prompts/fence.ts';
import type { PromptSet } from '../prompts/types.ts';
import { rememberingFor } from '../text/memo.ts';

/** A debate as one persona lived it: what it was sent, and what it said. */
export interface PersonaConversation {
  persona: string;
  /** System, then user and assistant in strict turn, ending with the persona's last speech. */
  messages: ChatMessage[];
  /** Its speeches, and its words in private, one for each assistant message. */
  speeches: (Turn | CaucusTurn)[];
  /**
   * For each speech whether its prompt, rendered again, has the very hash the journal keeps. A speech that was asked
   * for a second time, or was said before a fork, was prompted otherwise.
   */
  verified: boolean[];
  /** The round from which on speeches stand whole in it; 1: all do. */
  fullFrom: number;
}

/**
 * Renders a persona's side of a debate from the files the run kept: one conversation, or where rounds gave way to what was read
 * of them, one for each time, up to the last speech that was prompted so. None where it never spoke.
 */
export function personaConversations(set: PromptSet, debate: Debate, persona: string): PersonaConversation[] {
  const said = debate.turns.filter(({ kind, speaker }) => kind === 'speech' && speaker === persona);
  return [...new Set(said.map(wholeFrom))].map((fullFrom) => {
    const { messages, own } = conversationOf(set, debate, persona, 'the-end', fullFrom);
    const isLast = fullFrom === wholeFrom(said.at(-1));
    const end = isLast ? own.length - 1 : own.findLastIndex((turn) => wholeFrom(turn) === fullFrom);
    const speeches = own.slice(0, end + 1);
    const shown = messages.slice(0, 1 + 2 * speeches.length);
    return { persona, messages: shown, speeches, verified: verifiedAmong(shown, speeches), fullFrom };
  });
}

/** The round from which on speeches stood whole in the prompt of a turn. */
export function wholeFrom(turn: Turn | CaucusTurn | undefined): number {
  return (turn?.type === 'turn-ended' ? turn.fullFrom : null) ?? 1;
}

/** Each prompt is the one before it with two messages more, so one pass hashes them all. */
function verifiedAmong(
  messages: readonly ChatMessage[],
  speeches: readonly { promptHash: string }[],
): boolean[] {
  const [system, ...rest] = messages;
  if (!system) return [];
  const sent = systemHash(system).copy();
  const verified: boolean[] = [];
  for (const message of rest) {
    if (message.role === 'assistant') {
      const isLast = verified.length === speeches.length - 1;
      const hash = (isLast ? sent : sent.copy()).update(']').digest('hex');
      verified.push(speeches[verified.length]?.promptHash === hash);
      if (isLast) break;
    }
    sent.update(`,${messageJson(message)}`);
  }
  return verified;
}

/** The hash of every prompt of a persona as far as the system message, which is the same object in all debates of a set and a cast. */
const systemHash = rememberingFor((system: ChatMessage) =>
  createHash('sha256').update(`[${JSON.stringify(system)}`),
);

/** For chat templates without a system role: its text opens the first user message. */
export function foldedSystem(messages: readonly ChatMessage[]): ChatMessage[] {
  const [system, first, ...rest] = messages;
  if (system?.role !== 'system' || !first) return [...messages];
  const known = folded.get(first);
  if (known?.system === system.content) return [known.message, ...rest];
  const message: ChatMessage = { role: first.role, content: `${system.content}\n\n${first.content}` };
  folded.set(first, { system: system.content, message });
  return [message, ...rest];
}

/** The same message for all rows of a conversation. */
const folded = new WeakMap<ChatMessage, { system: string; message: ChatMessage }>();

/** The same messages with the article's passages left out; title, source, date, hash and licence say which text it was. */
export function withArticleWithheld(messages: readonly ChatMessage[], article: Article): ChatMessage[] {
  const whole = articleBlock(article);
  const { title, source, date, sha256, licence, passages } = article;
  return messages.map((message) => {
    const known = withheld.get(message);
    if (known?.sha256 === sha256) return known.message;
    const short = block(
      'article',
      { title, source, date, sha256, licence },
      `(${passages.length} passages, not part of this data set)`,
    );
    // A function, since a replacement text would have its own meaning for $.
    const without = { ...message, content: message.content.replace(whole, () => short) };
    withheld.set(message, { sha256, message: without });
    return without;
  });
}

const withheld = new WeakMap<ChatMessage, { sha256: string; message: ChatMessage }>();
