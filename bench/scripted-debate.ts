import type { ChatRequest } from '../test/helpers/provider-server/request.ts';

const sentence =
  'We accept that one roadmap fixes the final goal at signature and is then carried out in agreed phases.';

const goals = [
  'a goal nobody wrote down',
  'a date nobody agreed on',
  'a duty nobody signed for',
  'a sum nobody set aside',
];
const ends = [
  'a goal nobody is held to',
  'a date nobody will keep',
  'a duty nobody takes up',
  'a sum nobody will pay',
];
const doubts = [
  'a phase nobody checks',
  'a step nobody watches',
  'a site nobody visits',
  'a stock nobody counts',
];
const promises = [
  'a promise made to the wind',
  'a word written in the sand',
  'a paper kept in a drawer',
  'a hope sold as a plan',
];

/** A speech of about fifty tokens, all of one length; one after the other differs, so that no caller can know a speech from before. */
function speech(number: number): string {
  const [goal, end, doubt, promise] = [goals, ends, doubts, promises].map(
    (words, place) => words[Math.floor(number / 4 ** place) % 4],
  );
  return `${sentence} The reason is plain enough: ${goal} is ${end}, and ${doubt} is ${promise} [P6].`;
}

let speeches = 0;

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
      return speech(speeches++);
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
