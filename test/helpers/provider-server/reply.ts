/** What the scripted provider says to one call. */
export type Reply = StreamedReply | ErrorReply;

/** Something that goes wrong in the middle of a stream. */
type Fault =
  /** The connection is reset. */
  | 'drop'
  /** Nothing more comes, and the connection stays open. */
  | 'stall'
  /** A line that is no JSON. */
  | 'garbage'
  /** The provider's own way of telling of an error inside a stream. */
  | 'error-event'
  /** The body ends without a word of why. */
  | 'end';

export interface StreamedReply {
  /** One string is sent word by word; a list is sent as it stands. */
  text?: string | readonly string[];
  /** Thoughts sent before the text. */
  reasoning?: readonly string[];
  /** Sent in place of text, where the protocol has a field for it. */
  refusal?: string;
  /** In OpenAI's words; each protocol translates. null sends none. Default: stop. */
  finish?: 'stop' | 'length' | 'content_filter' | 'refusal' | null;
  /** `cached` and `written` are parts of the input. Default: tokens counted by words. null sends none. */
  usage?: { input: number; output: number; cached?: number; written?: number } | null;
  /** False leaves out OpenAI's [DONE]. */
  done?: boolean;
  /** Milliseconds before the headers, and between two chunks of text. */
  headersAfterMs?: number;
  chunkEveryMs?: number;
  /** Sent besides the usual ones. */
  headers?: Record<string, string>;
  /** Never sends headers. */
  silent?: boolean;
  /** Goes wrong after this many pieces of text (0: right after the headers). */
  fault?: { kind: Fault; after: number };
}

export interface ErrorReply {
  status: number;
  headers?: Record<string, string>;
  /** A string and bytes are sent as they are, anything else as JSON. With status 200 this is any reply that is no stream. */
  body?: unknown;
}

export function isErrorReply(reply: Reply): reply is ErrorReply {
  return 'status' in reply;
}

/** The pieces in which a reply's text is streamed: words with the space before them. */
export function piecesOf(text: string | readonly string[] | undefined): readonly string[] {
  if (text === undefined) return [];
  return typeof text === 'string' ? (text.match(/\s*\S+\s*$|\s*\S+/g) ?? []) : text;
}

/** OpenAI's form of an error, for the common cases. */
export const errors = {
  wrongKey: {
    status: 401,
    body: {
      error: {
        message:
          'Incorrect API key provided: sk-abcdefghijklmnop1234. You can find your API key at https://example.test.',
        type: 'invalid_request_error',
        code: 'invalid_api_key',
      },
    },
  },
  forbidden: {
    status: 403,
    body: { error: { message: 'Country not supported', type: 'request_forbidden' } },
  },
  unknownModel: {
    status: 404,
    body: {
      error: {
        message: 'The model `nope` does not exist or you do not have access to it.',
        type: 'invalid_request_error',
        code: 'model_not_found',
      },
    },
  },
  rateLimited: {
    status: 429,
    body: {
      error: { message: 'Rate limit reached for requests', type: 'requests', code: 'rate_limit_exceeded' },
    },
  },
  outOfQuota: {
    status: 429,
    body: {
      error: {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        type: 'insufficient_quota',
        code: 'insufficient_quota',
      },
    },
  },
  contextTooLong: {
    status: 400,
    body: {
      error: {
        message:
          "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
        type: 'invalid_request_error',
        code: 'context_length_exceeded',
      },
    },
  },
  badRequest: {
    status: 400,
    body: { error: { message: "Invalid value for 'messages'", type: 'invalid_request_error', code: null } },
  },
  serverError: { status: 500, body: { error: { message: 'The server had an error', type: 'server_error' } } },
  overloaded: { status: 503, body: { error: { message: 'The engine is overloaded', type: 'server_error' } } },
} as const satisfies Record<string, ErrorReply>;

/** A 400 that names a parameter the server does not take. */
export function unsupportedParameter(parameter: string, instead?: string): ErrorReply {
  const hint = instead === undefined ? '' : ` Use '${instead}' instead.`;
  return {
    status: 400,
    body: {
      error: {
        message: `Unsupported parameter: '${parameter}' is not supported with this model.${hint}`,
        type: 'invalid_request_error',
        param: parameter,
        code: 'unsupported_parameter',
      },
    },
  };
}
