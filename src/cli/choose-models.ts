import { moderatorId } from '../debate/events.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { chooseModel } from '../models/choose-model.ts';
import { createModels } from '../models/create-models.ts';
import { type ModelSpec, parseModelChoice, parseModelSpec } from '../models/model-spec.ts';
import { parsePrice } from '../models/prices.ts';
import type { ModelHandle } from '../models/types.ts';
import { judgeRole } from '../run/context.ts';
import { systemClock } from '../run/system-clock.ts';
import { askProviders } from './ask-providers.ts';
import type { Environment } from './environment.ts';
import { chosenLine, withModelFlags } from './model-words.ts';
import { openCache } from './open-cache.ts';
import { readPace } from './settings.ts';

export interface ModelsChosen {
  modelOf(role: string): ModelHandle;
  /** Which model and why, and how to choose another: the first line of a run. */
  line: string;
}

export interface ModelsAsked {
  options: Record<string, unknown>;
  /** Ids of the cast. */
  personas: readonly string[];
  /** Is a person reading along, so that the simulator should take its time? */
  isWatched: boolean;
  /** Model specs by role of a debate to be resumed; new ones go before them. */
  before?: Readonly<Record<string, string>>;
}

/** Decides which model each role uses and makes them ready. Makes no paid call. */
export async function chooseModels(
  asked: ModelsAsked,
  environment: Environment,
): Promise<Outcome<ModelsChosen>> {
  const { options, personas } = asked;
  const pace = readPace(options, asked.isWatched);
  if (!pace.ok) return pace;
  const price = priceOf(options['price']);
  if (!price.ok) return price;
  const given = Array.isArray(options['model']) ? options['model'].map(String) : [];
  const choice = parseModelChoice(given, [...personas, moderatorId, judgeRole]);
  if (!choice.ok) return withModelFlags(choice);

  const baseUrl = typeof options['baseUrl'] === 'string' ? options['baseUrl'] : undefined;
  const where = { environment: environment.variables, ...(baseUrl === undefined ? {} : { baseUrl }) };
  const byRole = withJudge(
    choice.value.everyone ? new Map() : rolesBefore(asked.before),
    choice.value.byRole,
  );
  const everyone = await forEveryone(choice.value.everyone, byRole, asked, where);
  if (!everyone.ok) return everyone;

  const models = createModels(everyone.value.spec, byRole, {
    ...where,
    folder: environment.workingDirectory,
    ...(price.value === null ? {} : { price: price.value }),
    ...(pace.value === null ? {} : { pace: { tokensPerSecond: pace.value, clock: systemClock } }),
  });
  if (!models.ok) return withModelFlags(models);
  if (options['probe'] !== false) {
    const specs = [...personas, moderatorId, judgeRole].map((role) => models.value(role).spec);
    const answered = await askProviders(specs, environment, baseUrl);
    if (!answered.ok) return answered;
  }
  const cache = openCache(options, environment);
  const modelOf = (role: string) => cache?.over(models.value(role), '1') ?? models.value(role);
  return success({ modelOf, line: everyone.value.line });
}

/** The judge reads with the moderator's model unless it has its own. */
function withJudge(
  before: ReadonlyMap<string, ModelSpec>,
  given: ReadonlyMap<string, ModelSpec>,
): Map<string, ModelSpec> {
  const byRole = new Map([...before, ...given]);
  const moderator = given.get(moderatorId);
  if (moderator && !given.has(judgeRole)) byRole.set(judgeRole, moderator);
  return byRole;
}

function rolesBefore(before: Readonly<Record<string, string>> = {}): Map<string, ModelSpec> {
  const roles = new Map<string, ModelSpec>();
  for (const [role, text] of Object.entries(before)) {
    const spec = parseModelSpec(text);
    if (spec.ok) roles.set(role, spec.value);
  }
  return roles;
}

async function forEveryone(
  given: ModelSpec | null,
  byRole: ReadonlyMap<string, ModelSpec>,
  { personas, before }: ModelsAsked,
  where: { environment: Environment['variables']; baseUrl?: string },
): Promise<Outcome<{ spec: ModelSpec; line: string }>> {
  const named = (spec: ModelSpec, why: string) => {
    const text = spec.name === '' ? spec.provider : `${spec.provider}:${spec.name}`;
    return success({ spec, line: `Model: ${text}, ${why}.` });
  };
  if (given) return named(given, 'as chosen with --model');
  const roles = [...personas, moderatorId, judgeRole];
  const first = byRole.get(personas[0] ?? moderatorId);
  if (first && roles.every((role) => byRole.has(role))) {
    const isMixed = new Set([...byRole.values()].map((spec) => `${spec.provider}:${spec.name}`)).size > 1;
    const why = before ? 'as before' : 'as chosen with --model';
    return named(first, isMixed ? `and others by role, ${why}` : why);
  }
  const chosen = await chooseModel(where);
  if (!chosen.ok) return withModelFlags(chosen);
  return success({ spec: chosen.value.spec, line: chosenLine(chosen.value) });
}

function priceOf(given: unknown): Outcome<ReturnType<typeof parsePrice>> {
  if (typeof given !== 'string') return success(null);
  const price = parsePrice(given);
  if (price) return success(price);
  return failure(
    'bad-option',
    `--price ${given} is not a price. Write US dollars per million tokens: INPUT,OUTPUT, such as 0.25,2.`,
  );
}
