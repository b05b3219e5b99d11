import type { ChatChunk } from '../../types.ts';
import { errorIn, type ReportedError } from '../reported-error.ts';

type Fields = Record<string, unknown>;
type Usage = NonNullable<ChatChunk['usage_metadata']>;

/** What is read of a completion, streamed or whole; servers send more, and sometimes less. */
export type CompletionBody = Fields;

/** What one event of a stream, or a whole body, says. */
export interface Said {
  text: string;
  thoughts: string;
  refusal: string;
  /** Why the reply ended, in the server's word; empty where it does not say. */
  reason: string;
  /** All that was said so far, and not only what is new. */
  isAll: boolean;
  /** It asks for a tool, of which parley offers none. */
  callsTool: boolean;
}

/** Under these names servers send thoughts beside the words; the last ones hold the same once more, in pieces of several kinds. */
const thoughtFields = `reasoning_content reasoning thinking thought thoughts reasoning_text reasoningContent
  reasoning_details thinking_blocks provider_specific_fields`.split(/\s+/);

const nothing: Fields = {};
export const silence: ChatChunk = { text: '', response_metadata: nothing, additional_kwargs: nothing };

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The first of the choices: only one is asked for. */
function choiceIn({ choices }: CompletionBody): Fields | null {
  if (!Array.isArray(choices)) return fieldsOf(choices);
  return fieldsOf(choices.find((choice) => choice && Number(choice.index ?? 0) === 0));
}

/**
 * The choice that a body holds. Bodies of other protocols are put in the terms of Chat Completions: Ollama's own, Gemini's, those of
 * servers that send a content by itself, and any within another. null where a body holds nothing that was said.
 */
function choiceOf(body: CompletionBody): Fields | null {
  const choice = choiceIn(body);
  if (choice) return choice;
  const { message, response, candidates, text } = body;
  const content = body['content'] ?? responseIn(response);
  const reason = body['finish_reason'] ?? body['stop_reason'] ?? body['done_reason'];
  const end = reason ?? (body['done'] === true || body['stop'] === true ? 'stop' : null);
  if (fieldsOf(message)) return { delta: message, finish_reason: end };
  if (content !== undefined && content !== null) return { delta: { ...body, content }, finish_reason: end };
  if (typeof text === 'string') return { delta: { content: text }, finish_reason: end };
  const candidate = Array.isArray(candidates) ? fieldsOf(candidates[0]) : null;
  if (candidate) return { delta: candidate['content'], finish_reason: candidate['finishReason'] };
  const inner = innerOf(body);
  if (inner) return choiceOf(inner);
  return reason ? { finish_reason: reason } : null;
}

/** A reply by itself; where JSON was asked for, some gateways send it parsed. */
function responseIn(response: unknown): string | undefined {
  if (typeof response === 'string') return response;
  const fields = fieldsOf(response);
  const isBody =
    !fields ||
    bodyFields.some((name) => name in fields) ||
    Object.keys(fields).every((name) => textFields.includes(name));
  return isBody ? undefined : JSON.stringify(fields);
}
const bodyFields = ['choices', 'message', 'candidates', 'content', 'output', 'data', 'result', 'response'];
const textFields = ['text', 'role', 'finish_reason', 'stop_reason', 'usage', 'id', 'model'];

/** A body within a body, as gateways send it. */
function innerOf(body: CompletionBody): Fields | null {
  return [body['output'], body['data'], body['result'], body['response']].map(fieldsOf).find(Boolean) ?? null;
}

/** What an event or a body says; null where it says nothing. */
export function saidIn(body: CompletionBody): Said | null {
  const choice = choiceOf(body);
  if (!choice) return null;
  const { delta, message } = choice;
  const said = fieldsOf(delta) ?? fieldsOf(message) ?? nothing;
  const parts = partsIn(said['content'] ?? said['parts'], isThought(said));
  let beside = '';
  for (const field of thoughtFields)
    if (said[field] && beside === '') beside = partsIn(said[field], true).thoughts;
  const bare = typeof choice['text'] === 'string' ? choice['text'] : transcriptIn(said);
  return {
    text: parts.text === '' ? bare : parts.text,
    thoughts: `${beside}${parts.thoughts}`,
    refusal: typeof said['refusal'] === 'string' ? said['refusal'] : parts.refusal,
    reason: reasonIn(choice, said),
    isAll: !fieldsOf(delta) && fieldsOf(message) !== null,
    callsTool: Boolean(said['tool_calls'] ?? said['function_call']),
  };
}

/** The words of a reply that was spoken. */
function transcriptIn({ audio }: Fields): string {
  const transcript = fieldsOf(audio)?.['transcript'];
  return typeof transcript === 'string' ? transcript : '';
}

/** Some write that there is no reason as a word. */
const noReason = /^(?:null|none|undefined|)$/i;
const reasonFields = ['finish_reason', 'native_finish_reason', 'finishReason', 'stop_reason'] as const;

function reasonIn(choice: Fields, said: Fields): string {
  for (const fields of [choice, said]) {
    for (const name of reasonFields) {
      if (!fields[name]) continue;
      const reason = fieldsOf(fields[name])?.['type'] ?? fields[name];
      if (typeof reason !== 'string') return 'stop';
      if (!noReason.test(reason)) return reason;
    }
  }
  return '';
}

interface Parts {
  text: string;
  thoughts: string;
  refusal: string;
}
const noParts: Parts = { text: '', thoughts: '', refusal: '' };

/** A content is a text, a part with a text in it, or a list of either; some parts are thoughts. */
function partsIn(content: unknown, isWithinThought: boolean): Parts {
  if (typeof content === 'string') {
    return isWithinThought ? { ...noParts, thoughts: content } : { ...noParts, text: content };
  }
  if (Array.isArray(content)) {
    const parts = content.map((part) => partsIn(part, isWithinThought));
    const joined = (field: keyof Parts) => parts.map((part) => part[field]).join('');
    return { text: joined('text'), thoughts: joined('thoughts'), refusal: joined('refusal') };
  }
  const part = fieldsOf(content);
  if (!part) return noParts;
  const hidden = part['thinking'] ?? part['reasoning'] ?? part['reasoning_content'] ?? part['summary'];
  if (hidden !== undefined) return partsIn(hidden, true);
  if (typeof part['refusal'] === 'string') return { ...noParts, refusal: part['refusal'] };
  const inner = part['text'] ?? part['value'] ?? part['content'];
  return partsIn(inner, isWithinThought || isThought(part));
}

/** Is a part, or a whole piece as Gemini sends it, marked as a thought? */
function isThought({ type, thought, extra_content }: Fields): boolean {
  if (typeof type === 'string' && /think|thought|reason|analysis/i.test(type)) return true;
  return thought === true || fieldsOf(fieldsOf(extra_content)?.['google'])?.['thought'] === true;
}

/** The error that a server reports in the place of words; one beside them counts only where it is about them. */
export function reportedIn(body: CompletionBody): ReportedError | null {
  const choice = choiceIn(body);
  if (choice) {
    const error = [choice['error'], choice['finish_reason'] === 'error' && body['error']].find(isGiven);
    return error === undefined ? null : errorIn({ error });
  }
  if (isGiven(body['error'])) return errorIn(body);
  return choiceOf(body) ? null : errorIn(body);
}

function isGiven(error: unknown): boolean {
  return Boolean(error) && (typeof error !== 'object' || Object.keys(error as object).length > 0);
}

/** Names of the counts of tokens: in a prompt, in a reply, both, read from a cache, written to it, and thought. */
const counts = {
  input: ['prompt_tokens', 'input_tokens', 'promptTokens', 'inputTokens', 'promptTokenCount'],
  output: ['completion_tokens', 'output_tokens', 'completionTokens', 'outputTokens', 'candidatesTokenCount'],
  total: ['total_tokens', 'totalTokens', 'totalTokenCount'],
  cached: ['prompt_cache_hit_tokens', 'cached_tokens', 'cache_read_input_tokens', 'cachedContentTokenCount'],
  written: ['cache_write_tokens', 'cache_creation_input_tokens'],
  thoughts: ['reasoning_tokens', 'thoughtsTokenCount'],
} as const;

/** Servers are not to be trusted with numbers: some send null or texts. */
function countOf(fields: Fields, name: keyof typeof counts): number | null {
  const found = counts[name]
    .map((field) => fields[field])
    .find((count) => count !== null && count !== undefined);
  return found === undefined || Number.isNaN(Number(found)) ? null : Number(found);
}

/** The count of tokens that a completion or an event of a stream holds, wherever servers put it; null where there is none. */
export function usageIn(body: CompletionBody): Usage | null {
  const found = [
    body['usage'],
    fieldsOf(body['x_groq'])?.['usage'],
    choiceIn(body)?.['usage'],
    body['usageMetadata'],
  ]
    .map(fieldsOf)
    .find(Boolean);
  if (!found) {
    const { prompt_eval_count, eval_count } = body;
    if (typeof prompt_eval_count === 'number' && typeof eval_count === 'number')
      return { input_tokens: prompt_eval_count, output_tokens: eval_count };
    const inner = choiceIn(body) ? null : innerOf(body);
    return inner && usageIn(inner);
  }
  const details = fieldsOf(found['prompt_tokens_details']) ?? nothing;
  const output = fieldsOf(found['completion_tokens_details']) ?? nothing;
  const total = countOf(found, 'total');
  const reasoning = countOf(output, 'thoughts') ?? countOf(found, 'thoughts');
  return {
    input_tokens: countOf(found, 'input') ?? 0,
    output_tokens: countOf(found, 'output') ?? 0,
    ...(total === null ? {} : { total_tokens: total }),
    input_token_details: {
      cache_read: countOf(details, 'cached') ?? countOf(found, 'cached') ?? 0,
      cache_creation: countOf(details, 'written') ?? countOf(found, 'written') ?? 0,
    },
    ...(reasoning === null ? {} : { output_token_details: { reasoning } }),
  };
}

/** A later count of the same reply: what it leaves out was said before. */
export function laterUsage(before: Usage | null, now: Usage): Usage {
  if (!before) return now;
  return {
    ...before,
    ...now,
    input_tokens: now.input_tokens || before.input_tokens,
    output_tokens: now.output_tokens || before.output_tokens,
  };
}

/** Does a body hold a piece of a reply, with more to come? */
export function isPiece(body: CompletionBody): boolean {
  return body['done'] === false || fieldsOf(choiceIn(body)?.['delta']) !== null;
}

/** A whole completion as the one chunk of a stream. One that says no reason for its end is whole all the same, a piece is not. */
export function chunkOfBody(body: CompletionBody): ChatChunk {
  const { text = '', thoughts = '', refusal = '', reason = '', callsTool = false } = saidIn(body) ?? {};
  const end = reason === '' ? (isPiece(body) ? {} : { isWhole: true }) : { finish_reason: reason };
  return {
    text,
    response_metadata: { ...end, ...(callsTool ? { callsTool } : {}) },
    additional_kwargs: thoughts === '' && refusal === '' ? nothing : { reasoning_content: thoughts, refusal },
    usage_metadata: usageIn(body) ?? undefined,
  };
}
