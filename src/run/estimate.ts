import type { ChatMessage } from '../debate/calls.ts';
import type { Clock } from '../debate/clock.ts';
import type { DebateEvent } from '../debate/events.ts';
import { success } from '../debate/outcome.ts';
import type { Settings } from '../debate/setup.ts';
import type { Totals } from '../debate/totals.ts';
import { callsOfEvent } from '../debate/totals.ts';
import { openMemoryStore } from '../journal/memory-store.ts';
import type { ChatChunk, ModelHandle } from '../models/types.ts';
import type { PromptSet } from '../prompts/types.ts';
import { keptFilesOf, prepareDebate } from './prepare.ts';
import { prepareResumption, type ReadyToResume } from './resume-debate.ts';

/** How much there is to say in replies that go through the agenda. */
interface Sizes {
  issues: number;
  /** Of every speaker on every issue. */
  readings: number;
}

/** Characters of a speech of the length that strategies ask for: about 120 words. */
const speechLength = 720;

/** A model of the same name and price that says nothing, in as many words as are usual. */
export function dryRunModel({ spec, simulated, price }: ModelHandle, sizes: Sizes): ModelHandle {
  return {
    spec,
    simulated,
    price,
    callOptions: () => ({}),
    chatModel: async () => ({
      stream: async (messages) => replies(messages, sizes),
    }),
  };
}

async function* replies(messages: readonly ChatMessage[], sizes: Sizes): AsyncGenerator<ChatChunk> {
  const text = replyTo(messages.at(-1)?.content ?? '', sizes);
  const plain = { additional_kwargs: {} };
  yield { ...plain, text, response_metadata: {} };
  yield { ...plain, text: '', response_metadata: { finish_reason: 'stop' } };
}

/** A reply of the usual form and length for what a task asks. */
function replyTo(prompt: string, sizes: Sizes): string {
  const filler = 'So many words, ';
  switch (/<task kind="(\w+)"/.exec(prompt)?.[1]) {
    case 'judge': {
      const quote = filler.repeat(6);
      const reading = { party: 'A', issue: 'an-issue', position: 3, act: 'propose', quote, turn: 1 };
      return JSON.stringify({ readings: Array.from({ length: sizes.readings }, () => reading) });
    }
    case 'draft':
      return JSON.stringify({ text: filler.repeat(80), items: [] });
    case 'answer':
      return JSON.stringify({ answer: 'sign', reason: filler.repeat(8) });
    case 'poll': {
      // Prose before the JSON is as long as positions would be, and names no issue that there is not.
      return `${filler.repeat(5 * sizes.issues)}${JSON.stringify({ positions: [] })}`;
    }
    case 'trace':
      // Four uses with their quotes, after prose that names no fact there is not.
      return `${filler.repeat(20)}${JSON.stringify({ uses: [] })}`;
    case 'pick':
      return JSON.stringify({ persona: '', why: filler });
    case 'bid':
      return JSON.stringify({ wish: 5 });
    case 'convene':
      return JSON.stringify({ caucus: true, turns: 2, why: filler });
    case 'offers': {
      const offer = {
        party: 'A',
        issue: 'an-issue',
        position: 3,
        act: 'propose',
        quote: filler.repeat(3),
        turn: 1,
      };
      return JSON.stringify({ offers: Array.from({ length: 2 * sizes.issues }, () => offer) });
    }
    case 'steer':
      return filler.repeat(14);
    default:
      return filler.repeat(speechLength / filler.length);
  }
}

/** What a debate would take if it held all its rounds; estimates, since nobody knows how long the replies will be. */
export interface Estimate {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  /** US dollars without any discount for prompt caches; null where a model's price is unknown. */
  costUsd: number | null;
}

/** The same of one debate. */
export interface DebateEstimate extends Estimate {
  /** Calls one after another; those made together count once. */
  steps: number;
  /** What is used after so many calls, from none to all of them; US dollars without those of unpriced calls. */
  course: readonly { usd: number; tokens: number }[];
}

/** Time stands still, since nothing is waited for. */
const stillClock: Clock = { now: () => 0, sleep: async () => {} };

/**
 * Estimates by running the debate in memory with models that say nothing in as many words: the calls are
 * those of the real loop, the prompts are rendered from the real files, and every model keeps its own price.
 */
export async function estimateDebate(
  prompts: PromptSet,
  { modelOf, judges = 1 }: { modelOf(role: string): ModelHandle; judges?: number },
  settings: Settings,
): Promise<DebateEstimate> {
  const issues = prompts.scenario.agenda.length;
  const sizes = { issues, readings: prompts.scenario.personas.length * issues };
  const prepared = await prepareDebate({
    store: openMemoryStore({ clock: stillClock }),
    name: 'estimate',
    prompts,
    modelOf: (role) => dryRunModel(modelOf(role), sizes),
    judges,
    seed: 0,
    settings: { ...settings, stopEarly: false, budgetUsd: null, budgetTokens: null },
    version: 'estimate',
    clock: stillClock,
    jitter: () => 0,
  });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  let steps = 0;
  const course = [{ usd: 0, tokens: 0 }];
  prepared.value.subscribe((signal) => {
    if (signal.kind !== 'event') return;
    if (isStep(signal.event)) steps += 1;
    for (const { usage, costUsd } of callsOfEvent(signal.event)) {
      const { usd, tokens } = course.at(-1) ?? { usd: 0, tokens: 0 };
      course.push({ usd: usd + (costUsd ?? 0), tokens: tokens + usage.inputTokens + usage.outputTokens });
    }
  });
  const { totals } = await prepared.value.start();
  return { ...estimateOf(totals), steps, course };
}

/** What is left of a stored debate: the same from its last event on, without what it has used. */
export async function estimateRest({
  debate,
  events,
  prompts,
  modelOf,
  judges,
  settings,
}: Pick<
  ReadyToResume,
  'debate' | 'events' | 'prompts' | 'modelOf' | 'judges' | 'settings'
>): Promise<Estimate> {
  const store = openMemoryStore({ clock: stillClock });
  const name = debate.started.debate;
  const journal = await store.create(name, keptFilesOf(prompts), events);
  if (!journal.ok) throw new Error(journal.failure.message);
  await journal.value.close();
  const issues = prompts.scenario.agenda.length;
  const sizes = { issues, readings: prompts.scenario.personas.length * issues };
  const endless = { ...settings, stopEarly: false, budgetUsd: null, budgetTokens: null };
  const prepared = await prepareResumption({
    ...{ store, name, version: 'estimate', clock: stillClock, jitter: () => 0 },
    goOn: async () =>
      success({ modelOf: (role) => dryRunModel(modelOf(role), sizes), judges, settings: endless }),
  });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  const { totals } = await prepared.value.start();
  const used = debate.totals;
  return estimateOf({
    ...totals,
    calls: totals.calls - used.calls,
    inputTokens: totals.inputTokens - used.inputTokens,
    outputTokens: totals.outputTokens - used.outputTokens,
    costUsd: Math.max(0, totals.costUsd - used.costUsd),
    unpricedCalls: totals.unpricedCalls - used.unpricedCalls,
  });
}

function estimateOf({ calls, inputTokens, outputTokens, costUsd, unpricedCalls }: Totals): Estimate {
  return { calls, inputTokens, outputTokens, costUsd: unpricedCalls > 0 ? null : costUsd };
}

/** Is it what came of one call, or of several that were made together? */
function isStep(event: DebateEvent): boolean {
  if (event.type === 'speaker-picked' || event.type === 'verdict-given') return event.calls.length > 0;
  return [
    'turn-ended',
    'facts-traced',
    'caucus-called',
    'caucus-spoken',
    'caucus-read',
    'poll-answered',
    'statement-drafted',
    'statement-answered',
  ].includes(event.type);
}
