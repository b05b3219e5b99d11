import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import type { runDebate as RunDebate } from '../src/index.ts';
import { listen } from '../test/helpers/provider-server/listen.ts';
import type { ChatTurn } from '../test/helpers/provider-server/protocol.ts';
import { type Figure, median } from './measure.ts';
import { answer } from './scripted-debate.ts';

const turns = 24;
const settings = { rounds: 6, stopEarly: false, seed: 1, model: 'openai:scripted' };

/**
 * A debate of four personas and six rounds against a loopback server with no delay, beside a bare loop on the
 * openai SDK that makes the very same calls: the same messages in the same order, the judge's samples of a
 * round together. Both take turns in the same process; the server runs in another.
 */
export async function measure(): Promise<Figure[]> {
  const { runDebate } = (await import('../dist/index.js' as string)) as { runDebate: typeof RunDebate };
  const calls = await callsOfADebate(runDebate, settings);
  const { baseUrl, stop } = await startServer();
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const client = new OpenAI({ baseURL: baseUrl, apiKey: 'none', maxRetries: 0 });
  const parley: number[] = [];
  const bare: number[] = [];
  try {
    for (let run = 0; run < 12; run++) {
      const isWarmUp = run < 2;
      const bareTime = await timed(() => bareLoop(client, calls));
      const parleyTime = await timed(() => debate(runDebate, baseUrl, folder));
      if (isWarmUp) continue;
      bare.push(bareTime / turns);
      parley.push(parleyTime / turns);
    }
  } finally {
    stop();
    await rm(folder, { recursive: true });
  }
  const ratios = parley.map((value, index) => value / (bare[index] ?? Number.NaN));
  return [
    { what: 'a turn, all its calls and journal included', value: median(parley), unit: 'ms' },
    { what: 'the same calls in a bare loop on the openai SDK', value: median(bare), unit: 'ms' },
    { what: 'parley against the bare loop', value: median(ratios), unit: 'x', aim: { most: 1.3 } },
    ...promptCache(calls.flat()),
  ];
}

/** The messages of every call, in order; calls made together share an entry. */
export type Calls = readonly (readonly (readonly ChatTurn[])[])[];

export async function callsOfADebate(
  runDebate: typeof RunDebate,
  settings: Parameters<typeof RunDebate>[0] & { judgeSamples?: number },
): Promise<Calls> {
  const samples = settings.judgeSamples ?? 3;
  const server = await listen({ answer });
  const run = await runDebate({ ...settings, baseUrl: server.baseUrl });
  await run.result();
  await server.close();
  const calls: (readonly ChatTurn[])[][] = [];
  let judged = 0;
  for (const { messages } of server.requests) {
    const isJudge = /<task kind="judge"/.test(messages.at(-1)?.content ?? '');
    if (isJudge && judged % samples !== 0) calls.at(-1)?.push(messages);
    else calls.push([messages]);
    if (isJudge) judged += 1;
  }
  return calls;
}

export async function bareLoop(client: OpenAI, calls: Calls): Promise<void> {
  for (const together of calls) await Promise.all(together.map((messages) => bareCall(client, messages)));
}

async function bareCall(client: OpenAI, messages: readonly ChatTurn[]): Promise<string> {
  const stream = await client.chat.completions.create({
    model: 'scripted',
    messages: messages as OpenAI.ChatCompletionMessageParam[],
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

async function debate(runDebate: typeof RunDebate, baseUrl: string, transcripts: string): Promise<void> {
  const run = await runDebate({ ...settings, baseUrl, transcripts });
  for await (const _ of run);
}

/** For each prompt the share that is a byte-identical prefix of an earlier one of the debate. */
function promptCache(prompts: readonly (readonly ChatTurn[])[]): Figure[] {
  const texts = prompts.map((messages) =>
    messages.map(({ role, content }) => `${role}\n${content}`).join('\n'),
  );
  const isSpeech = prompts.map((messages) => /<task kind="speak"/.test(messages.at(-1)?.content ?? ''));
  const known = texts.map((text, index) =>
    Math.max(0, ...texts.slice(0, index).map((other) => common(text, other))),
  );
  const shareOf = (included: readonly boolean[]) => {
    const sum = (values: readonly number[]) =>
      values.reduce((total, value, index) => total + (included[index] ? value : 0), 0);
    return sum(known) / sum(texts.map((text) => text.length));
  };
  return [
    {
      what: 'share of the speeches’ prompts already sent before',
      value: shareOf(isSpeech),
      unit: 'share',
      aim: { least: 0.85 },
    },
    {
      what: 'the same over all calls, the judge’s included',
      value: shareOf(texts.map(() => true)),
      unit: 'share',
    },
  ];
}

function common(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

export function startServer(args: readonly string[] = []): Promise<{ baseUrl: string; stop: () => void }> {
  const server = fork(new URL('./scripted-server.ts', import.meta.url), args);
  return new Promise((resolve, reject) => {
    server.once('message', (baseUrl) =>
      resolve({ baseUrl: String(baseUrl), stop: () => server.disconnect() }),
    );
    server.once('exit', (code) => reject(new Error(`the scripted server ended with ${code}`)));
  });
}
