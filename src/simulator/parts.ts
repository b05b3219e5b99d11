import { argue, begin, cite } from './parts/argue.ts';
import { close } from './parts/close.ts';
import { type Draft, draftOf, type PartsContext } from './parts/draft.ts';
import { concede, limit, offer } from './parts/give.ts';
import { answer, reply } from './parts/reply.ts';
import { alsoStand, standOn } from './parts/state.ts';
import type { Part } from './situation.ts';

export interface PartsWriter {
  /** The part in words, or null where there is nothing to say under it. */
  write(part: Part): string | null;
}

const writers: Record<Part, (draft: Draft) => string | null> = {
  begin,
  reply: (draft) => reply(draft, 'before'),
  'reply-after': (draft) => reply(draft, 'after'),
  answer,
  argue: (draft) => argue(draft, true),
  support: (draft) => argue(draft, false),
  cite,
  concede,
  stand: (draft) => standOn(draft, draft.issue, false),
  'also-stand': alsoStand,
  limit,
  offer,
  close,
};

/** Writes the parts of one draft; what it has said so far decides what comes next. */
export function partsWriter(context: PartsContext): PartsWriter {
  const draft = draftOf(context);
  return {
    write(part) {
      const text = writers[part](draft);
      draft.soFar.hasBegun ||= text !== null;
      return text;
    },
  };
}
