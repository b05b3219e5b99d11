import { lockBatch, placeOfPlan } from '../../batch/batch-lock.ts';
import { estimatePlan, type PlanEstimate } from '../../batch/estimate-plan.ts';
import { type Ledger, readLedger } from '../../batch/ledger.ts';
import { cannotRun, type FaultyPlan } from '../../batch/parse-plan.ts';
import type { Plan } from '../../batch/plan.ts';
import { createPlanModels, type PlanModels, withChosenModel } from '../../batch/plan-models.ts';
import { keptArticles, loadPlanPrompts, type PlanPrompts } from '../../batch/plan-prompts.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { openFileStore } from '../../journal/file-store.ts';
import type { JournalStore } from '../../journal/types.ts';
import { askProviders } from '../../models/ask-providers.ts';
import { chooseModel } from '../../models/choose-model.ts';
import { parseModelSpec, specText } from '../../models/model-spec.ts';
import { parsePrice } from '../../models/prices.ts';
import type { ModelSettings } from '../../models/providers/provider.ts';
import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import { systemClock } from '../../run/system-clock.ts';
import type { Environment } from '../environment.ts';
import { chosenLine, withModelFlags } from '../model-words.ts';
import type { BatchCommandOptions } from './options.ts';
import { readPlan } from './read-plan.ts';

/** A plan with all it takes to run it, held by this process; nothing has been spent. */
export interface OpenBatch {
  /** What a person calls it: its title, or what was given for it. */
  name: string;
  plan: Plan;
  prompts: PlanPrompts;
  models: PlanModels;
  store: JournalStore;
  /** The folder of the batch's own files. */
  place: string;
  ledger: Ledger;
  estimate: PlanEstimate;
  /** Which model was chosen for arms that name none; null where all do. */
  modelLine: string | null;
  /** Lets other processes have it. */
  release(): Promise<void>;
}

/** Calls at once that are supposed when the time is estimated. */
const supposedCalls = 32;

/** Checks everything of a plan that can be checked for nothing, and says what it would take. */
export async function openBatch(
  given: string,
  options: BatchCommandOptions,
  raw: Record<string, unknown>,
  environment: Environment,
): Promise<{ ok: true; value: OpenBatch } | FaultyPlan> {
  const read = await readPlan(given, options);
  if (!read.ok) return read;
  const settings = modelSettings(raw, environment);
  if (!settings.ok) return cannotRun(settings);
  const chosen = await chosenModel(read.plan, raw, settings.value);
  if (!chosen.ok) return cannotRun(chosen);
  const plan = withChosenModel(read.plan, chosen.value.spec);
  const { stdin } = environment;
  const place = placeOfPlan(options.transcripts, given, plan);
  const keeping = keptArticles(place);
  const kept = options.dryRun ? { ...keeping, keep: async () => {} } : keeping;
  const prompts = await loadPlanPrompts(
    { ...read, plan },
    { file: given, folder: read.folder, promptRoot: bundledPrompts(), stdin, kept },
  );
  if (!prompts.ok) return prompts;
  const models = createPlanModels(plan, settings.value);
  if (!models.ok) return cannotRun(withModelFlags(models));
  if (options.openaiBatch && ![...models.value.handles.values()].some(({ jobs }) => jobs)) {
    return cannotRun(
      failure('bad-option', '--openai-batch is for models of openai, and no arm of this plan has one.'),
    );
  }

  const store = openFileStore({ directory: options.transcripts, clock: systemClock, isSharded: true });
  const lock = options.dryRun ? null : await lockBatch(place, systemClock.now());
  if (lock && !lock.ok) return cannotRun(lock);
  const parts = { plan, prompts: prompts.value, models: models.value };
  const ledger = await readLedger(plan, { store, place, fingerprints: prompts.value.fingerprints });
  const estimate = await estimatePlan({
    ...parts,
    ledger,
    retryFailed: options.retryFailed === true,
    callsAtOnce: Math.min(supposedCalls, options.concurrency),
    requestsPerMinute: options.rpm ?? null,
    tokensPerMinute: options.tpm ?? null,
    inJobs: options.openaiBatch === true,
  });
  const release = async () => {
    if (lock) await lock.value.release();
  };
  return {
    ok: true,
    value: {
      name: plan.title === '' ? given : plan.title,
      ...parts,
      store,
      place,
      ledger,
      estimate,
      modelLine: chosen.value.line,
      release,
    },
  };
}

/** Asks the providers whether they have the models, which costs nothing. */
export async function probePlan(
  { models }: Pick<OpenBatch, 'models'>,
  raw: Record<string, unknown>,
  environment: Environment,
): Promise<Outcome<null>> {
  if (raw['probe'] === false) return success(null);
  const baseUrl = typeof raw['baseUrl'] === 'string' ? raw['baseUrl'] : undefined;
  const where = { environment: environment.variables, ...(baseUrl === undefined ? {} : { baseUrl }) };
  return askProviders([...models.handles.keys()], where);
}

/** What models need from this machine. */
export function modelSettings(
  raw: Record<string, unknown>,
  { variables, workingDirectory }: Environment,
): Outcome<ModelSettings, 'bad-option'> {
  const given = raw['price'];
  const price = typeof given === 'string' ? parsePrice(given) : null;
  if (typeof given === 'string' && price === null) {
    return failure(
      'bad-option',
      `--price ${given} is not a price. Write US dollars per million tokens: INPUT,OUTPUT, such as 0.25,2.`,
    );
  }
  const baseUrl = raw['baseUrl'];
  return success({
    environment: variables,
    folder: workingDirectory,
    ...(typeof baseUrl === 'string' ? { baseUrl } : {}),
    ...(price === null ? {} : { price }),
  });
}

/** For arms without a model of their own: --model, or what the environment offers. */
export async function chosenModel(
  plan: Plan,
  raw: Record<string, unknown>,
  settings: ModelSettings,
): Promise<Outcome<{ spec: string; line: string | null }>> {
  const given = raw['model'];
  if (typeof given === 'string') {
    const spec = parseModelSpec(given);
    return spec.ok ? success({ spec: specText(spec.value), line: null }) : withModelFlags(spec);
  }
  if (plan.arms.every(({ model }) => model !== null)) return success({ spec: '', line: null });
  const chosen = await chooseModel(settings);
  if (!chosen.ok) return withModelFlags(chosen);
  return success({ spec: specText(chosen.value.spec), line: chosenLine(chosen.value) });
}
