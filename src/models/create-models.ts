import { failure, type Outcome, success } from '../debate/outcome.ts';
import { createModel, type ModelFailure, type ModelSettings } from './create-model.ts';
import { type ModelSpec, specText } from './model-spec.ts';
import type { ModelHandle } from './types.ts';

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
      'bad-spec',
      '--base-url is for models of openai, and none is chosen. Add --model openai:NAME.',
    );
  }
  return success((role) => handles.get(specText(byRole.get(role) ?? everyone)) as ModelHandle);
}
