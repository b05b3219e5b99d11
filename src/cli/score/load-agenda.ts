import type { Agenda } from '../../debate/agenda.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import type { CastMember } from '../../debate/setup.ts';
import { loadAgendaFile } from '../../prompts/agenda-file.ts';
import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import { loadPrompts } from '../../prompts/load-prompts.ts';
import { describeFaults } from '../faults.ts';
import type { ScoreOptions } from './options.ts';

/** What transcripts are held against. */
export interface GivenAgenda {
  agenda: Agenda;
  /** Speakers of whom red lines and openings are known. */
  cast: CastMember[];
  from: string;
}

/** The agenda that a person named; null where none was, which only a run of parley's own can do without. */
export async function loadAgenda({ scenario, agenda }: ScoreOptions): Promise<Outcome<GivenAgenda | null>> {
  if (agenda !== null) {
    const file = await loadAgendaFile(agenda);
    if (!file.ok) return failure('faults', describeFaults(file.faults));
    return success({ ...file.value, from: `from ${agenda}` });
  }
  if (scenario === null) return success(null);
  const loaded = await loadPrompts({ promptRoot: bundledPrompts(), scenario, strategy: 'plain' });
  if (!loaded.ok) return loaded.faults.length > 0 ? failure('faults', describeFaults(loaded.faults)) : loaded;
  const { id, agenda: issues, personas } = loaded.value.scenario;
  return success({
    agenda: issues,
    cast: personas.map(({ member }) => member),
    from: `of the scenario ${id}`,
  });
}
