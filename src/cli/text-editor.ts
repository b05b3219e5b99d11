import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './environment.ts';

/** Opens files in the person's own editor; resolves with true once it was left in good order. */
export type TextEditor = (paths: readonly string[]) => Promise<boolean>;

/** The editor that VISUAL or EDITOR names, options included; null where neither is set. */
export function textEditor({ variables }: Pick<Environment, 'variables'>): TextEditor | null {
  const command = [variables['VISUAL'], variables['EDITOR']].find((one) => one?.trim());
  if (!command) return null;
  return (paths) =>
    new Promise((resolve) => {
      const isWindows = process.platform === 'win32';
      const child = isWindows
        ? spawn(command, [...paths], { stdio: 'inherit', shell: true })
        : spawn('/bin/sh', ['-c', `${command} "$@"`, 'sh', ...paths], { stdio: 'inherit' });
      child.on('error', () => resolve(false));
      child.on('close', (code) => resolve(code === 0));
    });
}

/** Lets a person change a text in an editor; null where the editor failed, and then nothing is changed. */
export async function editText(text: string, edit: TextEditor): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-'));
  const path = join(folder, 'speech.md');
  try {
    await writeFile(path, text === '' ? '' : `${text.trimEnd()}\n`, { mode: 0o600 });
    if (!(await edit([path]))) return null;
    return (await readFile(path, 'utf8')).trimEnd();
  } catch {
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
