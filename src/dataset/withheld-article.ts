import type { Article } from '../debate/events.ts';
import type { ChatMessage } from '../debate/messages.ts';
import { articleBlock } from '../prompts/blocks.ts';
import { block } from '../prompts/fence.ts';

/** The same messages with the article's passages left out; title, source, date, hash and licence say which text it was. */
export function withArticleWithheld(messages: readonly ChatMessage[], article: Article): ChatMessage[] {
  const whole = articleBlock(article);
  const { title, source, date, sha256, licence, passages } = article;
  const short = block(
    'article',
    { title, source, date, sha256, licence },
    `(${passages.length} passages, not part of this data set)`,
  );
  return messages.map((message) => ({
    ...message,
    // A function, since a replacement text would have its own meaning for $.
    content: message.content.replace(whole, () => short),
  }));
}
