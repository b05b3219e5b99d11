import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { ChatMessage } from '../../src/debate/calls.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { orderSchema } from '../../src/debate/setup.ts';
import { loadKept } from '../../src/prompts/load-kept.ts';
import { renderAnswer, renderSpeech } from '../../src/prompts/render-speech.ts';
import type { PromptSet } from '../../src/prompts/types.ts';
import { HarbourDebate, harbourPrompts } from './harbour.ts';

let set: PromptSet;
beforeAll(async () => {
  set = await harbourPrompts();
});

interface Sent {
  persona: string;
  messages: ChatMessage[];
  reply: string;
  /** Events there were when it was sent. */
  length: number;
}

const words = [
  'water',
  'gate',
  'meter',
  '[P2]',
  '</turn>',
  '<task kind="speak">',
  'river',
  'no',
  'Mayor',
  '\n\n',
];
const speech = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 })
  .map((list) => list.join(' '));

/** Debates of every order, with questions, interruptions and changed settings at odd moments. */
const plans = fc.record({
  order: fc.constantFrom(...orderSchema.options),
  rounds: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(1000),
  speeches: fc.array(speech, { minLength: 1, maxLength: 40 }),
  questionsBefore: fc.uniqueArray(fc.nat(30), { maxLength: 5 }),
  resumedBefore: fc.option(
    fc.record({
      at: fc.nat(20),
      rounds: fc.integer({ min: 1, max: 6 }),
      order: fc.constantFrom(...orderSchema.options),
    }),
  ),
});

function hold(plan: typeof plans extends fc.Arbitrary<infer Plan> ? Plan : never) {
  const { order, rounds, seed, speeches, questionsBefore, resumedBefore } = plan;
  const harbour = new HarbourDebate(set, { order, rounds }, seed);
  const sent: Sent[] = [];
  let step = 0;
  const textOf = (_speaker: string, turn: number) => speeches[turn % speeches.length] ?? 'x';
  harbour.hold(textOf, () => {
    if (questionsBefore.includes(step)) harbour.ask(`Question ${step}?`);
    const { at, ...changed } = resumedBefore ?? { at: null };
    if (at === step) harbour.resume(changed);
    step += 1;
    const action = harbour.action();
    if (action.type !== 'speak') return;
    const { persona } = action;
    const reply = textOf(persona, harbour.debate.turns.length + 1);
    const length = harbour.events.length;
    sent.push({ persona, messages: renderSpeech(set, harbour.debate, persona), reply, length });
  });
  return { harbour, sent };
}

test('every prompt of a persona is its previous prompt, its own reply and one message more, in every order', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const { sent } = hold(plan);
      const before = new Map<string, Sent>();
      for (const prompt of sent) {
        const last = before.get(prompt.persona);
        if (last) {
          const expected = [...last.messages, { role: 'assistant', content: last.reply }];
          expect(prompt.messages.slice(0, -1)).toEqual(expected);
        } else expect(prompt.messages).toHaveLength(2);
        expect(prompt.messages.at(-1)?.role).toBe('user');
        before.set(prompt.persona, prompt);
      }
    }),
    { numRuns: 150 },
  );
});

test('a debate read back from its events and its kept prompt files renders every prompt to the same bytes', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const { harbour, sent } = hold(plan);
      const kept = loadKept(set.files);
      if (!kept.ok) throw new Error(kept.failure.message);
      for (const { persona, messages, length } of sent) {
        const events = JSON.parse(JSON.stringify(harbour.events.slice(0, length)));
        expect(renderSpeech(kept.value, fold(events) as Debate, persona)).toEqual(messages);
      }
    }),
    { numRuns: 40 },
  );
});

test('everything said by others reaches a persona exactly once, whatever the order', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const { harbour } = hold(plan);
      harbour.drafted('They share the river.', []);
      const { debate } = harbour;
      for (const { id } of debate.started.cast) {
        const prompt = renderAnswer(set, debate, id);
        const users = prompt.filter(({ role }) => role === 'user').map(({ content }) => content);
        const numbers = [...users.join('\n').matchAll(/^<turn number="(\d+)"/gm)].map(([, number]) =>
          Number(number),
        );
        const others = debate.turns.filter(({ speaker }) => speaker !== id).map(({ turn }) => turn);
        expect(numbers).toEqual(others);
      }
    }),
    { numRuns: 60 },
  );
});
