import { html, type Markup } from '../../html/markup.ts';
import { dollars } from '../../text/figures.ts';
import type { ArmMeasure, Comparison } from '../comparison.ts';
import { type Measure, measureOf } from '../measures.ts';
import { inUnits } from '../numbers-in-words.ts';
import {
  axisBelow,
  axisLeft,
  colour,
  drawing,
  figure,
  figureTable,
  legend,
  mark,
  type PlotScale,
  plotScale,
} from './figure.ts';

const size = { width: 560, height: 300 };
const area = { left: 48, right: 540, top: 14, bottom: 258 };

interface Point {
  arm: string;
  cost: ArmMeasure;
  quality: ArmMeasure;
}

/** What an arm's debates cost against the first primary measure: up and to the left is better value. */
export function costPlot(result: Comparison): Markup {
  const measure = measureOf(result.aims.primary.find((id) => id !== 'cost') ?? 'principals');
  const title = `Cost against ${measure.title(result.aims.within)}`;
  const points = result.arms.flatMap(({ arm, measures }) => {
    const cost = measures.find((each) => each.measure === 'cost');
    const quality = measures.find((each) => each.measure === measure.id);
    const isKnown = cost?.mean != null && quality?.mean != null;
    return isKnown ? [{ arm, cost, quality }] : [];
  });
  const isFree = points.length > 0 && points.every(({ cost }) => cost.mean === 0);
  if (points.length === 0 || isFree) {
    const why = isFree
      ? 'These debates cost nothing, so there is nothing to weigh.'
      : 'No arm has both a known cost and a number.';
    return html`<figure id="cost"><figcaption><h3>${title}</h3><p>${why}</p></figcaption></figure>`;
  }
  return figure({
    id: 'cost',
    title,
    level: 3,
    caption: 'Mean over articles of each arm, with 95% intervals both ways.',
    plot: html`${legend(result.arms.map(({ arm }) => arm))}${plot(title, points, measure, result)}`,
    table: figureTable(
      'Cost and quality of each arm',
      ['arm', 'cost of a debate', 'quality'],
      points.map(({ arm, cost, quality }) => [
        arm,
        dollars(cost.mean ?? 0),
        inUnits(measure, quality.mean ?? 0),
      ]),
    ),
  });
}

function plot(label: string, points: readonly Point[], measure: Measure, result: Comparison): Markup {
  const most = Math.max(...points.map(({ cost }) => cost.interval?.high ?? cost.mean ?? 0)) * 1.05;
  const highest = Math.max(...points.map(({ quality }) => quality.interval?.high ?? quality.mean ?? 0));
  const x = plotScale({ from: 0, to: most }, { start: area.left, end: area.right }, 6);
  const ends = { from: measure.low, to: measure.high ?? highest * 1.05 };
  const y = plotScale(ends, { start: area.bottom, end: area.top });
  return drawing(size, label, [
    axisLeft(y, area, (tick) => inUnits(measure, tick)),
    axisBelow(x, area, dollars),
    html`<text class="tick" x="${area.right}" y="${area.bottom + 34}" text-anchor="end">US dollars a debate</text>`,
    points.map((point) =>
      cross(
        point,
        result.arms.findIndex(({ arm }) => arm === point.arm),
        x,
        y,
      ),
    ),
  ]);
}

function cross({ arm, cost, quality }: Point, index: number, x: PlotScale, y: PlotScale): Markup {
  const [atX, atY] = [x.at(cost.mean ?? 0), y.at(quality.mean ?? 0)];
  const isFarRight = atX > (area.left + 2 * area.right) / 3;
  const across =
    cost.interval &&
    html`<path class="whisker" d="M${x.at(Math.max(0, cost.interval.low))} ${atY}H${x.at(cost.interval.high)}"/>`;
  const up =
    quality.interval &&
    html`<path class="whisker" d="M${atX} ${y.at(quality.interval.low)}V${y.at(quality.interval.high)}"/>`;
  return html`<g class="${colour(index)}">${across}${up}<g class="point">${mark(index, atX, atY)}</g><text x="${atX + (isFarRight ? -9 : 9)}" y="${atY - 8}" text-anchor="${isFarRight ? 'end' : 'start'}">${arm}</text></g>`;
}
