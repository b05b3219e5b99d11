import { fold } from '../../debate/debate.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { folderOf } from '../../journal/run-folder.ts';
import type { JournalStore } from '../../journal/types.ts';
import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import { loadKept } from '../../prompts/load-kept.ts';
import { loadReplacementSpeeches } from '../../prompts/replacement-speeches.ts';
import type { Estimate } from '../estimate.ts';
import type { ChooseModels } from '../resume-debate.ts';
import type { RoleModels } from '../role-models.ts';
import { systemClock } from '../system-clock.ts';
import { estimateWhy } from './estimate-why.ts';
import {
  chooseShifts,
  explainShifts,
  type WhyProgress,
  type WhyRequest,
  type WhyResult,
} from './explain-shifts.ts';
import { openWhyLog } from './why-log.ts';

/** A stored run whose shifts can be explained. */
export interface WhyOfRun {
  models: RoleModels;
  /** How many shifts were chosen. */
  shifts: number;
  /** Of all that was asked for, what is answered already included. */
  estimate: Estimate;
  /** Answers again and apportions; the journal stays as it is, and what is answered is kept in why.jsonl beside it. */
  explain(options: {
    signal: AbortSignal;
    onProgress?(progress: WhyProgress): void;
  }): Promise<Outcome<WhyResult>>;
}

/** Makes ready to explain the shifts of a run in a folder. Calls no model. Fails where there is nothing to explain. */
export async function openWhy(
  { store, name }: { store: JournalStore; name: string },
  asked: Omit<WhyRequest, 'events'>,
  models: ChooseModels,
): Promise<Outcome<WhyOfRun>> {
  const stored = await store.read(name);
  if (!stored.ok) return stored;
  const folder = folderOf(store.place, name);
  if (folder === null) {
    return failure('not-in-files', `${name} is in a database. Copy it to a folder first: parley pull.`);
  }
  const debate = fold(stored.value.events);
  if (!debate) return failure('no-shifts', `${name} has not begun: there is nothing to explain.`);
  const kept = loadKept(stored.value.files);
  if (!kept.ok) return kept;
  const speeches = loadReplacementSpeeches(bundledPrompts());
  if (!speeches.ok) return speeches;
  const request = { ...asked, events: stored.value.events };
  const shifts = chooseShifts(debate, request);
  if (!shifts.ok) return shifts;
  const before = Object.fromEntries(Object.entries(debate.models).map(([role, { spec }]) => [role, spec]));
  const personas = debate.started.cast.map(({ id }) => id);
  const chosen = await models(personas, before);
  if (!chosen.ok) return chosen;
  const prompts = kept.value;
  const { modelOf } = chosen.value;
  const estimate = estimateWhy(request, debate, shifts.value, { prompts, modelOf });
  if (request.budgetUsd !== null && estimate.costUsd === null) {
    return failure(
      'no-price',
      'A budget in dollars needs the price of every model, and one is unknown here.',
    );
  }
  return success({
    models: chosen.value,
    shifts: shifts.value.length,
    estimate,
    async explain({ signal, onProgress }) {
      const log = openWhyLog(folder);
      if (!log.ok) return log;
      try {
        return await explainShifts(request, {
          ...{ prompts, modelOf, clock: systemClock, jitter: Math.random, signal, speeches: speeches.value },
          log: log.value,
          ...(onProgress ? { onProgress } : {}),
        });
      } finally {
        log.value.close();
      }
    },
  });
}
