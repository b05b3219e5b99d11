import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parley, temporaryFolder } from './parley.ts';

test('a run damaged in the middle is refused with its line, and its repaired copy goes on', async () => {
  const cwd = await temporaryFolder();
  await parley(['run', '--model', 'simulator', '--rounds', '1', '--seed', '1', '--name', 'hurt'], { cwd });
  const path = join(cwd, 'transcripts', 'hurt', 'journal.jsonl');
  const lines = (await readFile(path, 'utf8')).split('\n');
  lines[3] = lines[3]?.slice(0, 40) ?? '';
  const damaged = lines.join('\n');
  await writeFile(path, damaged);

  const refused = await parley(['resume', 'hurt'], { cwd });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/journal\.jsonl line 4 is damaged/);
  expect(refused.stderr).toContain('parley repair hurt');
  expect(await readFile(path, 'utf8')).toBe(damaged);

  const repaired = await parley(['repair', 'hurt'], { cwd });
  expect(repaired.stdout).toContain(
    'Copied 3 events of hurt to hurt-repaired: line 4 and all after it were left out.',
  );
  const resumed = await parley(['resume', 'hurt-repaired'], { cwd });
  expect(resumed.code).toBe(0);
  expect(resumed.stdout).toContain('Think-tank analyst');
});
