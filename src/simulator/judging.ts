import type { Issue } from '../debate/agenda.ts';
import { moderatorId } from '../debate/events.ts';
import type { Act } from '../debate/readings.ts';
import { seededRandom } from '../debate/seeded-random.ts';
import type { Prompt } from './parse-prompt.ts';
import { type Stand, standsIn } from './stand-reader.ts';

export interface JudgeReply {
  readings: { party: string; issue: string; position: number; act: Act; quote: string; turn: number }[];
}

/** Share of the cells that a reading misses by half a point, up or down. */
const noisyShare = 0.25;
const noise = 0.5;

/**
 * Reads positions as the simulator understands speeches, on the scale as this prompt shows it. So that several samples differ as
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
  const readings = standsIn(issues, turns);
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

/** Positions of the principals on one issue, as the moderator reads them from the turns. */
export interface IssueReading {
  issue: Issue;
  stands: Stand[];
  /** Points between the farthest two principals; null where not every principal has been read. */
  spread: number | null;
}

/** Reads the turns of a moderator's prompt; without named principals everybody counts as one. */
export function readPrincipals(prompt: Prompt): IssueReading[] {
  const turns = prompt.heard
    .filter((turn) => !turn.isOwn && turn.speaker !== moderatorId)
    .map(({ turn, name, text }) => ({ turn, speaker: name, text }));
  const named = prompt.cast.filter(({ isPrincipal }) => isPrincipal).map(({ name }) => name);
  const principals = named.length > 0 ? named : [...new Set(turns.map(({ speaker }) => speaker))];
  const readings = standsIn(prompt.agenda, turns);
  return prompt.agenda.map((issue) => {
    const stands = readings.filter(
      (reading) => reading.issue === issue.id && principals.includes(reading.speaker),
    );
    const positions = stands.map(({ position }) => position);
    const isHeard =
      principals.length > 1 && principals.every((name) => stands.some(({ speaker }) => speaker === name));
    return { issue, stands, spread: isHeard ? Math.max(...positions) - Math.min(...positions) : null };
  });
}

/** The lowest and the highest stand. */
export function extremes(reading: IssueReading): [Stand, Stand] | null {
  const sorted = [...reading.stands].sort((one, other) => one.position - other.position);
  const first = sorted[0];
  const last = sorted.at(-1);
  return first && last && first !== last ? [first, last] : null;
}
