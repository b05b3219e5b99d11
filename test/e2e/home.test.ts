import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { debateEvents } from '../helpers/debate-events.ts';
import { PseudoTerminal } from '../helpers/pseudo-terminal.ts';
import { command, parley, temporaryFolder } from './parley.ts';

async function withRuns(...names: string[]): Promise<string> {
  const cwd = await temporaryFolder();
  for (const [seed, name] of names.entries()) {
    await mkdir(join(cwd, 'transcripts', name), { recursive: true });
    const lines = debateEvents({ rounds: 1, seed }).map((event) => `${JSON.stringify(event)}\n`);
    await writeFile(join(cwd, 'transcripts', name, 'journal.jsonl'), lines.join(''));
  }
  return cwd;
}

test('parley alone opens home; what is done there comes back to it, and the place is kept', async () => {
  const cwd = await withRuns('first', 'second');
  const line = ['-C', cwd, `XDG_STATE_HOME=${cwd}/state`, process.execPath, command];
  const terminal = new PseudoTerminal('/usr/bin/env', line, { columns: 100, rows: 30 });
  onTestFinished(() => terminal.kill());
  await terminal.until('runs 2');
  terminal.press('/first\r');
  await terminal.until('1 with “first”');
  terminal.press('\r');
  await terminal.until('Round limit reached');
  terminal.press('q');
  await terminal.until('1 with “first”');
  terminal.press('c');
  await terminal.until('Enter goes back home');
  terminal.press('\r');
  await terminal.until('1 with “first”');
  terminal.press('x');
  await terminal.until('put into the bin');
  terminal.press('u');
  await terminal.until('first put back');
  // An export begins again in a process of its own, which must be the export and not another home.
  terminal.press(' ');
  await terminal.until('1 marked');
  terminal.press('e');
  await terminal.until('Export 1 to the folder');
  terminal.press('\r');
  await terminal.until('That was: parley export dataset --run first');
  terminal.press('\r');
  await terminal.until('1 marked');
  terminal.press('q');
  expect((await terminal.exited).exitCode).toBe(0);
  expect(await terminal.leftBehind()).toEqual([]);
  const kept = JSON.parse(await readFile(join(cwd, 'state', 'parley', 'home.json'), 'utf8'));
  expect(kept).toEqual([[join(cwd, 'transcripts'), expect.objectContaining({ section: 'runs' })]]);
});

test('without a terminal there is no home, and with sentences it is read out', async () => {
  const cwd = await withRuns('only');
  const none = await parley(['home'], { cwd });
  expect(none.code).toBe(2);
  expect(none.stderr).toContain('home needs a terminal');
  const read = await parley(['home', '--screen-reader'], { cwd, input: 'score 9\nleave\n' });
  expect(read.code).toBe(0);
  expect(read.stdout).toContain('1: only, Who gets the water of a dry summer?');
  expect(read.stdout).toContain('There is no number 9.');
});
