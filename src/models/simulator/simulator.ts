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
import type { ChatMessage } from '../../debate/messages.ts';
import { estimatePromptTokens, estimateTokens } from '../token-estimate.ts';
import type { CallRequest, ChatModel, ModelHandle } from '../types.ts';
import { replyTo } from './reply.ts';

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
export const simulatorSpec = 'simulator';

/** Makes the built-in model that needs no key and no network, ready to be called. */
export function createSimulator(settings: SimulatorSettings): ModelHandle {
  const model = new SimulatorModel(settings);
  return {
    spec: simulatorSpec,
    simulated: true,
    chatModel: async () => model as unknown as ChatModel,
    callOptions: ({ seed, maxOutputTokens }: CallRequest) => ({ seed, maxTokens: maxOutputTokens }),
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
    const signal = options.signal;
    signal?.throwIfAborted();
    const prompt = messages.map(asChatMessage);
    const reply = replyTo(prompt, options.seed ?? 0);
    const pace = this.settings.tokensPerSecond ?? null;
    const sent = within(reply, options.maxTokens ?? Number.POSITIVE_INFINITY);
    for (const piece of piecesOf(sent, pace === null ? wordsAtOnce : 1)) {
      if (pace !== null) await this.settings.sleep((1000 * estimateTokens(piece)) / pace, signal);
      signal?.throwIfAborted();
      yield textChunk(piece);
      await runManager?.handleLLMNewToken(piece);
    }
    yield lastChunk(prompt, sent, sent.length < reply.trimEnd().length ? 'length' : 'stop');
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

/** Words of one chunk at full speed: a chunk costs far more than a word. */
const wordsAtOnce = 8;

/** A text in pieces of so many words, with the spaces before them. */
function piecesOf(text: string, words: number): string[] {
  return text.match(new RegExp(`(?:\\s*\\S+){1,${words}}(?:\\s+$)?`, 'g')) ?? [];
}

/** As many words of a text as the tokens allow. */
function within(text: string, limit: number): string {
  if (estimateTokens(text) <= limit) return text;
  const ends = Array.from(text.matchAll(/\s*\S+(?:\s+$)?/g), (match) => match.index + match[0].length);
  let [from, to] = [0, ends.length];
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if (estimateTokens(text.slice(0, ends[middle - 1])) <= limit) from = middle;
    else to = middle - 1;
  }
  return text.slice(0, from === 0 ? 0 : ends[from - 1]);
}

function textChunk(text: string): ChatGenerationChunk {
  return new ChatGenerationChunk({ text, message: new AIMessageChunk({ content: text }) });
}

/** Carries the finish reason and the usage, as the last chunk of a provider does. */
function lastChunk(
  prompt: readonly ChatMessage[],
  sent: string,
  finishReason: 'stop' | 'length',
): ChatGenerationChunk {
  const input = estimatePromptTokens(prompt);
  const output = estimateTokens(sent);
  const message = new AIMessageChunk<StandardMessageStructure>({
    content: '',
    response_metadata: { finish_reason: finishReason, model_provider: 'parley' },
    usage_metadata: {
      input_tokens: input,
      output_tokens: output,
      total_tokens: input + output,
      input_token_details: { cache_read: 0 },
    },
  });
  return new ChatGenerationChunk({ text: '', message, generationInfo: { finish_reason: finishReason } });
}

const roles: Record<string, ChatMessage['role']> = {
  system: 'system',
  ai: 'assistant',
  assistant: 'assistant',
};

function asChatMessage(message: BaseMessage): ChatMessage {
  return { role: roles[message.type] ?? 'user', content: message.text };
}
