import { closest, distance } from 'fastest-levenshtein';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { builtInProviders, findProvider } from './providers/list.ts';
import type { Provider } from './providers/provider.ts';

/** Which model to use, as a person writes it: `provider:name`, or `simulator`. */
export interface ModelSpec {
  provider: string;
  /** The provider's name for the model; empty for the simulator. May itself hold colons, such as llama3.2:3b. */
  name: string;
}

export interface ModelChoice {
  /** For every role that has none of its own; null where none was given. */
  everyone: ModelSpec | null;
  byRole: Map<string, ModelSpec>;
}

export function specText({ provider, name }: ModelSpec): string {
  return name === '' ? provider : `${provider}:${name}`;
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
  if (name === '') return badSpec(text, `Name the model too: ${provider}:NAME.`);
  return success({ provider, name });
}

/** Reads model choices as a person lists them: at most one for everyone, and `role=spec` for single roles. */
export function parseModelChoice(
  values: readonly string[],
  roles: readonly string[],
  own: readonly Provider[] = [],
): Outcome<ModelChoice, 'bad-spec'> {
  const choice: ModelChoice = { everyone: null, byRole: new Map() };
  for (const value of values) {
    const [, role, rest] = /^([^:=]*)=(.*)$/s.exec(value) ?? [];
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
  const owner = builtInProviders.find(({ knownModels }) => knownModels?.test(whole));
  if (owner) return `Did you mean ${owner.name}:${whole}?`;
  const names = [...own, ...builtInProviders].map(({ name }) => name);
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
