import type { ChatMessage } from '../../src/debate/calls.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import { type RunDebateOptions, runDebate } from '../../src/run/run-debate.ts';
import { harbourWith, swap } from '../prompts/scenario-folder.ts';

/** Seven facts of the harbour's article, as scenario.yaml names them; they become F1 to F7. */
const factsYaml = `facts:
  daily-share:
    - { passage: 2, quote: may take 900 cubic metres a day }
    - { passage: 2, quote: a right granted in 1931 }
    - { passage: 4, quote: The mayor proposed to halve the daily share until the first rain }
  metering:
    - { passage: 3, quote: Only 12 of 58 pumps have a meter }
  price:
    - { passage: 5, quote: Households pay 2.10 for a cubic metre }
    - { passage: 5, quote: farms pay nothing }
  fish-gate:
    - { passage: 1, quote: The river at Harbour fell to 41 centimetres on Monday }
`;

/** The harbour with its two principals alone and its seven facts; `knows` deals passages to them. */
export async function harbourWithFacts(
  knows: { mayor?: number[]; growers?: number[] } = {},
  folder?: string,
): Promise<string> {
  const dealt = (id: string, passages: number[] | undefined) =>
    passages
      ? {
          [`personas/${id}.md`]: (before: string) =>
            swap(
              'principal: true',
              `principal: true\nknows: [${passages.join(', ')}]`,
            )(before).replace(/ \[P(\d+)\]/g, (citation, number) =>
              passages.includes(Number(number)) ? citation : '',
            ),
        }
      : {};
  const changes = {
    'scenario.yaml': (before: string) =>
      `${before.replace('[harbour-mayor, growers-union, river-biologist]', '[harbour-mayor, growers-union]')}${factsYaml}`,
    'personas/river-biologist.md': null,
    ...dealt('harbour-mayor', knows.mayor),
    ...dealt('growers-union', knows.growers),
  };
  return harbourWith(changes, folder);
}

/** A chat model that answers with a text of what it is sent. */
export function saying(answer: (task: string, messages: readonly ChatMessage[]) => string) {
  return {
    async stream(messages: readonly ChatMessage[]) {
      const kind = /<task kind="(\w+)"/.exec(messages.at(-1)?.content ?? '')?.[1] ?? '';
      const text = answer(kind, messages);
      return (async function* () {
        yield { text, response_metadata: { finish_reason: 'stop' }, additional_kwargs: {} };
      })();
    },
  };
}

/** Replies that end a debate by itself, for every task that is not the test's matter. */
export function plainReply(kind: string): string {
  switch (kind) {
    case 'judge':
      return '{"readings":[]}';
    case 'draft':
      return '{"text":"Nothing is agreed.","items":[]}';
    case 'answer':
      return '{"answer":"refuse","reason":"Nothing is agreed.","change":null}';
    default:
      return 'What would each of you need?';
  }
}

/** Runs a debate to its end, in memory. */
export async function eventsOf(options: RunDebateOptions): Promise<DebateEvent[]> {
  const running = await runDebate({ seed: 1, stopEarly: false, judgeSamples: 1, ...options });
  const events: DebateEvent[] = [];
  for await (const item of running) if ('number' in item) events.push(item);
  return events;
}
