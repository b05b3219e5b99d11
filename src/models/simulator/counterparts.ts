import { isPadding } from './bank/own-words.ts';
import type { PartsContext } from './parts.ts';
import type { Scene } from './scene.ts';
import type { OtherStand } from './standing.ts';

/** Issue ids, the weightiest first. */
export function byWeight(scene: Scene, ids: readonly string[]): string[] {
  const weight = (id: string) => scene.issue(id)?.weight ?? 0;
  return [...ids].sort((one, other) => weight(other) - weight(one));
}

/** What the one who moved this speaker said on the issue: the reason it gave, else its stand. */
export function reasonGiven(scene: Scene, because: OtherStand, issue: string): string {
  const turns = scene.prompt.heard.filter((turn) => turn.name === because.name);
  for (const turn of turns.slice(-2).reverse()) {
    const sentences = turn.text
      .split(/(?<=[.!?])\s+/)
      .filter((text) => !/["“”?]/.test(text) && text.length < 220);
    const found = sentences.find(
      (text) => scene.issueOf(text) === issue && text !== because.quote && !isPadding(text),
    );
    if (found !== undefined) return found;
  }
  return because.quote;
}

/** Whom the speaker has most to settle with on the issue: principals among themselves, else whoever stands farthest. */
export function counterpart({ scene, persona, standing, moment }: PartsContext): OtherStand | undefined {
  const others = standing.others.get(moment.issue) ?? [];
  const own = standing.own.get(moment.issue) ?? 3;
  const distance = (one: OtherStand) =>
    Math.abs(one.position - own) + (persona.isPrincipal && one.isPrincipal ? 3 : 0);
  return scene.prompt.heard.length === 0
    ? undefined
    : [...others].sort((one, other) => distance(other) - distance(one))[0];
}
