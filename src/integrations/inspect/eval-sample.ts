import { createHash } from 'node:crypto';
import type { CallRecord } from '../../debate/calls.ts';
import { callsOf, type Debate, nameOf } from '../../debate/debate.ts';
import { moderatorId } from '../../debate/events.ts';

/** A figure of a debate, as a scorer of Inspect gives it. */
export interface DebateScore {
  name: string;
  value: number;
  explanation: string;
}

interface Message {
  id: string;
  role: 'system' | 'user' | 'assistant';
  content: string;
  source?: 'input' | 'generate' | 'operator';
  model?: string;
  metadata?: Record<string, unknown>;
}

/** One debate as a sample of Inspect's log; names are those of inspect_ai's EvalSample. */
export interface EvalSample {
  id: string;
  epoch: number;
  input: string;
  target: string;
  messages: Message[];
  output: Record<string, unknown>;
  scores: Record<string, { value: number; explanation: string; history: never[] }>;
  metadata: Record<string, unknown>;
  store: Record<string, never>;
  events: Record<string, unknown>[];
  model_usage: Record<string, ModelUsage>;
  role_usage: Record<string, ModelUsage>;
  attachments: Record<string, string>;
  started_at: string;
  completed_at: string;
  total_time: number;
  uuid: string;
  error?: { message: string; traceback: string; traceback_ansi: string };
  limit?: { type: 'cost' | 'token'; limit: number };
}

/** Debates of one scenario on one article, with one cast in one order, are epochs of one sample. */
function sampleIdOf({ started }: Debate): string {
  const { scenario, article, cast } = started;
  const place = JSON.stringify([scenario.id, article.sha256, cast.map(({ id }) => id)]);
  return `${scenario.id}-${createHash('sha256').update(place).digest('hex').slice(0, 8)}`;
}

export function evalSample(debate: Debate, scores: readonly DebateScore[], lastAt: string): EvalSample {
  const { started, statement, verdicts, ended } = debate;
  const model = inspectModel(debate.models[started.cast[0]?.id ?? '']?.spec ?? '');
  const completion = statement?.text ?? '';
  const message = {
    id: `${started.debate}-statement`,
    role: 'assistant',
    content: completion,
    source: 'generate',
  };
  return {
    id: sampleIdOf(debate),
    epoch: 1,
    input: inputOf(debate),
    target: '',
    messages: messagesOf(debate),
    output: {
      model,
      choices: [{ message, stop_reason: 'stop' }],
      completion,
    },
    scores: Object.fromEntries(
      scores.map(({ name, value, explanation }) => [name, { value, explanation, history: [] }]),
    ),
    metadata: {
      debate: started.debate,
      seed: started.seed,
      ending: ended?.reason ?? null,
      rounds: verdicts.length,
      simulated: started.simulated,
      disclaimer: started.disclaimer,
      article: {
        title: started.article.title,
        source: started.article.source,
        sha256: started.article.sha256,
      },
      answers: debate.answers.map(({ persona, answer, reason }) => ({ persona, answer, reason })),
    },
    store: {},
    events: eventsOf(debate),
    model_usage: usageByModel(callsOf(debate)),
    role_usage: {},
    attachments: {},
    started_at: started.at,
    completed_at: lastAt,
    total_time: seconds(started.at, lastAt),
    uuid: started.debate,
    ...misfortuneOf(debate),
  };
}

function inputOf({ started }: Debate): string {
  const issues = started.agenda.map(({ title, question }) => `- ${title}: ${question}`);
  return [started.scenario.title, `Article: ${started.article.title}`, ...issues].join('\n');
}

/** Personas are assistants under their names; the moderator, who sets the tasks, and people watching are users. */
function messagesOf(debate: Debate): Message[] {
  const { started, turns, questions, models } = debate;
  const opening: Message[] = [
    { id: `${started.debate}-0`, role: 'system', content: started.disclaimer, source: 'input' },
    { id: `${started.debate}-input`, role: 'user', content: inputOf(debate), source: 'input' },
  ];
  const asked = (after: number) =>
    questions
      .filter(({ afterTurn }) => afterTurn === after)
      .map(({ number, text }): Message => {
        return { id: `${started.debate}-q${number}`, role: 'user', content: text, source: 'operator' };
      });
  const said = turns.flatMap(({ turn, round, speaker, kind, text, ending }): Message[] => [
    {
      id: `${started.debate}-${turn}`,
      role: speaker === moderatorId ? 'user' : 'assistant',
      content: `**${nameOf(debate, speaker)}** [T${turn}]\n\n${text}`,
      source: 'generate',
      ...(speaker === moderatorId ? {} : { model: inspectModel(models[speaker]?.spec ?? '') }),
      metadata: { speaker, turn, round, kind, ending },
    },
    ...asked(turn),
  ]);
  return [...opening, ...asked(0), ...said];
}

/** The readings, as notes in the sample's transcript. */
function eventsOf({ started, verdicts }: Debate): Record<string, unknown>[] {
  return verdicts.map(({ at, round, convergence, advice, cells }) => ({
    event: 'info',
    timestamp: at,
    working_start: seconds(started.at, at),
    source: 'parley',
    data: { round, convergence, advice, positions: cells },
  }));
}

function misfortuneOf({ ended, settings }: Debate): Pick<EvalSample, 'error' | 'limit'> {
  if (ended?.reason === 'budget') {
    const { budgetUsd, budgetTokens } = settings;
    if (budgetUsd !== null) return { limit: { type: 'cost', limit: budgetUsd } };
    return budgetTokens === null ? {} : { limit: { type: 'token', limit: budgetTokens } };
  }
  const isWhole = ended !== null && ended.reason !== 'failed' && ended.reason !== 'stopped';
  if (isWhole) return {};
  return {
    error: { message: ended?.detail ?? 'The debate has not ended.', traceback: '', traceback_ansi: '' },
  };
}

function seconds(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

/** inspect_ai's ModelUsage. */
interface ModelUsage {
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
  input_tokens_cache_read: number;
  input_tokens_cache_write: number;
  /** US dollars; null where a price is unknown. */
  total_cost: number | null;
}

/** A model as Inspect writes it: provider/name. */
export function inspectModel(spec: string): string {
  return spec === 'simulator' ? 'parley/simulator' : spec.replace(':', '/');
}

function usageByModel(calls: readonly CallRecord[]): Record<string, ModelUsage> {
  const usages: Record<string, ModelUsage> = {};
  for (const { model, usage, costUsd } of calls) {
    const name = inspectModel(model);
    const { inputTokens, outputTokens, cachedTokens, cacheWriteTokens = 0 } = usage;
    usages[name] = sumOf(usages[name], {
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
      input_tokens_cache_read: cachedTokens,
      input_tokens_cache_write: cacheWriteTokens,
      total_cost: costUsd,
    });
  }
  return usages;
}

/** The usage of several samples together. */
export function usageOfAll(parts: readonly Record<string, ModelUsage>[]): Record<string, ModelUsage> {
  const usages: Record<string, ModelUsage> = {};
  for (const [model, usage] of parts.flatMap((part) => Object.entries(part))) {
    usages[model] = sumOf(usages[model], usage);
  }
  return usages;
}

function sumOf(one: ModelUsage | undefined, other: ModelUsage): ModelUsage {
  if (!one) return other;
  const isPriced = one.total_cost !== null && other.total_cost !== null;
  return {
    input_tokens: one.input_tokens + other.input_tokens,
    output_tokens: one.output_tokens + other.output_tokens,
    total_tokens: one.total_tokens + other.total_tokens,
    input_tokens_cache_read: one.input_tokens_cache_read + other.input_tokens_cache_read,
    input_tokens_cache_write: one.input_tokens_cache_write + other.input_tokens_cache_write,
    total_cost: isPriced ? (one.total_cost ?? 0) + (other.total_cost ?? 0) : null,
  };
}
