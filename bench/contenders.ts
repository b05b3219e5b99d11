import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import OpenAI from 'openai';
import type { ChatTurn } from '../test/helpers/provider-server/protocol.ts';
import { bareLoop, type Calls } from './orchestration.ts';

/** Something that makes the very same calls as a debate of parley's. */
export interface Contender {
  /** With its version. */
  name: string;
  run(calls: Calls): Promise<void>;
}

type Load = (baseUrl: string) => Promise<Contender>;
type Messages = readonly ChatTurn[];

const key = 'none';
const peers = resolve('bench/peers');
const requireFrom = (folder: string) => createRequire(join(folder, 'package.json'));

/** Those that can be loaded here, and in words those that cannot. */
export async function loadContenders(
  baseUrl: string,
): Promise<{ contenders: Contender[]; skipped: string[] }> {
  const contenders: Contender[] = [];
  const skipped: string[] = [];
  for (const [name, load] of Object.entries(loaders)) {
    try {
      contenders.push(await load(baseUrl));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
      skipped.push(`${name} is not installed and was not measured (npm install --prefix bench/peers)`);
    }
  }
  return { contenders, skipped };
}

const loaders: Record<string, Load> = {
  fetch: async (baseUrl) => ({ name: 'a bare fetch', run: each((messages) => fetched(baseUrl, messages)) }),
  openai: async (baseUrl) => {
    const client = new OpenAI({ baseURL: baseUrl, apiKey: key, maxRetries: 0 });
    return { name: named('openai', '.'), run: (calls) => bareLoop(client, calls) };
  },
  langchain: async (baseUrl) => {
    const { ChatOpenAI } = await imported<typeof import('@langchain/openai')>('@langchain/openai', '.');
    const model = new ChatOpenAI({
      model: 'scripted',
      apiKey: key,
      maxRetries: 0,
      configuration: { baseURL: baseUrl },
    });
    return {
      name: named('@langchain/openai', '.'),
      run: each(async (messages) => {
        for await (const chunk of await model.stream(pairs(messages))) void chunk.text;
      }),
    };
  },
  langgraph: async (baseUrl) => {
    const { ChatOpenAI } = await imported<typeof import('@langchain/openai')>('@langchain/openai', peers);
    const graphs = await imported<Graphs>('@langchain/langgraph', peers);
    const model = new ChatOpenAI({
      model: 'scripted',
      apiKey: key,
      maxRetries: 0,
      configuration: { baseURL: baseUrl },
    });
    const speak = async ({ messages }: { messages: unknown }) => ({
      messages: [await model.invoke(messages as never)],
    });
    const { StateGraph, MessagesAnnotation, START, END } = graphs;
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('speak', speak)
      .addEdge(START, 'speak')
      .addEdge('speak', END)
      .compile();
    return {
      name: named('@langchain/langgraph', peers),
      run: each(async (messages) => {
        const stream = await graph.stream({ messages: pairs(messages) }, { streamMode: 'messages' });
        for await (const part of stream) void part;
      }),
    };
  },
  agents: async (baseUrl) => {
    const agents = await imported<Agents>('@openai/agents', peers);
    const OpenAIThere = (await imported<{ default: typeof OpenAI }>('openai', peers)).default;
    agents.setTracingDisabled(true);
    const client = new OpenAIThere({ baseURL: baseUrl, apiKey: key, maxRetries: 0 });
    const model = new agents.OpenAIChatCompletionsModel(client, 'scripted');
    return {
      name: named('@openai/agents', peers),
      run: each(async (messages) => {
        const [system, ...rest] = messages;
        const agent = new agents.Agent({ name: 'speaker', instructions: system?.content ?? '', model });
        const input = rest.map(({ role, content }) =>
          role === 'assistant' ? agents.assistant(content) : agents.user(content),
        );
        const result = await agents.run(agent, input, { stream: true });
        for await (const part of result) void part;
      }),
    };
  },
};

/** What is used of packages that are only there where somebody installed them. */
interface Graphs {
  StateGraph: new (annotation: unknown) => GraphBuilder;
  MessagesAnnotation: unknown;
  START: string;
  END: string;
}
interface GraphBuilder {
  addNode(name: string, work: (state: { messages: unknown }) => Promise<unknown>): GraphBuilder;
  addEdge(from: string, to: string): GraphBuilder;
  compile(): { stream(input: unknown, options: unknown): Promise<AsyncIterable<unknown>> };
}
interface Agents {
  Agent: new (options: { name: string; instructions: string; model: unknown }) => unknown;
  OpenAIChatCompletionsModel: new (client: unknown, model: string) => unknown;
  setTracingDisabled(isDisabled: boolean): void;
  assistant(text: string): unknown;
  user(text: string): unknown;
  run(agent: unknown, input: unknown, options: { stream: true }): Promise<AsyncIterable<unknown>>;
}

/** Calls of a group together, groups one after the other. */
function each(call: (messages: Messages) => Promise<void>): (calls: Calls) => Promise<void> {
  return async (calls) => {
    for (const together of calls) await Promise.all(together.map(call));
  };
}

const pairs = (messages: Messages) => messages.map(({ role, content }) => ({ role, content }));

async function fetched(baseUrl: string, messages: Messages): Promise<void> {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({
      model: 'scripted',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    }),
  });
  let pending = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (pending + decoder.decode(bytes, { stream: true })).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: {')) JSON.parse(line.slice('data: '.length));
  }
}

/** A package as it is installed in a folder, whatever this project itself depends on. */
async function imported<Module>(name: string, folder: string): Promise<Module> {
  return (await import(pathToFileURL(requireFrom(resolve(folder)).resolve(name)).href)) as Module;
}

function named(name: string, folder: string): string {
  const entry = requireFrom(resolve(folder)).resolve(name);
  const root = entry.slice(
    0,
    entry.lastIndexOf(join('node_modules', name)) + join('node_modules', name).length,
  );
  const { version } = requireFrom(root)(join(root, 'package.json')) as { version: string };
  return `${name} ${version}`;
}
