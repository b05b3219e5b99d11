import type { ChatMessage } from '../debate/messages.ts';

/** Characters of one token in text written with an alphabet; the usual rule of thumb for byte-pair vocabularies on English. */
const lettersPerToken = 4;
/** What chat templates put around one message. */
const tokensPerMessage = 4;

/** Han, kana, hangul and other scripts in which a character is about a token. */
const denseScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Extended_Pictographic}]/gu;

/**
 * About how many tokens a text has: a quarter of its characters, and one for each character of a dense script.
 * Good to some 20% on prose; only used where a provider reports nothing, and marked as estimated.
 */
export function estimateTokens(text: string): number {
  // The pattern is slow on long texts, and most texts hold no such character.
  if (!hasWideCharacters(text)) return Math.ceil(text.length / lettersPerToken);
  let dense = 0;
  const rest = text.replace(denseScripts, () => {
    dense++;
    return '';
  });
  return dense + Math.ceil(rest.length / lettersPerToken);
}

export function estimatePromptTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => sum + tokensPerMessage + estimateTokens(message.content), 0);
}

function hasWideCharacters(text: string): boolean {
  return /[\u0e00-\uffff]/.test(text);
}
