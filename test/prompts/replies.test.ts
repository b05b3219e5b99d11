import { describe, expect, test } from 'vitest';
import {
  answerReply,
  bidReply,
  draftReply,
  parseReply,
  pickReply,
  proseOf,
} from '../../src/prompts/replies.ts';

const wish = (text: string) => {
  const read = parseReply(bidReply, text);
  return read.ok ? read.value.wish : read.failure.message;
};

describe('a reply is read', () => {
  test.each([
    ['bare', '{"wish": 7}', 7],
    ['in a code fence', '```json\n{"wish": 7}\n```', 7],
    ['among prose', 'Let me think {about it}.\n{"wish": 7}\nThat is all.', 7],
    ['after an example, of which the last counts', 'Like {"wish": 1}: {"wish": 7}', 7],
    ['with braces in its text', 'x {"wish": 7} and {"note": "a } b"}', 7],
    ['without what was added to it', '{"thoughts": "Hm.", "wish": 7, "why": "x"}', 7],
    ['at the ends of the scale', '{"wish": 0}', 0],
  ])('%s', (_title, text, expected) => {
    expect(wish(text)).toBe(expected);
  });
});

describe('a reply is refused, with what is wrong,', () => {
  test.each([
    ['when it is empty', ' \n', 'The reply was empty.'],
    ['when it holds no JSON', 'I would say seven.', 'The reply holds no JSON object.'],
    ['when it breaks off', '{"wish": 7', 'The reply holds no complete JSON object.'],
    ['when a number is a word', '{"wish": "7"}', 'wish: '],
    ['when a number is beyond its bounds', '{"wish": 11}', 'wish: '],
    ['when it is a list', '[7]', 'The object: '],
  ])('%s', (_title, text, message) => {
    expect(wish(text)).toContain(message);
  });

  test('when a statement has an unknown status', () => {
    const text = '{"text": "We agree.", "items": [{"issue": "price", "status": "done", "text": "x"}]}';
    const read = parseReply(draftReply, text);
    expect(!read.ok && read.failure.message).toContain('items.0.status: ');
  });

  test('in which thoughts were added at any depth, without them', () => {
    const items = [{ issue: 'price', reasoning: 'Hm.', status: 'open', text: 'x' }];
    const read = parseReply(draftReply, JSON.stringify({ reasoning: 'Hm.', text: 'We agree.', items }));
    expect(read.ok && JSON.stringify(read.value)).not.toContain('Hm.');
    expect(proseOf('{"reasoning": "Hm.", "statement": "We agree."}')).toBe('We agree.');
    expect(proseOf('{"reasoning": "Hm."}')).toBeNull();
    expect(proseOf(' We agree. ')).toBe('We agree.');
  });

  test('when a reason is blank', () => {
    expect(parseReply(answerReply, '{"answer": "sign", "reason": " "}').ok).toBe(false);
  });
});

describe('the JSON Schema that providers are given', () => {
  test.each([pickReply, bidReply, draftReply, answerReply])(
    'of $format.name suits strict modes',
    ({ format }) => {
      const objects = objectsIn(format.schema);
      expect(objects.length).toBeGreaterThan(0);
      for (const { properties, required, additionalProperties } of objects) {
        expect(required).toEqual(Object.keys(properties as object));
        expect(additionalProperties).toBe(false);
      }
      expect(JSON.stringify(format.schema)).not.toMatch(/minimum|maximum|minLength|\$schema/);
    },
  );
});

function objectsIn(schema: unknown): Record<string, unknown>[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = schema as Record<string, unknown>;
  return [...(own['type'] === 'object' ? [own] : []), ...Object.values(own).flatMap(objectsIn)];
}
