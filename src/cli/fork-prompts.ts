import { readFile } from 'node:fs/promises';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { loadKept } from '../prompts/load-kept.ts';
import { loadPrompts } from '../prompts/load-prompts.ts';
import type { PromptSet } from '../prompts/types.ts';
import { describeFaults } from './faults.ts';

/** Any scenario will do to load a strategy with. */
const anyScenario = 'us-dprk-talks';

/** The prompts of a debate with another strategy, or with another file for one persona, or both. */
export async function forkPrompts(
  before: PromptSet,
  options: Record<string, unknown>,
): Promise<Outcome<PromptSet>> {
  let files = new Map(before.files);
  const strategy = options['strategy'];
  if (typeof strategy === 'string') {
    const loaded = await loadPrompts({ promptRoot: bundledPrompts(), scenario: anyScenario, strategy });
    if (!loaded.ok) return { ok: false, failure: loaded.failure };
    const isStrategy = ([path]: [string, string]) => path.startsWith('strategies/');
    files = new Map([
      ...[...files].filter((file) => !isStrategy(file)),
      ...[...loaded.value.files].filter(isStrategy),
    ]);
  }
  const persona = options['personaPrompt'];
  if (typeof persona === 'string') {
    const replaced = await withPersona(files, persona, before);
    if (!replaced.ok) return replaced;
    files = replaced.value;
  }
  const set = loadKept(files);
  return set.ok ? success(set.value) : failure('faults', describeFaults(set.faults));
}

/** Puts a persona's file in the place of the one with its id. */
async function withPersona(
  files: ReadonlyMap<string, string>,
  file: string,
  before: PromptSet,
): Promise<Outcome<Map<string, string>>> {
  const content = await readFile(file, 'utf8').catch(() => null);
  if (content === null)
    return failure('not-found', `${file} cannot be read. Give --persona-prompt a persona's file.`);
  const id = /^id:[ \t]*["']?([a-z0-9-]+)/m.exec(content)?.[1] ?? '';
  const path = [...files.keys()].find((known) => known.endsWith(`/personas/${id}.md`));
  if (path !== undefined) return success(new Map([...files, [path, content]]));
  const cast = before.scenario.personas.map(({ member }) => member.id).join(', ');
  const named = id === '' ? 'names no persona (id: …)' : `is of ${id}, who is not in this debate`;
  return failure('unknown-persona', `${file} ${named}. The cast: ${cast}.`);
}
