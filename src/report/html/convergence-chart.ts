import { html, type Markup, type Piece } from '../../html/markup.ts';
import { decimal } from '../../text/figures.ts';
import type { Subject } from '../model/subject.ts';

const box = { width: 720, height: 300, left: 40, right: 120, top: 14, bottom: 34 } as const;

/** From this lower bound on, in two rounds running, a debate may end as converged. */
const threshold = 0.85;

type Series = { name: string; kind: string; values: (number | null)[] };

/** The index over the rounds with its interval, and beside it everyone's and the least converged issue's. */
export function convergenceChart({ verdicts, cast }: Subject): Markup {
  const pick = (key: 'principals' | 'all' | 'min') =>
    verdicts.map(({ convergence }) => convergence?.[key] ?? null);
  const series: Series[] = [
    { name: 'C', kind: 'main', values: pick('principals') },
    ...(cast.length > 2 ? [{ name: 'everyone', kind: 'all', values: pick('all') }] : []),
    { name: 'least issue', kind: 'least', values: pick('min') },
  ];
  const rounds = verdicts.map(({ round }) => round);
  const last = series[0]?.values.at(-1) ?? null;
  const title = `Convergence after each of ${rounds.length} rounds, ending at ${decimal(last)}. The table below holds the same figures.`;
  return html`<figure class="chart"><svg viewBox="0 0 ${box.width} ${box.height}" role="img" aria-label="${title}">
${[0, 0.25, 0.5, 0.75, 1].map(gridLine)}
<line class="threshold" x1="${box.left}" x2="${box.width - box.right}" y1="${y(threshold)}" y2="${y(threshold)}"/>
<text class="threshold-name" x="${box.left + 4}" y="${y(threshold) - 5}">converged from here</text>
${rounds.map((round, place) => html`<text class="tick" x="${x(place, rounds.length)}" y="${box.height - 10}" text-anchor="middle">${rounds.length > 12 && place % 2 === 1 ? '' : `R${round}`}</text>`)}
${band(verdicts.map(({ convergence }) => convergence?.interval ?? null))}
${series.toReversed().map(({ kind, values }) => lineOf(kind, values))}
${labels(series)}
</svg><figcaption>Convergence of the principals, with the 95% interval of reading them. Gaps are rounds without a number.</figcaption></figure>`;
}

function y(value: number): number {
  return round(box.top + (1 - value) * (box.height - box.top - box.bottom));
}

function x(place: number, count: number): number {
  const width = box.width - box.left - box.right - 24;
  return round(box.left + 12 + (count < 2 ? width / 2 : (place * width) / (count - 1)));
}

function gridLine(value: number): Markup {
  return html`<line class="grid" x1="${box.left}" x2="${box.width - box.right}" y1="${y(value)}" y2="${y(value)}"/><text class="tick" x="${box.left - 8}" y="${y(value) + 4}" text-anchor="end">${value}</text>`;
}

function band(intervals: readonly ({ low: number; high: number } | null)[]): Piece {
  return runsOf(intervals).map((run) => {
    const upper = run.map(({ place, value }) => `${x(place, intervals.length)},${y(value.high)}`);
    const lower = run.toReversed().map(({ place, value }) => `${x(place, intervals.length)},${y(value.low)}`);
    const bars = run.map(({ place, value }) => {
      const at = x(place, intervals.length);
      return html`<line class="whisker" x1="${at}" x2="${at}" y1="${y(value.low)}" y2="${y(value.high)}"/>`;
    });
    return [html`<polygon class="band" points="${[...upper, ...lower].join(' ')}"/>`, bars];
  });
}

function lineOf(kind: string, values: readonly (number | null)[]): Piece {
  return runsOf(values).map((run) => {
    const points = run.map(({ place, value }) => `${x(place, values.length)},${y(value)}`);
    const dots = run.map(
      ({ place, value }) =>
        html`<circle class="dot ${kind}" cx="${x(place, values.length)}" cy="${y(value)}" r="${kind === 'main' ? 4.5 : 2.5}"/>`,
    );
    return [html`<polyline class="line ${kind}" points="${points.join(' ')}"/>`, dots];
  });
}

/** Names at the ends of the lines, kept apart from each other. */
function labels(series: readonly Series[]): Markup[] {
  const ends = series.flatMap(({ name, kind, values }) => {
    const place = values.findLastIndex((value) => value !== null);
    const value = values[place];
    return value === undefined || value === null
      ? []
      : [{ name, kind, value, at: x(place, values.length), line: y(value) }];
  });
  ends.sort((one, other) => one.line - other.line);
  let lowest = 0;
  return ends.map(({ name, kind, value, at, line }) => {
    const height = Math.max(line + 4, lowest + 16);
    lowest = height;
    return html`<text class="label ${kind}" x="${at + 12}" y="${height}">${name} ${decimal(value)}</text>`;
  });
}

/** Stretches without a gap. */
export function runsOf<Value>(values: readonly (Value | null)[]): { place: number; value: Value }[][] {
  const runs: { place: number; value: Value }[][] = [[]];
  for (const [place, value] of values.entries()) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push({ place, value });
  }
  return runs.filter((run) => run.length > 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
