import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findQuote, matchQuote } from '../../src/grounding/quotes.ts';

const source =
  'The mayor said: “Nobody on the council wants a half‑finished bridge — and we won’t pay twice.” Later, in May, she added that two lanes would do.';
const words = (found: ReturnType<typeof findQuote>, text = source) =>
  found.kind === 'absent' ? null : text.slice(found.start, found.end);

test.each([
  ['Arabic vowel marks', 'ألف طن كما هو الآن، ولا طنًّا أقل. والرصيف…', 'ولا طنا أقل'],
  ['the stretching stroke', 'قال الوزيـــر نعم أمس.', 'الوزير نعم'],
  ['Hebrew points', 'אמרתי שָׁלוֹם לכולם אתמול.', 'שלום לכולם'],
])('%s make no difference, and the words are given as they were said', (_, text, quote) => {
  const found = findQuote(quote, text);
  expect(found.kind).toBe('normalised');
  const said = words(found, text) ?? '';
  expect(said.replace(/[\p{M}\u0640]/gu, '')).toBe(quote);
  expect(text).toContain(said);
});

test.each([
  ['Arabic', 'ذلك صحيح، وأرى أن يدفع المزارعون الثلث.', 'أرى أن يدفع المزارعون'],
  ['Arabic, "so"', 'قبلنا فنطلب أربع ساعات.', 'نطلب أربع ساعات'],
  ['Hebrew', 'זה נכון, ואני מסכים להקפאה.', 'אני מסכים להקפאה'],
])(
  'a quotation may begin after an "and" that is written as a letter of its first word: %s',
  (_, text, quote) => {
    expect(words(findQuote(quote, text), text)).toBe(quote);
    expect(matchQuote(quote, text)).not.toBeNull();
  },
);

test('a quotation begins in the middle of no other word', () => {
  expect(matchQuote('لا نقبل', 'أهلا نقبل')).toBeNull();
  expect(matchQuote('قبل أربع', 'أقبل أربع ساعات')).toBeNull();
  expect(matchQuote('agree', 'We disagree')).toBeNull();
});

test('a hamza or another letter is no vowel mark', () => {
  expect(findQuote('رأس المال كبير جدا', 'قال إن راس المال كبير جدا').kind).not.toBe('normalised');
});

test('the same letters are an exact match, at their place', () => {
  expect(findQuote('two lanes would do', source)).toEqual({ kind: 'exact', start: 125, end: 143 });
});

test.each([
  ['straight quotation marks and apostrophes', "we won't pay twice"],
  ['another dash, with or without spaces', 'a half-finished bridge-and we won’t'],
  ['runs of spaces and line breaks', 'two\n  lanes\u00a0would do'],
  ['other case', 'Two Lanes would do'],
  ['Markdown emphasis', 'two **lanes** would do'],
  ['a comma set before the closing mark', 'two lanes would do,'],
  ['zero-width marks and soft hyphens', 'two la\u00adnes\u200b would do'],
])('%s make no difference', (_, quote) => {
  const found = findQuote(quote, source);
  expect(found.kind).toBe('normalised');
  expect(matchQuote(quote, source)).toEqual({
    start: 'start' in found ? found.start : -1,
    end: 'end' in found ? found.end : -1,
  });
});

test('a citation inside the words makes no difference', () => {
  expect(matchQuote('we pay once, and never again', 'We pay [P3] once [P4, P5], and never again.')).toEqual({
    start: 0,
    end: 42,
  });
});

test('composed and decomposed accents are the same letter', () => {
  expect(findQuote('cafe\u0301 au lait', 'Un café au lait.').kind).toBe('normalised');
});

test('the stretch found is the original, marks and all', () => {
  expect(words(findQuote("bridge - and we won't", source))).toBe('bridge — and we won’t');
});

test.each(['…', '...', ' … ', ' [...] ', '. . .'])('an ellipsis written "%s" may leave words out', (dots) => {
  const found = findQuote(`Nobody on the council${dots}won’t pay twice`, source);
  expect(found.kind).toBe('normalised');
  expect(words(found)).toBe('Nobody on the council wants a half‑finished bridge — and we won’t pay twice');
});

test('an ellipsis does not turn the order of the words round', () => {
  expect(matchQuote('pay twice … Nobody on the council', source)).toBeNull();
});

test('an ellipsis does not reach across a whole article', () => {
  expect(matchQuote('two lanes … no more', `two lanes ${'and so on '.repeat(100)} no more`)).toBeNull();
});

test('words are whole: "art of war" does not stand in "start of wars"', () => {
  expect(matchQuote('art of war', 'the start of war')).toBeNull();
  expect(matchQuote('art of war', 'the art of wars')).toBeNull();
});

test('a later whole word is found behind an earlier part of one', () => {
  expect(words(findQuote('art', 'start of art'), 'start of art')).toBe('art');
});

test('a misquote is near, with what differs', () => {
  const found = findQuote('nobody on the board wants a half-finished bridge', source);
  expect(found).toMatchObject({
    kind: 'near',
    // eight words as compared, one changed ("half-finished" is two): 8 of 9
    similarity: expect.closeTo(8 / 9, 12),
    diff: [
      { kind: 'same', text: 'nobody on the' },
      { kind: 'missing', text: 'council' },
      { kind: 'added', text: 'board' },
      { kind: 'same', text: 'wants a half-finished bridge' },
    ],
  });
  expect(words(found)).toBe('Nobody on the council wants a half‑finished bridge');
});

test('a changed last word is shown against the one of its sentence, and an added one as added', () => {
  const held = 'A street with no kerb is a door that shuts. In Ellmouth it stayed open.';
  const changed = (quote: string) => {
    const found = findQuote(quote, held);
    return found.kind === 'near' ? found.diff.filter(({ kind }) => kind !== 'same') : found.kind;
  };
  expect(changed('a street with no kerb is a door that closes')).toEqual([
    { kind: 'missing', text: 'shuts' },
    { kind: 'added', text: 'closes' },
  ]);
  expect(changed('a street with no kerb is a door that shuts early')).toEqual([
    { kind: 'added', text: 'early' },
  ]);
  expect(changed('there in Ellmouth it stayed open')).toEqual([{ kind: 'added', text: 'there' }]);
});

test('a dropped "not" is a misquote and no match', () => {
  const found = findQuote('we will pay twice for it', 'we will not pay twice for it');
  expect(found).toMatchObject({ kind: 'near' });
  expect(found.kind === 'near' && found.diff).toContainEqual({ kind: 'missing', text: 'not' });
  expect(matchQuote('we will pay twice for it', 'we will not pay twice for it')).toBeNull();
});

test('words of somebody else are absent', () => {
  expect(findQuote('the harbour will be dredged next spring', source)).toEqual({ kind: 'absent' });
});

test('three words are too few to be a misquote', () => {
  expect(findQuote('two lanes will', source).kind).toBe('absent');
});

test.each(['', '   ', '…', '“”', '...'])('"%s" stands nowhere', (quote) => {
  expect(findQuote(quote, source)).toEqual({ kind: 'absent' });
});

test('nothing stands in an empty text', () => {
  expect(findQuote('two lanes would do', '')).toEqual({ kind: 'absent' });
});

test('any run of whole words of a text is found in it', () => {
  const text = fc.lorem({ maxCount: 40 });
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (lorem, from, length) => {
      const all = lorem.split(' ');
      const start = from % all.length;
      const quote = all.slice(start, start + 1 + (length % (all.length - start))).join(' ');
      const found = findQuote(quote, lorem);
      expect(found.kind).toBe('exact');
      expect(words(found, lorem)).toBe(quote);
    }),
  );
});

test('whatever the letters, the places found lie in the text and similarity within 0..1', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', '-', '"', '…', 'é', '’', '*', '\n', '.'),
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, text, (quote, body) => {
      const found = findQuote(quote, body);
      if (found.kind === 'absent') return;
      expect(found.start).toBeGreaterThanOrEqual(0);
      expect(found.end).toBeLessThanOrEqual(body.length);
      expect(found.start).toBeLessThan(found.end);
      if (found.kind === 'near') expect(found.similarity).toBeGreaterThanOrEqual(0.6);
    }),
  );
});

test('a long quotation in a long text is compared in reasonable work', () => {
  const filler = 'word after word with nothing in it '.repeat(5_000);
  const quote = `${'something else '.repeat(100)}altogether`;
  expect(findQuote(quote, filler)).toEqual({ kind: 'absent' });
});

test('an omission that skips a negation is no honest one, in any of many languages', () => {
  expect(findQuote('We will … accept inspections of it', 'We will never accept inspections of it').kind).toBe(
    'near',
  );
  expect(
    findQuote('nous allons … accepter le contrôle', 'nous n’allons pas accepter le contrôle').kind,
  ).not.toBe('normalised');
  expect(findQuote('wir werden … zustimmen', 'wir werden dem niemals zustimmen').kind).not.toBe('normalised');
  expect(findQuote('我们……接受检查', '我们绝不接受检查').kind).not.toBe('normalised');
});

test('as evidence a quote with an omission is none at all', () => {
  expect(matchQuote('We will ... accept inspections', 'We will gladly accept inspections.')).toBeNull();
  expect(matchQuote('… we will gladly accept …', 'We will gladly accept inspections.')).not.toBeNull();
});

test.each([
  ['a thousand', 'we accept 1', 'we accept 1,000 inspectors'],
  ['a decimal', 'a cap of 2', 'a cap of 2.5 tonnes'],
  ['a per cent', 'a cap of 25', 'a cap of 25% of it'],
  ['the end of a number', '000 inspectors', 'we accept 1,000 inspectors'],
])('a number cut before %s is another number', (_, quote, text) => {
  expect(matchQuote(quote, text)).toBeNull();
});

test('a number before the end of a sentence is whole', () => {
  expect(matchQuote('a cap of 2', 'We take a cap of 2. No more.')).not.toBeNull();
});

test.each([
  ['Chinese', '首席年薪平均五十二万元', '文章里写着首席年薪平均五十二万元，大家都知道。'],
  ['Japanese', '夜間の運航を認める', '私たちは夜間の運航を認めると言った。'],
  ['Thai', 'เปิดท่าเรือ', 'เราจะเปิดท่าเรือทุกคืน'],
])('a %s quote is found inside a clause', (_, quote, text) => {
  expect(findQuote(quote, text).kind).toBe('exact');
});

test('an altered quote of a script without spaces is a misquote', () => {
  const found = findQuote(
    '首席年薪平均五十二万元，乐手平均十三万六千元',
    '首席年薪平均五十二万元，普通乐手平均十三万九千元。',
  );
  expect(found.kind).toBe('near');
  expect(found.kind === 'near' && found.diff).toContainEqual({ kind: 'missing', text: '普通' });
});
