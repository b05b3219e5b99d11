import { expect, test } from 'vitest';
import { classifyFailure } from '../../src/models/call-failure.ts';

const now = Date.parse('2026-11-01T12:00:00Z');

/** An error as a provider's library throws it: status and headers on it, the body below `error`. */
function refused(status: number, body: Record<string, unknown> = {}, headers = {}): Error {
  return Object.assign(new Error(`${status} ${JSON.stringify(body)}`), { status, error: body, headers });
}

function broken(code: string, message = code): Error {
  return Object.assign(new Error('fetch failed'), { cause: Object.assign(new Error(message), { code }) });
}

test.each([
  [refused(401), 'authentication'],
  [refused(403, { message: 'Your project has no access' }), 'authentication'],
  [refused(400, { message: 'API key not valid. Please pass a valid API key.' }), 'authentication'],
  [refused(402, { message: 'Payment required' }), 'quota'],
  [refused(429, { code: 'insufficient_quota', message: 'You exceeded your current quota' }), 'quota'],
  [refused(429, { type: 'billing_error', message: 'See your plan' }), 'quota'],
  [refused(400, { type: 'invalid_request_error', message: 'Your credit balance is too low' }), 'quota'],
  [refused(429, { message: 'Too many tokens per minute' }), 'rate-limited'],
  [refused(429), 'rate-limited'],
  [refused(503), 'overloaded'],
  [refused(529, { type: 'overloaded_error' }), 'overloaded'],
  [refused(500), 'server-error'],
  [refused(502), 'server-error'],
  [refused(504), 'server-error'],
  [refused(408), 'server-error'],
  [refused(404, { code: 'model_not_found', message: 'The model `x` does not exist' }), 'unknown-model'],
  [refused(404, { type: 'not_found_error', message: 'model: claude-9' }), 'unknown-model'],
  [refused(400, { message: 'x/y is not a valid model ID' }), 'unknown-model'],
  [refused(404, { message: 'Not Found' }), 'bad-request'],
  [refused(400, { code: 'context_length_exceeded' }), 'context-too-long'],
  [refused(400, { message: 'prompt is too long: 210000 tokens > 200000 maximum' }), 'context-too-long'],
  [refused(400, { message: 'the request exceeds the available context size' }), 'context-too-long'],
  [refused(413), 'context-too-long'],
  ...[
    'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
    'Input length 9000 exceeds maximum allowed length 8192',
    '`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens',
    'The decoder prompt (length 9000) is longer than the maximum model length of 8192.',
    'Range of input length should be [1, 30720]',
    'Please reduce the length of the messages or completion.',
    '输入长度超过模型最大上下文长度',
  ].map((message) => [refused(400, { message }), 'context-too-long'] as const),
  [refused(500, { message: 'context window exceeded' }), 'context-too-long'],
  [refused(500, { message: 'the model is loading' }), 'overloaded'],
  [refused(403, { message: 'This request requires more credits, or fewer max_tokens' }), 'quota'],
  [refused(400, { code: 'Arrearage', message: '账户余额不足，请充值' }), 'quota'],
  [broken('Z_BUF_ERROR', 'unexpected end of file'), 'incomplete'],
  [refused(400, { message: 'max_tokens must be at most 50' }), 'bad-request'],
  [refused(422, { message: 'Field required' }), 'bad-request'],
  [
    refused(400, { message: "Unsupported parameter: 'seed' is not supported with this model." }),
    'bad-request',
  ],
  [
    Object.assign(new Error('Overloaded'), { error: { type: 'error', error: { type: 'overloaded_error' } } }),
    'overloaded',
  ],
  [
    Object.assign(new Error('x'), { error: { code: 502, message: 'Provider returned error' } }),
    'server-error',
  ],
  [Object.assign(new Error('x'), { error: { type: 'rate_limit_error' } }), 'rate-limited'],
  [Object.assign(new Error('x'), { error: { code: 429, message: 'slow down' } }), 'rate-limited'],
  [Object.assign(new Error("model 'x' not found"), { status_code: 404 }), 'unknown-model'],
  [broken('ECONNREFUSED'), 'unreachable'],
  [broken('ENOTFOUND'), 'unreachable'],
  [broken('UND_ERR_CONNECT_TIMEOUT'), 'unreachable'],
  [broken('DEPTH_ZERO_SELF_SIGNED_CERT'), 'unreachable'],
  [broken('ECONNRESET'), 'connection-lost'],
  [broken('UND_ERR_SOCKET', 'other side closed'), 'connection-lost'],
  [new TypeError('terminated'), 'connection-lost'],
  [new Error('Connection error.'), 'connection-lost'],
  [new SyntaxError('Unexpected token o in JSON'), 'incomplete'],
  [new Error('Did not receive done or success response in stream.'), 'incomplete'],
  [new Error('something nobody has seen before'), 'bad-request'],
  ['a string', 'bad-request'],
  [undefined, 'bad-request'],
] as const)('%s is %s', (error, reason) => {
  expect(classifyFailure(error, now).reason).toBe(reason);
});

test('several addresses that all refuse are one unreachable server', () => {
  const refusals = [broken('ECONNREFUSED'), broken('ECONNREFUSED', 'connect ECONNREFUSED ::1:1')];
  const error = Object.assign(new Error('fetch failed'), { cause: new AggregateError(refusals) });
  expect(classifyFailure(error, now)).toMatchObject({
    reason: 'unreachable',
    detail: 'connect ECONNREFUSED ::1:1',
  });
});

test('the innermost words are the ones that are quoted', () => {
  const error = refused(400, { message: 'Invalid value' });
  expect(classifyFailure(error, now).detail).toBe('Invalid value');
});

test('a time to wait is read from headers of either kind', () => {
  const plain = refused(429, {}, { 'retry-after': '3' });
  const web = refused(429, {}, new Headers({ 'retry-after-ms': '2500', 'retry-after': '3' }));
  expect(classifyFailure(plain, now).retryAfterMs).toBe(3_000);
  expect(classifyFailure(web, now).retryAfterMs).toBe(2_500);
});
