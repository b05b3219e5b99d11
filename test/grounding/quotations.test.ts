import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findQuotations } from '../../src/grounding/quotations.ts';

const found = (text: string) => findQuotations(text).map((quotation) => quotation.text);

test.each([
  ['straight double marks', 'She said "we will build the bridge" today.', ['we will build the bridge']],
  ['curly double marks', 'She said “we will build it” today.', ['we will build it']],
  ['low and high marks', 'Sie sagte „wir bauen die Brücke“ heute.', ['wir bauen die Brücke']],
  ['guillemets', 'Elle a dit «nous le ferons» hier.', ['nous le ferons']],
  ['guillemets with spaces', 'Elle a dit « nous le ferons » hier.', ['nous le ferons']],
  ['guillemets turned round', 'Er sagte »wir bauen die Brücke« heute.', ['wir bauen die Brücke']],
  ['marks that are the same on both sides', 'Hon sade ”vi bygger bron” idag.', ['vi bygger bron']],
  ['low single marks', 'Sie sagte ‚wir bauen‘ heute.', ['wir bauen']],
  ['corner marks', '彼は「夜間の運航を認める」と言い、『否』と書いた。', ['夜間の運航を認める', '否']],
  ['Chinese marks', '他说：“我们不会付两次。”', ['我们不会付两次。']],
  [
    'straight marks between letters of a script without spaces',
    '他说"不会付两次"，我说"不对"。',
    ['不会付两次', '不对'],
  ],
  ['the same in Japanese, and in Thai', '彼は"譲らない"と言い、เขาว่า"ไม่ยอม"ครับ', ['譲らない', 'ไม่ยอม']],
  ['single marks between such letters', '报道里写‘两位首席走了’这句话。', ['两位首席走了']],
  ['curly single marks', 'She said ‘we will build it’ today.', ['we will build it']],
  ['straight single marks', "She said 'we will build it' today.", ['we will build it']],
  ['an apostrophe inside single marks', "He said 'we don't build it' twice.", ["we don't build it"]],
  ['apostrophes alone', "We don't, and the allies' view isn't ours; it's the '90s.", []],
  [
    'a plural possessive inside single marks',
    "He wrote 'the allies' view is clear' once.",
    ["the allies' view is clear"],
  ],
  ['a curly apostrophe', 'It’s what the council’s members’ wives don’t say.', []],
  ['single marks inside double ones', '“She told me ‘never’ and left”', ['She told me ‘never’ and left']],
  [
    'straight marks inside straight ones',
    'He said "she called it "a dead end" and left" twice.',
    ['she called it "a dead end" and left'],
  ],
  ['two in a row', '"one two" and "three four"', ['one two', 'three four']],
  ['a quotation in brackets', '(“one two”)', ['one two']],
  ['inches and feet', 'A 5\'10" man and a 3" pipe', []],
  ['marks that stay open', 'He said "we will build and left', []],
  ['empty marks', 'He said "" and “ ” then', []],
])('%s', (_, text, expected) => {
  expect(found(text)).toEqual(expected);
});

test('a mark that stays open in one paragraph does not swallow the next', () => {
  expect(found('He said "we will build.\n\nShe said "we will not build" then.')).toEqual([
    'we will not build',
  ]);
});

test('fewer than four words are a term, four are a quotation', () => {
  expect(
    findQuotations('a so-called "step-by-step approach", or "we shall see then"').map(({ kind }) => kind),
  ).toEqual(['term', 'quotation']);
});

test('the place is that of the words without their marks', () => {
  const text = 'He said “no deal” twice.';
  const [first] = findQuotations(text);
  expect(text.slice(first?.start, first?.end)).toBe('no deal');
});

test('quotations never overlap and stand in order', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 's', ' ', '"', "'", '“', '”', '‘', '’', '\n', '1'),
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, (body) => {
      let last = 0;
      for (const { text: words, start, end } of findQuotations(body)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(body.slice(start, end)).toBe(words);
        last = end;
      }
    }),
  );
});

test('in a script without spaces eight letters claim that these words were said', () => {
  expect(findQuotations('「夜間の運航を認める」 「運航」').map(({ kind }) => kind)).toEqual([
    'quotation',
    'term',
  ]);
});

test.each([
  ['«فيضان باهظ الثمن»', 'quotation'],
  ['«باهظ الثمن»', 'term'],
  ['„שיטפון יקר מאוד”', 'quotation'],
  ['“아주 비싼 홍수”', 'quotation'],
  ['“very expensive flood”', 'term'],
] as const)(
  'three words are a quotation where particles are written as letters of a word (%s)',
  (words, kind) => {
    expect(findQuotations(`⁠${words}.`)).toMatchObject([{ kind }]);
  },
);

test.each([
  ['楼是大家伙的楼', 'quotation'],
  ['大家伙的楼', 'term'],
  ['夜間運航は認める', 'quotation'],
  ['ひとつの案', 'term'],
] as const)('four words of a script that writes none apart are told by their letters (%s)', (words, kind) => {
  expect(findQuotations(`他说“${words}”。`)).toMatchObject([{ text: words, kind }]);
});
