import type { Agenda } from '../debate/agenda.ts';
import type { CastMember } from '../debate/setup.ts';
import type { Cell, PositionCell } from '../debate/verdict.ts';

/** Who stands where: positions 0..6 by issue and speaker. Who abstains is not in it. */
export type Stands = ReadonlyMap<string, ReadonlyMap<string, number>>;

export function standsOf(cells: readonly Cell[]): Stands {
  return collect(cells.filter((cell) => cell.stand === 'position'));
}

export function openingStands(cast: readonly Pick<CastMember, 'id' | 'opening'>[]): Stands {
  return collect(
    cast.flatMap(({ id, opening }) =>
      Object.entries(opening).map(([issue, position]) => ({ speaker: id, issue, position })),
    ),
  );
}

/** What was said off the record after one reading. */
export function standsOfPolls(
  polls: readonly { persona: string; positions: readonly { issue: string; position: number }[] }[],
): Stands {
  return collect(
    polls.flatMap(({ persona, positions }) => positions.map((one) => ({ ...one, speaker: persona }))),
  );
}

export function positionIn(stands: Stands, issue: string, speaker: string): number | null {
  return stands.get(issue)?.get(speaker) ?? null;
}

/** Those who could sign. Where fewer than two are declared, as in a foreign transcript, everyone counts as one. */
export function principalsOf(cast: readonly Pick<CastMember, 'id' | 'principal'>[]): string[] {
  const declared = cast.filter((member) => member.principal);
  return (declared.length < 2 ? cast : declared).map((member) => member.id);
}

export function pairsOf<Item>(items: readonly Item[]): [Item, Item][] {
  return items.flatMap((a, place) => items.slice(place + 1).map((b): [Item, Item] => [a, b]));
}

/** A mean over issues by their weights, of those issues that have a value; null where these weigh nothing. */
export function weightedMean(
  agenda: Agenda,
  measure: (issue: string) => number | null,
): { value: number | null; coverage: number } {
  let sum = 0;
  let covered = 0;
  let total = 0;
  for (const { id, weight } of agenda) {
    total += weight;
    const value = measure(id);
    if (value === null) continue;
    sum += weight * value;
    covered += weight;
  }
  return { value: covered > 0 ? sum / covered : null, coverage: total > 0 ? covered / total : 0 };
}

function collect(entries: readonly { speaker: string; issue: string; position: number }[]): Stands {
  const stands = new Map<string, Map<string, number>>();
  for (const { speaker, issue, position } of entries) {
    const row = stands.get(issue) ?? new Map<string, number>();
    stands.set(issue, row.set(speaker, position));
  }
  return stands;
}

/** What keeps the principals apart on one issue. */
export type Gap =
  /** No stand was read of these. */
  | { kind: 'unread'; issue: string; title: string; speakers: string[] }
  /** The two stands farthest apart, and their distance in points times the issue's weight. */
  | { kind: 'apart'; issue: string; title: string; low: PositionCell; high: PositionCell; size: number };

/** Points below which two stands are the same for one who asks what still divides them: the half step in which judges read. */
const same = 0.5;

/** The issues that are unread, by weight, and then those on which the principals stand apart, by weight times distance; agreed ones are left out. */
export function gapsOf(agenda: Agenda, cells: readonly Cell[], principals: readonly string[]): Gap[] {
  const byWeight = [...agenda].sort((one, other) => other.weight - one.weight);
  const gaps = byWeight.flatMap(({ id: issue, title, weight }): Gap[] => {
    const stands = cells.filter(
      (cell): cell is PositionCell =>
        cell.stand === 'position' && cell.issue === issue && principals.includes(cell.speaker),
    );
    const speakers = principals.filter((speaker) => !stands.some((stand) => stand.speaker === speaker));
    if (speakers.length > 0) return [{ kind: 'unread', issue, title, speakers }];
    const sorted = stands.toSorted((one, other) => one.position - other.position);
    const [low, high] = [sorted[0], sorted.at(-1)];
    if (!low || !high || high.position - low.position <= same) return [];
    return [{ kind: 'apart', issue, title, low, high, size: weight * (high.position - low.position) }];
  });
  const size = (gap: Gap) => (gap.kind === 'unread' ? Number.POSITIVE_INFINITY : gap.size);
  return gaps.sort((one, other) => (size(one) === size(other) ? 0 : size(other) - size(one)));
}
