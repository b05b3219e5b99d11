import { html, type Markup, type Piece } from '../../html/markup.ts';
import type { Comparison, Contrast, Pair } from '../comparison.ts';
import { gain, type Measure, measureOf } from '../measures.ts';
import { signed } from '../numbers-in-words.ts';
import { axisBelow, drawing, figure, figureTable, mark, type PlotScale, plotScale } from './figure.ts';

const width = 560;
const left = 190;
const right = 548;
/** Where every article is alike, the axis still reaches what would matter, by unit. */
const leastReach: Record<Measure['unit'], number> = { index: 0.01, share: 0.01, rounds: 0.1, usd: 0.0001 };
/** Characters of an article's name beside its line. */
const longestName = 27;

/** The difference of every article, the mean with its interval above them: whether one article carries it all is seen at a glance. */
export function articlePlot(id: string, pair: Pair, row: Contrast, aims: Comparison['aims']): Markup | null {
  if (row.difference === null || row.byArticle.length === 0) return null;
  const measure = measureOf(row.measure);
  const title = measure.title(aims.within);
  const better = (value: number) => gain(measure, value);
  const articles = [...row.byArticle].sort((one, other) => better(other.value) - better(one.value));
  const step = articles.length <= 40 ? 20 : 8;
  const height = 46 + articles.length * step + 34;
  const ends = row.interval ? [row.interval.low, row.interval.high] : [row.difference];
  const reach =
    Math.max(leastReach[measure.unit], ...[...ends, ...articles.map((each) => each.value)].map(Math.abs)) *
    1.08;
  const scale = plotScale({ from: -reach, to: reach }, { start: left, end: right }, 5);
  const bottom = height - 30;
  const plot = drawing({ width, height }, `${title}: ${pair.a} minus ${pair.b} for each article`, [
    axisBelow(scale, { top: 8, bottom }, (tick) => tickInWords(measure, better(tick))),
    html`<path class="zero" d="M${scale.at(0)} 4V${bottom}"/>`,
    meanRow(row, scale, better),
    articles.map((each, index) =>
      articleRow(each, 46 + index * step + step / 2, scale, {
        isNamed: step > 10,
        better,
        words: signed(measure, each.value),
      }),
    ),
  ]);
  return figure({
    id,
    title: `${title}, article by article`,
    level: 4,
    caption: null,
    plot,
    table: figureTable(
      'Difference of each article',
      ['article', 'difference', 'cells'],
      articles.map(({ article, value, count }) => [article, signed(measure, value), count]),
    ),
  });
}

function meanRow(row: Contrast, scale: PlotScale, better: (value: number) => number): Piece {
  const mean = scale.at(better(row.difference ?? 0));
  const ends = row.interval && [scale.at(better(row.interval.low)), scale.at(better(row.interval.high))];
  return html`<g class="c0"><text x="${left - 10}" y="28" text-anchor="end" class="strong">all articles</text>${
    ends && html`<path class="line thick" d="M${Math.min(...ends)} 24H${Math.max(...ends)}"/>`
  }<g class="point">${mark(2, mean, 24)}</g></g>`;
}

function articleRow(
  each: Contrast['byArticle'][number],
  y: number,
  scale: PlotScale,
  { isNamed, better, words }: { isNamed: boolean; better: (value: number) => number; words: string },
): Markup {
  const x = scale.at(better(each.value));
  // The whole name stands in the title and in the table below.
  const shown = shortened(each.article);
  const name = isNamed ? html`<text x="${left - 10}" y="${y + 4}" text-anchor="end">${shown}</text>` : null;
  return html`<g class="c1"><title>${each.article}: ${words}</title>${name}<path class="thin" d="M${scale.at(0)} ${y}H${x}"/><g class="point">${mark(0, x, y)}</g></g>`;
}

function tickInWords({ unit }: Measure, tick: number): string {
  const size = Number((Math.abs(tick) * (unit === 'share' ? 100 : 1)).toPrecision(6));
  const sign = tick === 0 ? '' : tick < 0 ? '−' : '+';
  return `${sign}${unit === 'usd' ? '$' : ''}${size}${unit === 'share' && size !== 0 ? 'pp' : ''}`;
}

/** Both ends of a long name, since paths differ at the end and scenarios at the front. */
function shortened(name: string): string {
  if (name.length <= longestName) return name;
  const half = Math.floor((longestName - 1) / 2);
  return `${name.slice(0, half)}…${name.slice(-half)}`;
}
