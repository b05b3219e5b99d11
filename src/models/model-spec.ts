import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { orKnown } from '../text/near-names.ts';
import { findProvider, knownProviders } from './providers/built-in-providers.ts';
import type { Provider } from './providers/provider.ts';
import type { Timeouts } from './types.ts';

/**
 * Which model to use, as a person writes it: `simulator`, or `provider:name`, where it needs them with the address of
 * its server and settings of its own: `openai:NAME@http://host/v1#key=HOST_KEY,effort=low,temperature=0.2,timeout=600/120`.
 */
export interface ModelSpec {
  provider: string;
  /** The provider's name for the model; empty for the simulator. May itself hold colons, such as llama3.2:3b. */
  name: string;
  /** The server's base address, in place of the provider's own. */
  baseUrl?: string;
  /** The environment variable that holds the key for it. */
  keyVariable?: string;
  /** How hard a reasoning model should think, in the provider's words. */
  effort?: string;
  /** Sampling temperature of this model, whatever the debate's is. */
  temperature?: number;
  timeout?: Timeouts;
}

const timeoutsSchema = z.strictObject({
  first: z.number().positive().optional(),
  silence: z.number().positive().optional(),
  whole: z.number().positive().optional(),
});

/** One number is that to the first word; in a text all three stand as on the command line. */
function readTimeouts(given: unknown): unknown {
  if (typeof given === 'number') return { first: given };
  return typeof given === 'string' ? (parseTimeouts(given) ?? given) : given;
}

/** A model with its settings by name, as in a roles file, a plan or the library. */
const modelRecordSchema = z.strictObject({
  /** provider:name, or simulator. */
  model: z.string().min(1),
  /** The server's base address, in place of the provider's own. */
  baseUrl: z
    .string()
    .regex(/^https?:\/\/[^\s#]+$/i, 'must be an http or https address')
    .optional(),
  /** The environment variable that holds the key for it. */
  keyVariable: z
    .string()
    .refine((name) => /^\w+$/.test(name), 'must be the name of the environment variable that holds the key')
    .optional(),
  /** How hard a reasoning model should think, in the provider's words, such as low. */
  effort: z.string().regex(/^\w+$/, 'must be one word').optional(),
  /** Sampling temperature, 0 to 2. */
  temperature: z.number().min(0).max(2).optional(),
  /** Seconds to the first word, silent in between, and as a whole. */
  timeout: z.preprocess(readTimeouts, timeoutsSchema).optional(),
});
export type ModelRecord = z.infer<typeof modelRecordSchema>;

/** A model as a file names it: a spec, or a record of a model with its settings. Read as a spec. */
export const namedModelSchema = z.unknown().transform((given, context): string => {
  if (typeof given === 'string' && given.trim() !== '') return given.trim();
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    context.addIssue('must be a model, such as openai:NAME, or a model with its settings');
    return z.NEVER;
  }
  const read = modelRecordSchema.safeParse(given, { reportInput: true });
  if (read.success) return specOfRecord(read.data);
  for (const issue of read.error.issues) {
    if (issue.code !== 'unrecognized_keys') context.addIssue({ ...issue });
    else
      for (const key of issue.keys) {
        const isTimeout = issue.path.at(-1) === 'timeout';
        const known = Object.keys((isTimeout ? timeoutsSchema : modelRecordSchema).shape);
        const message = `is no setting of a model${orKnown(key, known)}`;
        context.addIssue({ code: 'custom', path: [...issue.path, key], message });
      }
  }
  return z.NEVER;
});

/** A model with its settings as one spec. */
export function specOfRecord({ model, ...settings }: ModelRecord): string {
  return `${model}${settingsText(settings)}`;
}

export interface ModelChoice {
  /** For every role that has none of its own; null where none was given. */
  everyone: ModelSpec | null;
  byRole: Map<string, ModelSpec>;
}

/** A spec as it is written; the same for the same model with the same settings. */
export function specText({ provider, name, ...settings }: ModelSpec): string {
  return `${name === '' ? provider : `${provider}:${name}`}${settingsText(settings)}`;
}

type Settings = Partial<Omit<ModelSpec, 'provider' | 'name'>>;

function settingsText({
  baseUrl,
  keyVariable,
  effort,
  temperature,
  timeout,
}: Omit<ModelRecord, 'model'> | Settings): string {
  const { first, silence, whole } = timeout ?? {};
  const times = [first, silence, whole]
    .map((seconds) => seconds ?? '')
    .join('/')
    .replace(/\/+$/, '');
  const settings = [
    keyVariable === undefined ? '' : `key=${keyVariable}`,
    effort === undefined ? '' : `effort=${effort}`,
    temperature === undefined ? '' : `temperature=${temperature}`,
    times === '' ? '' : `timeout=${times}`,
  ].filter((setting) => setting !== '');
  return `${baseUrl === undefined ? '' : `@${baseUrl}`}${settings.length === 0 ? '' : `#${settings.join(',')}`}`;
}

/** Reads FIRST/SILENCE/WHOLE in seconds, each of which may be left out; null where it is no such thing. */
export function parseTimeouts(text: string): Timeouts | null {
  const parts = text.split('/').map((part) => part.trim());
  if (parts.length > 3 || !parts.every((part) => part === '' || Number(part) > 0)) return null;
  const [first, silence, whole] = parts.map((part) => (part === '' ? undefined : Number(part)));
  if (first === undefined && silence === undefined && whole === undefined) return null;
  return {
    ...(first === undefined ? {} : { first }),
    ...(silence === undefined ? {} : { silence }),
    ...(whole === undefined ? {} : { whole }),
  };
}

/** The settings after a spec's #; the words of what is wrong with them where they are none. */
function parseSettings(text: string): Settings | string {
  const settings: Settings = {};
  for (const part of text.split(',')) {
    const [, name = '', value = ''] = /^([a-z]+)=(.+)$/.exec(part.trim()) ?? [];
    const number = Number(value);
    const timeout = name === 'timeout' ? parseTimeouts(value) : null;
    if (name === 'key' && /^\w+$/.test(value)) settings.keyVariable = value;
    else if (name === 'effort' && /^\w+$/.test(value)) settings.effort = value;
    else if (name === 'temperature' && number >= 0 && number <= 2) settings.temperature = number;
    else if (timeout !== null) settings.timeout = timeout;
    else
      return `"${part}" is not a model setting. Known: key=VARIABLE, effort=WORD, temperature=0.2, timeout=600/120/1800.`;
  }
  return settings;
}

/** Reads a model spec. `own` are a person's own providers, known besides those built in. */
export function parseModelSpec(text: string, own: readonly Provider[] = []): Outcome<ModelSpec, 'bad-spec'> {
  const trimmed = text.trim();
  if (trimmed === 'simulator') return success({ provider: 'simulator', name: '' });
  const colon = trimmed.indexOf(':');
  const provider = colon === -1 ? trimmed : trimmed.slice(0, colon);
  const name = colon === -1 ? '' : trimmed.slice(colon + 1).trim();
  if (provider === '' || /\s/.test(trimmed))
    return badSpec(text, 'Write provider:name, for example openai:NAME.');
  if (provider === 'simulator')
    return badSpec(text, 'The simulator has no models to choose from: write simulator.');
  if (!findProvider(provider, own)) return badSpec(text, unknownProvider(provider, trimmed, own));
  const [, bare = '', baseUrl, given] = /^(.*?)(?:@(https?:\/\/[^#]*))?(?:#(.*))?$/s.exec(name) ?? [];
  if (bare === '') return badSpec(text, `Name the model too: ${provider}:NAME.`);
  const settings = given === undefined ? {} : parseSettings(given);
  if (typeof settings === 'string') return badSpec(text, settings);
  return success({ provider, name: bare, ...(baseUrl === undefined ? {} : { baseUrl }), ...settings });
}

/** Reads model choices as a person lists them: at most one for everyone, and `role=spec` for single roles. */
export function parseModelChoice(
  values: readonly string[],
  roles: readonly string[],
  own: readonly Provider[] = [],
): Outcome<ModelChoice, 'bad-spec'> {
  const choice: ModelChoice = { everyone: null, byRole: new Map() };
  for (const value of values) {
    const [, role, rest] = /^([^:=#@]*)=(.*)$/s.exec(value) ?? [];
    if (role !== undefined && !roles.includes(role))
      return failure('bad-spec', unknownRole(value, role, roles));
    const spec = parseModelSpec(rest ?? value, own);
    if (!spec.ok) return spec;
    const isTaken = role === undefined ? choice.everyone !== null : choice.byRole.has(role);
    if (isTaken)
      return badSpec(value, `There is already a model for ${role ?? 'everyone'}: give each role one.`);
    if (role === undefined) choice.everyone = spec.value;
    else choice.byRole.set(role, spec.value);
  }
  return success(choice);
}

/** The message begins with what was given, so that its reader can say where it was given. */
function badSpec(text: string, advice: string): Outcome<never, 'bad-spec'> {
  return failure('bad-spec', `${text.trim() === '' ? '""' : text.trim()} names no model. ${advice}`);
}

function unknownProvider(provider: string, whole: string, own: readonly Provider[]): string {
  const owner = knownProviders().find(({ knownModels }) => knownModels?.test(whole));
  if (owner) return `Did you mean ${owner.name}:${whole}?`;
  const names = [...own, ...knownProviders()].map(({ name }) => name);
  return `No provider is called ${provider}${nearMatch(provider, names)} Known: ${names.join(', ')}.`;
}

function unknownRole(value: string, role: string, roles: readonly string[]): string {
  return `${value}: nobody here is called "${role}"${nearMatch(role, roles)} Roles: ${roles.join(', ')}.`;
}

function nearMatch(word: string, known: readonly string[]): string {
  const near = closest(word.toLowerCase(), [...known]);
  return distance(word.toLowerCase(), near) <= Math.max(1, Math.floor(near.length / 3))
    ? `; did you mean ${near}?`
    : '.';
}
