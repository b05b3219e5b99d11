import { z } from 'zod';
import type { Clock } from '../../debate/clock.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import type {
  CallPolicy,
  CallRequest,
  ChatModel,
  Classified,
  Jobs,
  Price,
  Refusal,
  Timeouts,
} from '../types.ts';

/** Variables by name; models read no others. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What models need from outside. */
export interface ModelSettings {
  /** Keys, addresses and proxies by the names of their environment variables. */
  environment: Environment;
  /** The base address of a server that speaks OpenAI's protocol, for the models of openai. */
  baseUrl?: string;
  /** A price for every model in place of the known one. */
  price?: Price;
  /** How fast the simulator writes; absent for full speed. */
  pace?: { tokensPerSecond: number; clock: Clock };
  /** Absolute path of the folder where a person's own LangChain packages are looked for. */
  folder?: string;
  /** Seconds to a call's first word, silent in between and as a whole, in place of the usual ones. */
  timeout?: Timeouts;
  /** A person's own providers, which go before those built in. */
  providers?: readonly Provider[];
}

/** The settings that were given: what is null or left out stays as it usually is. */
export function modelSettingsOf(
  given: Pick<ModelSettings, 'environment'> & {
    [Name in keyof ModelSettings]?: ModelSettings[Name] | null | undefined;
  },
): ModelSettings {
  const known = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known) as unknown as ModelSettings;
}

/**
 * Everything parley knows of a provider. To add one, write its record and put it into built-in-providers.ts: keys, addresses,
 * prices, probes and messages all read it from there.
 */
export interface Provider {
  /** As model specs call it: groq in groq:NAME. */
  name: string;
  title: string;
  /** Environment variables that may hold its key; the first that is set counts, the first of all is named in messages. Empty where it needs none. */
  keyVariables: readonly string[];
  /** Where it answers, from variables or a base URL that a person gave. */
  endpoint(from: EndpointSettings): Outcome<Endpoint, AddressFailure>;
  /** How its server is asked for its models, which costs nothing; absent where parley doesn't know. */
  modelList?(endpoint: Endpoint, apiKey: string): ModelList;
  /** Its list price for a model, where its server is its own cloud or what it serves costs the same anywhere; absent where prices are not known. */
  listPrice?(model: string, endpoint: Endpoint): Price | null;
  /** Makes what calls are made with. Loads no library: that is for the first call. */
  create(connection: Connection): ProviderModel;
  /** Its own way of saying what went wrong, tried before the usual rules; null where it is none of them. */
  classify?(error: unknown): Partial<Classified> | null;
  /** Its cheapest current model, taken where its key is all that is known. */
  defaultModel?: string;
  /** True where thoughts never stand among the words of a reply, so that words may be shown as they come. */
  keepsThoughtsApart?: true;
  /** The npm package a person must install beside `langchain`. */
  needsPackage?: string;
  /** What to do where its server cannot be reached, lacks a model or lists none. */
  remedies?: { unreachable?: string; missingModel?(model: string): string; noModels?: string };
  /** Names of models so well known that the provider can be guessed from them. */
  knownModels?: RegExp;
}

export interface EndpointSettings {
  environment: Environment;
  baseUrl?: string;
}

export interface Endpoint {
  /** Empty where a library finds it by itself. */
  baseUrl: string;
  /** The provider's own cloud, as opposed to somebody's server: list prices hold there, and a key is needed. */
  isCloud: boolean;
}

/** A base URL a person gave, or one in an environment variable, that is no address. */
export type AddressFailure = 'bad-base-url' | 'bad-address';

export interface ModelList {
  address: string;
  headers: Record<string, string>;
  /** The names in the server's answer; null where it is no such list. */
  names(body: unknown): string[] | null;
  /** The context windows that the server states, in tokens by name. */
  windows?(body: unknown): ReadonlyMap<string, number>;
  /** What the server asks for its models, by name, where its list tells. */
  prices?(body: unknown): ReadonlyMap<string, Price>;
  /** True where a tag, as in llama3.2:3b, makes another model and not another route to the same one. */
  hasTags?: true;
}

export interface Connection {
  model: string;
  /** Empty for none. */
  apiKey: string;
  endpoint: Endpoint;
  /** Posts texts and reads streams; knows proxies, and keeps no deadlines. */
  fetch: typeof fetch;
  settings: ModelSettings;
  /** How hard a reasoning model should think, in the provider's words. */
  effort?: string;
}

export interface ProviderModel {
  chatModel(request?: CallRequest): Promise<ChatModel>;
  options: {
    optionsFor(request: CallRequest): Record<string, unknown>;
    /** True where the refused request would now be put differently. */
    adapt?(refusal: Refusal): boolean;
  };
  simulated?: true;
  policy?: Partial<CallPolicy>;
  jobs?: Jobs;
}

/** The key of a provider and the variable it stands in; an empty key for none. */
export function keyOf(
  { keyVariables }: Pick<Provider, 'keyVariables'>,
  environment: Environment,
  ownVariable?: string,
): { variable: string | null; key: string } {
  const variables = ownVariable === undefined ? keyVariables : [ownVariable];
  const variable = variables.find((name) => environment[name]?.trim()) ?? variables[0] ?? null;
  return { variable, key: variable === null ? '' : (environment[variable]?.trim() ?? '') };
}

/** Where a provider answers whose cloud has one address, which a base URL or variables may replace. */
export function endpointAt(
  cloud: string,
  { baseUrl, environment }: EndpointSettings,
  ...variables: string[]
): Outcome<Endpoint, AddressFailure> {
  const variable = variables.find((name) => environment[name]?.trim());
  const given = baseUrl ?? (variable === undefined ? undefined : environment[variable]);
  if (given === undefined) return success({ baseUrl: cloud, isCloud: true });
  const parsed = parseBaseUrl(given, baseUrl === undefined ? variable : undefined);
  return parsed.ok ? success({ baseUrl: parsed.value, isCloud: parsed.value === cloud }) : parsed;
}

/** Checks the base address of a server: http or https, no name and password in it. Without a slash at its end. */
export function parseBaseUrl(text: string, variable?: string): Outcome<string, AddressFailure> {
  const trimmed = text.trim();
  const [reason, source] =
    variable === undefined
      ? (['bad-base-url', 'The base URL'] as const)
      : (['bad-address', variable] as const);
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return failure(
      reason,
      `${source} "${trimmed}" is not an address. Write it like http://localhost:8000/v1.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    return failure(
      reason,
      `${source} holds a name or password. Put the key into its environment variable instead.`,
    );
  }
  return success(trimmed.replace(/\/+$/, ''));
}

const listedModel = z.union([
  z.string(),
  z.object({ id: z.string() }).transform(({ id }) => id),
  z.object({ name: z.string() }).transform(({ name }) => name),
]);

/** A list of models as OpenAI answers it, or as others do: below another name, or by itself. */
function listIn(body: unknown): unknown[] | null {
  const { data, models } = (body ?? {}) as Record<string, unknown>;
  return [data, models, body].find((list) => Array.isArray(list)) ?? null;
}

/** The names in a list of models; null where it is none. */
export function namesById(body: unknown): string[] | null {
  return z.array(listedModel).safeParse(listIn(body)).data ?? null;
}

/** Under these names servers state a model's context window in their lists. */
const windowFields = [
  'context_length',
  'context_window',
  'max_model_len',
  'max_context_length',
  'loaded_context_length',
  'n_ctx',
] as const;

/** The context windows in a list of models as OpenAI answers it, where servers state them, as most others do. */
function windowsById(body: unknown): ReadonlyMap<string, number> {
  const windows = new Map<string, number>();
  for (const item of listIn(body) ?? []) {
    const { id, meta, ...fields } = (item ?? {}) as Record<string, unknown> & { meta?: object };
    const stated = windowFields
      .map((field) => fields[field] ?? (meta as Record<string, unknown> | undefined)?.[field])
      .filter((tokens) => typeof tokens === 'number' && tokens > 0);
    if (typeof id === 'string' && stated.length > 0) windows.set(id, Math.min(...(stated as number[])));
  }
  return windows;
}

/** How a server that speaks OpenAI's protocol is asked for its models. */
export function openaiModelList({ baseUrl }: Endpoint, apiKey: string): ModelList {
  const headers: Record<string, string> = apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` };
  return { address: `${baseUrl}/models`, headers, names: namesById, windows: windowsById };
}
