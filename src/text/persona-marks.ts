/** A shape that screens draw as a character and pages as a picture. */
export type MarkShape =
  | 'diamond'
  | 'circle'
  | 'triangle'
  | 'square'
  | 'star'
  | 'cross'
  | `open-${'diamond' | 'circle' | 'triangle' | 'square' | 'star'}`
  | 'bar';

/** How a persona shows everywhere: on screen, in plain text, in reports and in comparisons. */
export interface PersonaMark {
  readonly shape: MarkShape;
  /** The shape as one character. */
  readonly glyph: string;
  /** Number of its hue, 0..5: blue, orange, green, violet, ochre, teal. Themes and pages say what each looks like. */
  readonly hue: number;
}

const hues = 6;

const shapes: readonly (readonly [MarkShape, string])[] = [
  ['diamond', '◆'],
  ['circle', '●'],
  ['triangle', '▲'],
  ['square', '■'],
  ['star', '★'],
  ['cross', '✚'],
  ['open-diamond', '◇'],
  ['open-circle', '○'],
  ['open-triangle', '△'],
  ['open-square', '□'],
  ['open-star', '☆'],
  ['bar', '▬'],
];

/** The moderator's sign; it has no hue of its own. */
export const moderatorGlyph = '◎';

/** The mark at a place of the cast, from 0. Shapes differ over the largest cast; hues come round after six. */
export function personaMark(place: number): PersonaMark {
  const [shape, glyph] = shapes[place % shapes.length] as (typeof shapes)[number];
  return { shape, glyph, hue: place % hues };
}

/**
 * A member's place in the scenario's cast, from 0; -1 for the moderator. A plan may seat the same cast in other orders:
 * that changes who speaks first, and not who is who.
 */
export function placeInCast(
  cast: readonly { readonly id: string; readonly place?: number | undefined }[],
  id: string,
): number {
  const seat = cast.findIndex((member) => member.id === id);
  return cast[seat]?.place ?? seat;
}
