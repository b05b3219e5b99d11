import { mkdir, rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Agenda } from '../../src/debate/agenda.ts';
import { checkScenario } from '../../src/prompts/list-prompts.ts';
import { factsFile, parseFactsFile } from '../../src/prompts/written-facts.ts';
import type { SourceFault } from '../../src/source/source-fault.ts';
import { createFaultLog, reportOn } from '../../src/source/source-fault.ts';
import { type Change, harbourWith, put, swap, temporaryFolder } from './scenario-folder.ts';

const scenario = 'scenario.yaml';
const mayor = 'personas/harbour-mayor.md';
const growers = 'personas/growers-union.md';
const biologist = 'personas/river-biologist.md';

type Case = [title: string, changes: Record<string, Change>, faults: string[]];

/** Every fault of a folder as `file:line message`. */
async function faultsIn(folder: string): Promise<string[]> {
  return inWords((await checkScenario(folder)).faults, folder);
}

function inWords(faults: readonly SourceFault[], folder: string): string[] {
  return faults.map(({ file, line, message }) => `${relative(folder, file)}:${line} ${message}`);
}

test('the scenario itself has neither faults nor warnings', async () => {
  const checked = await checkScenario(await harbourWith());
  expect(checked).toMatchObject({ faults: [], warnings: [], scenario: { id: 'harbour-water' } });
});

const inScenario: Case[] = [
  [
    'an unknown key at the top',
    { [scenario]: swap('summary:', 'sumary:') },
    [`${scenario}:3 unknown key "sumary"; did you mean "summary"?`],
  ],
  [
    'an unknown key inside an issue',
    { [scenario]: swap('    weight: 0.4', '    wieght: 0.4') },
    [`${scenario}:11 unknown key "wieght"; did you mean "weight"?`],
  ],
  [
    'an unknown anchor',
    { [scenario]: swap('      6: the gate stays', '      5: the gate stays') },
    [`${scenario}:40 "agenda[4].anchors.6" is missing`, `${scenario}:43 unknown key "5"; known: 0, 3, 6`],
  ],
  [
    'weights that do not sum to 1',
    { [scenario]: swap('weight: 0.4', 'weight: 0.5') },
    [`${scenario}:7 the weights sum to 1.1, and must sum to 1`],
  ],
  [
    'a weight that is text',
    { [scenario]: swap('weight: 0.4', 'weight: most') },
    [`${scenario}:11 "agenda[1].weight" must be a number, not "most"`],
  ],
  [
    'a weight below nothing',
    { [scenario]: swap('weight: 0.4', 'weight: -0.4') },
    [`${scenario}:11 "agenda[1].weight" must be at least 0, not -0.4`],
  ],
  [
    'a title that YAML takes for a number',
    { [scenario]: swap('title: Price', 'title: 2024') },
    [`${scenario}:27 "agenda[3].title" must be text, not 2024; put it in quotation marks`],
  ],
  [
    'an empty value',
    { [scenario]: (text) => text.replace(/^title:.*$/m, 'title:') },
    [`${scenario}:2 "title" must be text, not empty`],
  ],
  [
    'an id that is no identifier',
    { [scenario]: swap('id: harbour-water', 'id: Harbour Water') },
    [
      `${scenario}:1 "id" must be lower-case words joined by hyphens, such as sanctions-relief, not "Harbour Water"`,
    ],
  ],
  [
    'an issue that appears twice',
    { [scenario]: swap('id: metering', 'id: daily-share') },
    [
      `${scenario}:17 the issue "daily-share" appears twice`,
      `${mayor}:7 "metering" is not on the agenda; known: daily-share, price, fish-gate`,
      `${mayor}:12 "metering" is not on the agenda; known: daily-share, price, fish-gate`,
      `${mayor}:36 "metering" is not on the agenda; known: daily-share, price, fish-gate`,
      `${growers}:7 "metering" is not on the agenda; known: daily-share, price, fish-gate`,
    ],
  ],
  [
    'a passage that does not exist',
    { [scenario]: swap('passages: [2, 4]', 'passages: [2, 9]') },
    [`${scenario}:12 "daily-share" rests on passage 9; the article has 5 passages`],
  ],
  [
    'a persona named twice',
    { [scenario]: swap('river-biologist]', 'river-biologist, harbour-mayor]') },
    [`${scenario}:6 the persona "harbour-mayor" is named twice`],
  ],
  [
    'a persona called moderator',
    {
      [scenario]: swap('river-biologist]', 'moderator]'),
      [biologist]: null,
      'personas/moderator.md': biologistAs('moderator'),
    },
    [`${scenario}:6 no persona may be called "moderator"; that name is reserved`],
  ],
  [
    'a persona called judge',
    {
      [scenario]: swap('river-biologist]', 'judge]'),
      [biologist]: null,
      'personas/judge.md': biologistAs('judge'),
    },
    [`${scenario}:6 no persona may be called "judge"; that name is reserved`],
  ],
  [
    'a persona in the cast without a file',
    { [scenario]: swap('growers-union', 'grower-union') },
    [`${scenario}:6 personas/grower-union.md does not exist; did you mean "growers-union"?`],
  ],
  [
    'a cast of one',
    { [scenario]: swap('cast: [harbour-mayor, growers-union, river-biologist]', 'cast: [harbour-mayor]') },
    [`${scenario}:6 "cast" needs at least 2 entries`],
  ],
  [
    'nobody who could sign',
    {
      [mayor]: swap('principal: true', 'principal: false'),
      [growers]: swap('principal: true', 'principal: false'),
    },
    [`${scenario}:6 nobody in the cast is a principal; give two of them principal: true`],
  ],
  [
    'an article that does not exist',
    { [scenario]: swap('article: article.md', 'article: artikel.md') },
    [`${scenario}:5 artikel.md does not exist`],
  ],
  [
    'an article outside the folder',
    { [scenario]: swap('article: article.md', 'article: ../article.md') },
    [`${scenario}:5 ../article.md lies outside the folder; only files inside it are read`],
  ],
  [
    'broken YAML',
    { [scenario]: swap('cast: [harbour-mayor,', 'cast: [[harbour-mayor,') },
    [expect.stringMatching(/^scenario\.yaml:7 YAML: Flow sequence/)],
  ],
  [
    'a key that appears twice',
    { [scenario]: swap('group: harbour-2021', 'id: other') },
    [`${scenario}:4 YAML: the key "id" stands here a second time`],
  ],
  [
    'a list that is not a list',
    { [scenario]: swap('cast: [harbour-mayor,', 'cast: harbour-mayor,]') },
    [`${scenario}:6 "cast" must be a list, not "harbour-mayor,] growers-union, river-…"`],
  ],
  [
    'a tab before a key',
    { [scenario]: swap('    title: Price', '\ttitle: Price') },
    [`${scenario}:27 YAML: Tabs are not allowed as indentation`],
  ],
  ['an empty scenario file', { [scenario]: '' }, [`${scenario}:1 this must be a group of keys, not empty`]],
  [
    'a scenario file that is a list',
    { [scenario]: '- a\n' },
    [`${scenario}:1 this must be a group of keys, not a list`],
  ],
  ['no scenario file', { [scenario]: null }, [`${scenario}:1 scenario.yaml does not exist`]],
];

const inArticle: Case[] = [
  [
    'an empty article',
    { 'article.md': (text) => text.slice(0, text.indexOf('<!--')) },
    ['article.md:9 the article is empty below its front matter'],
  ],
  [
    'an article without front matter',
    { 'article.md': 'The river fell.\n' },
    [
      'article.md:1 the article has no front matter; begin with --- and title, source, date, licence, shareText',
    ],
  ],
  [
    'front matter that is never closed',
    { 'article.md': '---\ntitle: x\n' },
    [
      'article.md:1 the front matter has no closing line ---',
      'article.md:1 the article is empty below its front matter',
    ],
  ],
  [
    'an unknown key in an article',
    { 'article.md': swap('licence:', 'license:') },
    ['article.md:5 unknown key "license"; did you mean "licence"?'],
  ],
  [
    'an address that is no web address',
    { 'article.md': swap('https://example.org/river', 'file:///etc/hosts') },
    ['article.md:6 "url" must be an http or https address, not "file:///etc/hosts"'],
  ],
  [
    'a yes that YAML takes for text',
    { 'article.md': swap('shareText: true', 'shareText: yes') },
    ['article.md:7 "shareText" must be true or false, not "yes"'],
  ],
];

const inPersona: Case[] = [
  [
    'an id that differs from the file’s name',
    { [mayor]: swap('id: harbour-mayor', 'id: mayor') },
    [`${mayor}:2 the id "mayor" differs from the file's name "harbour-mayor"`],
  ],
  [
    'an opening outside its own red line',
    { [mayor]: swap('{ daily-share: 1,', '{ daily-share: 5,') },
    [`${mayor}:7 the opening 5 on "daily-share" lies outside its own red line 0..4`],
  ],
  [
    'a red line on an unknown issue',
    { [mayor]: swap('- issue: daily-share', '- issue: daily-shares') },
    [`${mayor}:9 "daily-shares" is not on the agenda; did you mean "daily-share"?`],
  ],
  [
    'a red line with its ends changed about',
    { [mayor]: swap('    max: 4', '    max: 1\n    min: 2') },
    [`${mayor}:11 the red line on "daily-share" has min 2 above max 1`],
  ],
  [
    'a red line beyond the scale',
    { [mayor]: swap('    max: 4', '    max: 7') },
    [`${mayor}:10 "redLines[1].max" must be at most 6, not 7`],
  ],
  [
    'an opening on an unknown issue',
    { [mayor]: swap('price: 1', 'prise: 1') },
    [`${mayor}:7 "prise" is not on the agenda; did you mean "price"?`],
  ],
  [
    'a short name that is too long',
    { [mayor]: swap('short: Mayor', 'short: Mayor of the Harbour') },
    [`${mayor}:4 "short" must have at most 14 characters`],
  ],
  [
    'openness as a word',
    { [mayor]: swap('openness: 0.4', 'openness: low') },
    [`${mayor}:6 "openness" must be a number, not "low"`],
  ],
  [
    'a name with brackets, which would break the labels of speeches',
    { [mayor]: swap('name: Harbour mayor', 'name: "Harbour [mayor]"') },
    [`${mayor}:3 "name" must hold no brackets and no line end, not "Harbour [mayor]"`],
  ],
  [
    'a persona that takes the moderator’s name',
    { [mayor]: swap('name: Harbour mayor', 'name: Moderator') },
    [`${mayor}:3 "name" must not be the moderator’s`],
  ],
  [
    'two personas of one name',
    { [mayor]: swap('name: Harbour mayor', "name: Growers' Union") },
    [`${scenario}:6 "harbour-mayor" and "growers-union" share the name "growers' union"`],
  ],
  ['a missing section', { [mayor]: swap('## Voice', '') }, [`${mayor}:16 the section "## Voice" is missing`]],
  [
    'an unknown section',
    { [mayor]: swap('## Offers', '## Offer') },
    [`${mayor}:40 unknown section "## Offer"; did you mean "Offers"?`],
  ],
  [
    'a section that appears twice',
    { [biologist]: swap('## Voice', '## Role\n\nAgain.\n\n## Voice') },
    [`${biologist}:18 the section "## Role" appears twice`],
  ],
  [
    'an empty section',
    { [biologist]: swap('Quiet, exact.', '') },
    [`${biologist}:18 the section "## Voice" is empty`],
  ],
  [
    'arguments on an unknown issue',
    { [mayor]: swap('### metering', '### meterin') },
    [`${mayor}:36 "meterin" is not on the agenda; did you mean "metering"?`],
  ],
  [
    'arguments under no issue',
    { [growers]: swap('### daily-share\n', '') },
    [`${growers}:26 "## Arguments" has text under no issue; write ### and an issue's id above it`],
  ],
  [
    'an issue without a bullet',
    { [growers]: swap('- The right', 'The right') },
    [`${growers}:27 "### daily-share" in "## Arguments" has no bullet; begin each point with "- "`],
  ],
  [
    'a citation of a passage that does not exist',
    { [growers]: swap('[P2]', '[P12]') },
    [`${growers}:29 [P12] does not exist; the article has 5 passages`],
  ],
  [
    'text before the first section',
    { [biologist]: swap('## Role', 'Hello.\n\n## Role') },
    [`${biologist}:10 text stands before the first section; begin with ## Role`],
  ],
  [
    'a persona without front matter',
    { [biologist]: '## Role\n' },
    [`${biologist}:1 the persona has no front matter; begin with --- and id, name, short, openness`],
  ],
];

const unreadable: Case[] = [
  [
    'a file that is not UTF-8',
    { [biologist]: Buffer.from('---\nid: caf\xe9\n', 'latin1') },
    [`${scenario}:6 personas/river-biologist.md is not UTF-8 text; save it as UTF-8`],
  ],
  [
    'a file saved as UTF-16',
    { 'article.md': Buffer.from('\ufeffThe river', 'utf16le') },
    [`${scenario}:5 article.md is saved as UTF-16; save it as UTF-8`],
  ],
  [
    'a binary file',
    { 'article.md': Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0x01]) },
    [`${scenario}:5 article.md is not text: it holds zero bytes`],
  ],
  [
    'a file over 2 MB',
    { 'article.md': (text) => `${text}\n${'River. '.repeat(300_000)}` },
    [`${scenario}:5 article.md has 2.1 MB; at most 2 MB are read`],
  ],
];

for (const [where, cases] of Object.entries({ inScenario, inArticle, inPersona, unreadable })) {
  describe(where, () => {
    test.each(cases)('%s', async (_title, changes, faults) => {
      expect(await faultsIn(await harbourWith(changes))).toEqual(faults);
    });
  });
}

test('every fault of every file is named in one pass', async () => {
  const folder = await harbourWith({
    [scenario]: swap('weight: 0.4', 'weight: 0.5'),
    'article.md': swap('shareText: true', 'share: true'),
    [mayor]: swap('openness: 0.4', 'openness: 4'),
    [growers]: swap('## Role', '## Rule'),
  });
  const files = (await faultsIn(folder)).map((fault) => fault.slice(0, fault.indexOf(':')));
  expect(new Set(files)).toEqual(new Set([scenario, 'article.md', mayor, growers]));
});

test('Windows line ends and a byte order mark change no fault and no line', async () => {
  const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
  const all = { [scenario]: windows, 'article.md': windows, [mayor]: windows, [growers]: windows };
  const checked = await checkScenario(await harbourWith(all));
  expect(checked.faults).toEqual([]);
  expect(checked.scenario).toEqual((await checkScenario(await harbourWith())).scenario);
  const broken = { ...all, [mayor]: (text: string) => windows(swap('openness: 0.4', 'openness: 4')(text)) };
  expect(await faultsIn(await harbourWith(broken))).toEqual([
    `${mayor}:6 "openness" must be at most 1, not 4`,
  ]);
});

describe('warnings', () => {
  test('a persona file that is not in the cast', async () => {
    const folder = await harbourWith({ 'personas/ferryman.md': biologistAs('ferryman') });
    const { faults, warnings } = await checkScenario(folder);
    expect(faults).toEqual([]);
    expect(inWords(warnings, folder)).toEqual([
      `${scenario}:6 personas/ferryman.md is not in the cast and is not used`,
    ]);
  });

  test('only one persona who could sign', async () => {
    const folder = await harbourWith({ [growers]: swap('principal: true', 'principal: false') });
    const { faults, warnings } = await checkScenario(folder);
    expect(faults).toEqual([]);
    expect(inWords(warnings, folder)).toEqual([
      `${scenario}:6 only one of the cast is a principal; convergence among principals needs two`,
    ]);
  });
});

describe('links', () => {
  test('a link to a file outside the folder is refused', async () => {
    const folder = await harbourWith({ 'article.md': null });
    const outside = await temporaryFolder();
    await put(outside, 'secret.md', 'A secret.\n');
    await symlink(join(outside, 'secret.md'), join(folder, 'article.md'));
    expect(await faultsIn(folder)).toEqual([
      `${scenario}:5 article.md is a link to a place outside the folder; copy the file instead`,
    ]);
  });

  test('a linked folder of personas outside is refused', async () => {
    const folder = await harbourWith();
    const outside = await harbourWith();
    await rm(join(folder, 'personas'), { recursive: true });
    await symlink(join(outside, 'personas'), join(folder, 'personas'));
    expect(await faultsIn(folder)).toContain(
      `${scenario}:6 ${mayor} is a link to a place outside the folder; copy the file instead`,
    );
  });

  test('a link inside the folder is followed, and so is a link to the folder itself', async () => {
    const folder = await harbourWith({ [scenario]: swap('article: article.md', 'article: other.md') });
    await symlink('article.md', join(folder, 'other.md'));
    const link = join(await temporaryFolder(), 'link');
    await symlink(folder, link);
    expect(await faultsIn(link)).toEqual([]);
  });
});

test('a folder where a file should be is named', async () => {
  const folder = await harbourWith({ 'article.md': null });
  await mkdir(join(folder, 'article.md'));
  expect(await faultsIn(folder)).toEqual([`${scenario}:5 article.md is not a file`]);
});

test('a folder that does not exist is one fault', async () => {
  expect((await checkScenario('/nowhere/at-all')).faults).toEqual([
    { file: '/nowhere/at-all', line: 1, message: 'there is no such folder' },
  ]);
});

test('a YAML file that expands without end is refused', async () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefgh'.split('').map((key, i) => `${key}: &${key} [${`*${'abcdefgh'[i]},`.repeat(9)}]`),
  ].join('\n');
  expect(await faultsIn(await harbourWith({ [scenario]: bomb }))).toEqual([
    expect.stringMatching(/^scenario\.yaml:1 YAML: Excessive alias count/),
  ]);
});

function biologistAs(id: string): string {
  return `---\nid: ${id}\nname: River ${id}x\nshort: R ${id}x\nopenness: 0.5\n---\n## Role\n\nR.\n\n## Interests\n\n- I.\n\n## Voice\n\nV.\n`;
}

describe('facts and what is dealt', () => {
  const faultsOf = async (changes: Record<string, Change>) => faultsIn(await harbourWith(changes));
  const facts = (text: string) => ({ 'scenario.yaml': (before: string) => `${before}facts:\n${text}` });

  test('every quote of a fact stands word for word in the passage that it names', async () => {
    expect(await faultsOf(facts('  price:\n    - { passage: 5, quote: farms pay nothing }\n'))).toEqual([]);
    const [fault] = await faultsOf(facts('  price:\n    - { passage: 5, quote: farms pay twice }\n'));
    expect(fault).toMatch(/^scenario\.yaml:\d+ "farms pay twice" does not stand word for word in passage 5$/);
    const [other] = await faultsOf(facts('  price:\n    - { passage: 9, quote: farms pay nothing }\n'));
    expect(other).toContain('passage 9 does not exist');
    const [issue] = await faultsOf(facts('  prices:\n    - { passage: 5, quote: farms pay nothing }\n'));
    expect(issue).toContain('"prices" is not on the agenda; did you mean "price"?');
  });

  test('the same holds for facts.yaml, which comes back from the facts it was made of', async () => {
    const beside = (text: string) => ({ 'facts.yaml': text });
    expect(await faultsOf(beside('price:\n  - { passage: 5, quote: farms pay nothing }\n'))).toEqual([]);
    expect(await faultsOf(beside('price:\n  - passage: 5\n    quote: farms pay twice\n'))).toEqual([
      'facts.yaml:2 "farms pay twice" does not stand word for word in passage 5',
    ]);
    expect(await faultsOf(beside('prices:\n  - { passage: 5, quote: farms pay nothing }\n'))).toEqual([
      expect.stringContaining('"prices" is not on the agenda; did you mean "price"?'),
    ]);
    const agenda = ['price', 'gate'].map((id) => ({ id }) as Agenda[number]);
    const passages = [{ number: 1, text: 'He said: "no: #1\\2"' }];
    const facts = [{ id: 'F1', issue: 'gate', passage: 1, quote: '"no: #1\\2"' }];
    const log = createFaultLog();
    const report = reportOn(log, 'facts.yaml');
    expect(parseFactsFile(factsFile(facts, agenda), { agenda, passages, report })).toEqual(facts);
    expect(log.faults).toEqual([]);
  });

  test('a persona is dealt passages that there are, and rests on those alone', async () => {
    const knows = (list: string) => ({
      'personas/growers-union.md': swap('principal: true', `principal: true\nknows: ${list}`),
    });
    expect(await faultsOf(knows('[1, 2, 3, 4, 5]'))).toEqual([]);
    expect(await faultsOf(knows('[1, 2, 3, 4, 5, 8]'))).toEqual([
      expect.stringContaining('passage 8 does not exist; the article has 5 passages'),
    ]);
    const unheld = await faultsOf(knows('[1]'));
    expect(unheld[0]).toContain('[P2] is not among the passages that this persona knows');
  });
});
