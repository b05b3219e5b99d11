/**
 * JSON Schema of the parts of Inspect's log that parley writes, made from the components of inspect_ai's
 * src/inspect_ai/_view/inspect-openapi.json (commit 499e615, August 2026): the same required fields and types. Stricter in one
 * way: a field that is not known there is refused, so that a misspelt one is noticed.
 */
const text = { type: 'string' };
const whole = { type: 'integer' };
const number = { type: 'number' };
const yesOrNo = { type: 'boolean' };
const anything = { type: 'object' };
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const listOf = (items: object) => ({ type: 'array', items });
const mapOf = (additionalProperties: object) => ({ type: 'object', additionalProperties });
const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
const time = { type: 'string', format: 'date-time' };

/** An object of which the first fields are required. */
function object(required: Record<string, object>, optional: Record<string, object> = {}) {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const message = object(
  { role: { enum: ['system', 'user', 'assistant'] }, content: text },
  {
    id: orNull(text),
    source: orNull({ enum: ['input', 'generate', 'operator'] }),
    model: orNull(text),
    metadata: orNull(anything),
  },
);

export const evalLogSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...ref('EvalLog'),
  $defs: {
    EvalLog: object(
      {
        version: { const: 2 },
        status: { enum: ['started', 'success', 'cancelled', 'error'] },
        eval: ref('EvalSpec'),
        plan: ref('EvalPlan'),
        stats: ref('EvalStats'),
        invalidated: yesOrNo,
        tags: listOf(text),
        metadata: anything,
      },
      {
        results: orNull(ref('EvalResults')),
        error: orNull(ref('EvalError')),
        samples: orNull(listOf(ref('EvalSample'))),
      },
    ),
    EvalSpec: object(
      {
        eval_id: text,
        run_id: text,
        created: time,
        task: text,
        task_id: text,
        task_version: { type: ['integer', 'string'] },
        task_attribs: anything,
        task_args: anything,
        task_args_passed: anything,
        dataset: ref('EvalDataset'),
        model: text,
        model_generate_config: ref('GenerateConfig'),
        model_args: anything,
        config: ref('EvalConfig'),
        packages: mapOf(text),
      },
      {
        task_display_name: orNull(text),
        solver: orNull(text),
        solver_args: orNull(anything),
        model_roles: orNull(mapOf(ref('ModelConfig'))),
        scorers: orNull(listOf(ref('EvalScorer'))),
      },
    ),
    EvalDataset: object(
      {},
      {
        name: orNull(text),
        samples: orNull(whole),
        sample_ids: orNull(listOf({ type: ['string', 'integer'] })),
        shuffled: orNull(yesOrNo),
      },
    ),
    GenerateConfig: object({}, { max_tokens: orNull(whole), temperature: orNull(number) }),
    EvalConfig: object(
      {},
      {
        epochs: orNull(whole),
        epochs_reducer: orNull(listOf(text)),
        fail_on_error: { type: ['boolean', 'number', 'null'] },
      },
    ),
    ModelConfig: object({ model: text, config: ref('GenerateConfig'), args: anything }),
    EvalScorer: object(
      { name: text },
      { metrics: orNull(listOf(object({ name: text }))), options: orNull(anything) },
    ),
    EvalPlan: object({ name: text, steps: listOf(ref('EvalPlanStep')), config: ref('GenerateConfig') }),
    EvalPlanStep: object({ solver: text, params: anything, params_passed: anything }),
    EvalResults: object({ total_samples: whole, completed_samples: whole, scores: listOf(ref('EvalScore')) }),
    EvalScore: object(
      { name: text, scorer: text, params: anything, metrics: mapOf(ref('EvalMetric')) },
      { reducer: orNull(text), scored_samples: orNull(whole), unscored_samples: orNull(whole) },
    ),
    EvalMetric: object({ name: text, value: number, params: anything }),
    EvalStats: object({
      started_at: time,
      completed_at: time,
      model_usage: mapOf(ref('ModelUsage')),
      role_usage: mapOf(ref('ModelUsage')),
      connection_limit_history: listOf(anything),
    }),
    EvalError: object({ message: text, traceback: text, traceback_ansi: text }),
    ModelUsage: object(
      { input_tokens: whole, output_tokens: whole, total_tokens: whole },
      {
        input_tokens_cache_read: orNull(whole),
        input_tokens_cache_write: orNull(whole),
        total_cost: orNull(number),
      },
    ),
    EvalSample: object(
      {
        id: { type: ['string', 'integer'] },
        epoch: whole,
        input: text,
        target: text,
        messages: listOf(message),
        output: ref('ModelOutput'),
        metadata: anything,
        store: anything,
        events: listOf(ref('InfoEvent')),
        model_usage: mapOf(ref('ModelUsage')),
        role_usage: mapOf(ref('ModelUsage')),
        attachments: mapOf(text),
      },
      {
        scores: orNull(mapOf(ref('Score'))),
        started_at: orNull(time),
        completed_at: orNull(time),
        total_time: orNull(number),
        uuid: orNull(text),
        error: orNull(ref('EvalError')),
        limit: orNull(object({ type: { enum: ['cost', 'token'] }, limit: number })),
      },
    ),
    ModelOutput: object({ model: text, choices: listOf(ref('ChatCompletionChoice')), completion: text }),
    ChatCompletionChoice: object({
      message,
      stop_reason: {
        enum: ['stop', 'max_tokens', 'model_length', 'tool_calls', 'content_filter', 'unknown'],
      },
    }),
    InfoEvent: object(
      { event: { const: 'info' }, timestamp: time, working_start: number, data: {} },
      { source: orNull(text) },
    ),
    Score: object(
      { value: { type: ['string', 'number', 'boolean'] }, history: listOf(anything) },
      { explanation: orNull(text), answer: orNull(text) },
    ),
  },
};
