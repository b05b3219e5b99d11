import { type MarkShape, personaMark } from '../text/persona-marks.ts';
import { html, type Markup, trusted } from './markup.ts';

const outline = 'fill="none" stroke="currentColor"';

/** Drawn in a box of 12 by 12 units, filled with the colour that the class gives. */
const drawings: Record<MarkShape, string> = {
  diamond: '<path d="M6 .2 11.8 6 6 11.8.2 6Z"/>',
  circle: '<circle cx="6" cy="6" r="5"/>',
  triangle: '<path d="M6 .8 11.6 11H.4Z"/>',
  square: '<rect x="1.5" y="1.5" width="9" height="9"/>',
  star: '<path d="M6 0 7.6 4.2 12 4.5 8.6 7.3 9.7 11.7 6 9.3 2.3 11.7 3.4 7.3 0 4.5 4.4 4.2Z"/>',
  cross: '<path d="M4 0h4v4h4v4H8v4H4V8H0V4h4Z"/>',
  'open-diamond': `<path d="M6 1.6 10.4 6 6 10.4 1.6 6Z" ${outline} stroke-width="2"/>`,
  'open-circle': `<circle cx="6" cy="6" r="4.2" ${outline} stroke-width="2"/>`,
  'open-triangle': `<path d="M6 2.4 10.2 9.9H1.8Z" ${outline} stroke-width="2"/>`,
  'open-square': `<rect x="2.2" y="2.2" width="7.6" height="7.6" ${outline} stroke-width="2"/>`,
  'open-star': `<path d="M6 1.8 7.1 4.9 10.4 5.1 7.8 7.1 8.7 10.3 6 8.5 3.3 10.3 4.2 7.1 1.6 5.1 4.9 4.9Z" ${outline} stroke-width="1.4"/>`,
  bar: '<path d="M0 4h12v4H0Z"/>',
};

/** The shape of the persona at a place of the cast; the moderator, at -1, has none. */
function personaShape(place: number): Markup {
  return trusted(place < 0 ? '' : drawings[personaMark(place).shape]);
}

/** The class that gives a persona's colour; the moderator's is that of quiet text. */
export function personaClass(place: number): string {
  return place < 0 ? 'who chair' : `who who-${personaMark(place).hue}`;
}

/** A persona's mark as a picture the size of a letter; its name stands beside it. */
export function personaPicture(place: number): Markup {
  return html`<svg class="mark ${personaClass(place)}" viewBox="0 0 12 12" aria-hidden="true" focusable="false">${personaShape(place)}</svg>`;
}

/** The same shape, some seven units large, at a point of a drawing. */
export function personaPoint(place: number, x: number, y: number): Markup {
  return html`<g transform="translate(${round(x - 4.8)} ${round(y - 4.8)}) scale(.8)">${personaShape(place)}</g>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
