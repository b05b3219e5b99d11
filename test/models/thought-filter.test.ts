import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ThoughtFilter } from '../../src/models/thought-filter.ts';

function filtered(pieces: readonly string[]): string {
  const filter = new ThoughtFilter();
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end();
}

test.each([
  ['Hello there', 'Hello there'],
  ['<think>plan</think>Hello', 'Hello'],
  ['\n<think>\nplan\n</think>\n\nHello', 'Hello'],
  ['Say <think> aloud</think>', 'Say <think> aloud</think>'],
  ['<thing>Hello', '<thing>Hello'],
  ['<thi', '<thi'],
  ['<think>never ends', ''],
  ['<notes>mine</notes>Hello', '<notes>mine</notes>Hello'],
])('%j becomes %j however it is cut into pieces', (text, expected) => {
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
      const ends = [...new Set([0, ...cuts, text.length])].sort((one, other) => one - other);
      const pieces = ends.slice(1).map((end, index) => text.slice(ends[index], end));
      expect(filtered(pieces)).toBe(expected);
    }),
  );
});

test('where a server is known to keep thoughts apart, text is passed on at once', () => {
  const filter = new ThoughtFilter({ isLive: true });
  expect(filter.push('Hel')).toBe('Hel');
  expect(filter.push('lo there.')).toBe('lo there.');
});

test('after a thought that was opened and closed at the start, text is passed on at once', () => {
  const filter = new ThoughtFilter();
  expect(filter.push('<think>a plan</think>\n\nHel')).toBe('Hel');
  expect(filter.push('lo')).toBe('lo');
});

test('words that turn out to be a thought after they were shown are void, and nothing more is shown before the end', () => {
  const filter = new ThoughtFilter({ isLive: true });
  expect(filter.push('Secretly. ')).toBe('Secretly. ');
  expect(filter.push('</think>\nWe ')).toBe('');
  expect(filter).toMatchObject({ hasLeaked: true, wasSurprised: true });
  expect(filter.push('agree.')).toBe('');
  expect(filter.end()).toBe('We agree.');
  expect(filter.text).toBe('We agree.');
});

/** Letters that only thoughts hold, and none of the marks or the speeches. */
const secret = /[ΩΨΞ]/;
const thought = fc
  .array(fc.constantFrom('Ω', 'Ψ Ω', 'ΞΨ, Ω.', '\n', '\n\n', ' "Ψ" ', ' (Ω) ', '1 < 2 ', 'Ω: '), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => `Ψ${parts.join('')}Ω`);
const speech = fc.constantFrom(
  'We propose a freeze.',
  'I think we can agree. I thought so before.',
  'First: a freeze.\n\nSecond: inspections [P3].',
  'The note says "<think>" and we ask why.',
  'Tags such as `<think>` and `</think>` are for machines.',
);
/** Each way of sending thoughts: all its marks, and whether its beginning can be seen. */
const forms: Record<string, { isMarked: boolean; of(thought: string, speech: string): string }> = {
  think: { isMarked: true, of: (t, s) => `<think>${t}</think>${s}` },
  'think on lines': { isMarked: true, of: (t, s) => `\n<think>\n${t}\n</think>\n\n${s}` },
  thinking: { isMarked: true, of: (t, s) => `<thinking>${t}</thinking>\n${s}` },
  thought: { isMarked: true, of: (t, s) => `<Thought>${t}</Thought> ${s}` },
  'reasoning with an attribute': {
    isMarked: true,
    of: (t, s) => `<reasoning kind="plan">${t}</reasoning >${s}`,
  },
  'a name space': { isMarked: true, of: (t, s) => `<seed:think>${t}</seed:think>${s}` },
  'another closing': { isMarked: true, of: (t, s) => `<think>${t}</thinking>${s}` },
  brackets: { isMarked: true, of: (t, s) => `[THINK]${t}[/THINK]${s}` },
  triangles: { isMarked: true, of: (t, s) => `◁think▷${t}◁/think▷${s}` },
  'begin of thought': { isMarked: true, of: (t, s) => `<|begin_of_thought|>${t}<|end_of_thought|>${s}` },
  'an answer': { isMarked: true, of: (t, s) => `<think>${t}</think><answer>${s}</answer>` },
  'two blocks': { isMarked: true, of: (t, s) => `<think>${t}</think><think>${t}</think>${s}` },
  'a later block': { isMarked: true, of: (t, s) => `<think>${t}</think>${s}\n<think>${t}</think>\n${s}` },
  harmony: {
    isMarked: true,
    of: (t, s) =>
      `<|channel|>analysis<|message|>${t}<|end|><|start|>assistant<|channel|>final<|message|>${s}<|return|>`,
  },
  'harmony with a commentary': {
    isMarked: true,
    of: (t, s) =>
      `<|channel|>analysis<|message|>${t}<|end|><|start|>assistant<|channel|>commentary<|message|>${t}<|end|>` +
      `<|start|>assistant<|channel|>final<|message|>${s}`,
  },
  "Gemma's channel": { isMarked: true, of: (t, s) => `<|channel>thought\n${t}<channel|>${s}` },
  'a message of its own': {
    isMarked: true,
    of: (t, s) => `<|im_start|>think\n${t}<|im_end|>\n<|im_start|>assistant\n${s}<|im_end|>`,
  },
  "Llama's header": {
    isMarked: true,
    of: (t, s) =>
      `<|start_header_id|>thinking<|end_header_id|>\n\n${t}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n${s}`,
  },
  "Gemma's turn": {
    isMarked: true,
    of: (t, s) => `<start_of_turn>thought\n${t}<end_of_turn>\n<start_of_turn>model\n${s}<end_of_turn>`,
  },
  'a message without a channel': {
    isMarked: true,
    of: (t, s) => `<|start|>think<|message|>${t}<|end|><|start|>assistant<|message|>${s}`,
  },
  'beginning and end in words': { isMarked: true, of: (t, s) => `[BEGIN THINKING]${t}[END THINKING]${s}` },
  'a name of several words': { isMarked: true, of: (t, s) => `<antThinking>${t}</antThinking>${s}` },
  nested: { isMarked: true, of: (t, s) => `<think>\n${t}\n<think>\n${t}\n</think>\n${t}\n</think>\n${s}` },
  'a block behind a heading': {
    isMarked: true,
    of: (t, s) => `${s}\n\n[Analysis] holds.\n\n<reflection hidden>\n${t}`,
  },
  'a heading that has an answer': { isMarked: true, of: (t, s) => `【思考】${t}\n【回答】${s}` },
  'an opening out of sight, with words in brackets': {
    isMarked: false,
    of: (t, s) => `${t} The <think tank> says ${t} a b c d e</think>\n\n${s}`,
  },
  'a fence': { isMarked: true, of: (t, s) => `\`\`\`thinking\n${t}\n\`\`\`\n\n${s}` },
  'a fence with a block in it': {
    isMarked: true,
    of: (t, s) => `\`\`\`thinking\n${t}\n\`\`\`\n${t}\n\`\`\`\n${t}\n\`\`\`\n\n${s}`,
  },
  'a fence with a named block in it': {
    isMarked: true,
    of: (t, s) => `\`\`\`thinking\n${t}\n\`\`\`json\n${t}\n\`\`\`\n${t}\n\`\`\`\n\n${s}`,
  },
  'a closing in words': { isMarked: true, of: (t, s) => `<|thinking_start|>${t}<|thinking_end|>${s}` },
  'details of reasoning': {
    isMarked: true,
    of: (t, s) => `<details type="reasoning" done="true">\n${t}\n</details>\n${s}`,
  },
  'tags with invisible letters': { isMarked: true, of: (t, s) => `<\u200bthink>${t}<\u200b/think>${s}` },
  'escaped tags': { isMarked: true, of: (t, s) => `&lt;think&gt;${t}&lt;/think&gt;${s}` },
  "Granite's words": {
    isMarked: true,
    of: (t, s) => `Here is my thought process:\n${t}\n\nHere is my response:\n${s}`,
  },
  'a comment': { isMarked: true, of: (t, s) => `${s}\n<!-- thinking: ${t} -->\n${s} <!--${t}-->` },
  'a tag within a comment': { isMarked: true, of: (t, s) => `<!-- <think>${t}</think> ${t} -->${s}` },
  braces: { isMarked: true, of: (t, s) => `{think}${t}{/think}${s}` },
  'a second closing behind an opened thought within one': {
    isMarked: false,
    of: (t, s) => `<think>${t}, as <think> b</think> ${t}</think>\n${s}`,
  },
  'a closing that the thought speaks of': {
    isMarked: false,
    of: (t, s) => `<think>${t} and write "</think>" then ${t}</think>\n${s}`,
  },
  'two closings and a thought between': {
    isMarked: false,
    of: (t, s) => `${t}</think>\n<think>${t}</think>\n${t}</think>\n${s}`,
  },
  'doubtful brackets': { isMarked: false, of: (t, s) => `[ANALYSIS]${t} a b c d e[/ANALYSIS]${s}` },
  'opened in the prompt': { isMarked: false, of: (t, s) => `${t}</think>\n\n${s}` },
  'opened in the prompt, in brackets': { isMarked: false, of: (t, s) => `${t}[/THINK]${s}` },
  'harmony opened in the prompt': {
    isMarked: false,
    of: (t, s) => `${t}<|end|><|start|>assistant<|channel|>final<|message|>${s}`,
  },
};

/** Names of tags in the languages in which models think. */
const names = [
  ...['THINK', 'thinking', 'inner-monologue', 'thought_process', 'chain-of-thought', 'internal', 'planning'],
  ...['inner thoughts', 'chain of thought', 'Train of Thought', 'my reasoning', 'internal monologue'],
  ...[
    '思考',
    '思考過程',
    '推理',
    '생각',
    'réflexion',
    'pensamiento',
    'Überlegung',
    'мысли',
    'تفكير',
    'विचार',
  ],
];
for (const name of names)
  forms[`<${name}>`] = { isMarked: true, of: (t, s) => `<${name}>${t}</${name}>${s}` };
forms['【思考】'] = { isMarked: true, of: (t, s) => `【思考】${t}【/思考】${s}` };

const streams = process.env['PARLEY_TEST_LONG'] ? 10_000 : 200;

test.each(Object.entries(forms))(
  'no byte of a thought sent as %s is shown or kept, however the stream is split and cut',
  (_, { isMarked, of }) => {
    const cases = fc.record({
      thought,
      speech,
      cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
      /** Where the stream breaks off, if it does. */
      end: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    });
    fc.assert(
      fc.property(cases, ({ thought, speech, cuts, end }) => {
        const whole = of(thought, speech);
        const text = end === null ? whole : whole.slice(0, Math.floor(end * whole.length));
        const places = cuts.map((cut) => Math.floor(cut * text.length));
        const ends = [...new Set([0, ...places, text.length])].sort((one, other) => one - other);
        const filter = new ThoughtFilter();
        let shown = ends
          .slice(1)
          .map((to, index) => filter.push(text.slice(ends[index], to)))
          .join('');
        // Of a cut stream whose thought was opened out of sight nobody can know; nothing of it is taken as a reply.
        if (end === null || isMarked) shown += filter.end();
        expect(shown).not.toMatch(secret);
        if (end === null) {
          expect(filter.text.trim()).toContain(speech);
          expect(filter.text).not.toMatch(secret);
        }
      }),
      { numRuns: streams },
    );
  },
);

test.each([
  'I think that the freeze holds. You thought otherwise.',
  'Their model wrote “<think>” into the communique; we did not.',
  'The log shows `<think>` and, later, `</think>`.',
  'A tag such as <think> or </think> means nothing here.',
  'Between <think> and </think> it says nothing.',
  'The file opened with <think> and never closed it.',
  '1 < 2, and [P3] says so; <b>bold</b> is no thought.',
  '[Analysis]\nThe offer is fair [P3], and [thinking of P4] we ask for more.',
  '【论点】我们提议冻结。【理由】见 [P3]。',
  'analysis shows that the freeze holds.',
  'The <think tank> at Stanford says so.',
  '<think tank> is what they call it.',
  '<thoughtful> We <rethink> it all.',
  '【想法】我们提议冻结。',
  '[Start of the proposal] We agree. [End of the proposal]',
  '<details>More</details> is there.',
  'Here is my thought: the freeze holds.',
  '```text\nthe clause\n```\nis what we propose.',
  'Analysis: the offer is fair. analysis of it can wait.',
  'Ministers --> deputies -> staff: see {P3} and {a freeze}.',
  'The <inner circle> and the <chain of command> agree.',
  'Le mot «pensée» revient -- «мысль» aussi.',
  'A page may hold `<!--` and more.',
])('a speech that speaks of thinking stays as it is: %s', (text) => {
  for (const pieces of [[text], [...text]]) expect(filtered(pieces)).toBe(text);
});
