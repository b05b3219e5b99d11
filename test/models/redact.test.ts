import { expect, test } from 'vitest';
import { oneLine, redactorOf } from '../../src/models/redact.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, openaiAt } from './call.ts';

test('a known key is taken out wherever it stands', () => {
  expect(redactorOf(['hunter2hunter2'])('Bad key hunter2hunter2, yes hunter2hunter2.')).toBe(
    'Bad key [key hidden], yes [key hidden].',
  );
});

test.each([
  'Incorrect API key provided: sk-proj-abcDEF123456.',
  'Incorrect API key provided: sk-abcd*****wxyz.',
  'authorization: Bearer abc.def.ghi',
  '{"x-api-key":"0123456789abcdef"}',
  'https://example.test/v1?api_key=0123456789abcdef&x=1',
  'API key AIzaSyA1234567890abcdefghij is not valid',
  'connect to http://user:password1@localhost failed',
])('what looks like a key is taken out of: %s', (text) => {
  const clean = redactorOf([])(text);
  expect(clean).toContain('[key hidden]');
  expect(clean).not.toMatch(/abcDEF|wxyz|abc\.def|0123456789|AIza|password1/);
});

test('ordinary words stay', () => {
  const text = 'Unexpected token o; max tokens: 8192; the task-specific model sk is unknown';
  expect(redactorOf(['', undefined, 'abc'])(text)).toBe(text);
});

test('a message is one short line without what steers a terminal', () => {
  const line = oneLine(`first\nsecond\t\u001b[31mred\u0007 ${'x'.repeat(1_000)}`);
  expect(line).toMatch(/^first second red x+…$/);
  expect(line.length).toBeLessThanOrEqual(300);
});

test.each([
  ['\u001b[1;31mbad\u001b[0m gateway', 'bad gateway'],
  ['\u009b31mbad\u009b0m gateway', 'bad gateway'],
  ['\\u001b[31mbad\\x1b[0m gateway', 'bad gateway'],
  ['\u001b]0;title\u0007bad gateway', 'bad gateway'],
  ['the list [31 m] of [P3]', 'the list [31 m] of [P3]'],
])('takes sequences out whole: %j', (text, expected) => {
  expect(oneLine(text)).toBe(expected);
});

test('no message of a failed call holds the key, not even where the provider repeats it', async () => {
  const key = 'my-very-own-key-0001';
  const server = await startProviderServer({
    replies: [{ status: 401, body: { error: { message: `Incorrect API key provided: ${key}` } } }],
  });
  const { parts, failed } = await call(openaiAt(server, key));
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
  expect(JSON.stringify(parts)).not.toContain(key);
  expect(failed?.message).toBe(
    'openai:scripted: the provider refused the key (Incorrect API key provided: [key hidden]). Check OPENAI_API_KEY.',
  );
});

test('a whole page as an error becomes one short line', async () => {
  const page = `<html>\n<body>${'<p>Bad gateway</p>\n'.repeat(500)}</body></html>`;
  const server = await startProviderServer({ replies: [{ status: 400, body: page }] });
  const { failed } = await call(openaiAt(server));
  expect(failed?.message.length).toBeLessThan(400);
  expect(failed?.message).not.toContain('\n');
});
