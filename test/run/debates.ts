import type { Debate } from '../../src/debate/debate.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import type { Notice } from '../../src/debate/notices.ts';
import { type RunDebateOptions, type RunningDebate, runDebate } from '../../src/run/run-debate.ts';
import { replyTo } from '../../src/simulator/reply-to.ts';
import type { ChatRequest } from '../helpers/provider-server.ts';

/** A debate on the bundled scenario, in memory; options as for the library. */
export function hold(options: RunDebateOptions): Promise<RunningDebate> {
  return runDebate({ seed: 1, rounds: 2, stopEarly: false, ...options });
}

export interface Held {
  debate: Debate;
  events: DebateEvent[];
  notices: Notice[];
}

/** Holds a debate to its end; `during` sees each item as it comes. */
export async function held(
  options: RunDebateOptions,
  during: (item: DebateEvent | Notice, running: RunningDebate) => void = () => {},
): Promise<Held> {
  const running = await hold(options);
  const events: DebateEvent[] = [];
  const notices: Notice[] = [];
  for await (const item of running) {
    if ('number' in item) events.push(item);
    else notices.push(item);
    during(item, running);
  }
  return { debate: await running.result(), events, notices };
}

/** What the simulator would say: a provider that debates, for tests that go over the wire. */
export function debating({ messages, number }: Pick<ChatRequest, 'messages' | 'number'>): string {
  return replyTo(messages as Parameters<typeof replyTo>[0], number);
}

/** The kind of the task a call puts, such as speak or judge. */
export function taskOf({ messages }: Pick<ChatRequest, 'messages'>): string {
  return /<task kind="(\w+)"/.exec(messages.at(-1)?.content ?? '')?.[1] ?? '';
}
