import type { Issue } from '../debate/agenda.ts';
import { moderatorId } from '../debate/events.ts';
import type { Act } from '../debate/readings.ts';
import { seededRandom } from '../debate/seeded-random.ts';
import { evidenceIn, reasonFor, withoutEchoesOf } from './evidence.ts';
import type { Prompt } from './parse-prompt.ts';
import { type SpokenTurn, type Stand, standsIn } from './stand-reader.ts';

interface Quoted {
  party: string;
  quote: string;
  turn: number;
}

export interface JudgeReply {
  readings: (Quoted & { issue: string; position: number; act: Act; why?: string | null })[];
  /** The lists beside the readings, where the prompt asks for them. */
  agreements?: Quoted[];
  pledges?: Quoted[];
  crossings?: Quoted[];
  role_breaks?: Quoted[];
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
  const clean = withoutEchoesOf(prompt.asked.map(({ text }) => text));
  const turns = prompt.heard
    .filter((turn) => !turn.isOwn)
    .map(({ turn, speaker, text }, place) => {
      const before = prompt.asked.findIndex(({ after }) => after > place);
      return { turn, speaker, text: clean(text, before < 0 ? prompt.asked.length : before) };
    });
  // In one order, whatever the plan's: what was read of the same turns before then serves again.
  const issues = [...prompt.agenda].sort((one, other) => (one.id < other.id ? -1 : 1));
  const stands = standsIn(issues, turns);
  const asks = prompt.task?.text.includes('"why"') ?? false;
  const reasonOf = asks ? reasonsIn(prompt, turns) : null;
  const readings = stands.map((stand) => {
    const { speaker, issue, position, act, quote, turn } = stand;
    const why = reasonOf ? { why: reasonOf(stand) } : {};
    return { party: letterOf(speaker), issue, position: noisy(position, random()), act, quote, turn, ...why };
  });
  return asks ? { readings, ...besideStands(turns) } : { readings };
}

type Heard = Pick<SpokenTurn, 'turn' | 'speaker' | 'text'>;

function letterOf(speaker: string): string {
  return speaker.replace(/^Party\s+/i, '');
}

const lastStandLine = /^- (Party [A-L]), ([a-z0-9-]+): (\d+(?:\.\d+)?) \[T(\d+)\]/gm;

/** Points by which a stand must differ from the last one read to be a change that has a reason. */
const leastChange = 0.5;

/** The reason for a stand that differs from the one that the task lists as read last; null where it does not, or none is given. */
function reasonsIn({ task, agenda }: Prompt, turns: readonly Heard[]): (stand: Stand) => string | null {
  const last = new Map(
    Array.from((task?.text ?? '').matchAll(lastStandLine), ([, party, issue, position, turn]) => [
      `${party} ${issue}`,
      { position: Number(position), turn: Number(turn) },
    ]),
  );
  return ({ speaker, issue, position, quote, turn }) => {
    const before = last.get(`${speaker} ${issue}`);
    const text = turns.find((one) => one.turn === turn)?.text;
    if (!before || text === undefined || turn <= before.turn) return null;
    if (Math.abs(position - before.position) < leastChange) return null;
    const title = agenda.find(({ id }) => id === issue)?.title ?? issue;
    const others = agenda.filter(({ id }) => id !== issue).map((one) => one.title);
    return reasonFor(text, { quote, title }, others);
  };
}

/** Claims of agreement and pledges in each party's last speech, one a party. The simulator keeps its red lines and its role. */
function besideStands(turns: readonly Heard[]): Omit<JudgeReply, 'readings'> {
  const latest = [...new Map(turns.map((turn) => [turn.speaker, turn])).values()];
  const first = (of: 'agreements' | 'pledges') =>
    latest.flatMap(({ turn, speaker, text }) => {
      const [found] = evidenceIn(text)[of]();
      return found ? [{ party: letterOf(speaker), quote: found.quote, turn }] : [];
    });
  return { agreements: first('agreements'), pledges: first('pledges'), crossings: [], role_breaks: [] };
}

/** Reads the terms that were offered in private, as the simulator understands speeches. */
export function offersFor(prompt: Prompt): { offers: JudgeReply['readings'] } {
  const turns = prompt.aside.map(({ turn, speaker, text }) => ({ turn, speaker, text }));
  return {
    offers: standsIn(prompt.agenda, turns).map(({ speaker, issue, position, act, quote, turn }) => ({
      ...{ party: letterOf(speaker), issue, position, act, quote, turn },
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
