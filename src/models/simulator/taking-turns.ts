import { moderatorId } from '../../debate/events.ts';
import { seededRandom } from '../../debate/seeded-random.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Scene } from './scene.ts';
import { standingOf } from './standing.ts';

/** Whom the moderator lets speak next: one who was named and has not answered, else one who has been silent longest. */
export function pickFor(scene: Scene, seed: number): { persona: string; why: string } {
  const { heard, task } = scene.prompt;
  const random = seededRandom(seed, 'pick', heard.length);
  const candidates = candidatesIn(task?.text ?? '', scene);
  const speeches = heard.filter((turn) => turn.speaker !== moderatorId);
  const last = heard.at(-1);
  const scored = candidates.map(({ id, name }) => {
    const spoke = speeches.findLastIndex((turn) => turn.speaker === id);
    const isNamed =
      last !== undefined && last.speaker !== id && last.text.toLowerCase().includes(name.toLowerCase());
    const silence = Math.min(1, (speeches.length - spoke) / Math.max(4, candidates.length));
    return { id, name, isNamed, score: silence + (isNamed ? 1.2 : 0) + 0.3 * random() };
  });
  const chosen = scored.sort((one, other) => other.score - one.score)[0];
  if (!chosen) return { persona: '', why: 'There is nobody to choose from.' };
  const why = chosen.isNamed
    ? `${chosen.name} was named in the last turn and owes an answer.`
    : `${chosen.name} has been silent longest.`;
  return { persona: chosen.id, why };
}

/** Candidates as "- id: name" lines, or as any known speaker ids that the task names. */
function candidatesIn(text: string, scene: Scene): { id: string; name: string }[] {
  const listed = [...text.matchAll(/^\s*[-*]\s+`?([a-z0-9]+(?:-[a-z0-9]+)*)`?:\s*(.+)$/gm)].map((match) => ({
    id: match[1] ?? '',
    name: (match[2] ?? '').trim(),
  }));
  if (listed.length > 0) return listed;
  const known = new Map(
    scene.prompt.heard
      .filter(({ speaker }) => speaker !== moderatorId)
      .map(({ speaker, name }) => [speaker, name]),
  );
  const named = [...known].filter(([id]) => text.includes(id));
  return (named.length > 0 ? named : [...known]).map(([id, name]) => ({ id, name }));
}

/** How much a persona wants to speak, 0..10: more when named, when asked, and when far from what was just said. */
export function bidFor(scene: Scene, persona: PromptPersona, seed: number): { wish: number } {
  const { heard, agenda } = scene.prompt;
  const random = seededRandom(seed, 'bid', persona.id, heard.length);
  const since = heard.slice(heard.findLastIndex((turn) => turn.isOwn) + 1);
  const name = persona.name.toLowerCase();
  const isNamed = since.some((turn) => turn.text.toLowerCase().includes(name));
  const isAsked = since.some((turn) => new RegExp(`${escaped(name)}[^.!]*\\?`, 'i').test(turn.text));
  const standing = standingOf(scene, persona);
  const gap = agenda.reduce((sum, issue) => {
    const own = standing.own.get(issue.id) ?? 3;
    const farthest = Math.max(
      0,
      ...(standing.others.get(issue.id) ?? []).map(({ position }) => Math.abs(position - own)),
    );
    return sum + issue.weight * farthest;
  }, 0);
  const wish = 2 + (isNamed ? 2 : 0) + (isAsked ? 2 : 0) + Math.min(3, gap) + 2 * random() - 1;
  return { wish: Math.round(Math.min(10, Math.max(0, wish)) * 10) / 10 };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
