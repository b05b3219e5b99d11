import { success } from '../../debate/outcome.ts';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import type { JournalStore } from '../../journal/types.ts';
import { tracingVariables } from '../../models/tracing-variables.ts';
import { prepareResumption } from '../../run/prepare.ts';
import { systemClock } from '../../run/system-clock.ts';
import { version } from '../../run/version.ts';
import { runInJobs } from '../batch/run-in-jobs.ts';
import { chooseModels } from '../choose-models.ts';
import { complain } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { chooseScreen, isWatched, type ScreenOptions } from '../front-end.ts';
import { withRuns } from '../open-runs.ts';
import { placeOfRun } from '../run-place.ts';
import { readResumeOptions } from '../settings.ts';
import { watch } from './watch.ts';

/** `parley resume`: goes on from the last finished turn, with the models it had unless others are given. */
export async function resume(
  given: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  tameProcess(environment.color, tracingVariables);
  const { folder, name } = placeOfRun(given ?? '', String(options['transcripts']));
  return withRuns(folder, environment, ({ store }) =>
    resumeIn(store, { folder, name }, options, environment),
  );
}

async function resumeIn(
  store: JournalStore,
  { folder, name }: { folder: string; name: string },
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  // Batches in jobs keep their runs in files.
  const inJobs = isPostgresAddress(folder) ? null : await runInJobs({ folder, name }, store);
  if (inJobs !== null && options['payAgain'] !== true) return complain(environment, inJobs);
  const kind = chooseScreen(options as ScreenOptions, environment);
  let line = '';
  const prepared = await prepareResumption({
    store,
    name,
    version,
    clock: systemClock,
    jitter: Math.random,
    goOn: async ({ prompts, settings, models }) => {
      const changed = readResumeOptions(options, settings);
      if (!changed.ok) return changed;
      const personas = prompts.scenario.personas.map((persona) => persona.member.id);
      const asked = { options, personas, isWatched: isWatched(kind, environment), before: models };
      const chosen = await chooseModels(asked, environment);
      if (!chosen.ok) return chosen;
      line = chosen.value.line;
      return success({ modelOf: chosen.value.modelOf, settings: changed.value });
    },
  });
  if (!prepared.ok) return complain(environment, prepared.failure.message);
  environment.stderr.write(`${line}\n`);
  return watch(prepared.value, { title: name, folder }, options as ScreenOptions, environment);
}
