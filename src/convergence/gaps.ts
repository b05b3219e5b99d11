import type { Agenda } from '../debate/agenda.ts';
import type { Cell, PositionCell } from '../debate/verdict.ts';

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
