import { cp, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withExtras } from '../../src/prompts/load-extras.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import type { PromptSet } from '../../src/prompts/types.ts';
import { harbourFolder, promptRoot } from './harbour.ts';
import { harbourWith, put, swap, temporaryFolder } from './scenario-folder.ts';

/** The fixture's prompt folder with some files changed or added. */
async function rootWith(changes: Record<string, string | ((before: string) => string)>): Promise<string> {
  const root = await temporaryFolder();
  await cp(promptRoot, root, { recursive: true });
  await cp(harbourFolder, join(root, 'scenarios/harbour-water'), { recursive: true });
  for (const [path, change] of Object.entries(changes)) {
    const text = typeof change === 'string' ? change : change(await readFile(join(root, path), 'utf8'));
    await put(root, path, text);
  }
  return root;
}

async function faultsOf(root: string, strategy = 'plain'): Promise<string[]> {
  const loaded = await loadPrompts({ promptRoot: root, scenario: 'harbour-water', strategy });
  const faults = loaded.ok ? [] : loaded.faults;
  return faults.map(({ file, line, message }) => `${relative(root, file)}:${line} ${message}`);
}

const front = '---\nid: own\ntitle: Own\nsummary: S.\nsource: S.\n';

test('a scenario and a strategy load by their ids', async () => {
  const loaded = await loadPrompts({
    promptRoot: await rootWith({}),
    scenario: 'harbour-water',
    strategy: 'plain',
  });
  expect(loaded).toMatchObject({ ok: true, warnings: [], value: { strategy: { id: 'plain' } } });
});

test('a scenario and a strategy load by their paths', async () => {
  const folder = await temporaryFolder();
  await put(folder, 'own.md', `${front}extends: noted\n---\n## last\n\nEnd, {{name}}.\n`);
  const loaded = await loadPrompts({
    promptRoot,
    scenario: await harbourWith(),
    strategy: join(folder, 'own.md'),
  });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  const { strategy, files } = loaded.value;
  expect(strategy.sections).toMatchObject({
    last: 'End, {{name}}.',
    speak: 'Think in <notes> first. {{name}}, answer {{previous-speakers}}.',
    question: 'A person asked something. Answer it first, {{name}}.',
  });
  expect([...files.keys()].filter((path) => path.startsWith('strategies/'))).toEqual([
    'strategies/own.md',
    'strategies/noted.md',
    'strategies/plain.md',
  ]);
});

test('what is unchanged makes the very same set, and a change of any file of it another', async () => {
  const root = await rootWith({
    'poll.md': 'Where would you settle, {{name}}?\n',
    'strategies/own.md': `${front}extends: plain\n---\n## last\n\nEnd, {{name}}.\n`,
  });
  const load = () => {
    const loaded = loadPrompts({ promptRoot: root, scenario: 'harbour-water', strategy: 'own' });
    if (!loaded.ok) throw new Error(loaded.failure.message);
    return withPoll(loaded.value);
  };
  const withPoll = (set: PromptSet) => {
    const extended = withExtras(set, { control: null, poll: true }, root);
    if (!extended.ok) throw new Error(extended.failure.message);
    return { set, extended: extended.value };
  };
  const first = load();
  expect(load()).toEqual({ set: first.set, extended: first.extended });
  expect(load().set).toBe(first.set);
  expect(load().extended).toBe(first.extended);
  for (const path of [
    'strategies/plain.md',
    'moderator/opening.md',
    'scenarios/harbour-water/article.md',
    'poll.md',
  ]) {
    const before = load();
    const text = await readFile(join(root, path), 'utf8');
    await put(root, path, `${text.trimEnd()} And more.\n`);
    const after = load();
    expect(after.extended, path).not.toBe(before.extended);
    expect([...after.extended.files.values()].join('\n'), path).toContain('And more.');
    expect(after.set === before.set, path).toBe(path === 'poll.md');
  }
});

test('a strategy that extends another takes over notes and grounding it does not mention, and may take them back', async () => {
  const root = await rootWith({
    'strategies/own.md': `${front}extends: noted\n---\n## last\n\nEnd.\n`,
    'strategies/back.md': `${front.replace('id: own', 'id: back')}extends: noted\nnotes: false\nminimumGrounding: 0.8\n---\n`,
  });
  const load = async (strategy: string) => {
    const loaded = await loadPrompts({ promptRoot: root, scenario: 'harbour-water', strategy });
    return loaded.ok ? loaded.value.strategy : null;
  };
  expect(await load('own')).toMatchObject({ notes: true, minimumGrounding: null });
  expect(await load('back')).toMatchObject({ notes: false, minimumGrounding: 0.8 });
});

test('an unknown scenario names the nearest one', async () => {
  const loaded = await loadPrompts({
    promptRoot: await rootWith({}),
    scenario: 'harbor-water',
    strategy: 'plain',
  });
  expect(loaded).toMatchObject({
    ok: false,
    failure: {
      reason: 'unknown-scenario',
      message: 'there is no scenario "harbor-water"; did you mean "harbour-water"?',
    },
  });
});

test('an unknown strategy names the nearest one', async () => {
  const loaded = await loadPrompts({ promptRoot, scenario: harbourFolder, strategy: 'palin' });
  expect(loaded).toMatchObject({
    ok: false,
    failure: { reason: 'unknown-strategy', message: 'there is no strategy "palin"; did you mean "plain"?' },
  });
});

test('the failure tells the first fault and how many more there are', async () => {
  const root = await rootWith({
    'strategies/plain.md': swap('{{name}}, nobody', '{{nane}}, nobody'),
    'moderator/opening.md': '',
  });
  const loaded = await loadPrompts({ promptRoot: root, scenario: 'harbour-water', strategy: 'plain' });
  if (loaded.ok) throw new Error('it loaded');
  expect(loaded.failure.message).toBe(
    `${join(root, 'strategies/plain.md')}:15: unknown placeholder {{nane}}; did you mean "name"? (and 1 more fault)`,
  );
});

describe('faults of a strategy', () => {
  test.each([
    [
      'an unknown section',
      'strategies/plain.md:30 unknown section "## reapeating"; did you mean "repeating"?',
      swap('## repeating', '## reapeating'),
    ],
    [
      'a missing section',
      'strategies/plain.md:8 the section "## mend" is missing',
      swap('## mend', '## repeating'),
    ],
    [
      'an empty section',
      'strategies/plain.md:30 the section "## repeating" is empty',
      swap('You repeated yourself, {{name}}. Bring something new.', ''),
    ],
    [
      'an unknown placeholder',
      'strategies/plain.md:19 unknown placeholder {{last-speker}}; did you mean "last-speaker"?',
      swap('{{last-speaker}}', '{{last-speker}}'),
    ],
    [
      'a placeholder with no value there: nobody has spoken before an opening',
      'strategies/plain.md:15 {{previous-speakers}} has no value here',
      swap('nobody has spoken yet', 'answer {{previous-speakers}}'),
    ],
    [
      'a placeholder that would change the rules during a debate',
      'strategies/plain.md:10 {{round}} has no value here',
      swap('Issues: {{issues}}', 'Round {{round}}'),
    ],
    [
      'a placeholder that is not closed',
      'strategies/plain.md:15 a placeholder is not closed: write {{name}}',
      swap('{{name}}, nobody', '{{name}, nobody'),
    ],
    [
      'a minimum above 1',
      'strategies/plain.md:6 "minimumGrounding" must be at most 1, not 50',
      swap('0.5', '50'),
    ],
    [
      'an unknown key',
      'strategies/plain.md:6 unknown key "minimum-grounding"; did you mean "minimumGrounding"?',
      swap('minimumGrounding', 'minimum-grounding'),
    ],
    [
      'an id that is not the file’s',
      'strategies/plain.md:2 the id "simple" differs from the file\'s name "plain"',
      swap('id: plain', 'id: simple'),
    ],
    [
      'text before the first section',
      'strategies/plain.md:8 text stands before the first section; begin with ## and its name',
      swap('---\n## rules', '---\nHello.\n## rules'),
    ],
  ])('%s', async (_title, fault, change) => {
    const faults = await faultsOf(await rootWith({ 'strategies/plain.md': change }));
    expect(
      faults.some((found) => found.startsWith(fault)),
      faults.join('\n'),
    ).toBe(true);
  });

  test('an unknown strategy to extend names the nearest one', async () => {
    const root = await rootWith({ 'strategies/noted.md': swap('extends: plain', 'extends: plane') });
    expect(await faultsOf(root, 'noted')).toEqual([
      'strategies/noted.md:6 there is no strategy "plane"; did you mean "plain"?',
    ]);
  });

  test('strategies that extend each other in a circle are named', async () => {
    const root = await rootWith({
      'strategies/plain.md': swap('minimumGrounding: 0.5', 'extends: noted'),
    });
    expect(await faultsOf(root, 'noted')).toEqual([
      'strategies/plain.md:6 the strategies extend each other in a circle: noted, plain, noted',
    ]);
  });
});

describe('faults of the moderator’s files', () => {
  test.each([
    [
      'an unknown file',
      'moderator/openings.md:1 unknown moderator file "openings.md"; did you mean "opening"?',
      { 'moderator/openings.md': 'x' },
    ],
    ['an empty file', 'moderator/draft.md:1 the file holds no text', { 'moderator/draft.md': '\n' }],
    [
      'a placeholder with no value there',
      'moderator/draft.md:1 {{candidates}} has no value here',
      { 'moderator/draft.md': '{{candidates}}' },
    ],
    [
      'a reading without its task',
      'moderator/reading.md:1 the section "## task" is missing or empty',
      { 'moderator/reading.md': '## rules\n\nx\n' },
    ],
    [
      'an unknown section of the reading',
      'moderator/reading.md:5 unknown section "## tasks"; did you mean "task"?',
      { 'moderator/reading.md': '## rules\n\nx\n\n## tasks\n\ny\n' },
    ],
    [
      'the judge told the names of the cast',
      'moderator/reading.md:3 {{cast-names}} has no value here',
      { 'moderator/reading.md': '## rules\n\n{{cast-names}}\n\n## task\n\ny\n' },
    ],
    [
      'an unknown key',
      'moderator/repair.md:2 unknown key "titel"; did you mean "title"?',
      { 'moderator/repair.md': '---\ntitel: x\n---\n{{fault}}\n' },
    ],
  ])('%s', async (_title, fault, changes) => {
    const faults = await faultsOf(await rootWith({ ...changes }));
    expect(
      faults.some((found) => found.startsWith(fault)),
      faults.join('\n'),
    ).toBe(true);
  });

  test('a missing file', async () => {
    const root = await temporaryFolder();
    await cp(promptRoot, root, { recursive: true, filter: (path) => !path.endsWith('repair.md') });
    const loaded = await loadPrompts({ promptRoot: root, scenario: harbourFolder, strategy: 'plain' });
    expect(loaded).toMatchObject({
      faults: [{ file: join(root, 'moderator/repair.md'), line: 1, message: 'repair.md does not exist' }],
    });
  });
});
