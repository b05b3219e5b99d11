import type { Attributes } from '@opentelemetry/api';
import type { CallRecord, Purpose } from '../../debate/calls.ts';
import type { EventOf } from '../../debate/events.ts';
import type { Settings } from '../../debate/setup.ts';

/**
 * Names of OpenTelemetry's conventions for generative AI, in development as of November 2026:
 * https://github.com/open-telemetry/semantic-conventions-genai/tree/main/docs/gen-ai
 * What they have no name for stands under `parley.`.
 */

/** Providers that the conventions name otherwise than model specs do. */
const providerNames: Record<string, string> = {
  azure_openai: 'azure.ai.openai',
  bedrock: 'aws.bedrock',
  'google-genai': 'gcp.gemini',
  'google-vertexai': 'gcp.vertex_ai',
  mistralai: 'mistral_ai',
  simulator: 'parley.simulator',
  xai: 'x_ai',
};

const finishReasons: Record<EventOf<'turn-ended'>['ending'], string> = {
  complete: 'stop',
  length: 'length',
  refused: 'refusal',
  filtered: 'content_filter',
  repetition: 'stop',
};

const prosePurposes: ReadonlySet<Purpose> = new Set(['open', 'speak', 'steer']);

/** Provider and model of a spec such as openai:gpt-5-mini; the simulator is its own model. */
export function modelAttributes(spec: string): Attributes {
  const colon = spec.indexOf(':');
  const provider = colon === -1 ? spec : spec.slice(0, colon);
  return {
    'gen_ai.provider.name': providerNames[provider] ?? provider,
    'gen_ai.request.model': colon === -1 ? spec : spec.slice(colon + 1),
  };
}

export function requestAttributes(purpose: Purpose, { temperature, turnTokens }: Settings): Attributes {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.stream': true,
    'gen_ai.output.type': prosePurposes.has(purpose) ? 'text' : 'json',
    'parley.purpose': purpose,
    ...(temperature === null ? {} : { 'gen_ai.request.temperature': temperature }),
    ...(purpose === 'speak' ? { 'gen_ai.request.max_tokens': turnTokens } : {}),
  };
}

type Used = Pick<CallRecord, 'usage' | 'costUsd'>;

export function usageAttributes({ usage, costUsd }: Used): Attributes {
  return {
    'gen_ai.usage.input_tokens': usage.inputTokens,
    'gen_ai.usage.output_tokens': usage.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': usage.cachedTokens,
    ...(usage.cacheWriteTokens === undefined
      ? {}
      : { 'gen_ai.usage.cache_creation.input_tokens': usage.cacheWriteTokens }),
    'parley.usage.estimated': usage.estimated,
    ...(costUsd === null ? {} : { 'parley.cost.usd': costUsd }),
  };
}

export function replyAttributes(
  call: CallRecord,
  ending: EventOf<'turn-ended'>['ending'] | null,
): Attributes {
  const { firstTokenMs } = call.timing;
  return {
    ...usageAttributes(call),
    'gen_ai.response.model': String(modelAttributes(call.model)['gen_ai.request.model']),
    ...(ending === null ? {} : { 'gen_ai.response.finish_reasons': [finishReasons[ending]] }),
    ...(firstTokenMs === null ? {} : { 'gen_ai.response.time_to_first_chunk': firstTokenMs / 1000 }),
    ...(call.fromCache ? { 'parley.from_cache': true } : {}),
  };
}

/** What was said, in the conventions' JSON; only where content was asked for. */
export function outputAttributes(text: string, ending: EventOf<'turn-ended'>['ending']): Attributes {
  const parts = [{ type: 'text', content: text }];
  const messages = [{ role: 'assistant', parts, finish_reason: finishReasons[ending] }];
  return { 'gen_ai.output.messages': JSON.stringify(messages) };
}
