import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import { BaseChatModel, type BaseChatModelCallOptions } from '@langchain/core/language_models/chat_models';
import {
  AIMessage,
  AIMessageChunk,
  type BaseMessage,
  type StandardMessageStructure,
} from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import { type Runnable, RunnableLambda } from '@langchain/core/runnables';
import type { ChatMessage } from '../debate/calls.ts';
import { estimatePromptTokens, estimateTokens } from '../text/token-estimate.ts';
import { replyTo } from './reply-to.ts';

export interface SimulatorSettings {
  /** Pace of the stream; null or absent sends at full speed. */
  tokensPerSecond?: number | null;
  /** Waits, and gives up at once when the signal aborts. Handed in so that tests need no clock. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface SimulatorCallOptions extends BaseChatModelCallOptions {
  /** Decides every choice of words; 0 where none is given. */
  seed?: number;
  /** Most tokens of the reply; a longer one is cut and ends with finish reason `length`. */
  maxTokens?: number;
}

/** The spec by which the simulator is chosen, and under which its turns are recorded. */
const simulatorSpec = 'simulator';

/** A chunk of the stream in the form of LangChain's chunks. */
interface SimulatorChunk {
  text: string;
  response_metadata: Record<string, unknown>;
  additional_kwargs: Record<string, unknown>;
  usage_metadata?: {
    input_tokens: number;
    output_tokens: number;
    input_token_details: { cache_read: number };
  };
}

/** What streams as a LangChain chat model does, as far as parley's calls need it. */
interface StreamingSimulator {
  stream(
    messages: readonly ChatMessage[],
    options?: SimulatorCallOptions,
  ): Promise<AsyncIterable<SimulatorChunk>>;
}

/** The simulator ready to be called as any other model. */
export interface SimulatorHandle {
  spec: string;
  simulated: true;
  chatModel(): Promise<StreamingSimulator>;
  callOptions(request: { seed: number; maxOutputTokens: number }): { seed: number; maxTokens: number };
  /** US dollars per million tokens. */
  price: { input: 0; cachedInput: 0; output: 0 };
}

/** Makes the built-in model that needs no key and no network, ready to be called. */
export function createSimulator(settings: SimulatorSettings): SimulatorHandle {
  // As SimulatorModel streams, without LangChain's work on each chunk, which costs as much as the reply.
  const model: StreamingSimulator = {
    stream: async (messages, options = {}) => streamed(messages, options, settings),
  };
  return {
    spec: simulatorSpec,
    simulated: true,
    chatModel: async () => model,
    callOptions: ({ seed, maxOutputTokens }) => ({ seed, maxTokens: maxOutputTokens }),
    price: { input: 0, cachedInput: 0, output: 0 },
  };
}

/**
 * A LangChain chat model that is not a language model: it reads the rendered prompt and writes the reply that its
 * templates, a ranking of passages and an opinion model give for it. See reply.ts.
 */
export class SimulatorModel extends BaseChatModel<SimulatorCallOptions> {
  private readonly settings: SimulatorSettings;

  constructor(settings: SimulatorSettings) {
    super({});
    this.settings = settings;
  }

  override _llmType(): string {
    return 'parley-simulator';
  }

  override async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    let whole: ChatGenerationChunk | null = null;
    for await (const chunk of this._streamResponseChunks(messages, options, runManager)) {
      whole = whole === null ? chunk : whole.concat(chunk);
    }
    if (whole === null) throw new Error('the simulator gave no reply');
    const { text, message } = whole;
    const usage = (message as AIMessageChunk).usage_metadata;
    const reply = new AIMessage({
      content: text,
      response_metadata: message.response_metadata,
      ...(usage ? { usage_metadata: usage } : {}),
    });
    return { generations: [{ text, message: reply }] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const prompt = messages.map(asChatMessage);
    for await (const chunk of streamed(prompt, options, this.settings)) {
      yield inLangChain(chunk);
      if (chunk.text !== '') await runManager?.handleLLMNewToken(chunk.text);
    }
  }

  /** The reply's JSON, checked by the schema's own parse where it has one. */
  override withStructuredOutput<Output extends Record<string, unknown>>(
    schema: unknown,
  ): Runnable<never, Output> {
    const parse =
      (schema as { parse?: (value: unknown) => Output }).parse?.bind(schema) ??
      ((value: unknown) => value as Output);
    const read = RunnableLambda.from((message: AIMessageChunk) => parse(JSON.parse(message.text)));
    return this.pipe(read) as unknown as Runnable<never, Output>;
  }
}

/** The reply to a prompt as it is streamed; the last chunk carries the finish reason and the usage, as a provider's does. */
async function* streamed(
  prompt: readonly ChatMessage[],
  { seed = 0, maxTokens = Number.POSITIVE_INFINITY, signal }: SimulatorCallOptions,
  { tokensPerSecond: pace = null, sleep }: SimulatorSettings,
): AsyncGenerator<SimulatorChunk> {
  signal?.throwIfAborted();
  const reply = replyTo(prompt, seed);
  const { text: sent, tokens } = within(reply, maxTokens);
  for (const text of pace === null ? largePieces(sent) : (sent.match(oneWord) ?? [])) {
    if (pace !== null) await sleep((1000 * estimateTokens(text)) / pace, signal);
    signal?.throwIfAborted();
    yield { text, response_metadata: {}, additional_kwargs: {} };
  }
  yield {
    text: '',
    response_metadata: {
      finish_reason: sent.length < reply.trimEnd().length ? 'length' : 'stop',
      model_provider: 'parley',
    },
    additional_kwargs: {},
    usage_metadata: {
      input_tokens: estimatePromptTokens(prompt),
      output_tokens: tokens,
      input_token_details: { cache_read: 0 },
    },
  };
}

const oneWord = /\s*\S+(?:\s+$)?/g;

/** Characters of a chunk at full speed, and the most chunks of a long reply: a chunk costs far more than a word. */
const shortestPiece = 50;
const mostPieces = 16;

/** A text in a few pieces of whole words, with the spaces before them. */
function* largePieces(text: string): Generator<string> {
  const least = Math.max(shortestPiece, text.length / mostPieces);
  for (let start = 0; start < text.length; ) {
    const blank = text.indexOf(' ', start + least);
    const end = blank < 0 ? text.length : blank;
    yield text.slice(start, end);
    start = end;
  }
}

/** As many words of a text as the tokens allow, and their tokens. */
function within(text: string, limit: number): { text: string; tokens: number } {
  const whole = estimateTokens(text);
  if (whole <= limit) return { text, tokens: whole };
  const ends = Array.from(text.matchAll(/\s*\S+(?:\s+$)?/g), (match) => match.index + match[0].length);
  let [from, to] = [0, ends.length];
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if (estimateTokens(text.slice(0, ends[middle - 1])) <= limit) from = middle;
    else to = middle - 1;
  }
  const cut = text.slice(0, from === 0 ? 0 : ends[from - 1]);
  return { text: cut, tokens: estimateTokens(cut) };
}

function inLangChain({ text, response_metadata, usage_metadata }: SimulatorChunk): ChatGenerationChunk {
  if (!usage_metadata)
    return new ChatGenerationChunk({ text, message: new AIMessageChunk({ content: text }) });
  const { input_tokens, output_tokens } = usage_metadata;
  const message = new AIMessageChunk<StandardMessageStructure>({
    content: text,
    response_metadata,
    usage_metadata: { ...usage_metadata, total_tokens: input_tokens + output_tokens },
  });
  const { finish_reason } = response_metadata;
  return new ChatGenerationChunk({ text, message, generationInfo: { finish_reason } });
}

const roles: Record<string, ChatMessage['role']> = {
  system: 'system',
  ai: 'assistant',
  assistant: 'assistant',
};

function asChatMessage(message: BaseMessage): ChatMessage {
  return { role: roles[message.type] ?? 'user', content: message.text };
}
