import type { Interval } from '../../convergence/statistics.ts';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import { scrolling, table } from '../../html/scrolling-table.ts';

const width = 240;
const height = 22;
const middle = height / 2;

interface DrawnInterval {
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
  return html`<svg class="bar plot ${colour(index)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${band}${line}${whisker}<g class="point">${mark(index, scale.at(mean), middle)}</g></svg>`;
}

export interface Figure {
  id: string;
  title: string;
  /** Of its heading in the page. */
  level: 3 | 4;
  /** What is drawn and how to read it; null where it has been said. */
  caption: Piece;
  plot: Markup;
  /** The same numbers as a table; null where they stand beside the plot already. */
  table: Markup | null;
}

/** A table of numbers; the first cell of each row is its head. */
export function figureTable(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Piece[])[],
): Markup {
  const lines = rows.map(
    ([head, ...cells]) =>
      html`<tr><th scope="row">${head ?? null}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
  );
  return table({ caption, heads, rows: lines });
}

export function figure({ id, title, level, caption, plot, table: numbers }: Figure): Markup {
  return html`<figure class="plot" id="${id}"><figcaption>${level === 3 ? html`<h3>${title}</h3>` : html`<h4>${title}</h4>`}${caption === null ? null : html`<p>${caption}</p>`}</figcaption>
<div class="scroll">${plot}</div>
${numbers === null ? null : html`<details><summary>The numbers of this plot</summary>${scrolling(`Numbers: ${title}`, numbers)}</details>`}
</figure>`;
}

/** A drawing that a screen reader takes as one picture with a name; its numbers stand in the table. */
export function drawing(size: { width: number; height: number }, label: string, content: Piece): Markup {
  return html`<svg viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${label}">${content}</svg>`;
}

/** The colour class of an arm or speaker; beyond eight they repeat, told apart by mark and dash. */
export function colour(index: number): string {
  return `c${index % 8}`;
}

const dashes = ['none', '7 3', '2 3', '9 3 2 3', '4 4', '12 3', '1 4', '6 2 1 2 1 2'];

export function dash(index: number): string {
  return dashes[index % dashes.length] as string;
}

/** A mark of about seven units, its form by index, so that colour is never the only difference. */
export function mark(index: number, x: number, y: number): Markup {
  switch (index % 4) {
    case 0:
      return html`<circle cx="${x}" cy="${y}" r="4"/>`;
    case 1:
      return html`<rect x="${x - 3.5}" y="${y - 3.5}" width="7" height="7"/>`;
    case 2:
      return html`<path d="M${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}L${x - 5} ${y}Z"/>`;
    default:
      return html`<path d="M${x} ${y - 5}L${x + 5} ${y + 4}L${x - 5} ${y + 4}Z"/>`;
  }
}

/** Ticks and numbers below a plot, with faint lines through it. */
export function axisBelow(
  scale: PlotScale,
  area: { top: number; bottom: number },
  inWords: (value: number) => string,
): Piece {
  return scale.ticks.map((tick) => {
    const x = scale.at(tick);
    return html`<path class="grid" d="M${x} ${area.top}V${area.bottom}"/><text class="tick" x="${x}" y="${area.bottom + 15}" text-anchor="middle">${inWords(tick)}</text>`;
  });
}

/** The same at the left of a plot. */
export function axisLeft(
  scale: PlotScale,
  area: { left: number; right: number },
  inWords: (value: number) => string,
): Piece {
  return scale.ticks.map((tick) => {
    const y = scale.at(tick);
    return html`<path class="grid" d="M${area.left} ${y}H${area.right}"/><text class="tick" x="${area.left - 6}" y="${y + 4}" text-anchor="end">${inWords(tick)}</text>`;
  });
}

/** Names of the lines or marks of a plot. */
export function legend(names: readonly string[]): Markup {
  const entries = names.map(
    (name, index) =>
      html`<li class="${colour(index)}"><svg width="34" height="14" aria-hidden="true"><path class="line" stroke-dasharray="${dash(index)}" d="M1 7H33"/><g class="point">${mark(index, 17, 7)}</g></svg> ${name}</li>`,
  );
  return html`<ul class="legend">${entries}</ul>`;
}

/** Maps numbers to places on a plot. */
export interface PlotScale {
  from: number;
  to: number;
  at(value: number): number;
  ticks: number[];
}

/** A straight scale from one range of numbers to one of places; with round numbers for its ticks. */
export function plotScale(
  numbers: { from: number; to: number },
  places: { start: number; end: number },
  wanted = 5,
): PlotScale {
  const { from } = numbers;
  const to = numbers.to > from ? numbers.to : from + 1;
  const at = (value: number) =>
    rounded(places.start + ((value - from) / (to - from)) * (places.end - places.start));
  return { from, to, at, ticks: ticksBetween(from, to, wanted) };
}

/** Round numbers between two: steps of 1, 2 or 5 times a power of ten (Heckbert 1990, Nice Numbers for Graph Labels). */
export function ticksBetween(from: number, to: number, wanted: number): number[] {
  const rough = (to - from) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough * 0.999) ?? rough;
  const ticks: number[] = [];
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to + step * 1e-9; index++) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/** Two decimals are finer than any screen draws, and keep the file small. */
function rounded(place: number): number {
  return Math.round(place * 100) / 100;
}
