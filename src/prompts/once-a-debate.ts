import type { Debate } from '../debate/debate.ts';
import type { PromptSet } from './types.ts';

type Kept = WeakMap<PromptSet, WeakMap<Debate['started'], Map<string, unknown>>>;

/**
 * Makes a function that works out something that stays the same all through a debate only once for each key: an
 * article is long, and a debate asks for it before every call. Nothing is kept alive beyond the set and the debate.
 */
export function onceADebate<Value>(
  work: (set: PromptSet, debate: Pick<Debate, 'started'>, key: string) => Value,
): (set: PromptSet, debate: Pick<Debate, 'started'>, key?: string) => Value {
  const kept: Kept = new WeakMap();
  return (set, debate, key = '') => {
    const ofSet = kept.get(set) ?? new WeakMap<Debate['started'], Map<string, unknown>>();
    kept.set(set, ofSet);
    const ofDebate = ofSet.get(debate.started) ?? new Map<string, unknown>();
    ofSet.set(debate.started, ofDebate);
    if (!ofDebate.has(key)) ofDebate.set(key, work(set, debate, key));
    return ofDebate.get(key) as Value;
  };
}
