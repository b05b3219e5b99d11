import type { FormatName } from '../../src/dataset/formats/index.ts';

/**
 * What trainers take, as JSON Schema: written from what TRL, OpenAI and LLaMA-Factory say of their data, and not from
 * the columns in src, so that a mistake there is found. Columns of provenance are held to their types.
 */
const text = { type: 'string', minLength: 1 };
const any = { type: 'string' };
const whole = { type: 'integer' };
const number = { type: ['number', 'null'] };

function group(properties: Record<string, object>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', required, additionalProperties: false, properties };
}

function listOf(items: object, limits: object = {}) {
  return { type: 'array', items, ...limits };
}

const message = group({ role: { enum: ['system', 'user', 'assistant'] }, content: text });
const messages = listOf(message, { minItems: 2 });
const answer = group({ role: { const: 'assistant' }, content: text });
const oneAnswer = listOf(answer, { minItems: 1, maxItems: 1 });
const said = group({ from: { enum: ['human', 'gpt'] }, value: text });
const answered = group({ from: { const: 'gpt' }, value: text });

const provenance = {
  ...{ debate: text, persona: any, simulated_role: text, principal: { type: 'boolean' }, scenario: text },
  ...{ strategy: text, model: any, moderator_model: any, judge_model: any, seed: whole, control: any },
  ...{ forked_from: any, forked_at_turn: whole, article_title: text, article_source: any, article_date: any },
  ...{ article_licence: any, article_sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
  ...{ article_text: { enum: ['full', 'withheld'] } },
  ...{
    prompts_sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    turn: whole,
    tokens: whole,
    own_turns: whole,
    prompts_verified: whole,
  },
  ...{ split_group: text, rounds: whole, ended: text, convergence: number, convergence_low: number },
  ...{ convergence_high: number, confidence: text, grounding: number, misquotes: whole, breaches: whole },
  persuasion: number,
  ...{ synthetic: { const: true }, simulated: { type: 'boolean' }, disclaimer: text, parley: text },
};

const ranking = {
  ...{
    ranked_by: { enum: ['grounding', 'movement', 'fidelity', 'judge', 'persuasion'] },
    chosen_score: number,
  },
  ...{
    rejected_score: number,
    prompt_of: { enum: ['both', 'chosen'] },
    chosen_debate: text,
    rejected_debate: text,
    differs: text,
  },
};

const turn = {
  turn: whole,
  round: whole,
  speaker: text,
  name: text,
  kind: text,
  text,
  author: { enum: ['model', 'person'] },
};
const verdict = {
  ...{
    round: whole,
    convergence: number,
    convergence_low: number,
    convergence_high: number,
    confidence: text,
  },
};
const position = { round: whole, speaker: text, issue: text, position: number, quote: text, turn: whole };

export const rowSchemas: Record<FormatName, object> = {
  sft: group({ messages, ...provenance }),
  'prompt-completion': group({ prompt: messages, completion: oneAnswer, ...provenance }),
  dpo: group({ prompt: messages, chosen: oneAnswer, rejected: oneAnswer, ...ranking, ...provenance }),
  'dpo-openai': group({
    input: group({ messages }),
    preferred_output: oneAnswer,
    non_preferred_output: oneAnswer,
  }),
  'dpo-llamafactory': group({
    ...{ conversations: listOf(said, { minItems: 1 }), chosen: answered, rejected: answered, system: text },
    ...ranking,
    ...provenance,
  }),
  kto: group({ prompt: messages, completion: oneAnswer, label: { type: 'boolean' }, ...provenance }),
  grpo: group({ prompt: messages, reward_context: text, ...provenance }),
  'kto-llamafactory': group({
    conversations: listOf(said, { minItems: 2 }),
    ...{ system: text, kto_tag: { type: 'boolean' } },
    ...provenance,
  }),
  rft: group({
    messages: listOf(group({ role: { enum: ['system', 'user', 'assistant'] }, content: text }), {
      minItems: 2,
    }),
    ...{ passages: text, own_lines: any, reward_context: text },
    ...provenance,
  }),
  openai: group({
    messages: listOf(
      {
        oneOf: [
          group({ role: { enum: ['system', 'user'] }, content: text }),
          group({ role: { const: 'assistant' }, content: text, weight: { enum: [0, 1] } }, ['weight']),
        ],
      },
      { minItems: 2 },
    ),
  }),
  sharegpt: group({ conversations: listOf(said, { minItems: 2 }), system: text, ...provenance }),
  transcript: group({
    turns: listOf(group(turn), { minItems: 1 }),
    verdicts: listOf(group(verdict)),
    positions: listOf(group(position)),
    statement: any,
    answers: listOf(group({ persona: text, answer: { enum: ['signed', 'refused'] }, reason: text })),
    ...provenance,
  }),
  judge: group({ messages, round: whole, sample: whole, ...provenance }),
};
