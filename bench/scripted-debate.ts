import type { ChatRequest } from '../test/helpers/provider-server/request.ts';

const sentence =
  'We accept that one roadmap fixes the final goal at signature and is then carried out in agreed phases.';

/** A speech of about fifty tokens. */
const speech = `${sentence} The reason is plain enough: a goal nobody wrote down is a goal nobody can be held to, and a phase nobody checks is a promise [P6].`;

/** Answers every kind of call of a debate at once, with nothing to work out: what is timed is the caller. */
export function answer({ messages }: Pick<ChatRequest, 'messages'>): string {
  const last = messages.at(-1)?.content ?? '';
  switch (/<task kind="(\w+)"/.exec(last)?.[1]) {
    case 'judge':
      return JSON.stringify({ readings: readingsOf(last) });
    case 'draft':
      return JSON.stringify({ text: sentence, items: [] });
    case 'answer':
      return JSON.stringify({ answer: 'sign', reason: 'It holds.' });
    default:
      return speech;
  }
}

/** One reading a party, from its latest turn. */
function readingsOf(prompt: string): unknown[] {
  const latest = new Map<string, number>();
  for (const [, turn, party] of prompt.matchAll(/<turn number="(\d+)" speaker="Party (\w)">/g)) {
    latest.set(party ?? '', Number(turn));
  }
  return [...latest].map(([party, turn]) => ({
    party,
    issue: 'sequencing',
    position: 3,
    act: 'commit',
    quote: sentence,
    turn,
  }));
}
