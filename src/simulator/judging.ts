import { readLexically } from '../convergence/lexical/read-lexically.ts';
import type { Act } from '../debate/readings.ts';
import { seededRandom } from '../debate/seeded-random.ts';
import type { Prompt } from './parse-prompt.ts';

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
export function judgementFor(prompt: Prompt, seed: number): JudgeReply {
  const random = seededRandom(seed, 'judge', prompt.heard.length);
  const turns = prompt.heard
    .filter((turn) => !turn.isOwn)
    .map(({ turn, speaker, text }) => ({ turn, speaker, text }));
  // In one order, whatever the plan's: what was read of the same turns before then serves again.
  const issues = [...prompt.agenda].sort((one, other) => (one.id < other.id ? -1 : 1));
  const readings = readLexically({ issues, turns });
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
