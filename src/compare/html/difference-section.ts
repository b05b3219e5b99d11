import { html, type Markup, type Piece } from '../../html/markup.ts';
import { scrolling } from '../../html/scrolling-table.ts';
import { dollars } from '../../text/figures.ts';
import {
  type ArmMeasure,
  type ArmSummary,
  type Comparison,
  type Contrast,
  measuresIn,
  type Pair,
} from '../comparison.ts';
import { gain, gainInterval, type Measure, measureOf } from '../measures.ts';
import {
  confidenceOf,
  guardInWords,
  intervalInWords,
  inUnits,
  probabilityInWords,
  signed,
} from '../numbers-in-words.ts';
import type { ReportedDebate } from '../reported-debate.ts';
import {
  axisBelow,
  drawing,
  figure,
  figureTable,
  intervalDrawing,
  mark,
  type PlotScale,
  plotScale,
} from './figure.ts';

const roles = {
  primary: 'Decides',
  guard: 'Must not get worse',
  secondary: 'Also measured: look, and do not conclude',
} as const;

/** Of every pair: a table of the differences with their intervals drawn, and the articles behind those that decide. */
export function differenceSection(result: Comparison): Markup {
  return html`<section id="differences" aria-labelledby="differences-head"><h2 id="differences-head">Differences</h2>
${result.pairs.map((pair, index) => pairBlock(result, pair, index))}
</section>`;
}

function pairBlock(result: Comparison, pair: Pair, index: number): Markup {
  const deciding = pair.contrasts.filter((row) => row.role !== 'secondary');
  return html`<h3>${pair.a} − ${pair.b}</h3>
${scrolling(`Differences of ${pair.a} and ${pair.b}`, differenceTable(result, pair))}
${notes(pair, result)}
<p class="quiet">Below, each dot is one article, the mean over its repeats, cast orders and casts. To the right ${pair.a} does better. The bar on top is the mean over articles with its interval.</p>
<div class="plots">${deciding.map((row) => articlePlot(`articles-${index}-${row.measure}`, pair, row, result.aims))}</div>
`;
}

function differenceTable(result: Comparison, pair: Pair): Markup {
  return html`<table class="figures differences"><caption>Mean paired difference over articles. In the drawings, to the right speaks for ${pair.a}; the band is the margin that still counts as no worse.</caption>
<thead><tr><th scope="col">measure</th><th scope="col">difference</th><th scope="col">${confidenceOf(result.aims)} interval</th><th scope="col">p</th><td class="drawn"></td><th scope="col">articles</th></tr></thead>
${(['primary', 'guard', 'secondary'] as const).map((role) => roleRows(result, pair, role))}</table>`;
}

function roleRows(result: Comparison, pair: Pair, role: Contrast['role']): Markup | null {
  const rows = pair.contrasts.filter((row) => row.role === role);
  if (rows.length === 0) return null;
  return html`<tbody><tr><th colspan="6" scope="rowgroup" class="role">${roles[role]}${role === 'primary' ? ' (p after Holm)' : ' (p not adjusted)'}</th></tr>
${rows.map((row) => differenceRow(result, pair, row))}</tbody>
`;
}

function differenceRow(result: Comparison, pair: Pair, row: Contrast): Markup {
  const measure = measureOf(row.measure);
  const head = html`<th scope="row">${measure.title(result.aims.within)}${guardNote(pair, row)}</th>`;
  if (row.difference === null) return html`<tr>${head}<td colspan="5">no number</td></tr>\n`;
  const interval = intervalInWords(measure, row.interval);
  const p = row.adjustedP ?? row.signFlip?.p;
  return html`<tr>${head}<td>${signed(measure, row.difference)}</td><td>${interval}</td><td>${p === undefined ? '' : probabilityInWords(p)}</td><td class="drawn">${drawn(row)}</td><td>${row.byArticle.length}</td></tr>
`;
}

function drawn(row: Contrast): Markup {
  const measure = measureOf(row.measure);
  const mean = gain(measure, row.difference ?? 0);
  const interval = gainInterval(measure, row.interval);
  const margin = row.noWorse?.a.margin ?? null;
  const ends = [mean, interval?.low ?? 0, interval?.high ?? 0, margin ?? 0].map(Math.abs);
  const reach = Math.max(1e-9, ...ends) * 1.05;
  const index = row.role === 'secondary' ? 7 : 0;
  return intervalDrawing({ mean, interval, from: -reach, to: reach, zero: true, margin, index });
}

function guardNote(pair: Pair, row: Contrast): Markup | null {
  const words = guardInWords(pair, row);
  return words === null ? null : html`<br><span class="quiet">${words}</span>`;
}

function notes(pair: Pair, { aims }: Comparison): Markup | null {
  const lines = pair.contrasts.flatMap((row) =>
    row.notes.map((note) => html`<li>${measureOf(row.measure).title(aims.within)}: ${note}</li>\n`),
  );
  return lines.length === 0 ? null : html`<ul class="quiet">${lines}</ul>`;
}

/** What each arm is, and how it did on every measure. */
export function armSection(result: Comparison, debates: readonly ReportedDebate[]): Markup {
  return html`<section id="arms" aria-labelledby="arms-head"><h2 id="arms-head">Arms</h2>
${scrolling(
  'What the arms are',
  figureTable(
    'Strategy, models and debates of each arm',
    ['arm', 'strategy', 'models', 'debates', 'aborted', 'failed', 'cost'],
    result.arms.map((arm) => armRow(arm, debates)),
  ),
)}
${scrolling(
  'Measures of the arms',
  html`<table class="figures differences"><caption>Mean over articles with its ${confidenceOf(result.aims)} interval</caption>
<thead><tr><th scope="col">measure</th><th scope="col">arm</th><th scope="col">mean</th><th scope="col">interval</th><td class="drawn"></td><th scope="col">without a number</th></tr></thead>
${measuresIn(result).map((id) => measureRows(result, measureOf(id)))}</table>`,
)}
</section>`;
}

function armRow(
  { arm, debates, aborted, failed = 0, costUsd }: ArmSummary,
  reported: readonly ReportedDebate[],
): Piece[] {
  const first = reported.find((debate) => debate.measures.arm === arm);
  const cost = costUsd === null ? 'unknown' : dollars(costUsd);
  return [arm, first?.strategy ?? '', modelsOf(first), debates, aborted, failed, cost];
}

/** "simulator", or who uses what where models differ. */
function modelsOf(debate: ReportedDebate | undefined): string {
  const roles = Map.groupBy(Object.entries(debate?.models ?? {}), ([, spec]) => spec);
  if (roles.size === 1) return [...roles.keys()].join('');
  return [...roles].map(([spec, uses]) => `${spec} (${uses.map(([role]) => role).join(', ')})`).join('; ');
}

function measureRows({ arms, aims }: Comparison, measure: Measure): Markup {
  const rows = arms.map(({ arm, measures }) => ({
    arm,
    own: measures.find((each) => each.measure === measure.id),
  }));
  const highest = Math.max(1e-9, ...rows.map(({ own }) => own?.interval?.high ?? own?.mean ?? 0));
  const scale = { from: measure.low, to: measure.high ?? highest * 1.05 };
  const head = html`<th scope="rowgroup" rowspan="${rows.length}">${measure.title(aims.within)}</th>`;
  const lines = rows.map(
    ({ arm, own }, index) =>
      html`<tr>${index === 0 ? head : null}${cells(arm, own, measure, { ...scale, index })}</tr>\n`,
  );
  return html`<tbody>${lines}</tbody>\n`;
}

function cells(
  arm: string,
  own: ArmMeasure | undefined,
  measure: Measure,
  place: { from: number; to: number; index: number },
): Markup {
  if (!own || own.mean === null)
    return html`<th scope="row">${arm}</th><td colspan="3">no number</td><td>${own?.missing ?? 0}</td>`;
  const { mean, interval, missing } = own;
  const bounds = boundsInWords(measure, interval);
  const drawn = intervalDrawing({ ...place, mean, interval, zero: false, margin: null });
  return html`<th scope="row">${arm}</th><td>${inUnits(measure, mean)}</td><td>${bounds}</td><td class="drawn">${drawn}</td><td>${missing}</td>`;
}

function boundsInWords(measure: Measure, interval: ArmMeasure['interval']): string {
  if (!interval) return 'none from one article';
  if (interval.low === interval.high) return 'every article alike';
  return `${inUnits(measure, interval.low)} to ${inUnits(measure, interval.high)}`;
}

const width = 560;
const left = 190;
const right = 548;
/** Where every article is alike, the axis still reaches what would matter, by unit. */
const leastReach: Record<Measure['unit'], number> = { index: 0.01, share: 0.01, rounds: 0.1, usd: 0.0001 };
/** Characters of an article's name beside its line. */
const longestName = 27;

/** The difference of every article, the mean with its interval above them: whether one article carries it all is seen at a glance. */
function articlePlot(id: string, pair: Pair, row: Contrast, aims: Comparison['aims']): Markup | null {
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
