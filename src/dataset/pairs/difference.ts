import { type Debate, nameOf, type Turn } from '../../debate/debate.ts';

/** Where two debates part, and where they ended up. */
export interface Difference {
  /** The last turn that both share word for word; 0 where they share none. */
  sharedTurns: number;
  /** The turns at which they part; null where one ends before. */
  parting: { one: Turn | null; other: Turn | null };
  /** What was set up otherwise: strategy, models, prompt files and settings by name. Empty where only chance differs. */
  changed: string[];
  /** The latest round that was read in both: positions and convergence are compared there. null: no such round. */
  round: number | null;
  /** The last round that was read in each. */
  lastRead: { one: number | null; other: number | null };
  /** Positions after that round, where they differ or only one has one; null for none. */
  positions: { speaker: string; name: string; issue: string; one: number | null; other: number | null }[];
  /** Convergence of the principals after that round; null for none. */
  convergence: { one: number | null; other: number | null };
  ended: { one: string; other: string };
}

/** Compares two debates turn by turn, as forks of one are worth comparing. */
export function differenceOf(one: Debate, other: Debate): Difference {
  const round = roundsRead(one).findLast((read) => roundsRead(other).includes(read)) ?? null;
  const longest = Math.max(one.turns.length, other.turns.length);
  let shared = 0;
  while (shared < longest && isSame(one.turns[shared], other.turns[shared])) shared++;
  return {
    sharedTurns: shared,
    parting: { one: one.turns[shared] ?? null, other: other.turns[shared] ?? null },
    changed: changesOf(one, other),
    round,
    lastRead: { one: roundsRead(one).at(-1) ?? null, other: roundsRead(other).at(-1) ?? null },
    positions: positionsOf(one, other, round),
    convergence: { one: convergenceOf(one, round), other: convergenceOf(other, round) },
    ended: { one: one.ended?.reason ?? 'not ended', other: other.ended?.reason ?? 'not ended' },
  };
}

function isSame(one: Turn | undefined, other: Turn | undefined): boolean {
  return one !== undefined && one.speaker === other?.speaker && one.text === other.text;
}

function positionsOf(one: Debate, other: Debate, round: number | null): Difference['positions'] {
  const ids = (debate: Debate) => debate.started.cast.map(({ id }) => id);
  const speakers = [...new Set([...ids(one), ...ids(other)])];
  const issues = [...new Set([...one.started.agenda, ...other.started.agenda].map(({ id }) => id))];
  return speakers.flatMap((speaker) =>
    issues.flatMap((issue) => {
      const positions = {
        one: positionIn(one, round, speaker, issue),
        other: positionIn(other, round, speaker, issue),
      };
      const name = ids(one).includes(speaker) ? nameOf(one, speaker) : nameOf(other, speaker);
      return positions.one === positions.other ? [] : [{ speaker, name, issue, ...positions }];
    }),
  );
}

function positionIn(debate: Debate, round: number | null, speaker: string, issue: string): number | null {
  const cell = debate.verdicts
    .find((verdict) => verdict.round === round)
    ?.cells.find((candidate) => candidate.speaker === speaker && candidate.issue === issue);
  return cell?.stand === 'position' ? cell.position : null;
}

function convergenceOf({ verdicts }: Debate, round: number | null): number | null {
  return verdicts.find((verdict) => verdict.round === round)?.convergence?.principals ?? null;
}

/** Rounds whose reading did not fail. */
function roundsRead({ verdicts }: Debate): number[] {
  return verdicts.flatMap(({ round, convergence }) => (convergence ? [round] : []));
}

function changesOf(one: Debate, other: Debate): string[] {
  const [was, is] = [one.started, other.started];
  const files = new Map(was.prompts.map(({ path, sha256 }) => [path, sha256]));
  const paths = new Map(is.prompts.map(({ path, sha256 }) => [path, sha256]));
  const roles = [...new Set([...Object.keys(one.models), ...Object.keys(other.models)])];
  const names = [...new Set([...Object.keys(one.settings), ...Object.keys(other.settings)])];
  const settings = names as (keyof typeof one.settings)[];
  return [
    ...(was.strategy === is.strategy ? [] : [`strategy: ${was.strategy} and ${is.strategy}`]),
    ...roles
      .filter((role) => one.models[role]?.spec !== other.models[role]?.spec)
      .map(
        (role) =>
          `model of ${role}: ${one.models[role]?.spec ?? 'none'} and ${other.models[role]?.spec ?? 'none'}`,
      ),
    ...[...new Set([...files.keys(), ...paths.keys()])]
      .filter((path) => files.get(path) !== paths.get(path))
      .map((path) => `prompt file ${path}`),
    ...settings
      .filter((name) => inWords(one.settings[name]) !== inWords(other.settings[name]))
      .map((name) => `${name}: ${inWords(one.settings[name])} and ${inWords(other.settings[name])}`),
    ...(was.seed === is.seed ? [] : [`seed: ${was.seed} and ${is.seed}`]),
  ];
}

/** A setting that only newer or other debates have is none in the rest. */
function inWords(setting: unknown): string {
  if (setting === undefined || setting === null) return 'none';
  return typeof setting === 'object' ? JSON.stringify(setting) : String(setting);
}
