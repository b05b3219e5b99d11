import type { Agenda } from '../debate/agenda.ts';
import { type Outcome, success } from '../debate/outcome.ts';
import type { CastMember } from '../debate/setup.ts';
import { loadAgendaFile } from '../prompts/agenda-file.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { loadPrompts } from '../prompts/load-prompts.ts';
import { faultsFailure } from '../prompts/prompt-set.ts';

/** What transcripts are measured against. */
export interface GivenAgenda {
  agenda: Agenda;
  /** Speakers whose red lines and openings are known. */
  cast: CastMember[];
  /** Where it comes from, in words. */
  from: string;
}

/** Loads the agenda of a scenario (a bundled one's name, or a folder), or of a YAML file. */
export async function loadAgenda(
  given: { scenario: string } | { file: string },
): Promise<Outcome<GivenAgenda>> {
  if ('file' in given) {
    const read = await loadAgendaFile(given.file);
    return read.ok ? success({ ...read.value, from: `from ${given.file}` }) : faultsFailure(read.faults);
  }
  const { scenario } = given;
  const loaded = await loadPrompts({ promptRoot: bundledPrompts(), scenario, strategy: 'plain' });
  if (!loaded.ok) return loaded;
  const { id, agenda, personas } = loaded.value.scenario;
  return success({ agenda, cast: personas.map(({ member }) => member), from: `of the scenario ${id}` });
}
