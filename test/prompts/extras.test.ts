import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { controlSchema } from '../../src/debate/setup.ts';
import { listStrategies } from '../../src/prompts/list-prompts.ts';
import { withExtras } from '../../src/prompts/load-extras.ts';
import { loadKept, withCastOrder } from '../../src/prompts/load-kept.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import type { PromptSet } from '../../src/prompts/types.ts';
import { put, temporaryFolder } from './scenario-folder.ts';

const promptRoot = join(import.meta.dirname, '../../prompts');

async function plain(strategy = 'plain'): Promise<PromptSet> {
  const loaded = await loadPrompts({ promptRoot, scenario: 'us-dprk-talks', strategy });
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return loaded.value;
}

describe.each(controlSchema.options)('the control %s', (control) => {
  test('loads over every strategy, and from its kept files comes back the same', async () => {
    for (const { id } of await listStrategies(promptRoot)) {
      const extended = withExtras(await plain(id), { control, poll: true }, promptRoot);
      if (!extended.ok) throw new Error(extended.failure.message);
      expect(extended.value.control?.id).toBe(control);
      const kept = loadKept(extended.value.files);
      expect(kept.ok && kept.value).toEqual(extended.value);
    }
  });
});

test('without extras a set stays as it was, file for file', async () => {
  const set = await plain();
  const extended = withExtras(set, { control: null, poll: false }, promptRoot);
  // Facts that stand ready are followed where they are asked for, and else leave no trace.
  const { factsAtHand, ...scenario } = set.scenario;
  expect(factsAtHand).toHaveLength(11);
  expect(extended.ok && extended.value).toEqual({ ...set, scenario });
  const followed = withExtras(set, { control: null, poll: false, facts: true }, promptRoot);
  expect(followed.ok && followed.value.scenario.facts).toEqual(factsAtHand);
  const kept = followed.ok ? loadKept(followed.value.files) : followed;
  expect(kept.ok && kept.value).toEqual(followed.ok && followed.value);
});

test('in another cast order the first who could sign is played', async () => {
  const extended = withExtras(await plain(), { control: 'same-persona', poll: false }, promptRoot);
  if (!extended.ok) throw new Error(extended.failure.message);
  const order = ['think-tank-analyst', 'dprk-negotiator', 'state-department', 'arms-control-advocate'];
  const { personas } = withCastOrder(extended.value, order).scenario;
  const own = (await plain()).scenario.personas.find(({ member }) => member.id === 'dprk-negotiator');
  expect(personas.map(({ member }) => member.id)).toEqual(order);
  for (const { body } of personas) expect(body).toBe(own?.body);
});

test.each([
  [
    'controls/neutral.md',
    '---\nid: neutral\ntitle: N\nsummary: s\n---\n## rule\nx\n',
    'did you mean "rules"?',
  ],
  ['controls/neutral.md', '---\nid: no-debate\ntitle: N\nsummary: s\n---\n', 'differs from the file’s name'],
  ['controls/neutral.md', '---\nid: neutral\ntitle: N\n---\n', '"summary" is missing'],
  ['controls/neutral.md', '## rules\nx\n', 'no front matter'],
  ['controls/neutral.md', '---\nid: neutral\ntitle: N\nsummary: s\n---\n## speak\n{{nam}}\n', '{{nam}}'],
  [
    'controls/neutral.md',
    '---\nid: neutral\ntitle: N\nsummary: s\n---\nHello.\n',
    'before the first section',
  ],
  ['poll.md', '\n', 'holds no text'],
  ['poll.md', 'Where would you settle, {{who}}?', '{{who}}'],
])('a fault in %s is named (%#)', async (path, content, message) => {
  const root = await temporaryFolder();
  await put(root, path, content);
  const extras =
    path === 'poll.md' ? { control: null, poll: true } : { control: 'neutral' as const, poll: false };
  const extended = withExtras(await plain(), extras, root);
  expect(extended.ok).toBe(false);
  if (!extended.ok) {
    expect(extended.failure.message.replaceAll("'", '’')).toContain(message.replaceAll("'", '’'));
    expect(extended.faults[0]?.file).toBe(path);
  }
});
