import { readLexically } from '../../convergence/lexical/read-lexically.ts';
import { seededRandom } from '../../debate/seeded-random.ts';
import type { Act } from '../../debate/verdict.ts';
import type { Scene } from './scene.ts';

export interface JudgeReply {
  readings: { party: string; issue: string; position: number; act: Act; quote: string; turn: number }[];
}

/** Share of the cells that a reading misses by half a point, up or down. */
const noisyShare = 0.25;
const noise = 0.5;

/**
 * Reads positions with the lexical reader, on the scale as this prompt shows it. So that several samples differ as
 * those of a language model do, a quarter of the cells are off by half a point, chosen by the seed: an interval over
 * simulated samples is not empty, and says nothing about any real judge.
 */
export function judgementFor(scene: Scene, seed: number): JudgeReply {
  const random = seededRandom(seed, 'judge', scene.prompt.heard.length);
  const turns = scene.prompt.heard
    .filter((turn) => !turn.isOwn)
    .map(({ turn, speaker, text }) => ({ turn, speaker, text }));
  const readings = readLexically({ issues: scene.prompt.agenda, turns });
  return {
    readings: readings.map(({ speaker, issue, position, act, quote, turn }) => ({
      party: speaker.replace(/^Party\s+/i, ''),
      issue,
      position: noisy(position, random()),
      act,
      quote,
      turn,
    })),
  };
}

function noisy(position: number, draw: number): number {
  if (draw >= noisyShare) return position;
  const shift = draw < noisyShare / 2 ? noise : -noise;
  return Math.min(6, Math.max(0, position + shift));
}
