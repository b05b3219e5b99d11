import type { Attributes, Span } from '@opentelemetry/api';
import { measureDebate } from '../../compare/measure-debate.ts';
import type { CallRecord, Purpose } from '../../debate/calls.ts';
import type { Debate, Verdict } from '../../debate/debate.ts';
import { type DebateEvent, type EventOf, moderatorId } from '../../debate/events.ts';
import { judgeRole } from '../../debate/judges.ts';
import type { Settings } from '../../debate/setup.ts';
import type { Ending } from '../../debate/speech-events.ts';

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

/** A step of an agent in a debate, with the calls it took. */
export interface AgentSpan {
  purpose: Purpose;
  /** A persona's id, `moderator` or `judge`. */
  agent: string;
  at: string;
  calls: readonly CallRecord[];
  ending?: Ending;
  /** What was said, for runs that may show it. */
  text?: string;
  attributes?: Attributes;
}

const turnPurposes = { opening: 'open', speech: 'speak', steering: 'steer' } as const;

/** The step of an agent that an event reports; null for an event that reports none. */
export function agentSpanOf(event: DebateEvent): AgentSpan | null {
  const { at } = event;
  switch (event.type) {
    case 'turn-ended': {
      const { speaker: agent, ending, text, turn, round } = event;
      const attributes = { 'parley.turn': turn, 'parley.round': round };
      const calls = event.author === 'person' ? [] : [event];
      return { purpose: turnPurposes[event.kind], agent, at, calls, ending, text, attributes };
    }
    case 'caucus-spoken': {
      const { speaker: agent, ending, text, round } = event;
      const calls = event.author === 'person' ? [] : [event];
      return { purpose: 'caucus', agent, at, calls, ending, text, attributes: { 'parley.round': round } };
    }
    case 'caucus-called':
      return { purpose: 'caucus-call', agent: moderatorId, at, calls: [event] };
    case 'caucus-read':
      return { purpose: 'caucus-read', agent: judgeRole, at, calls: [event] };
    case 'speaker-picked': {
      const attributes = { 'parley.round': event.round, 'parley.picked': event.persona };
      const purpose = event.by === 'bidding' ? 'bid' : 'pick';
      return { purpose, agent: moderatorId, at, calls: event.calls, attributes };
    }
    case 'verdict-given': {
      const attributes = { 'parley.round': event.round };
      return { purpose: 'judge', agent: judgeRole, at, calls: event.calls, attributes };
    }
    case 'facts-traced': {
      const attributes = { 'parley.round': event.round };
      return { purpose: 'trace', agent: judgeRole, at, calls: [event], attributes };
    }
    case 'poll-answered': {
      const attributes = { 'parley.round': event.round };
      return { purpose: 'poll', agent: event.persona, at, calls: [event], attributes };
    }
    case 'statement-drafted':
      return { purpose: 'draft', agent: moderatorId, at, calls: [event], text: event.text };
    case 'statement-answered': {
      const { persona: agent, reason: text, answer } = event;
      const attributes = { 'parley.answer': answer };
      const calls = event.author === 'person' ? [] : [event];
      return { purpose: 'answer', agent, at, calls, text, attributes };
    }
    default:
      return null;
  }
}

interface Score {
  name: string;
  value: number | null;
  label?: string;
}

/**
 * Adds the figures of a reading to its span, one `gen_ai.evaluation.result` event each. Code computed them from quoted
 * positions; no event holds a quotation.
 */
export function addVerdict(span: Span, { convergence, failure, round }: Verdict, at: Date): void {
  const facts = { 'parley.round': round };
  if (convergence === null) {
    span.addEvent(
      'gen_ai.evaluation.result',
      { ...facts, 'gen_ai.evaluation.name': 'convergence.principals', 'error.type': 'invalid-reply' },
      at,
    );
    if (failure !== '') span.setAttribute('parley.verdict.outcome', 'failed');
    return;
  }
  const { principals, all, min, coverage, hollow, acceptable, confidence } = convergence;
  addScores(
    span,
    [
      { name: 'convergence.principals', value: principals, label: `${confidence.level} confidence` },
      { name: 'convergence.all', value: all },
      { name: 'convergence.min', value: min },
      { name: 'convergence.coverage', value: coverage },
      { name: 'acceptable', value: acceptable.share },
      {
        name: 'hollow',
        value: Number(hollow.isHollow),
        label: hollow.isHollow ? 'hollow' : 'not hollow',
      },
    ],
    facts,
    at,
  );
}

/** Adds what a whole debate measures to its span. */
export function addOutcome(span: Span, debate: Debate, at: Date): void {
  const { principals, grounding, fidelity, hollow, converged } = measureDebate(debate, {
    arm: debate.started.strategy,
    article: debate.started.article.title,
    cell: debate.started.debate,
  });
  const scores = [
    { name: 'convergence.principals', value: principals, label: converged ? 'converged' : 'not converged' },
    { name: 'grounding', value: grounding },
    { name: 'fidelity', value: fidelity },
    { name: 'hollow.rate', value: hollow },
  ];
  addScores(span, scores, {}, at);
}

/** Figures without enough evidence are left out: no score is invented. */
function addScores(span: Span, scores: readonly Score[], facts: Attributes, at: Date): void {
  for (const { name, value, label } of scores) {
    if (value === null) continue;
    span.addEvent(
      'gen_ai.evaluation.result',
      {
        ...facts,
        'gen_ai.evaluation.name': name,
        'gen_ai.evaluation.score.value': value,
        ...(label === undefined ? {} : { 'gen_ai.evaluation.score.label': label }),
      },
      at,
    );
  }
}
