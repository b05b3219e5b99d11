import { moderatorId } from '../debate/events.ts';
import { judgeNumber, judgeRole, judgeRoles, judgesOf, modelName } from '../debate/judges.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { type ChosenModel, chooseModel } from '../models/choose-model.ts';
import { createModels } from '../models/create-models.ts';
import {
  type ModelChoice,
  type ModelSpec,
  parseModelChoice,
  parseModelSpec,
  specText,
} from '../models/model-spec.ts';
import { askProviders } from '../models/probe.ts';
import type { ModelSettings } from '../models/providers/provider.ts';
import type { ResponseCache } from '../models/response-cache.ts';
import type { ModelHandle } from '../models/types.ts';

export interface RoleModelsAsked {
  /** Ids of the cast. */
  personas: readonly string[];
  /** `provider:name` or `simulator` for everyone, `role=provider:name` for a persona, the moderator or the judge. */
  models: readonly string[];
  /** Specs of the judges that read in turn, in place of those it had; absent or empty: one, which `models` names or the moderator's. */
  judges?: readonly string[];
  /** Specs by role of a debate that goes on; what `models` says goes before them. */
  before?: Readonly<Record<string, string>>;
  settings: ModelSettings;
  /** May a model be looked for, in the environment and on this machine, where nobody names one? */
  finds: boolean;
  /** Ask the providers, at no cost, whether they have the models? */
  probes: boolean;
  /** Where whole replies are kept and taken from; null for nowhere. */
  cache: ResponseCache | null;
}

export interface RoleModels {
  modelOf(role: string): ModelHandle;
  /** How many judges read in turn. */
  judges: number;
  choice: ModelChosen;
}

/** Which model everyone has, and why. */
export type ModelChosen =
  /** `isMixed`: some roles have another one. */
  | { how: 'named' | 'before'; spec: string; isMixed: boolean }
  /** Nobody named one. */
  | { how: 'found'; found: ChosenModel };

/** Every role that a model speaks or reads in. */
export function rolesOf(personas: readonly string[], judges = 1): string[] {
  return [...personas, moderatorId, ...judgeRoles(judges)];
}

/** Says which model is named twice as a judge, settings aside; null where each is another. */
export function judgeNamedTwice(specs: readonly string[]): string | null {
  const names = specs.map((spec) => modelName(spec.trim()));
  const twice = names.find((name, place) => names.indexOf(name) < place);
  return twice === undefined
    ? null
    : `${twice} is named twice, and the same model twice is one judge. Ask it for more readings instead.`;
}

/** A budget in dollars needs the price of every model; fails with `no-price` and names those whose price is unknown. */
export function pricedBudget(
  budgetUsd: number | null,
  personas: readonly string[],
  { modelOf, judges = 1 }: { modelOf(role: string): ModelHandle; judges?: number },
): Outcome<null, 'no-price'> {
  return pricedModels(budgetUsd, rolesOf(personas, judges).map(modelOf));
}

/** The same for models as they are; ask their providers first, which state some prices themselves. */
export function pricedModels(
  budgetUsd: number | null,
  models: readonly Pick<ModelHandle, 'price' | 'spec'>[],
): Outcome<null, 'no-price'> {
  if (budgetUsd === null) return success(null);
  const unpriced = [...new Set(models.flatMap(({ price, spec }) => (price === null ? [spec] : [])))];
  if (unpriced.length === 0) return success(null);
  return failure(
    'no-price',
    `A budget in US dollars needs a price, and none is known for ${unpriced.join(', ')}.`,
  );
}

/** Decides which model each role has and makes them ready. Makes no paid call. */
export async function chooseRoleModels(asked: RoleModelsAsked): Promise<Outcome<RoleModels>> {
  const { personas, settings } = asked;
  const given = parseModelChoice(asked.models, rolesOf(personas), settings.providers);
  if (!given.ok) return given;
  const panel = panelOf(asked, given.value);
  if (!panel.ok) return panel;
  const before = given.value.everyone ? new Map() : specsOf(asked.before, settings.providers);
  const isOwn = ([role]: readonly [string, unknown]) => panel.value.size === 0 || judgeNumber(role) === null;
  const byRole = withJudge(
    new Map([...before].filter(isOwn)),
    new Map([...given.value.byRole, ...panel.value]),
  );
  const judges = judgesOf(Object.fromEntries(byRole)).length;
  const roles = rolesOf(personas, judges);
  const everyone = await forEveryone(given.value.everyone, byRole, asked);
  if (!everyone.ok) return everyone;

  const models = createModels(everyone.value.spec, byRole, settings);
  if (!models.ok) return models;
  if (asked.probes) {
    const answered = await askProviders(roles.map(models.value), settings);
    if (!answered.ok) return answered;
  }
  const modelOf = (role: string) => asked.cache?.over(models.value(role), '1') ?? models.value(role);
  return success({ modelOf, judges, choice: everyone.value.choice });
}

/** The judges that were asked for, by role. */
function panelOf(
  { judges = [], settings }: RoleModelsAsked,
  { byRole }: ModelChoice,
): Outcome<Map<string, ModelSpec>> {
  const panel = new Map<string, ModelSpec>();
  if (judges.length > 0 && byRole.has(judgeRole))
    return failure(
      'two-judges',
      'The judge is named twice: as a judge, and as the model of its role. Name it in one way.',
    );
  for (const [place, role] of judgeRoles(judges.length).entries()) {
    const spec = parseModelSpec(judges[place] ?? '', settings.providers);
    if (!spec.ok) return failure('bad-judge', spec.failure.message);
    panel.set(role, spec.value);
  }
  return success(panel);
}

/** The judge reads with the moderator's model unless it has its own, or several were chosen. */
export function withJudge<Model>(
  before: ReadonlyMap<string, Model>,
  given: ReadonlyMap<string, Model>,
): Map<string, Model> {
  const byRole = new Map([...before, ...given]);
  const moderator = given.get(moderatorId);
  const isChosen = given.has(judgeRole) || judgesOf(Object.fromEntries(byRole)).length > 1;
  if (moderator !== undefined && !isChosen) byRole.set(judgeRole, moderator);
  return byRole;
}

function specsOf(
  texts: Readonly<Record<string, string>> = {},
  own: ModelSettings['providers'] = [],
): Map<string, ModelSpec> {
  const roles = new Map<string, ModelSpec>();
  for (const [role, text] of Object.entries(texts)) {
    const spec = parseModelSpec(text, own);
    if (spec.ok) roles.set(role, spec.value);
  }
  return roles;
}

async function forEveryone(
  named: ModelSpec | null,
  byRole: ReadonlyMap<string, ModelSpec>,
  { personas, before, settings, finds }: RoleModelsAsked,
): Promise<Outcome<{ spec: ModelSpec; choice: ModelChosen }>> {
  if (named) return success({ spec: named, choice: { how: 'named', spec: specText(named), isMixed: false } });
  const first = byRole.get(personas[0] ?? moderatorId);
  if (first && rolesOf(personas).every((role) => byRole.has(role))) {
    const isMixed = new Set([...byRole.values()].map(specText)).size > 1;
    const how = before ? 'before' : 'named';
    return success({ spec: first, choice: { how, spec: specText(first), isMixed } });
  }
  if (!finds)
    return failure('no-model', 'No model is named, and the ones it had are not known here. Give one.');
  const found = await chooseModel(settings);
  return found.ok ? success({ spec: found.value.spec, choice: { how: 'found', found: found.value } }) : found;
}
