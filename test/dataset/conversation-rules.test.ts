import { describe, expect, test } from 'vitest';
import {
  answerFaults,
  chatWording,
  conversationCheck,
  conversationFaults,
  implicitPreferenceCheck,
  isGroup,
  preferenceCheck,
  promptFaults,
  sameAnswers,
  sharegptWording,
  sideFaults,
  textCheck,
} from '../../src/dataset/check/conversation-rules.ts';
import { createFaultLog } from '../../src/dataset/check/fault-log.ts';
import { NumberToken } from '../../src/dataset/check/read-row.ts';

const said = (role: string, content: unknown = 'words') => ({ role, content });
const [system, user, assistant] = [said('system'), said('user'), said('assistant')];
const reasons = (faults: readonly { reason: string }[]) => faults.map(({ reason }) => reason);
const weight = (role: string, source: string) => ({ ...said(role), weight: new NumberToken(source) });

describe('a conversation', () => {
  test.each([
    ['no list', 'words', 'answering', ['bad-shape']],
    ['nothing', [], 'answering', ['bad-shape']],
    ['something else than a message', [user, 'words'], 'answering', ['bad-shape']],
    ['null', [null], 'answering', ['bad-shape']],
    ['a list in place of a message', [[]], 'answering', ['bad-shape']],
    ['a number', [new NumberToken('1')], 'answering', ['bad-shape']],
    ['a message of nobody', [{ content: 'words' }], 'answering', ['bad-shape']],
    ['a message without words', [{ role: 'user' }], 'asking', ['bad-shape']],
    ['an empty message', [said('user', ' \n')], 'asking', ['empty-text']],
    ['an empty list of parts', [said('user', [])], 'asking', ['bad-shape']],
    ['a list of parts', [said('user', [{}])], 'asking', []],
    ['a question and an answer', [user, assistant], 'answering', []],
    ['system text first', [system, user, assistant], 'answering', []],
    ['system text last', [user, assistant, system], 'answering', ['roles']],
    ['system text twice', [system, system, user], 'asking', ['roles']],
    ['system text alone', [system], 'asking', ['last-turn']],
    ['an answer first', [assistant, user], 'asking', ['roles']],
    ['two questions', [user, user], 'asking', ['roles']],
    ['a question last, where an answer should be', [user], 'answering', ['last-turn']],
    ['an answer last, where a question should be', [user, assistant], 'asking', ['last-turn']],
    ['a question last, where it should be', [user, assistant, user], 'asking', []],
  ] as const)('of %s', (_what, messages, endsWith, expected) => {
    expect(reasons(conversationFaults(messages, 'messages', chatWording, endsWith))).toEqual(expected);
  });

  test('of a call of tools needs no words, and of anything else does', () => {
    const call = (tool_calls: unknown, content?: unknown) => [
      user,
      { role: 'assistant', tool_calls, content },
    ];
    for (const [messages, expected] of [
      [call([{}]), []],
      [call([{}], null), []],
      [call([{}], ''), ['empty-text']],
      [call([]), ['bad-shape']],
      [call('x'), ['bad-shape']],
    ] as const)
      expect(reasons(conversationFaults(messages, 'm', chatWording, 'answering'))).toEqual(expected);
  });

  test('says which message is wrong, and what should stand there', () => {
    const of = (messages: unknown) => conversationFaults(messages, 'm', chatWording, 'answering')[0]?.message;
    expect(of([system, user, user])).toBe('m[2] is user where assistant must follow');
    expect(of([assistant])).toBe('m[0] is assistant where user must follow');
    expect(of([user])).toBe('m must end with assistant, not with user');
    expect(of([user, said('assistant', '')])).toBe('m[1] is empty');
  });

  test('of ShareGPT has words of its own', () => {
    const turns = [
      { from: 'human', value: 'a' },
      { from: 'gpt', value: 'b' },
    ];
    expect(conversationFaults(turns, 'c', sharegptWording, 'answering')).toEqual([]);
    expect(reasons(conversationFaults(turns, 'c', chatWording, 'answering'))).toEqual(['bad-shape']);
  });

  test.each([
    ['0 on one answer and none on another', [user, weight('assistant', '0'), user, assistant], []],
    [
      '0 on one answer and 1 on another',
      [user, weight('assistant', '0'), user, weight('assistant', '1')],
      [],
    ],
    ['0 on every answer', [user, weight('assistant', '0')], ['weight']],
    ['a half', [user, weight('assistant', '0.5')], ['weight']],
    ['1 on a question', [weight('user', '1'), assistant], ['weight']],
    ['a text', [user, { ...assistant, weight: '1' }], ['weight']],
    ['null', [user, { ...assistant, weight: null }], []],
  ])('with a weight of %s', (_what, messages, expected) => {
    expect(reasons(conversationCheck.faults({ messages }))).toEqual(expected);
  });
});

test.each([
  ['one answer', [assistant], []],
  ['an answer outside a list', assistant, []],
  ['two answers', [assistant, assistant], ['bad-shape']],
  ['no answer', [], ['bad-shape']],
  ['a question', [user], ['roles']],
  ['no message', ['words'], ['bad-shape']],
])('one side of a preference: %s', (_what, value, expected) => {
  expect(reasons(answerFaults(value, 'chosen', chatWording))).toEqual(expected);
});

test.each([
  ['texts', { prompt: 'a', chosen: 'b', rejected: 'c' }, []],
  ['messages', { prompt: [user], chosen: [assistant], rejected: [said('assistant', 'other')] }, []],
  ['the same answer twice', { prompt: 'a', chosen: 'b', rejected: 'b' }, ['same-answers']],
  ['an empty answer', { prompt: 'a', chosen: ' ', rejected: 'c' }, ['empty-text']],
  ['an empty prompt', { prompt: '', chosen: 'b', rejected: 'c' }, ['empty-text']],
  ['a text for messages', { prompt: [user], chosen: 'b', rejected: [assistant] }, ['bad-shape']],
  ['messages for a text', { prompt: 'a', chosen: 'b', rejected: [assistant] }, ['bad-shape']],
  [
    'an answered prompt',
    { prompt: [user, assistant], chosen: [assistant], rejected: [] },
    ['last-turn', 'bad-shape'],
  ],
])('a preference of %s', (_what, row, expected) => {
  expect(reasons(preferenceCheck.faults(row))).toEqual(expected);
});

test('a preference with an implicit prompt differs in its last message alone', () => {
  const other = said('assistant', 'other');
  const faults = (chosen: unknown, rejected: unknown) =>
    reasons(implicitPreferenceCheck.faults({ chosen, rejected }));
  expect(faults([user, assistant], [user, other])).toEqual([]);
  expect(faults([user, assistant], [user, assistant])).toEqual(['same-answers']);
  expect(faults([user, assistant], [said('user', 'else'), other])).toEqual(['other-prefix']);
  expect(faults([user], [user, other])).toEqual(['last-turn']);
  expect(faults([user, assistant], 'x')).toEqual(['bad-shape']);
});

test('texts, prompts and sides are text or messages, and never empty', () => {
  expect(textCheck.faults({ text: 'a' })).toEqual([]);
  expect(reasons(textCheck.faults({ text: ' ' }))).toEqual(['empty-text']);
  expect(reasons(textCheck.faults({ text: 1 }))).toEqual(['bad-shape']);
  expect(promptFaults('a')).toEqual([]);
  expect(reasons(promptFaults([user, assistant]))).toEqual(['last-turn']);
  expect(sideFaults({ prompt: 'a', side: 'b' }, 'side')).toEqual([]);
  expect(sameAnswers([assistant], [{ ...assistant }])).toHaveLength(1);
  expect([{}, [], null, 'a', new NumberToken('1')].map(isGroup)).toEqual([true, false, false, false, false]);
});

test('a fault log names five faults of a kind in a file and counts the rest', () => {
  const log = createFaultLog();
  const fault = (file: string, row: number) => ({ file, row, reason: 'roles' as const, message: '' });
  for (let row = 1; row <= 7; row++) log.add(fault('a', row));
  for (let row = 1; row <= 5; row++) log.add(fault('b', row));
  expect(log.named().map(({ file, row }) => `${file}${row}`)).toEqual([
    ...['a1', 'a2', 'a3', 'a4', 'a5'],
    ...['b1', 'b2', 'b3', 'b4', 'b5'],
  ]);
  expect(log.total()).toBe(12);
  expect(log.unnamed()).toEqual([{ file: 'a', reason: 'roles', count: 2 }]);
});

test('an answer of another role is told by its role and by the one that answers', () => {
  const [fault] = answerFaults({ role: 'user', content: 'a' }, 'chosen', chatWording);
  expect(fault?.message).toBe('chosen is of user, not of assistant');
});
