import { parseDocument } from 'yaml';
import { keptPath } from './kept-paths.ts';
import { loadKept } from './load-kept.ts';
import type { PromptSet } from './types.ts';

/**
 * The same prompts with the personas in another order, which must hold exactly the cast. The order is written into
 * the set's own scenario file, so that a debate resumed or exported from its kept files has the order it was held in.
 */
export function withCastOrder(set: PromptSet, cast: readonly string[]): PromptSet {
  const before = set.scenario.personas.map(({ member }) => member.id);
  if (before.join() === cast.join()) return set;
  const path = keptPath.scenario(set.scenario.id, 'scenario.yaml');
  const document = parseDocument(set.files.get(path) ?? '');
  document.set('cast', document.createNode([...cast], { flow: true }));
  const files = new Map(set.files).set(path, document.toString({ lineWidth: 0 }));
  const loaded = loadKept(files);
  if (!loaded.ok) throw new Error(`prompts in another cast order: ${loaded.failure.message}`);
  const { scenario } = loaded.value;
  const personas = scenario.personas.map((persona) => {
    return { ...persona, member: { ...persona.member, place: before.indexOf(persona.member.id) } };
  });
  return { ...loaded.value, scenario: { ...scenario, personas } };
}
