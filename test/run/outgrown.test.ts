import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { personaConversations } from '../../src/dataset/persona-side.ts';
import { type Debate, fold, fullFromOf } from '../../src/debate/debate.ts';
import type { DebateEvent, EventOf } from '../../src/debate/events.ts';
import { turnNote } from '../../src/debate/phrases.ts';
import { renderSpeech } from '../../src/prompts/render-speech.ts';
import type { PromptSet } from '../../src/prompts/types.ts';
import { loadSubject } from '../../src/run/begin-debate.ts';
import { type ChatRequest, startProviderServer } from '../helpers/provider-server.ts';
import { debating, held, taskOf } from './debates.ts';

const lengthOf = ({ messages }: ChatRequest) => JSON.stringify(messages).length;
const roundOf = ({ messages }: ChatRequest) =>
  Number(/<task kind="speak" round="(\d+)"/.exec(messages.at(-1)?.content ?? '')?.[1] ?? 0);

/** Words that no other speech has, so that speeches are as long as those of a real model. */
const own = (number: number) =>
  Array.from(
    { length: 40 },
    (_, place) => `Clause ${place} of paper ${number} rests on word${number}x${place}.`,
  ).join(' ');

/** A debate of four rounds with a server whose context holds no more than the longest prompt of the first two. */
async function outgrown() {
  let longest = 0;
  const speeches: { round: number; text: string; refused: boolean }[] = [];
  const server = await startProviderServer({
    answer: (request) => {
      if (taskOf(request) !== 'speak') return debating(request);
      const round = roundOf(request);
      if (round < 3) longest = Math.max(longest, lengthOf(request));
      const refused = lengthOf(request) > longest;
      speeches.push({ round, refused, text: JSON.stringify(request.messages) });
      if (!refused) return `${debating(request)} ${own(request.number)}`;
      const error = { message: 'maximum context length exceeded', code: 'context_length_exceeded' };
      return { status: 400, body: { error } };
    },
  });
  const environment = { OPENAI_API_KEY: 'sk-0123456789' };
  const options = { model: 'openai:scripted', rounds: 4, judgeSamples: 1, turnTokens: 600 };
  const { debate, events } = await held({ ...options, environment, baseUrl: server.baseUrl });
  return { debate, events, speeches };
}

async function prompts(): Promise<PromptSet> {
  const subject = { scenario: 'us-dprk-talks', strategy: 'plain', articles: [], control: null, poll: false };
  const loaded = await loadSubject(subject);
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return loaded.value.prompts;
}

const isSpeech = (event: DebateEvent): event is EventOf<'turn-ended'> =>
  event.type === 'turn-ended' && event.kind === 'speech';

test('a debate that outgrows its context goes on over the verified positions of its earlier rounds, and renders again byte for byte', async () => {
  const { debate, events, speeches } = await outgrown();
  expect(debate.ended?.reason).toBe('round-limit');
  const spoken = events.filter(isSpeech);
  const [first, ...later] = spoken.filter(({ fullFrom }) => fullFrom !== undefined);
  if (!first) throw new Error('no speech stood over earlier rounds');
  expect(first.round).toBe(3);
  expect(spoken.filter(({ turn }) => turn > first.turn)).toEqual(later);
  expect(fullFromOf(fold(events) as Debate)).toBe(later.at(-1)?.fullFrom);
  // A refusal teaches how much the context holds at most, so not every speech has to be refused first.
  expect(speeches.filter(({ refused }) => refused).length).toBeLessThan(later.length);

  const set = await prompts();
  for (const event of spoken) {
    const before = fold(events.slice(0, event.number)) as Debate;
    const sent = JSON.stringify(renderSpeech(set, before, event.speaker, event.fullFrom));
    expect(createHash('sha256').update(sent).digest('hex')).toBe(event.promptHash);
  }

  const earliest = spoken.filter(({ round }) => round === 1);
  const quotes =
    debate.verdicts[2]?.cells.flatMap((cell) => (cell.stand === 'position' ? [cell.quote] : [])) ?? [];
  const prompt = speeches.findLast(({ refused }) => !refused)?.text ?? '';
  expect(quotes.length).toBeGreaterThan(3);
  for (const quote of quotes) expect(prompt).toContain(JSON.stringify(quote).slice(1, -1));
  for (const { text } of earliest) expect(prompt).not.toContain(JSON.stringify(text).slice(1, -1));
  expect(prompt).toContain('shown-as=\\"verified positions and quotes\\"');
  expect(turnNote(first)).toContain('shown to the speakers as verified positions');

  for (const { id } of debate.started.cast) {
    const sides = personaConversations(set, debate, id);
    expect(sides.length).toBeGreaterThan(1);
    const own = sides.flatMap(({ speeches: said, verified, fullFrom }) =>
      said.flatMap((turn, place) =>
        turn.type === 'turn-ended' && (turn.fullFrom ?? 1) === fullFrom ? [verified[place]] : [],
      ),
    );
    expect(own).toEqual(spoken.filter(({ speaker }) => speaker === id).map(() => true));
    for (const { messages } of sides)
      expect(messages.slice(1).map(({ role }) => role)).toEqual(
        messages.slice(1).map((_, place) => (place % 2 === 0 ? 'user' : 'assistant')),
      );
  }
});
