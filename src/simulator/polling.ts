import { seededRandom } from '../debate/seeded-random.ts';
import { nextPosition } from './movement.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Scene } from './scene.ts';
import { standingOf } from './standing.ts';

export interface PollReply {
  positions: { issue: string; position: number; why: string }[];
}

/** Far more steps than there are points on a scale. */
const mostSteps = 24;

const reasons = {
  same: [
    'That is where we stand in public too.',
    'We said as much at the table.',
    'There is nothing behind it.',
  ],
  further: [
    'We could live with that if it came to signing.',
    'It is further than we say, and still inside our line.',
    'Better that than leaving with nothing.',
  ],
};

/**
 * Off the record a persona names where its opinion is going: the point at which the model of `nextPosition` comes to
 * rest on what has been heard so far. In public it gets there one step a speech.
 */
export function pollFor(scene: Scene, persona: PromptPersona, seed: number): PollReply {
  const random = seededRandom(seed, 'poll', persona.id);
  const { own, others } = standingOf(scene, persona);
  return {
    positions: scene.prompt.agenda.map(({ id }) => {
      const lines = persona.redLines.filter(({ issue }) => issue === id);
      const line = {
        min: Math.max(0, ...lines.map(({ min }) => min)),
        max: Math.min(6, ...lines.map(({ max }) => max)),
      };
      const present = own.get(id) ?? 3;
      const opening = Math.min(line.max, Math.max(line.min, persona.opening.get(id) ?? 3));
      let position = present;
      for (let step = 0; step < mostSteps; step++) {
        const moment = { opening, present: position, line, influences: others.get(id) ?? [] };
        position = nextPosition({ ...persona, ...moment }).position;
      }
      const settled = withinHalves(position, line);
      const bank = Math.abs(settled - present) < 0.5 ? reasons.same : reasons.further;
      return { issue: id, position: settled, why: bank[Math.floor(random() * bank.length)] ?? '' };
    }),
  };
}

/** Half points, rounded inwards where rounding would cross a red line. */
function withinHalves(position: number, { min, max }: { min: number; max: number }): number {
  const rounded = Math.round(position * 2) / 2;
  if (rounded < min) return Math.ceil(min * 2) / 2;
  return rounded > max ? Math.floor(max * 2) / 2 : rounded;
}
