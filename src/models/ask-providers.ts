import { failure, type Outcome, success } from '../debate/outcome.ts';
import { parseModelSpec } from './model-spec.ts';
import { probeModel } from './probe.ts';
import type { ModelSettings } from './providers/provider.ts';
import type { ModelHandle } from './types.ts';

/** Milliseconds a provider gets to say which models it has. */
const patienceMs = 5000;

/**
 * Asks each provider for its list of models, which costs nothing, so that a wrong key, a server that is down or a
 * mistyped model is known before a debate is begun. A server that keeps no list is taken at its word. What
 * servers state of a model's context and price is learned by its handle.
 */
export async function askProviders(
  models: readonly ModelHandle[],
  settings: ModelSettings,
): Promise<Outcome<null>> {
  const options = { ...settings, timeoutMs: patienceMs };
  const asked = [...new Set(models)].flatMap((model) => {
    const spec = parseModelSpec(model.spec, settings.providers);
    if (!spec.ok || spec.value.provider === 'simulator') return [];
    return [probeModel(spec.value, options).then((probe) => ({ ...probe, model }))];
  });
  const probes = await Promise.all(asked);
  const trouble = probes.find((probe) => probe.state !== 'ready');
  if (!trouble) {
    for (const { model, contextWindow = null, price = null } of probes) {
      if (model.habits) model.habits.contextWindow = contextWindow;
      model.price ??= price;
    }
    return success(null);
  }
  const remedy = trouble.remedy === null ? '' : ` ${trouble.remedy}.`;
  return failure(trouble.state, `${trouble.message.replace(/\.$/, '')}.${remedy} Nothing was started.`);
}
