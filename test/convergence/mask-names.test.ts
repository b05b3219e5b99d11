import { expect, test } from 'vitest';
import { maskNames } from '../../src/convergence/mask-names.ts';

const cast = [
  { id: 'dprk', name: 'DPRK negotiator', short: 'DPRK' },
  { id: 'state', name: 'State Department official', short: 'State' },
];
const plan = { sample: 0, speakerOrder: ['state', 'dprk'], issueOrder: [], reversed: false };
const mask = maskNames(cast, plan);

test('names and short names become the letters of the plan', () => {
  expect(mask('The DPRK negotiator asked State, and DPRK waited.').text).toBe(
    'Party B asked Party A, and Party B waited.',
  );
});

test('full names are masked in any case, short names only as written', () => {
  expect(mask('a state department official of the state').text).toBe('a Party A of the state');
});

test('a name inside another word is left alone', () => {
  expect(mask('United States, DPRKs').text).toBe('United States, DPRKs');
});

test('a stretch of the masked text leads back to the very words, names whole', () => {
  const said = 'We told the DPRK negotiator: no.';
  const { text, place } = mask(said);
  const words = (start: number, end: number) => {
    const stretch = place(start, end);
    return said.slice(stretch.start, stretch.end);
  };
  expect(text).toBe('We told Party B: no.');
  expect(words(text.indexOf('told'), text.indexOf(':'))).toBe('told the DPRK negotiator');
  expect(words(text.indexOf('Party'), text.indexOf('Party') + 3)).toBe('the DPRK negotiator');
  expect(words(0, text.length)).toBe(said);
});

test('signs in a name that mean something in a pattern are taken as they stand', () => {
  const odd = maskNames([{ id: 'dprk', name: 'A.B. (c) + [d]', short: 'x|y' }], {
    ...plan,
    speakerOrder: ['dprk'],
  });
  expect(odd('AXB. x|y A.B. (c) + [d]').text).toBe('AXB. Party A Party A');
});

test('an article or a title before a name goes with it', () => {
  expect(mask("I heard the State Department official's case.").text).toBe("I heard Party A's case.");
});

test('a surname and an alias are masked as written', () => {
  const people = maskNames(
    [
      { id: 'dprk', name: 'Hanne Abara', short: 'Abara', aliases: ['Pyongyang'] },
      { id: 'state', name: 'Rhys Calder', short: 'R. C.' },
    ],
    plan,
  );
  expect(people('Dr Abara is right, Mr Calder; Pyongyang agrees with Rhys Calder.').text).toBe(
    'Party B is right, Party A; Party B agrees with Party A.',
  );
});

test('a surname that two share is left alone, and so is the last word of a name in small letters', () => {
  const people = maskNames(
    [
      { id: 'dprk', name: 'Ann Field', short: 'Ann' },
      { id: 'state', name: 'Bo Field', short: 'Bo' },
    ],
    plan,
  );
  expect(people('Mrs Field spoke.').text).toBe('Mrs Field spoke.');
  expect(mask('An official and a negotiator spoke.').text).toBe('An official and a negotiator spoke.');
});

test('prompts of parley 0.1 are masked as they were', () => {
  const old = maskNames(
    [{ id: 'dprk', name: 'Hanne Abara', short: 'Hanne', aliases: ['Oslo'] }],
    plan,
    'names-only',
  );
  expect(old('The Hanne Abara of Oslo, Dr Abara').text).toBe('The Party B of Oslo, Dr Abara');
});

const talks = maskNames(
  [
    {
      id: 'dprk',
      name: 'DPRK negotiator',
      short: 'DPRK',
      aliases: ['Pyongyang', 'North Korea', 'North Korean'],
    },
    {
      id: 'state',
      name: 'State Department official',
      short: 'State Dept',
      aliases: ['Washington', 'United States', 'the administration'],
    },
  ],
  plan,
);

test.each([
  ['Washington must move before Pyongyang does.', 'Party A must move before Party B does.'],
  ['The United States’ offer met North Korea’s answer.', 'Party A’s offer met Party B’s answer.'],
  ["I heard the United States' case and the DPRK's.", "I heard Party A's case and Party B's."],
  [
    'The administration waits; the administration’s envoy does not.',
    'Party A waits; Party A’s envoy does not.',
  ],
  ['A North Korean site and Washingtonians', 'A Party B site and Washingtonians'],
  ['What the State\u00a0Department official said', 'What Party A said'],
])('other names are masked like the name, possessives among them: %s', (said, shown) => {
  expect(talks(said).text).toBe(shown);
  expect(shown).not.toMatch(/the Party/i);
});

test('a quote of masked words leads back to the very words, aliases and possessives whole', () => {
  const said = 'We saw the United States’ offer.';
  const { text, place } = talks(said);
  const found = place(text.indexOf('Party A’s'), text.indexOf(' offer'));
  expect(said.slice(found.start, found.end)).toBe('the United States’');
});

test('articles of other languages go with the name, and an apostrophe may be curly', () => {
  const french = maskNames(
    [
      { id: 'dprk', name: 'Négociateur de la RPDC', short: 'RPDC', aliases: ['Corée du Nord'] },
      {
        id: 'state',
        name: "Responsable du département d'État",
        short: 'Dépt',
        aliases: ['États-Unis', "l'analyste"],
      },
    ],
    plan,
  );
  expect(french('Les États‑Unis et la Corée du Nord ; le responsable du département d’État').text).toBe(
    'Party A et Party B ; Party A',
  );
  expect(french('L’analyste parle.').text).toBe('Party A parle.');
});

test('a person is masked by the first name and in capitals too, unless two share it', () => {
  const people = maskNames(
    [
      { id: 'dprk', name: 'Samuel Okoro', short: 'Okoro' },
      { id: 'state', name: 'Dr Pilar Vance', short: 'Vance' },
      { id: 'third', name: 'Samuel Reed', short: 'Reed' },
    ],
    { ...plan, speakerOrder: ['state', 'dprk', 'third'] },
  );
  expect(people('OKORO: Pilar, and PILAR VANCE, and Dr Vance; Samuel heard Samuel Reed.').text).toBe(
    'Party B: Party A, and Party A, and Party A; Samuel heard Party C.',
  );
});

test('places before, between and after names lead back to themselves, letter by letter', () => {
  const said = 'So DPRK and State, then.';
  const { text, place } = mask(said);
  expect(text).toBe('So Party B and Party A, then.');
  for (const words of ['So ', ' and ', ', then.', 'n.']) {
    const at = text.indexOf(words);
    const found = place(at, at + words.length);
    expect(said.slice(found.start, found.end)).toBe(words);
  }
  // From the last letter of one name to the first of the next, both are taken whole.
  const across = place(text.indexOf(' and') - 1, text.indexOf('Party A') + 1);
  expect(said.slice(across.start, across.end)).toBe('DPRK and State');
});

test('where nobody is named in the plan nothing is masked', () => {
  const none = maskNames(cast, { ...plan, speakerOrder: [] });
  const { text, place } = none('DPRK and State');
  expect(text).toBe('DPRK and State');
  expect(place(2, 5)).toEqual({ start: 2, end: 5 });
});

test('a name that two share belongs to the first', () => {
  const twins = maskNames(
    [
      { id: 'dprk', name: 'The North', short: 'North' },
      { id: 'state', name: 'The Other', short: 'North', aliases: ['North'] },
    ],
    plan,
  );
  expect(twins('North spoke.').text).toBe('Party B spoke.');
});

test('a name within a longer one gives way to it', () => {
  const nested = maskNames(
    [
      { id: 'dprk', name: 'Korea', short: 'Korea' },
      { id: 'state', name: 'Union of South Korea', short: 'South Korea' },
    ],
    plan,
  );
  expect(nested('South Korea met Korea.').text).toBe('Party A met Party B.');
});

test.each([
  ['whole', 'PARTY and Rhys, Mr Calder', 'PARTY and Rhys, Party A'],
  ['any-marks', 'RHYS and Rhys, Mr Calder', 'Party A and Party A, Party A'],
  ['names-only', 'RHYS CALDER and Mr Calder', 'Party A and Mr Calder'],
] as const)('the form %s masks what prompts of its time did', (form, said, shown) => {
  const people = maskNames(
    [{ id: 'state', name: 'Rhys Calder', short: 'R. C.' }],
    { ...plan, speakerOrder: ['state'] },
    form,
  );
  expect(people(said).text).toBe(shown);
});

test('the form whole masks aliases as they are written, and the surname alone of a name with a title', () => {
  const people = maskNames(
    [{ id: 'state', name: 'Dr Pilar Vance', short: 'Pilar', aliases: ['the clinic'] }],
    { ...plan, speakerOrder: ['state'] },
    'whole',
  );
  expect(people('Vance of the clinic. The clinic waits for Vance’s note.').text).toBe(
    'Party A of Party A. The clinic waits for Party A’s note.',
  );
});

test('a name of one word has no parts, nor had one with a small word among them in prompts from before', () => {
  const people = [
    { id: 'dprk', name: 'Ludwig van Bruck', short: 'LvB' },
    { id: 'state', name: 'Cher', short: 'C.' },
  ];
  const said = 'Bruck and Ludwig heard Cher.';
  expect(maskNames(people, plan, 'any-marks')(said).text).toBe('Bruck and Ludwig heard Party A.');
  expect(maskNames(people, plan)(said).text).toBe('Party B and Party B heard Party A.');
});

type Names = { name: string; short: string; aliases?: string[] };

test.each<[string, Names, Names, [string, string][]]>([
  [
    'Japanese surnames by their courtesy, and no part of a common word',
    { name: '森 裕子', short: '森', aliases: ['市役所'] },
    { name: '田中太郎', short: '田中太郎', aliases: ['ワシントン'] },
    [
      ['森さんの案に田中さんは賛成です。森林の話。', 'Party Aの案にParty Bは賛成です。森林の話。'],
      ['森裕子氏と田中太郎様、森・裕子。', 'Party AとParty B、Party A。'],
      ['市役所の提案、ワシントンは動かない。', 'Party Aの提案、Party Bは動かない。'],
    ],
  ],
  [
    'Chinese names within running text',
    { name: '李明', short: '李明' },
    { name: '王 芳', short: '王芳', aliases: ['华盛顿'] },
    [
      [
        '李先生和王女士，李明同意。华盛顿的立场，国王。',
        'Party A和Party B，Party A同意。Party B的立场，国王。',
      ],
    ],
  ],
  [
    'Korean names with their particles and courtesies',
    { name: '김영희', short: '김영희' },
    { name: '박 민수', short: '민수', aliases: ['워싱턴'] },
    [['김영희는 동의하고 박 대표님은 워싱턴의 제안을', 'Party A는 동의하고 Party B은 Party B의 제안을']],
  ],
  [
    'surnames that come first, and short ones behind a title',
    { name: 'Kim Jong-su', short: 'Kim' },
    { name: 'Ng Wei Ling', short: 'NWL' },
    [
      ['Mr Ng and Jong-su agreed; Wei Ling Ng said so.', 'Party B and Party A agreed; Party B said so.'],
      ['KIM Jong-su, Jong-su Kim, Ng-san', 'Party A, Party A, Party B'],
    ],
  ],
  [
    'Russian cases',
    { name: 'Анна Петрова', short: 'Петрова', aliases: ['Вашингтон'] },
    { name: 'Москва', short: 'Москва' },
    [
      [
        'Петровой ответил Вашингтону г-н из Москвы, Анне.',
        'Party A ответил Party A г-н из Party B, Party A.',
      ],
    ],
  ],
  [
    'Arabic prepositions written onto the name',
    { name: 'الوفد الأمريكي', short: 'واشنطن', aliases: ['الولايات المتحدة'] },
    { name: 'بيونغ يانغ', short: 'بيونغ يانغ' },
    [['وواشنطن تقول لبيونغ يانغ إن للولايات المتحدة موقفا', 'وParty A تقول لParty B إن للParty A موقفا']],
  ],
  [
    'particles, the surname first, German genitives and plurals that are other words',
    { name: 'Maria da Silva', short: 'Silva', aliases: ['Washington', 'State'] },
    { name: 'Jean-Luc Picard', short: 'Picard', aliases: ['Pjöngjang'] },
    [
      ['Silva, Maria e Senhora Silva; PICARD Jean-Luc', 'Party A, Party A e Party A; Party B'],
      [
        'Washingtons Angebot, Pjöngjangs Antwort, United States',
        'Party A Angebot, Party B Antwort, United States',
      ],
    ],
  ],
])('names are masked in any script: %s', (_, one, other, said) => {
  const people = maskNames(
    [
      { id: 'state', ...one },
      { id: 'dprk', ...other },
    ],
    plan,
  );
  expect(said.map(([text]) => people(text).text)).toEqual(said.map(([, masked]) => masked));
});

test('a plural of a role is not its speaker', () => {
  const people = maskNames([{ id: 'dprk', name: 'Think-tank analyst', short: 'Analyst' }], plan);
  expect(people('Analysts fear it; Analyst fears it.').text).toBe('Analysts fear it; Party B fears it.');
});

test('a bare possessive is one before a word alone', () => {
  expect(talks("He said 'United States' and left.").text).toBe("He said 'Party A's and left.");
  expect(talks("the United States'").text).toBe("Party A'");
});

test('a name that begins a longer one gives way to it', () => {
  const nested = maskNames(
    [
      { id: 'dprk', name: 'North', short: 'N.' },
      { id: 'state', name: 'Union', short: 'North Korea' },
    ],
    plan,
  );
  expect(nested('North Korea met North.').text).toBe('Party A met Party B.');
});
