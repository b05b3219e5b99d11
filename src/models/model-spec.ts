import { closest, distance } from 'fastest-levenshtein';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { providerNames } from './provider-table.ts';

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

export function parseModelSpec(text: string): Outcome<ModelSpec, 'bad-spec'> {
  const trimmed = text.trim();
  if (trimmed === 'simulator') return success({ provider: 'simulator', name: '' });
  const colon = trimmed.indexOf(':');
  const provider = colon === -1 ? trimmed : trimmed.slice(0, colon);
  const name = colon === -1 ? '' : trimmed.slice(colon + 1).trim();
  if (provider === '' || /\s/.test(trimmed))
    return badSpec(text, 'Write provider:name, for example openai:NAME.');
  if (provider === 'simulator')
    return badSpec(text, 'The simulator has no models to choose from: write simulator.');
  if (!providerNames.includes(provider)) return badSpec(text, unknownProvider(provider, trimmed));
  if (name === '') return badSpec(text, `Name the model too: ${provider}:NAME.`);
  return success({ provider, name });
}

/** Reads the values of `--model`: at most one for everyone, and `role=spec` for single roles. */
export function parseModelChoice(
  values: readonly string[],
  roles: readonly string[],
): Outcome<ModelChoice, 'bad-spec'> {
  const choice: ModelChoice = { everyone: null, byRole: new Map() };
  for (const value of values) {
    const [, role, rest] = /^([^:=]*)=(.*)$/s.exec(value) ?? [];
    if (role !== undefined && !roles.includes(role))
      return failure('bad-spec', unknownRole(value, role, roles));
    const spec = parseModelSpec(rest ?? value);
    if (!spec.ok) return spec;
    const isTaken = role === undefined ? choice.everyone !== null : choice.byRole.has(role);
    if (isTaken)
      return badSpec(value, `There is already a model for ${role ?? 'everyone'}: give each role one.`);
    if (role === undefined) choice.everyone = spec.value;
    else choice.byRole.set(role, spec.value);
  }
  return success(choice);
}

function badSpec(text: string, advice: string): Outcome<never, 'bad-spec'> {
  return failure('bad-spec', `--model ${text.trim() === '' ? '""' : text.trim()} names no model. ${advice}`);
}

function unknownProvider(provider: string, whole: string): string {
  const owner = ownerOf(whole);
  if (owner !== null) return `Did you mean ${owner}:${whole}?`;
  return `No provider is called ${provider}${nearMatch(provider, providerNames)} Known: ${providerNames.join(', ')}.`;
}

function unknownRole(value: string, role: string, roles: readonly string[]): string {
  return `--model ${value}: nobody here is called "${role}"${nearMatch(role, roles)} Roles: ${roles.join(', ')}.`;
}

/** Names so well known that the provider can be guessed, to help whoever left it out. */
function ownerOf(name: string): string | null {
  if (/^(gpt-|o\d|chatgpt)/.test(name)) return 'openai';
  if (/^claude/.test(name)) return 'anthropic';
  if (/^(llama|qwen|gemma|mistral|phi|deepseek-r1)[\w.-]*(:|$)/.test(name)) return 'ollama';
  return null;
}

function nearMatch(word: string, known: readonly string[]): string {
  const near = closest(word.toLowerCase(), [...known]);
  return distance(word.toLowerCase(), near) <= Math.max(1, Math.floor(near.length / 3))
    ? `; did you mean ${near}?`
    : '.';
}
