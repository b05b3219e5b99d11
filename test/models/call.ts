import type { Clock } from '../../src/debate/clock.ts';
import { callModel } from '../../src/models/call-model.ts';
import { createModel } from '../../src/models/create-models.ts';
import { parseModelSpec } from '../../src/models/model-spec.ts';
import type { ModelSettings } from '../../src/models/providers/provider.ts';
import type { CallPart, CallPolicy, CallRequest, ModelHandle } from '../../src/models/types.ts';

/** A clock whose sleeps pass at once and are remembered. */
export function hastyClock(): Clock & { waits: number[] } {
  const waits: number[] = [];
  let now = Date.parse('2026-11-01T12:00:00Z');
  return {
    waits,
    now: () => now,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
    },
  };
}

export function modelAt(spec: string, settings: ModelSettings): ModelHandle {
  const parsed = parseModelSpec(spec);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const handle = createModel(parsed.value, settings);
  if (!handle.ok) throw new Error(handle.failure.message);
  return handle.value;
}

/** A model of the scripted server, speaking OpenAI's protocol. */
export function openaiAt(server: { baseUrl: string }, key = 'sk-test-0123456789'): ModelHandle {
  return modelAt('openai:scripted', { environment: { OPENAI_API_KEY: key }, baseUrl: server.baseUrl });
}

/** The same model, known from earlier replies not to mix thoughts into its words, so that they are shown as they come. */
export function settled(handle: ModelHandle): ModelHandle {
  if (!handle.habits) throw new Error('this handle learns nothing');
  handle.habits.plainReplies = 2;
  return handle;
}

export const hello: CallRequest = {
  messages: [
    { role: 'system', content: 'You are a test.' },
    { role: 'user', content: 'Say hello.' },
  ],
  maxOutputTokens: 100,
  temperature: null,
  seed: 7,
};

interface CallSettings {
  request?: Partial<CallRequest>;
  signal?: AbortSignal;
  policy?: Partial<CallPolicy>;
  clock?: Clock;
  random?: () => number;
}

export function startCall(handle: ModelHandle, settings: CallSettings = {}): AsyncGenerator<CallPart, void> {
  return callModel(
    handle,
    { ...hello, ...settings.request },
    {
      signal: settings.signal ?? new AbortController().signal,
      clock: settings.clock ?? hastyClock(),
      random: settings.random ?? (() => 0.5),
      ...(settings.policy ? { policy: settings.policy } : {}),
    },
  );
}

/** All parts of a call, and those that matter most by name. */
export async function call(handle: ModelHandle, settings: CallSettings = {}) {
  const parts: CallPart[] = [];
  for await (const part of startCall(handle, settings)) parts.push(part);
  return {
    parts,
    deltas: parts.flatMap((part) => (part.type === 'delta' ? [part.text] : [])),
    failedAttempts: parts.filter((part) => part.type === 'attempt-failed'),
    finished: parts.find((part) => part.type === 'finished'),
    failed: parts.find((part) => part.type === 'failed'),
  };
}
