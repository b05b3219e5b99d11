import { expect, test } from 'vitest';
import { sentencesOf } from '../../src/text/sentences.ts';

test.each([
  ['plain sentences', 'We pay. They wait! Who pays?', ['We pay.', 'They wait!', 'Who pays?']],
  [
    'a citation behind the stop stays with its sentence',
    'We pay. [P3] They wait.',
    ['We pay. [P3]', 'They wait.'],
  ],
  ['a title', 'Mr. Brook pays. We wait.', ['Mr. Brook pays.', 'We wait.']],
  ['initials', 'The U.S. Senate waits. We pay.', ['The U.S. Senate waits.', 'We pay.']],
  ['a short month', 'It was Feb. 3 then. We paid.', ['It was Feb. 3 then.', 'We paid.']],
  ['a decimal', 'It costs 2.5 million. We pay.', ['It costs 2.5 million.', 'We pay.']],
  ['dots before a small letter', 'We wait... and pay. Good.', ['We wait... and pay.', 'Good.']],
  ['a stop inside quotation marks', 'He said “we pay.” We wait.', ['He said “we pay.”', 'We wait.']],
  ['paragraphs without stops', 'One thing\n\nAnother', ['One thing', 'Another']],
  ['a list', 'First:\n- we pay\n- you wait', ['First:', '- we pay', '- you wait']],
  ['nothing', '  ', []],
])('%s', (_, text, expected) => {
  expect(sentencesOf(text).map((sentence) => sentence.text)).toEqual(expected);
});

test('the place of a sentence is that of its words', () => {
  const text = 'We pay.  They wait.';
  const last = sentencesOf(text).at(-1);
  expect(text.slice(last?.start, last?.end)).toBe('They wait.');
});

test.each([
  ['はい。いいえ！何時ですか？三時です。', ['はい。', 'いいえ！', '何時ですか？', '三時です。']],
  ['「はい。」と彼は言った。[P1] 次です。', ['「はい。」と彼は言った。[P1]', '次です。']],
  ['我们同意[P2]。你们呢？', ['我们同意[P2]。', '你们呢？']],
  ['ما الحد؟ لا نقبل. نعم۔', ['ما الحد؟', 'لا نقبل.', 'نعم۔']],
])('sentences end at the stops of their script: %s', (text, sentences) => {
  expect(sentencesOf(text).map((sentence) => sentence.text)).toEqual(sentences);
});
