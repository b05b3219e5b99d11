import { html, type Markup } from '../../html/markup.ts';
import type { Interval } from '../statistics/interval.ts';
import { colour, mark } from './figure.ts';
import { plotScale } from './plot-scale.ts';

const width = 240;
const height = 22;
const middle = height / 2;

export interface DrawnInterval {
  mean: number;
  interval: Interval | null;
  from: number;
  to: number;
  /** Draws a line at no difference, and the margin around it as a band. */
  zero: boolean;
  margin: number | null;
  /** Colour and mark. */
  index: number;
}

/** An interval as a small picture for a table; the numbers stand beside it, so screen readers skip it. */
export function intervalDrawing({ mean, interval, from, to, zero, margin, index }: DrawnInterval): Markup {
  const scale = plotScale({ from, to }, { start: 8, end: width - 8 });
  const band =
    zero && margin !== null
      ? html`<rect class="margin" x="${scale.at(-margin)}" y="2" width="${scale.at(margin) - scale.at(-margin)}" height="${height - 4}"/>`
      : null;
  const line = zero ? html`<path class="zero" d="M${scale.at(0)} 0V${height}"/>` : null;
  const whisker =
    interval &&
    html`<path class="line" d="M${scale.at(interval.low)} ${middle}H${scale.at(interval.high)}M${scale.at(interval.low)} ${middle - 4}v8M${scale.at(interval.high)} ${middle - 4}v8"/>`;
  return html`<svg class="bar ${colour(index)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${band}${line}${whisker}<g class="mark">${mark(index, scale.at(mean), middle)}</g></svg>`;
}
