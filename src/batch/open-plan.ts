import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { moderatorId } from '../debate/events.ts';
import { judgeRole } from '../debate/judges.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { type ChosenModel, chooseModel } from '../models/choose-model.ts';
import { parseModelSpec, specText } from '../models/model-spec.ts';
import type { ModelSettings } from '../models/providers/provider.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { findScenario } from '../prompts/load-prompts.ts';
import type { NamedRoles } from '../run/model-files.ts';
import { judgeNamedTwice } from '../run/role-models.ts';
import { orKnown } from '../text/near-names.ts';
import { isPath } from './check-plan-references.ts';
import { cannotRun, type FaultyPlan, faultyPlan, parsePlan } from './parse-plan.ts';
import { articleNamed, oneOrSeveral, ownArticle, type Plan, withCount } from './plan.ts';
import { withChosenModel } from './plan-models.ts';
import { type KeptArticles, loadPlanPrompts, type PlanPrompts } from './plan-prompts.ts';

/** A plan, and what the caller changes of it. */
export interface PlanRequest {
  /** Path of a plan file; or a scenario, by its name or its folder, for plain debates of it. */
  file: string;
  /** Debates in all, a multiple of the arms; null for what the plan says. */
  count: number | null;
  /** In place of the plan's; null for what the plan says. */
  budgetUsd: number | null;
  budgetTokens: number | null;
  /** Model spec for arms that name none; null chooses by the keys and servers there are. */
  model: string | null;
  /** Models for what the plan leaves open; `model` and `judges` go before them. */
  roles?: NamedRoles;
  /** Are the speakers' thoughts kept, whatever the plan says? */
  keepsThoughts?: boolean;
  /** Judges in place of the plan's; absent or empty for what the plan says. */
  judges?: readonly string[];
  /** Keys, addresses and prices for the plan's models. */
  settings: ModelSettings;
  /** Read where the plan's article is `-`. */
  stdin: NodeJS.ReadStream;
  /** Folders whose folders are scenarios of a person's own, in addition to those beside the plan and in its scenarios/. */
  places?: readonly string[];
  /** Makes another design of the plan, such as other arms on some of its articles. */
  redesign?(plan: Plan): Plan;
}

/** A plan that can be run as far as its files tell; no model was made and nothing was spent. */
export interface OpenPlan {
  /** What a person calls it: its title, or the file that was given. */
  name: string;
  plan: Plan;
  prompts: PlanPrompts;
  /** The model that was chosen for arms that name none; null where nothing had to be chosen. */
  chosen: ChosenModel | null;
}

/** Reads a plan with all the files and articles it names. `keptIn` says where articles of the web are kept, so that each is fetched once. */
export async function openPlan(
  request: PlanRequest,
  { keptIn = () => null }: { keptIn?(plan: Plan): KeptArticles | null } = {},
): Promise<{ ok: true; value: OpenPlan } | FaultyPlan> {
  const { file, stdin } = request;
  const places = request.places ?? [];
  const text = await planText(file, places);
  if (text === null) {
    return cannotRun(failure('not-found', `${file} is neither a plan file nor a scenario.`));
  }
  const parsed = parsePlan(text.content, file);
  if (!parsed.ok) return faultyPlan(parsed.faults);
  const changed = changedPlan(parsed.plan, request);
  if (!changed.ok) return cannotRun(changed);
  const chosen = await chosenModel(changed.value, request);
  if (!chosen.ok) return cannotRun(chosen);
  const written = withChosenModel(changed.value, chosen.value.spec);
  const { [judgeRole]: judge, ...ofCast } = request.roles?.byRole ?? {};
  const plan = {
    ...written,
    arms: written.arms.map((arm) => ({ ...arm, models: { ...ofCast, ...arm.models } })),
    judge: written.judge ?? judge ?? null,
  };
  // Its references are checked as they are written: a faulty role of the roles file is on no line of the plan.
  const prompts = await loadPlanPrompts(
    { ...parsed, plan: written },
    {
      ...{ file, folder: text.folder, promptRoot: bundledPrompts(), places, stdin, kept: keptIn(plan) },
      variables: request.settings.environment,
    },
  );
  if (!prompts.ok) return prompts;
  const stranger = strangerIn(Object.keys(ofCast), plan, prompts.value);
  if (stranger !== null) return cannotRun(failure('bad-roles', stranger));
  const name = plan.title === '' ? file : plan.title;
  return { ok: true, value: { name, plan, prompts: prompts.value, chosen: chosen.value.chosen } };
}

/** Names a role of a roles file that is not in the plan; null where there is none. */
function strangerIn(roles: readonly string[], plan: Plan, prompts: PlanPrompts): string | null {
  const [arm] = plan.arms;
  const [article = ownArticle] = plan.articles;
  if (roles.length === 0 || !arm) return null;
  const casts = plan.scenarios.map((scenario) =>
    prompts
      .promptsOf(arm, { scenario, article: articleNamed(article), castOrder: { kind: 'given' } })
      .scenario.personas.map(({ member }) => member.id),
  );
  const known = [moderatorId, judgeRole, ...new Set(casts.flat())];
  const stranger = roles.find((role) => !known.includes(role));
  return stranger === undefined
    ? null
    : `The list of roles names "${stranger}", which is no role of the plan${orKnown(stranger, known)}.`;
}

async function planText(
  given: string,
  places: readonly string[],
): Promise<{ content: string; folder: string } | null> {
  const kind = await stat(given).catch(() => null);
  if (kind?.isFile()) return { content: await readFile(given, 'utf8'), folder: dirname(given) };
  const found = findScenario({ promptRoot: bundledPrompts(), scenario: given, places });
  if (found === null) return null;
  const scenario = found === given && !isPath(given) ? `./${given}` : given;
  const content = JSON.stringify({ arms: [{ id: 'plain', strategy: 'plain' }], scenarios: [scenario] });
  return { content, folder: '.' };
}

function changedPlan(
  plan: Plan,
  { count, budgetUsd, budgetTokens, judges = [], settings, redesign = (same) => same, ...more }: PlanRequest,
): Outcome<Plan, 'uneven-count' | 'bad-judge'> {
  const twice = judgeNamedTwice(judges);
  if (twice !== null) return failure('bad-judge', twice);
  for (const judge of judges) {
    const spec = parseModelSpec(judge, settings.providers);
    if (!spec.ok) return failure('bad-judge', spec.failure.message);
  }
  const counted = count === null ? success(plan) : withCount(plan, count);
  if (!counted.ok) return counted;
  const usd = budgetUsd ?? plan.budget.usd;
  const tokens = budgetTokens ?? plan.budget.tokens;
  const judge = judges.length === 0 ? counted.value.judge : oneOrSeveral(judges);
  const kept = more.keepsThoughts ? { keepThoughts: true as const } : {};
  return success(redesign({ ...counted.value, ...kept, judge, budget: { usd, tokens } }));
}

/** For arms without a model of their own: the one that was asked for, or what the environment offers. */
async function chosenModel(
  plan: Plan,
  { model: named, roles, settings }: PlanRequest,
): Promise<Outcome<{ spec: string; chosen: ChosenModel | null }>> {
  const model = named ?? roles?.everyone ?? null;
  if (model !== null) {
    const spec = parseModelSpec(model, settings.providers);
    return spec.ok ? success({ spec: specText(spec.value), chosen: null }) : spec;
  }
  if (plan.arms.every((arm) => arm.model !== null)) return success({ spec: '', chosen: null });
  const chosen = await chooseModel(settings);
  return chosen.ok ? success({ spec: specText(chosen.value.spec), chosen: chosen.value }) : chosen;
}
