import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadReplacementSpeeches } from '../../src/prompts/replacement-speeches.ts';
import { put, temporaryFolder } from './scenario-folder.ts';

const promptRoot = join(import.meta.dirname, '../../prompts');
const stand = { issue: 'Water', wording: { low: 'gates stay shut', high: 'a modest flow' } };

function shipped() {
  const loaded = loadReplacementSpeeches(promptRoot);
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return loaded.value;
}

describe('speeches that stand in the place of another', () => {
  test('a bare stand is in the wording of the agenda', () => {
    expect(shipped().bare({ issue: 'Water', wording: { at: 'gates stay shut' } })).toBe(
      'On Water our position is this: gates stay shut.',
    );
    expect(shipped().bare(stand)).toContain('between "gates stay shut" and "a modest flow"');
  });

  test.each([30, 90, 150, 400])(
    'a vacuous speech of %d words has the bare stand and nearly as many words',
    (words) => {
      const speech = shipped().vacuous(stand, words);
      expect(speech.startsWith(shipped().bare(stand))).toBe(true);
      expect(Math.abs(speech.split(/\s+/).length - words)).toBeLessThanOrEqual(8);
    },
  );

  test('a vacuous speech shorter than the stand is the bare stand', () => {
    expect(shipped().vacuous(stand, 3)).toBe(shipped().bare(stand));
  });

  test('silence names no issue and no stand', () => {
    expect(shipped().silence()).not.toMatch(/position|water/i);
  });
});

test('a file with a missing or an unknown section, or a wrong placeholder, is refused with its line', async () => {
  const root = await temporaryFolder();
  const text = await readFile(join(promptRoot, 'why.md'), 'utf8');
  const refusals = [
    [text.replace('## silence', '## silense'), 'did you mean "silence"'],
    [text.replace('{{stand}}', '{{stands}}'), 'unknown placeholder {{stands}}'],
    [text.replace(/## between[\s\S]*?(?=## vacuous)/, ''), 'the section "## between" is missing'],
  ] as const;
  for (const [content, message] of refusals) {
    await put(root, 'why.md', content);
    expect(loadReplacementSpeeches(root)).toMatchObject({
      ok: false,
      failure: { reason: 'bad-prompts', message: expect.stringContaining(message) },
    });
  }
  await cp(join(promptRoot, 'why.md'), join(root, 'why.md'));
  expect(loadReplacementSpeeches(root).ok).toBe(true);
});
