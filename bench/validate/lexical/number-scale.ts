import { type Quantity, quantitiesOf } from './quantities.ts';

/** An issue whose anchors differ by a number: where a number between theirs lies on the scale. */
export interface NumberScale {
  units: ReadonlySet<string>;
  /** Value by position, by rising value; at least two. */
  points: readonly { position: number; value: number }[];
}

/** A number this far beyond the outermost ones, in their distance, is still meant for the scale. */
const beyond = 1;

/** An end of the scale that is said without a number lies beyond all numbers: they come this near to it. */
const nearestToUnnumbered = 0.5;

/**
 * The scale that anchors span by one number each in the same unit, as "forty hours", "thirty-eight hours", "a thirty-five hour week"; null
 * where fewer than two anchors have such a number or the numbers neither rise nor fall.
 */
export function numberScaleOf(anchors: Record<0 | 3 | 6, string>): NumberScale | null {
  const positions = [0, 3, 6] as const;
  const quantities = positions.map((position) => quantitiesOf(anchors[position]));
  const units = [...new Set(quantities.flat().flatMap((quantity) => quantity.units[0] ?? []))];
  for (const unit of units) {
    const points = positions.flatMap((position, place) => {
      // "from ten to seven hours" is two numbers, of which only the second says its unit.
      const own = (quantities[place] ?? []).filter(({ units: [first = unit] }) => first === unit);
      return own.length === 1 && own[0]?.units[0] === unit
        ? [{ position, value: (own[0] as Quantity).value }]
        : [];
    });
    if (points.length >= 2 && isMonotonic(points.map(({ value }) => value))) {
      return {
        units: unitsShared(quantities.flat().filter((quantity) => quantity.units[0] === unit)),
        points: points.sort((one, other) => one.value - other.value),
      };
    }
  }
  return null;
}

/** Words that follow the number in every anchor: "crossings" and "week" of "seven crossings a week". */
function unitsShared(quantities: readonly Quantity[]): Set<string> {
  const [first, ...others] = quantities.map(({ units }) => units);
  return new Set((first ?? []).filter((unit) => others.every((units) => units.includes(unit))));
}

/** "four or five" is one place, "sixty and eighty" are two. */
const samePlace = 1;

/**
 * Where the numbers of a text lie on the scale; null where none does, or where they lie apart. A number counts that is followed by a unit
 * of the scale, or by nothing that could be one.
 */
export function placeOnScale(
  scale: NumberScale,
  text: string,
): { position: number; isByUnit: boolean } | null {
  const [lowest, highest] = rangeOf(scale);
  const margin = beyond * (highest - lowest);
  const near = quantitiesOf(text).filter(
    ({ value, units }) =>
      value >= lowest - margin &&
      value <= highest + margin &&
      (units.length === 0 || units.some((unit) => scale.units.has(unit))),
  );
  const within = near.filter(({ value }) => value >= lowest && value <= highest);
  const meant = new Set((within.length > 0 ? within : near).map(({ value }) => value));
  const places = [...meant].map((value) => positionOf(scale, value));
  const [low, high] = [Math.min(...places), Math.max(...places)];
  if (places.length === 0 || high - low > samePlace) return null;
  return { position: (low + high) / 2, isByUnit: near.some(({ units }) => units.length > 0) };
}

function positionOf({ points }: NumberScale, value: number): number {
  const next = points.findIndex((point) => point.value >= value);
  const to = Math.max(1, next < 0 ? points.length - 1 : next);
  const [one, other] = [points[to - 1], points[to]] as [
    { position: number; value: number },
    { position: number; value: number },
  ];
  const slope = (other.position - one.position) / (other.value - one.value);
  const position = one.position + slope * (value - one.value);
  const named = new Set(points.map((point) => point.position));
  const low = named.has(0) ? 0 : nearestToUnnumbered;
  const high = named.has(6) ? 6 : 6 - nearestToUnnumbered;
  return Math.min(high, Math.max(low, position));
}

function rangeOf({ points }: NumberScale): [number, number] {
  const values = points.map(({ value }) => value);
  return [Math.min(...values), Math.max(...values)];
}

function isMonotonic(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, place) => Math.sign(value - (values[place] as number)));
  return steps.every((step) => step !== 0 && step === steps[0]);
}
