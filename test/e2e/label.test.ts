import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PseudoTerminal } from '../helpers/pseudo-terminal.ts';
import { command, parley, temporaryFolder } from './parley.ts';

async function folderWithDebate(): Promise<string> {
  const cwd = await temporaryFolder();
  const { code, stderr } = await parley(
    ['run', '--model', 'simulator', '--rounds', '1', '--seed', '4', '--name', 'one', '--plain'],
    { cwd },
  );
  expect(code, stderr).toBe(0);
  return cwd;
}

describe('parley label', () => {
  test('asks for one key a quote, without what the judge read, and keeps what was given', async () => {
    const cwd = await folderWithDebate();
    const terminal = new PseudoTerminal(process.execPath, [command, 'label', join(cwd, 'transcripts/one')], {
      rows: 40,
    });
    const first = await terminal.until('Where does the marked passage stand?');
    expect(first).toContain('>>> ');
    expect(first).toMatch(/1 of \d+ · T\d+/);
    const [, speech = ''] = first.split(/1 of \d+ · T\d+[^\n]*\n/u);
    const journal = await readFile(join(cwd, 'transcripts/one/journal.jsonl'), 'utf8');
    const said = journal.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).text ?? '']));
    const words = new Set(`${said.join(' ')} >>> <<<`.split(/\s+/u));
    const shown = speech.split(/\n\s*\n/u).find((part) => part.trim() !== '') ?? '';
    expect(
      shown
        .trim()
        .split(/\s+/u)
        .filter((word) => !words.has(word)),
    ).toEqual([]);
    terminal.press('2n');
    await terminal.until(/3 of \d+/);
    terminal.press('q');
    const { exitCode } = await terminal.exited;
    expect(exitCode).toBe(0);
    expect(await terminal.text()).toContain('one: 2 quotes labelled, 1 of them without a stand.');
    const lines = (await readFile(join(cwd, 'transcripts/one/labels.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).position)).toEqual([2, null]);

    const summary = await parley(['label', 'one', '--summary', '--json'], { cwd });
    expect(JSON.parse(summary.stdout)).toMatchObject({ run: 'one', labels: 2, noStand: 1 });
    const resumed = await parley(['resume', 'one', '--rounds', '2', '--plain'], { cwd });
    expect(resumed.code, resumed.stderr).toBe(0);
  });

  test('lists quotes for a program and takes its labels back, all or none', async () => {
    const cwd = await folderWithDebate();
    const { stdout } = await parley(['label', 'one', '--list'], { cwd });
    const cases = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(cases[0]).not.toHaveProperty('position');
    const labelled = cases.map(({ speaker, issue, turn }) =>
      JSON.stringify({ speaker, issue, turn, position: 3 }),
    );
    await writeFile(join(cwd, 'labels.txt'), [...labelled, '{"position":9}'].join('\n'));
    const refused = await parley(['label', 'one', '--from', 'labels.txt'], { cwd });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Nothing was taken');
    await writeFile(join(cwd, 'labels.txt'), labelled.join('\n'));
    const taken = await parley(['label', 'one', '--from', 'labels.txt'], { cwd });
    expect(taken.code, taken.stderr).toBe(0);
    expect(taken.stdout).toContain(`one: ${cases.length} quotes labelled.`);
    expect(taken.stdout).toMatch(/with the labels 1\.00/);
  });

  test('without a terminal says what to use', async () => {
    const cwd = await folderWithDebate();
    const { code, stderr } = await parley(['label', 'one'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('--list, --from FILE or --summary');
  });
});
