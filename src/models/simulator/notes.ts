import { seededRandom } from '../../debate/seeded-random.ts';
import { asSubject } from './names.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Prompt } from './parse-prompt.ts';
import type { Scene } from './scene.ts';
import { type Standing, standingOf } from './standing.ts';

/** Does the strategy ask for private notes before the speech? */
export function asksForNotes(prompt: Prompt): boolean {
  return /<notes>|‹notes>/.test(prompt.rules) || /<notes>|‹notes>/.test(prompt.task?.text ?? '');
}

/** What the speaker thinks and does not say: what it wants most, who is near, what it could give. */
export function notesFor(scene: Scene, persona: PromptPersona, seed: number): string {
  const random = seededRandom(seed, 'notes', persona.id, scene.prompt.heard.length);
  const standing = standingOf(scene, persona);
  const parts = [wish(persona, random()), nearest(scene, standing), giving(scene, persona, standing)];
  return `<notes>${parts.filter((part) => part !== '').join(' ')}</notes>`;
}

function wish(persona: PromptPersona, draw: number): string {
  const interest = persona.interests[Math.floor(draw * persona.interests.length)];
  return interest ? `What matters most: ${interest.replace(/\.$/, '')}.` : '';
}

function nearest(scene: Scene, standing: Standing): string {
  const gaps = new Map<string, number>();
  for (const [issue, others] of standing.others) {
    for (const other of others) {
      const weight = scene.issue(issue)?.weight ?? 0;
      const gap = Math.abs(other.position - (standing.own.get(issue) ?? 3));
      gaps.set(other.name, (gaps.get(other.name) ?? 0) + weight * (3 - gap));
    }
  }
  const closest = [...gaps].sort(([, one], [, other]) => other - one)[0]?.[0];
  return closest === undefined
    ? 'Nobody has shown a hand yet.'
    : `Nearest to me so far is ${asSubject(closest, scene.casing)}.`;
}

function giving(scene: Scene, persona: PromptPersona, standing: Standing): string {
  const free = scene.prompt.agenda.find(
    ({ id }) => (persona.offers.get(id)?.length ?? 0) > 0 && !standing.stops.has(id),
  );
  const line = scene.prompt.agenda.find(({ id }) => standing.stops.has(id));
  const give = free ? `I could give something on ${scene.title(free.id)}.` : 'I have little to give yet.';
  return line ? `${give} On ${scene.title(line.id)} I am at my limit.` : give;
}
