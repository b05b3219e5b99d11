import type { ChatMessage } from '../debate/calls.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { faultyProxy } from '../text/proxy-address.ts';
import { newHabits } from './habits.ts';
import { type ModelSpec, specText } from './model-spec.ts';
import { findProvider } from './providers/built-in-providers.ts';
import { type AddressFailure, keyOf, type ModelSettings, type Provider } from './providers/provider.ts';
import { createLimitWatch, fetchWith } from './providers/streaming-fetch.ts';
import { redactorOf } from './redact.ts';
import type { CallPolicy, ChatModel, ModelHandle, Refusal, Timeouts } from './types.ts';

export type ModelFailure = AddressFailure | 'missing-key' | 'bad-key' | 'bad-spec' | 'unused-base-url';

const minute = 60_000;

/** A model on somebody's own machine is loaded from disk before its first word, and reads the prompt at that machine's pace. */
const ownServerPolicy: Partial<CallPolicy> = {
  firstTokenMs: 10 * minute,
  idleMs: 2 * minute,
  totalMs: 30 * minute,
};

/**
 * Makes the models of all roles: `byRole` where a role has its own, `everyone` elsewhere. Roles with the same spec
 * share a handle, and with it connections and what was learned about the server.
 */
export function createModels(
  everyone: ModelSpec,
  byRole: ReadonlyMap<string, ModelSpec>,
  settings: ModelSettings,
): Outcome<(role: string) => ModelHandle, ModelFailure> {
  const handles = new Map<string, ModelHandle>();
  for (const spec of [everyone, ...byRole.values()]) {
    const text = specText(spec);
    if (handles.has(text)) continue;
    const handle = createModel(spec, settings);
    if (!handle.ok) return handle;
    handles.set(text, handle.value);
  }
  const usesOpenAI = [everyone, ...byRole.values()].some(({ provider }) => provider === 'openai');
  if (settings.baseUrl !== undefined && !usesOpenAI) {
    return failure(
      'unused-base-url',
      'The base URL is for models of openai, and none is chosen. Choose openai:NAME.',
    );
  }
  return success((role) => handles.get(specText(byRole.get(role) ?? everyone)) as ModelHandle);
}

/** Makes a model ready to be called. Loads nothing and calls nobody; says so where a key is missing. */
export function createModel(spec: ModelSpec, settings: ModelSettings): Outcome<ModelHandle, ModelFailure> {
  const provider = findProvider(spec.provider, settings.providers);
  if (!provider) throw new Error(`${spec.provider} was not checked to be a provider`);
  const endpoint = provider.endpoint(endpointSettings(provider, settings, spec));
  if (!endpoint.ok) return endpoint;
  const { isCloud, baseUrl } = endpoint.value;
  const { variable, key } = keyOf(provider, settings.environment, spec.keyVariable);
  if (key === '' && variable !== null && isCloud) return missingKey(spec, provider, variable);
  const fault = headerFault(key);
  if (fault !== null) return failure('bad-key', `${variable} ${fault}. Copy the key again.`);

  const proxy = baseUrl === '' ? null : faultyProxy(new URL(baseUrl), settings.environment);
  if (proxy !== null) return failure('bad-address', proxyInWords(proxy));
  const { fetch, watch } = createLimitWatch(fetchWith(settings.environment));
  const connection = {
    model: spec.name,
    apiKey: key,
    endpoint: endpoint.value,
    fetch,
    settings,
    ...(spec.effort === undefined ? {} : { effort: spec.effort }),
  };
  const { chatModel, options, simulated, policy, jobs } = provider.create(connection);
  const system = createSystemFold();
  return success({
    spec: specText(spec),
    simulated: simulated ?? false,
    // What a person says that models cost does not hold for the simulator.
    price: (simulated ? null : settings.price) ?? provider.listPrice?.(spec.name, endpoint.value) ?? null,
    ...(variable === null ? {} : { keyVariable: variable }),
    redact: redactorOf([key]),
    chatModel,
    callOptions: (request) =>
      options.optionsFor(
        spec.temperature === undefined ? request : { ...request, temperature: spec.temperature },
      ),
    adapt: (refusal) => system.learn(refusal) || (options.adapt?.(refusal) ?? false),
    messagesFor: system.apply,
    habits: newHabits(),
    ...(provider.keepsThoughtsApart && isCloud ? { keepsThoughtsApart: true } : {}),
    policy: {
      ...(isCloud ? {} : ownServerPolicy),
      ...policy,
      ...policyOf(settings.timeout),
      ...policyOf(spec.timeout),
    },
    ...(baseUrl === '' ? {} : { address: baseUrl, watchHeaders: watch }),
    ...(isCloud ? {} : { mayQueue: true }),
    ...(jobs ? { jobs } : {}),
    ...(provider.classify ? { classify: provider.classify } : {}),
  });
}

function proxyInWords({ name, scheme }: { name: string; scheme: string }): string {
  const what = scheme === '' ? 'no address' : `a ${scheme} proxy`;
  return `${name} names ${what}, and calls go through http or https proxies only. Write it like http://proxy:3128, or name the server in NO_PROXY.`;
}

/** Complaints of a system message, or of roles: asking once without one costs nothing. */
const systemRefusals: readonly RegExp[] = [
  /\b(system|developer)[ -](role|message|prompt|instruction)s?\b.{0,60}(\bnot\b|n't|\bun|不)/is,
  /(not|n't|un|不)\s*(support|enabl|allow|支持).{0,24}(\bsystem\b|\bdeveloper\b|系统)/is,
  /\broles?\b.{0,80}\b(system|user|assistant)\b|\b(system|user|assistant)\b.{0,40}\broles?\b/is,
  /invalid value: .?(system|developer)\b/i,
  /first message.{0,40}\buser\b|系统.{0,20}不支持/is,
];

/**
 * Some chat templates know no system message: from the first refusal on it goes into the first message of the user.
 * Remembered for one server and model.
 */
function createSystemFold(): {
  learn(refusal: Refusal): boolean;
  apply(messages: ChatMessage[]): ChatMessage[];
} {
  let isFolded = false;
  return {
    learn({ reason, detail, hadSystem }) {
      if (!hadSystem || (reason !== 'bad-request' && reason !== 'server-error')) return false;
      if (!systemRefusals.some((words) => words.test(detail))) return false;
      isFolded = true;
      return true;
    },
    apply: (messages) => (isFolded ? folded(messages) : messages),
  };
}

function folded(messages: readonly ChatMessage[]): ChatMessage[] {
  const rules = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const [first, ...rest] = messages.filter(({ role }) => role !== 'system');
  if (rules.length === 0) return [...messages];
  if (first?.role !== 'user') {
    return [{ role: 'user', content: rules.join('\n\n') }, ...(first ? [first] : []), ...rest];
  }
  return [{ role: 'user', content: [...rules, first.content].join('\n\n') }, ...rest];
}

/** A base URL that was given for all models is for those of openai. */
export function endpointSettings(
  { name }: Provider,
  { environment, baseUrl }: ModelSettings,
  spec: Pick<ModelSpec, 'baseUrl'>,
): Parameters<Provider['endpoint']>[0] {
  const given = spec.baseUrl ?? (name === 'openai' ? baseUrl : undefined);
  return { environment, ...(given === undefined ? {} : { baseUrl: given }) };
}

function policyOf({ first, silence, whole }: Timeouts = {}): Partial<CallPolicy> {
  return {
    ...(first === undefined ? {} : { firstTokenMs: 1000 * first }),
    ...(silence === undefined ? {} : { idleMs: 1000 * silence }),
    ...(whole === undefined ? {} : { totalMs: 1000 * whole }),
  };
}

function missingKey(spec: ModelSpec, { title }: Provider, variable: string): Outcome<never, 'missing-key'> {
  return failure('missing-key', `${specText(spec)} needs a key of ${title}. Set ${variable}.`);
}

/** What keeps a key from standing in a header, without repeating the key; null where nothing does. */
function headerFault(key: string): string | null {
  const place = [...key].findIndex((character) => !/[\x21-\x7e]/.test(character) || /["'`]/.test(character));
  if (place === -1) return null;
  const character = [...key][place] ?? '';
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const what = named[character] ?? `the character U+${code}`;
  return `holds ${what} at place ${place + 1}, which no key contains`;
}

const named: Record<string, string> = {
  '…': 'an ellipsis (…)',
  '\n': 'a line break',
  '\r': 'a line break',
  '\t': 'a tab',
  ' ': 'a space',
  '"': 'a quotation mark',
  "'": 'a quotation mark',
};

const handles = new WeakMap<ChatModel, ModelHandle>();

/** A person's own LangChain model, called with nothing but the messages and a signal. One that ends its stream without a reason has said all. */
export function modelOfObject(model: ChatModel): ModelHandle {
  const known = handles.get(model);
  if (known) return known;
  const name: unknown = Reflect.get(model, 'model');
  const handle: ModelHandle = {
    spec: `langchain:${typeof name === 'string' && name !== '' ? name : model.constructor.name}`,
    simulated: false,
    chatModel: async () => model,
    callOptions: () => ({}),
    price: null,
    endsWithoutReason: true,
  };
  handles.set(model, handle);
  return handle;
}
