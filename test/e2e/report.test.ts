import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { journalOf, parley, temporaryFolder } from './parley.ts';

async function heldDebate(): Promise<string> {
  const cwd = await temporaryFolder();
  const args = ['run', '--model', 'simulator', '--rounds', '2', '--seed', '7', '--name', 'one'];
  expect((await parley(args, { cwd })).code).toBe(0);
  return cwd;
}

describe('parley report', () => {
  test('gives Markdown on stdout, by name and by folder alike', async () => {
    const cwd = await heldDebate();
    const byName = await parley(['report', 'one'], { cwd });
    expect(byName.code).toBe(0);
    expect(byName.stdout).toContain('SIMULATED');
    expect(byName.stdout).toContain('## Agreed and open');
    for (const event of await journalOf(join(cwd, 'transcripts'), 'one')) {
      if (event.type === 'turn-ended') expect(byName.stdout).toContain(`<a id="t${event.turn}"></a>`);
    }
    const byFolder = await parley(['report', join(cwd, 'transcripts', 'one')]);
    expect(byFolder.stdout).toBe(byName.stdout);
  });

  test('gives JSON with the figures of the journal', async () => {
    const cwd = await heldDebate();
    const { stdout, code } = await parley(['report', 'one', '--format', 'json'], { cwd });
    const value = JSON.parse(stdout);
    const events = await journalOf(join(cwd, 'transcripts'), 'one');
    const verdicts = events.flatMap((event) => (event.type === 'verdict-given' ? [event.convergence] : []));
    expect(value.verdicts.map((verdict: { convergence: unknown }) => verdict.convergence)).toEqual(verdicts);
    expect(value.simulated).toBe(true);
    expect(code).toBe(0);
  });

  test('writes one page to a file, and leaves a file that is there alone unless forced', async () => {
    const cwd = await heldDebate();
    const write = (...more: string[]) =>
      parley(['report', 'one', '--format', 'html', '--out', 'page.html', ...more], { cwd });
    const first = await write();
    expect(first).toMatchObject({ code: 0, stdout: '', stderr: 'Wrote page.html.\n' });
    const page = await readFile(join(cwd, 'page.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    await writeFile(join(cwd, 'page.html'), 'mine');
    const second = await write();
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('page.html already exists and was not changed.');
    expect(await readFile(join(cwd, 'page.html'), 'utf8')).toBe('mine');
    expect((await write('--force')).code).toBe(0);
    expect(await readFile(join(cwd, 'page.html'), 'utf8')).toBe(page);
  });

  test('names a run that is not there, and the one that was meant', async () => {
    const cwd = await heldDebate();
    const { code, stderr } = await parley(['report', 'onne'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean one?');
  });

  test('refuses a form that it does not know', async () => {
    const { code, stderr } = await parley(['report', 'one', '--format', 'pdf']);
    expect(code).toBe(2);
    expect(stderr).toContain('md, html, json');
  });
});
