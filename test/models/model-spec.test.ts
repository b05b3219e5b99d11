import { expect, test } from 'vitest';
import { parseModelChoice, parseModelSpec, specText } from '../../src/models/model-spec.ts';

const roles = ['dprk-negotiator', 'state-department', 'moderator', 'judge'];

function messageOf(outcome: { ok: boolean; failure?: { message: string } }): string {
  if (outcome.ok || outcome.failure === undefined) throw new Error('expected a failure');
  return outcome.failure.message;
}

test.each([
  ['openai:gpt-6-luna', 'openai', 'gpt-6-luna'],
  ['ollama:llama3.2:3b', 'ollama', 'llama3.2:3b'],
  ['openai:meta-llama/Llama-3.3-70B', 'openai', 'meta-llama/Llama-3.3-70B'],
  [' anthropic:claude-haiku-5-5 ', 'anthropic', 'claude-haiku-5-5'],
  ['google-genai:gemini-3-flash', 'google-genai', 'gemini-3-flash'],
  ['simulator', 'simulator', ''],
])('%s is read as its provider and name', (text, provider, name) => {
  expect(parseModelSpec(text)).toEqual({ ok: true, value: { provider, name } });
});

test('a spec read and written is the same', () => {
  for (const text of ['ollama:llama3.2:3b', 'simulator']) {
    const spec = parseModelSpec(text);
    expect(spec.ok && specText(spec.value)).toBe(text);
  }
});

test.each([
  ['', /names no model/],
  ['openai', /openai:NAME/],
  ['openai:', /openai:NAME/],
  ['simulator:fast', /write simulator/],
  ['opneai:gpt-6', /did you mean openai\?/],
  ['Anthropic:claude', /did you mean anthropic\?/],
  ['zzz:thing', /Known: openai, anthropic, ollama, simulator/],
  ['gpt-6-luna', /Did you mean openai:gpt-6-luna\?/],
  ['claude-haiku-5-5', /Did you mean anthropic:claude-haiku-5-5\?/],
  ['llama3.2:3b', /Did you mean ollama:llama3\.2:3b\?/],
  ['openai:gpt 6', /provider:name/],
])('"%s" is no model, and the message helps', (text, words) => {
  expect(messageOf(parseModelSpec(text))).toMatch(words);
});

test('one model for everyone and others for single roles', () => {
  const choice = parseModelChoice(['openai:a', 'judge=anthropic:b', 'dprk-negotiator=ollama:c:7b'], roles);
  expect(choice).toEqual({
    ok: true,
    value: {
      everyone: { provider: 'openai', name: 'a' },
      byRole: new Map([
        ['judge', { provider: 'anthropic', name: 'b' }],
        ['dprk-negotiator', { provider: 'ollama', name: 'c:7b' }],
      ]),
    },
  });
});

test('no --model leaves the choice open', () => {
  expect(parseModelChoice([], roles)).toEqual({ ok: true, value: { everyone: null, byRole: new Map() } });
});

test.each([
  [['openai:a', 'openai:b'], /already a model for everyone/],
  [['judge=openai:a', 'judge=openai:b'], /already a model for judge/],
  [['moderatr=openai:a'], /nobody here is called "moderatr"; did you mean moderator\?/],
  [['=openai:a'], /nobody here is called ""/],
  [['judge='], /names no model/],
])('%j is refused, and the message helps', (values, words) => {
  expect(messageOf(parseModelChoice(values, roles))).toMatch(words);
});
