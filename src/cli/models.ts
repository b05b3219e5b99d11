import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { judgeRoles } from '../debate/judges.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { isPostgresAddress } from '../journal/postgres/address.ts';
import { specText } from '../models/model-spec.ts';
import { type ModelSettings, modelSettingsOf } from '../models/providers/provider.ts';
import { openResponseCache, type ResponseCache } from '../models/response-cache.ts';
import { defaultFolder } from '../run/catalogue/find-run.ts';
import { type NamedRoles, readRoles } from '../run/model-files.ts';
import type { ChooseModels } from '../run/resume-debate.ts';
import { chooseRoleModels, judgeNamedTwice, type ModelChosen, type RoleModels } from '../run/role-models.ts';
import { checkSeats } from '../run/seats.ts';
import { systemClock } from '../run/system-clock.ts';
import { sanitizeLine } from '../text/sanitize.ts';
import type { OptionValues } from './command.ts';
import type { Environment } from './environment.ts';
import { chooseScreen, isWatched, type ScreenOptions } from './front-end.ts';
import { chosenLine } from './model-words.ts';
import type { ReadingPace } from './reading-pace.ts';
import type { modelOptions } from './shared-options.ts';

/** Beside the runs; hidden, so that no store takes it for one. */
const cacheFolder = '.replies';

/** The cache that `--cache` asks for; null without it. */
export function openCache(
  options: { cache?: unknown; transcripts?: unknown },
  { stderr }: Pick<Environment, 'stderr'>,
): ResponseCache | null {
  if (options.cache !== true) return null;
  const transcripts = String(options.transcripts);
  // Replies are kept on this machine even where runs are in a database.
  const folder = isPostgresAddress(transcripts) ? defaultFolder : transcripts;
  return openResponseCache({
    folder: join(folder, cacheFolder),
    onTrouble: (message) => void stderr.write(`parley: ${sanitizeLine(message)}\n`),
  });
}

/** Tokens a second at which a person reads along with the simulator. */
const readingPace = 12;

export type ModelOptions = OptionValues<typeof modelOptions>;

/** For calls outside a debate: a simulated speaker answers at full speed. */
export const unwatched: ScreenOptions = {
  ...{ ui: 'plain', plain: true, json: false, screenReader: false },
  ...{ animation: false, theme: 'none', quiet: true, status: null },
};

/** The models that the options ask for; `before` are those of a debate that goes on, and the simulator speaks at `pace`. */
export async function modelsFor(
  options: ModelOptions & ScreenOptions & { transcripts: string },
  personas: readonly string[],
  environment: Environment,
  before?: Readonly<Record<string, string>>,
  pace?: ReadingPace,
): Promise<Outcome<RoleModels>> {
  const { model, judge, probe } = options;
  const twice = judgeNamedTwice(judge);
  if (twice !== null) return failure('bad-judge', twice);
  const roles = await rolesIn(options.roles, environment);
  if (!roles.ok) return roles;
  const { everyone, byRole } = roles.value;
  const known = [
    ...(everyone === null ? [] : [everyone]),
    ...Object.entries(byRole).map(([role, spec]) => `${role}=${spec}`),
  ].filter((value) => judge.length === 0 || !value.startsWith('judge='));
  const isRead = isWatched(chooseScreen(options, environment), environment);
  const tokensPerSecond = options.pace ?? (isRead ? readingPace : 0);
  const chosen = await chooseRoleModels({
    personas,
    models: [...model, ...unnamed(known, model)],
    judges: judge,
    ...(before === undefined ? {} : { before }),
    settings: {
      ...modelSettings(options, environment),
      ...(tokensPerSecond === 0 ? {} : { pace: { tokensPerSecond, clock: pace?.clock ?? systemClock } }),
    },
    finds: true,
    probes: probe,
    cache: openCache(options, environment),
  });
  if (pace && chosen.ok) {
    const { modelOf } = chosen.value;
    pace.isUsed = tokensPerSecond > 0 && personas.some((persona) => modelOf(persona).simulated);
  }
  return chosen;
}

/** Chooses the models of a stored debate that goes on, once its cast has the seats that people take. */
export function modelsBeside(
  options: ModelOptions & ScreenOptions & { transcripts: string; seat: readonly string[] },
  environment: Environment,
  pace: ReadingPace,
): ChooseModels {
  return async (personas, before) => {
    const seated = checkSeats(personas, options.seat);
    return seated.ok ? modelsFor(options, personas, environment, before, pace) : seated;
  };
}

/** Keys, addresses, prices and time limits, as the options and the environment give them. */
export function modelSettings(
  { price, baseUrl, timeout }: Pick<ModelOptions, 'price' | 'baseUrl' | 'timeout'>,
  { variables, workingDirectory }: Environment,
): ModelSettings {
  return modelSettingsOf({ environment: variables, folder: workingDirectory, baseUrl, price, timeout });
}

/** Reads a roles file, where one is given; the path is taken from where the command was started. */
export async function rolesIn(
  file: string | null,
  { workingDirectory }: Environment,
): Promise<Outcome<NamedRoles>> {
  if (file === null) return success({ everyone: null, byRole: {} });
  try {
    return readRoles(await readFile(resolve(workingDirectory, file), 'utf8'), file);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    return failure('bad-roles', `${file} cannot be read (${why}).`);
  }
}

/** Models of a roles file for whom the command line names none. */
function unnamed(fromFile: readonly string[], given: readonly string[]): string[] {
  const roleOf = (value: string) => /^([^:=#@]*)=/.exec(value)?.[1] ?? '';
  const named = new Set(given.map(roleOf));
  return fromFile.filter((value) => !named.has(roleOf(value)));
}

/** Which model it is, why, how to choose another, and who judges where that is another or several: the first line of a run. */
export function modelLine({ choice, modelOf, judges }: RoleModels): string {
  const everyone = choice.how === 'found' ? specText(choice.found.spec) : choice.spec;
  const reading = judgeRoles(judges).map((role) => modelOf(role).spec);
  const isPlain = reading.length === 1 && reading[0] === everyone;
  return `${speakersLine(choice)}${isPlain ? '' : ` ${reading.length > 1 ? 'Judges' : 'Judge'}: ${reading.join(' and ')}.`}`;
}

function speakersLine(choice: ModelChosen): string {
  if (choice.how === 'found') return chosenLine(choice.found);
  const why = choice.how === 'before' ? 'as before' : 'as chosen with --model';
  return `Model: ${choice.spec}, ${choice.isMixed ? 'and others by role, ' : ''}${why}.`;
}
