import type { CallFailure, CallRecord, ChatMessage, ReplyFormat, Usage } from '../debate/calls.ts';
import type { Ending } from '../debate/speech-events.ts';

/** What the call policy reads of a streamed chunk; any LangChain AIMessageChunk has this shape. */
export interface ChatChunk {
  readonly text: string;
  /** A text, or a list of parts of which some are thoughts. */
  readonly content?: unknown;
  readonly response_metadata: Record<string, unknown>;
  readonly usage_metadata?:
    | {
        input_tokens: number;
        output_tokens: number;
        total_tokens?: number;
        input_token_details?: { cache_read?: number; cache_creation?: number };
        output_token_details?: { reasoning?: number };
      }
    | undefined;
  readonly additional_kwargs: Record<string, unknown>;
}

/** What parley needs of a chat model; any LangChain BaseChatModel has this shape, whichever copy of @langchain/core made it. */
export interface ChatModel {
  stream(messages: ChatMessage[], options?: Record<string, unknown>): Promise<AsyncIterable<ChatChunk>>;
}

/** US dollars per million tokens. */
export interface Price {
  /** Input that no cache holds. */
  input: number;
  /** Input read from the provider's prompt cache. */
  cachedInput: number;
  /** Input written to that cache, where it costs more than other input. */
  cacheWrite?: number;
  /** Output, reasoning included. */
  output: number;
  /** When it was listed, such as July 2026; absent for a price that a person gave. */
  asOf?: string;
  /** What every token of a call costs whose prompt is longer than `above` tokens. */
  longPrompt?: { above: number } & Omit<Price, 'longPrompt' | 'asOf'>;
}

/** Seconds that a call may take: to its first word, silent in between, and as a whole. */
export interface Timeouts {
  /** To the first word. */
  first?: number;
  /** Between two signs of life. */
  silence?: number;
  /** For the whole reply. */
  whole?: number;
}

/** How long a call may take, and how often it is tried. Times in milliseconds. */
export interface CallPolicy {
  /** Attempts in all, the first included. */
  attempts: number;
  /** From an attempt's start to its first word or thought. */
  firstTokenMs: number;
  /** Between two signs of life of a stream. */
  idleMs: number;
  /** One whole attempt. */
  totalMs: number;
  /** The longest wait between attempts; a server that asks for more makes the call fail at once. */
  longestWaitMs: number;
  /** How long a server may take to load the model, as long as it says that it does. */
  loadingMs: number;
}

/** Told the headers of every reply of a provider, refusals included. */
export type HeaderListener = (headers: Pick<Headers, 'get'>) => void;

/** What replies have taught about how a model's server answers. */
export interface Habits {
  /** It has answered before: not reaching it is a passing trouble, not a wrong address. */
  hasAnswered: boolean;
  /** It has said why a stream ended. */
  givesReasons: boolean;
  /** It was settled that it never says so: what it marks as whole is whole. */
  endsUnexplained: boolean;
  /** Whole speeches whose words needed no correction afterwards. */
  plainReplies: number;
  /** Words turned out to be thoughts only after they had come. */
  mixesThoughts: boolean;
  /** Tokens of a prompt and its reply together; null where the server does not state it. */
  contextWindow: number | null;
}

/** A refusal of a request, as far as it can teach how to ask better. */
export interface Refusal {
  reason: CallFailure;
  /** The provider's own words, with what it names as the faulty parameter. */
  detail: string;
  /** How the stream said it ended; null where it did not say. */
  ending: Ending | null;
  /** Did the model think where it can be seen? */
  hadThoughts: boolean;
  /** Did the request hold a system message? */
  hadSystem: boolean;
  /** The call options that were sent. */
  options: Record<string, unknown>;
}

/** What went wrong with an attempt, read from whatever a provider's library threw. */
export interface Classified {
  reason: CallFailure;
  /** The provider's own words; not yet redacted nor shortened. */
  detail: string;
  status: number | null;
  retryAfterMs: number | null;
}

/** A model that is ready to be called. */
export interface ModelHandle {
  /** The model spec, such as openai:gpt-5-mini, or simulator. */
  spec: string;
  simulated: boolean;
  /**
   * A chat model for one attempt of a call; making it is where a provider's library is first loaded, and where an attempt may
   * be held back: no deadline runs yet. Told what will be asked, and when nobody waits for it any more.
   */
  chatModel(request?: CallRequest, signal?: AbortSignal): Promise<ChatModel>;
  /** Provider-specific call options for what a request asks (seed, JSON reply, token limit, temperature). */
  callOptions(request: CallRequest): Record<string, unknown>;
  /** null where unknown; a server's own list may tell it later. */
  price: Price | null;
  /** Where this provider needs other limits than the usual ones. */
  policy?: Partial<CallPolicy>;
  /** The environment variable that holds its key, for messages. */
  keyVariable?: string;
  /** Takes the handle's own key out of a text. */
  redact?(text: string): string;
  /** Where its server answers; absent where there is none. Part of what tells two requests apart. */
  address?: string;
  /** Whole replies kept from earlier runs, which are given again in place of a call. */
  kept?: KeptReplies;
  /** Learns from a refused request; true where the same request, asked anew, is now put differently. */
  adapt?(refusal: Refusal): boolean;
  /** Lets the headers of every reply be looked at, refusals included. */
  watchHeaders?(listener: HeaderListener): void;
  /** Its provider's own way of saying what went wrong. */
  classify?(error: unknown): Partial<Classified> | null;
  /** True where a stream that ends by itself is whole, though it says no reason. */
  endsWithoutReason?: true;
  /** True where thoughts never stand among the words of a reply, so that words may be shown as they come. */
  keepsThoughtsApart?: true;
  /** True where its server may answer one call after the other, so that some wait for others. */
  mayQueue?: true;
  /** What its replies have taught; shared by whatever is made of this handle. */
  habits?: Habits;
  /** The messages as its server takes them. */
  messagesFor?(messages: ChatMessage[]): ChatMessage[];
  /** Where its provider takes many calls as one job, for less. */
  jobs?: Jobs;
}

export interface CallRequest {
  messages: ChatMessage[];
  maxOutputTokens: number;
  temperature: number | null;
  seed: number;
  reply?: ReplyFormat;
  /** A speech: one that says the same over and over is listened to no longer. JSON and files may repeat themselves. */
  isSpeech?: boolean;
}

/** A whole reply, as it can be given again. */
export interface KeptReply {
  text: string;
  ending: Ending;
  usage: Usage;
}

/** Replies of one model that were given before. */
export interface KeptReplies {
  /** null where there is none that can be trusted. */
  recall(request: CallRequest): Promise<KeptReply | null>;
  /** Never rejects: a reply that cannot be kept is asked for again another time. */
  keep(request: CallRequest, reply: KeptReply): Promise<void>;
}

/** What happens during a call, in order. A call ends with exactly one `finished` or `failed`. */
export type CallPart =
  | { type: 'delta'; text: string }
  /** The deltas so far were a thought and not speech; those that follow replace them. */
  | { type: 'void' }
  /** The server is not ready yet, for which nobody is to blame and nothing is charged. */
  | { type: 'waiting'; reason: CallFailure; message: string; milliseconds: number }
  /** Something about the server that was settled just now, once for all. */
  | { type: 'noted'; message: string }
  /** The attempt failed; all its deltas are void. Where retryInMs is a number, another attempt follows after that wait. */
  | {
      type: 'attempt-failed';
      attempt: number;
      reason: CallFailure;
      message: string;
      retryInMs: number | null;
      usage: Usage | null;
      costUsd: number | null;
      /** Had the attempt already given text? */
      hadText: boolean;
    }
  /** Usage and cost in the record are those of the attempt that succeeded; failed ones told theirs before. */
  | {
      type: 'finished';
      text: string;
      ending: Ending;
      record: CallRecord;
      /** What the model thought where that could be seen; for nothing but a file that a person asked for. */
      thoughts?: string;
    }
  | { type: 'failed'; reason: CallFailure; message: string; attempts: number };

/** How a job stands at the provider. */
export interface JobStatus {
  id: string;
  state: 'working' | 'completed' | 'expired' | 'cancelled' | 'failed';
  /** Requests that are answered or refused, of so many. */
  settled: number;
  of: number;
  /** Files of answers and of refusals; what there is of them, however the job ended. */
  resultFiles: string[];
  /** Why a failed job was not begun. */
  failure: { code: string; message: string };
}

/** Takes files of requests and works them off within a day, for less. All methods throw what the provider's library throws. */
export interface JobService {
  /** Uploads a file of requests under a name; its id there. */
  upload(path: string, name: string): Promise<string>;
  /** Makes a job of an uploaded file. `mark` is what `find` knows it by. Never asked twice by itself. */
  create(file: string, mark: string): Promise<JobStatus>;
  /** The job with a mark, among those made since (milliseconds since 1970); null where there is none. */
  find(mark: string, since: number): Promise<JobStatus | null>;
  look(id: string, signal: AbortSignal): Promise<JobStatus>;
  /** Adds the lines of a result file to a file on disk. */
  download(file: string, path: string, signal: AbortSignal): Promise<void>;
  remove(file: string): Promise<void>;
}

/** How a model's calls are put into jobs. */
export interface Jobs {
  service(): Promise<JobService>;
  /** The line of a job's file for one request. */
  line(id: string, body: Record<string, unknown>): string;
}
