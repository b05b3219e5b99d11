import type { Memory } from './memory.ts';
import { isSaid } from './memory.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Scene } from './scene.ts';
import type { Standing } from './standing.ts';

/** How much an issue asks to be spoken about now, 0 and up: its weight, the gap on it, news on it, and what is left to say. */
export function issuePriority(
  scene: Scene,
  persona: PromptPersona,
  standing: Standing,
  memory: Memory,
): (issue: string) => number {
  const scores = new Map(
    scene.prompt.agenda.map((issue) => {
      const own = standing.own.get(issue.id) ?? 3;
      const others = standing.others.get(issue.id) ?? [];
      const gap = Math.max(0, ...others.map(({ position }) => Math.abs(position - own)));
      const stated = standing.stated.get(issue.id);
      const rest =
        stated === undefined ? 2 : Math.min(1.5, 0.25 + 0.4 * (standing.ownTurns - 1 - stated.ownTurn));
      const left = (persona.reasons.get(issue.id) ?? []).filter((reason) => !isSaid(memory, reason)).length;
      const news = standing.moves.has(issue.id) ? 1.5 : 1;
      return [issue.id, (0.1 + issue.weight) * (0.6 + gap / 6) * rest * news * (left > 0 ? 1 : 0.35)];
    }),
  );
  return (issue) => scores.get(issue) ?? 0;
}
