import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { completionScript, type Shell, shells } from '../../src/cli/commands/completion.ts';
import { readEnvironment } from '../../src/cli/environment.ts';
import { createProgram } from '../../src/cli/program.ts';

const program = await createProgram(readEnvironment(), 'all', () => {});
const scriptOf = (shell: Shell) => completionScript(shell, program, ['us-dprk-talks', 'tram-line']);

/** What bash offers for the last of some words, in a folder with a run. */
function offered(...words: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'parley-completion-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'transcripts', 'night-run'), { recursive: true });
  const asked = words.map((word) => `'${word}'`).join(' ');
  const script = `${scriptOf('bash')}
COMP_WORDS=(parley ${asked}); COMP_CWORD=${words.length}; _parley; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const said = execFileSync('bash', ['--norc', '-c', script], { cwd: folder, encoding: 'utf8' });
  return said.split('\n').filter((line) => line !== '');
}

test.each([
  [['re'], ['resume', 'repair', 'replay', 'report']],
  [['resume', 'n'], ['night-run']],
  [['resume', 'l'], ['latest']],
  [['run', 'tram'], ['tram-line']],
  [['run', '--order', 'b'], ['bidding']],
  [['run', '--judge-s'], ['--judge-samples']],
  [['list', 'f'], ['formats']],
  [
    ['report', 'latest', '--format', ''],
    ['md', 'html', 'json'],
  ],
])('bash offers after parley %j', (words, expected) => {
  const found = offered(...words);
  expect(found.filter((word) => expected.includes(word))).toEqual(expected);
  if (words.at(-1) !== 're') expect(found).toEqual(expected);
});

test('bash offers files where an option takes one', () => {
  expect(offered('run', '--article', 't')).toEqual(['transcripts']);
});

test.each(shells)('the script for %s knows every command and option', (shell) => {
  const script = scriptOf(shell);
  for (const command of program.commands) {
    expect(script).toContain(command.name());
    for (const { long } of command.options) {
      expect(script).toContain(shell === 'fish' ? `-l ${long?.slice(2)}` : long);
    }
  }
});
