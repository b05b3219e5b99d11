import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { expandPlan } from '../batch/expand-plan.ts';
import { type BatchRequest, openBatch } from '../batch/open-batch.ts';
import { cannotRun, type FaultyPlan } from '../batch/parse-plan.ts';
import type { Arm, Plan } from '../batch/plan.ts';
import { measureOf, rangeOf } from '../compare/measures.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Control } from '../debate/setup.ts';
import { createModel } from '../models/create-models.ts';
import { parseModelSpec } from '../models/model-spec.ts';
import type { ModelHandle } from '../models/types.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { type EvolvingPrompts, loadEvolvingPrompts, strategyFileOf } from '../prompts/evolving.ts';
import { strategyFolders } from '../prompts/load-prompts.ts';
import { parseStrategy, type StrategySource } from '../prompts/strategy-file.ts';
import { type Budget, tokensOf } from '../run/budget.ts';
import type { Estimate } from '../run/estimate.ts';
import { createFaultLog } from '../source/source-fault.ts';
import { dollars } from '../text/figures.ts';
import { type FewestArticles, fewestToAdmit, type Proof } from './admission.ts';
import { atMost, rewritingTakes, sumsOf } from './evolution-estimate.ts';
import { readLineage, runsIn } from './evolution-folder.ts';
import { type LineageEntry, lineageOf, type SplitSizes, splitArticles, usualSizes } from './lineage.ts';
import { armsOf, stagePlan } from './stages.ts';
import type { EvolutionDesign } from './types.ts';

/** An evolution as it is asked for. */
export interface EvolutionRequest extends Budget {
  /** Id of a strategy, or the path of a strategy file. */
  strategy: string;
  generations: number;
  children: number;
  /** How many articles each part gets; null for the usual parts. */
  sizes: SplitSizes | null;
  /** Test articles between two looks; null for about five looks. */
  lookEvery: number | null;
  proof: Proof;
  /** Model that rewrites; null for the model of the plan's first arm. */
  rewriter: string | null;
  /** Folder of the evolution; null for a name of its own below `evolutions`. */
  folder: string | null;
  /** How debates are run; its transcripts and budget are the evolution's own. */
  batch: Omit<
    BatchRequest,
    'transcripts' | 'count' | 'budgetUsd' | 'budgetTokens' | 'inJobs' | 'isDryRun' | 'redesign'
  >;
}

/** An evolution that may be run; nothing was spent. */
export interface OpenEvolution {
  request: EvolutionRequest;
  folder: string;
  design: EvolutionDesign;
  designHash: string;
  /** The strategy it begins with, as one file. */
  startFile: string;
  /** Everything but the strategy of the debates' arms. */
  arm: Omit<Arm, 'id' | 'strategy' | 'control'>;
  batch: BatchRequest;
  rewriter: ModelHandle;
  /** Every model of the evolution by its spec, the one that rewrites included. */
  handles: ReadonlyMap<string, ModelHandle>;
  prompts: EvolvingPrompts;
  shipped: StrategySource;
  /** At most, if every child is tested on every article and one of each generation is admitted; what was done before included. */
  estimate: Estimate & { debates: number };
  /** US dollars that the claim takes, which are kept for it; null where a price is unknown. */
  claimUsd: number | null;
  claimTokens: number;
  /** Controls of the plan that take the place of a strategy's text, and so tell nothing of a child. */
  unusedControls: Control[];
  entries: readonly LineageEntry[];
}

/** `faults`: of the plan's files. Else why nothing could come of it; `too-few-articles` carries what it would take. */
export type EvolutionFault = FaultyPlan & { fewest?: FewestArticles[] };

/** Controls under which a strategy's text is still heard. */
const telling: ReadonlySet<Control> = new Set(['shuffled-turns', 'same-persona']);

/** Checks everything that can be checked for nothing: the strategy, the plan, whether any child could ever be admitted, and what it takes. */
export async function openEvolution(
  request: EvolutionRequest,
): Promise<{ ok: true; value: OpenEvolution } | EvolutionFault> {
  const start = await startOf(request.strategy);
  if (!start.ok) return cannotRun(start);
  const prompts = loadEvolvingPrompts(bundledPrompts());
  if (!prompts.ok) return cannotRun(prompts);
  const base: BatchRequest = {
    ...request.batch,
    ...{
      transcripts: 'evolutions',
      count: null,
      budgetUsd: null,
      budgetTokens: null,
      inJobs: false,
      isDryRun: true,
    },
  };
  let controls: Control[] = [];
  let unusedControls: Control[] = [];
  // The evolution's own copy of the strategy is not written yet; the one that was given is the same.
  const redesign = (plan: Plan) => {
    const found = [...new Set(plan.arms.flatMap(({ control }) => control ?? []))];
    controls = found.filter((control) => telling.has(control));
    unusedControls = found.filter((control) => !telling.has(control));
    const rest = ownArm(plan);
    const strategyOf = () => start.value.path;
    return stagePlan(plan, armsOf([start.value.id], { arm: rest, controls, strategyOf }), null);
  };
  const opened = await openBatch({ ...base, redesign });
  if (!opened.ok) return opened;
  const { plan, prompts: planPrompts, models, estimate } = opened.value;
  const { aims, seed } = plan;
  const cells = [...expandPlan(plan, planPrompts.fingerprints)];
  const articles = [...new Set(cells.map(({ articleUnit }) => articleUnit))];
  const split = splitArticles(articles, request.sizes ?? usualSizes(articles.length), seed);
  const missing = missingArticles(articles.length, request.sizes);
  if (missing !== null) return { ...cannotRun(failure('too-few-articles', missing)) };
  const endless =
    request.proof === 'mean' && aims.primary.find((id) => rangeOf(measureOf(id), aims.within) === null);
  if (endless) {
    const message = `A mean gain in ${endless} cannot be shown for any distribution, since ${endless} has no upper limit.`;
    return cannotRun(failure('no-bound', message));
  }
  const fewest = fewestToAdmit(aims, request.proof);
  const short = fewest.filter(({ articles: least }) => least > split.test.length);
  if (short.length > 0) {
    const message = `No child could ever be admitted: ${split.test.length} test articles are too few.`;
    return { ...cannotRun(failure('too-few-articles', message)), fewest: short };
  }
  const design: EvolutionDesign = {
    ...{ start: start.value.id, generations: request.generations, children: request.children },
    ...{ split, aims, controls, proof: request.proof, seed },
    lookEvery: request.lookEvery ?? Math.max(1, Math.ceil(split.test.length / 5)),
  };
  const own = ownArm(plan);
  const rewriter = rewriterOf(request, own);
  if (!rewriter.ok) return cannotRun(rewriter);
  const perDebate = await Promise.all(
    cells.flatMap((cell) =>
      cell.debates.map(async ({ arm: of }) => ({
        article: cell.articleUnit,
        isControl: of.control !== undefined,
        takes: await estimate.debateOf(of, cell),
      })),
    ),
  );
  const sums = sumsOf(perDebate, design);
  const startFile = strategyFileOf(start.value.strategy);
  const whole = atMost(sums, design, rewritingTakes(startFile, perDebate, rewriter.value));
  if (request.budgetUsd !== null && whole.costUsd === null) {
    const message = 'A budget in US dollars needs a price, and none is known for one of the models.';
    return cannotRun(failure('no-price', message));
  }
  const least =
    sums.breed.costUsd === null || sums.sealed.costUsd === null
      ? 0
      : sums.breed.costUsd + 2 * sums.sealed.costUsd;
  if (request.budgetUsd !== null && request.budgetUsd < least) {
    const message = `A budget of ${dollars(request.budgetUsd)} is too small: breeding one child and making the final claim may take ${dollars(least)}.`;
    return cannotRun(failure('small-budget', message));
  }
  const designHash = hashOf({
    plan,
    design,
    startFile,
    rewriter: rewriter.value.spec,
    models: [...models.handles.keys()],
  });
  const folder = request.folder ?? join('evolutions', `${start.value.id}-${designHash.slice(0, 10)}`);
  const log = readLineage(folder);
  if (!log.ok) return cannotRun(log);
  const before = lineageOf(log.value).started;
  if (before && before.design !== designHash) {
    const message = `${folder} holds another evolution: its plan, strategy, articles or models differ. Name another folder.`;
    return cannotRun(failure('other-evolution', message));
  }
  const runs = runsIn(folder);
  return {
    ok: true,
    value: {
      ...{ request, folder, design, designHash, startFile, arm: own, unusedControls, estimate: whole },
      batch: { ...base, transcripts: runs, articlesIn: runs, isDryRun: false },
      rewriter: rewriter.value,
      handles: new Map([...models.handles, [rewriter.value.spec, rewriter.value]]),
      prompts: prompts.value,
      shipped: start.value.shipped,
      claimUsd: sums.sealed.costUsd === null ? null : 2 * sums.sealed.costUsd,
      claimTokens: 2 * tokensOf(sums.sealed),
      entries: log.value,
    },
  };
}

/** What every debate is run with, except its strategy: the plan's first arm that is no control. */
function ownArm({ arms }: Plan): OpenEvolution['arm'] {
  const {
    id: _id,
    strategy: _strategy,
    control: _control,
    ...rest
  } = (arms.find(({ control }) => !control) ?? arms[0]) as Arm;
  return rest;
}

/** The strategy to begin with, and those that its children may extend: the ones that come with parley. */
async function startOf(given: string) {
  const root = bundledPrompts();
  const isFile = given.endsWith('.md');
  const id = basename(given, '.md');
  const path = isFile ? given : join(root, 'strategies', `${given}.md`);
  const log = createFaultLog();
  const source = strategyFolders(path, root);
  const { strategy } = parseStrategy(id, source, log);
  if (!strategy) {
    const [first] = log.faults;
    const where = first ? `${first.file}:${first.line}: ${first.message}` : `${given} is no strategy.`;
    return failure('bad-strategy', where);
  }
  const shipped = strategyFolders(join(root, 'strategies', 'plain.md'), root);
  return success({ id, strategy, shipped, path: isFile ? resolve(given) : given });
}

function missingArticles(there: number, sizes: SplitSizes | null): string | null {
  if (sizes === null) return null;
  const asked = sizes.breed + sizes.test + sizes.sealed;
  return asked <= there ? null : `The plan has ${there} articles, and the parts take ${asked}.`;
}

function rewriterOf(
  { rewriter, batch }: EvolutionRequest,
  { model }: OpenEvolution['arm'],
): Outcome<ModelHandle> {
  const spec = parseModelSpec(rewriter ?? model ?? '', batch.settings.providers);
  return spec.ok ? createModel(spec.value, batch.settings) : spec;
}

/** Generations may be added later; all else makes another evolution. */
function hashOf(parts: {
  plan: Plan;
  design: EvolutionDesign;
  startFile: string;
  rewriter: string;
  models: readonly string[];
}): string {
  const { plan, design, ...others } = parts;
  const { budget: _budget, title: _title, arms, ...ofPlan } = plan;
  const { generations: _generations, ...ofDesign } = design;
  const kept = {
    ...others,
    design: ofDesign,
    plan: { ...ofPlan, arms: arms.map(({ strategy: _path, ...arm }) => arm) },
  };
  return createHash('sha256').update(JSON.stringify(kept)).digest('hex');
}
