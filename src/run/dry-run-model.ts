import type { ChatMessage } from '../debate/calls.ts';
import type { ChatChunk, ModelHandle } from '../models/types.ts';

/** How much there is to say in replies that go through the agenda. */
interface Sizes {
  issues: number;
  /** Of every speaker on every issue. */
  readings: number;
}

/** Characters of a speech of the length that strategies ask for: about 120 words. */
const speechLength = 720;

/** A model of the same name and price that says nothing, in as many words as are usual. */
export function dryRunModel({ spec, simulated, price }: ModelHandle, sizes: Sizes): ModelHandle {
  return {
    spec,
    simulated,
    price,
    callOptions: () => ({}),
    chatModel: async () => ({
      stream: async (messages) => replies(messages, sizes),
    }),
  };
}

async function* replies(messages: readonly ChatMessage[], sizes: Sizes): AsyncGenerator<ChatChunk> {
  const text = replyTo(messages.at(-1)?.content ?? '', sizes);
  const plain = { additional_kwargs: {} };
  yield { ...plain, text, response_metadata: {} };
  yield { ...plain, text: '', response_metadata: { finish_reason: 'stop' } };
}

/** A reply of the usual form and length for what a task asks. */
function replyTo(prompt: string, sizes: Sizes): string {
  const filler = 'So many words, ';
  switch (/<task kind="(\w+)"/.exec(prompt)?.[1]) {
    case 'judge': {
      const quote = filler.repeat(6);
      const reading = { party: 'A', issue: 'an-issue', position: 3, act: 'propose', quote, turn: 1 };
      return JSON.stringify({ readings: Array.from({ length: sizes.readings }, () => reading) });
    }
    case 'draft':
      return JSON.stringify({ text: filler.repeat(80), items: [] });
    case 'answer':
      return JSON.stringify({ answer: 'sign', reason: filler.repeat(8) });
    case 'poll': {
      // Prose before the JSON is as long as positions would be, and names no issue that there is not.
      return `${filler.repeat(5 * sizes.issues)}${JSON.stringify({ positions: [] })}`;
    }
    case 'pick':
      return JSON.stringify({ persona: '', why: filler });
    case 'bid':
      return JSON.stringify({ wish: 5 });
    case 'steer':
      return filler.repeat(14);
    default:
      return filler.repeat(speechLength / filler.length);
  }
}
