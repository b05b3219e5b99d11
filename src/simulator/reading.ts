import { type LexicalReading, readLexically } from '../convergence/lexical/read-lexically.ts';
import type { Issue } from '../debate/agenda.ts';
import { moderatorId } from '../debate/events.ts';
import type { Prompt } from './parse-prompt.ts';

/** Positions of the principals on one issue, as the moderator reads them from the turns. */
export interface IssueReading {
  issue: Issue;
  stands: LexicalReading[];
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
  const readings = readLexically({ issues: prompt.agenda, turns });
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
export function extremes(reading: IssueReading): [LexicalReading, LexicalReading] | null {
  const sorted = [...reading.stands].sort((one, other) => one.position - other.position);
  const first = sorted[0];
  const last = sorted.at(-1);
  return first && last && first !== last ? [first, last] : null;
}
