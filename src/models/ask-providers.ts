import { failure, type Outcome, success } from '../debate/outcome.ts';
import { parseModelSpec } from './model-spec.ts';
import { probeModel } from './probe.ts';
import type { ModelSettings } from './providers/provider.ts';

/** Milliseconds a provider gets to say which models it has. */
const patienceMs = 5000;

/**
 * Asks each provider for its list of models, which costs nothing, so that a wrong key, a server that is down or a
 * mistyped model is known before a debate is begun. A server that keeps no list is taken at its word. Gives the context
 * windows that servers state, in tokens by spec.
 */
export async function askProviders(
  specs: readonly string[],
  settings: ModelSettings,
): Promise<Outcome<ReadonlyMap<string, number>>> {
  const options = { ...settings, timeoutMs: patienceMs };
  const asked = [...new Set(specs)].flatMap((text) => {
    const spec = parseModelSpec(text, settings.providers);
    if (!spec.ok || spec.value.provider === 'simulator') return [];
    return [probeModel(spec.value, options).then((probe) => ({ ...probe, spec: text }))];
  });
  const probes = await Promise.all(asked);
  const trouble = probes.find((probe) => probe.state !== 'ready');
  if (!trouble) {
    return success(
      new Map(probes.flatMap(({ spec, contextWindow }) => (contextWindow ? [[spec, contextWindow]] : []))),
    );
  }
  const remedy = trouble.remedy === null ? '' : ` ${trouble.remedy}.`;
  return failure(trouble.state, `${trouble.message.replace(/\.$/, '')}.${remedy} Nothing was started.`);
}
