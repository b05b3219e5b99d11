import { html, type Markup, type Piece } from '../../html/markup.ts';
import { scrollingTable } from '../../html/scrolling-table.ts';
import { change, decimal, noNumber, percent, range } from '../../text/figures.ts';
import { namer, roundsNamed, warningsByRounds } from '../model/cautions.ts';
import { anchor, type Subject, type SubjectVerdict } from '../model/subject.ts';

/** The index over the rounds: chart, table, and what a reader must know before believing it. */
export function convergenceSection(subject: Subject): Markup {
  const { verdicts } = subject;
  if (verdicts.length === 0) {
    return html`<section id="convergence" aria-labelledby="convergence-h"><h2 id="convergence-h">Convergence</h2>
<p>No positions were read: the first round did not end.</p></section>`;
  }
  return html`<section id="convergence" aria-labelledby="convergence-h">
<h2 id="convergence-h">Convergence</h2>
<p class="lead">How close the principals stand to one another: 1 is one common position on every issue, 0 is opposite ends on all.
It says nothing about whether a deal is good; giving in converges too. <a class="whole" href="#guide">How it is computed</a></p>
${verdicts.some(({ convergence }) => (convergence?.principals ?? null) !== null) ? convergenceChart(subject) : null}
${warningList(subject)}
${roundsTable(subject)}
</section>`;
}

function warningList(subject: Subject): Piece {
  const items = warningsByRounds(subject).map(
    ({ kind, text, rounds }) =>
      html`<li class="${kind}"><a href="#${anchor.verdict(rounds[0] ?? 1)}">${roundsNamed(rounds)}</a> ${text}</li>`,
  );
  return items.length === 0
    ? null
    : html`<aside class="warnings" aria-label="Warnings on the figures"><ul>${items}</ul></aside>`;
}

function roundsTable(subject: Subject): Markup {
  const hasSeveral = subject.cast.length > 2;
  return scrollingTable({
    ...{ label: 'Figures by round', caption: 'Figures by round' },
    heads: [
      ...[
        'Round',
        'C',
        '95% interval',
        'Change',
        hasSeveral ? 'Everyone' : null,
        'Least issue',
        'Noise-corrected',
      ],
      ...['Coverage', 'Own red lines kept', 'Acceptance', 'Readings'],
    ],
    rows: subject.verdicts.map((verdict, place) => roundRow(subject, verdict, place, hasSeveral)),
  });
}

function roundRow(subject: Subject, verdict: SubjectVerdict, place: number, hasSeveral: boolean): Markup {
  const { round, convergence, advice } = verdict;
  const head = html`<th scope="row" id="${anchor.verdict(round)}" tabindex="-1">${round}</th>`;
  const columns = hasSeveral ? 11 : 10;
  const why = html`<tr class="why"><td colspan="${columns}">${namer(subject)(advice.why)}</td></tr>`;
  if (!convergence)
    return html`<tr>${head}<td colspan="${columns - 1}">not read: ${verdict.failure}</td></tr>${why}`;
  const { principals, interval, judge } = convergence;
  const before = subject.verdicts
    .slice(0, place)
    .findLast((one) => (one.convergence?.principals ?? null) !== null);
  const then = before?.convergence?.principals ?? null;
  return html`<tr>${head}<td><b>${decimal(principals)}</b></td><td>${interval ? range(interval) : noNumber}</td>
<td>${principals === null || then === null ? '–' : change(principals - then)}</td>${hasSeveral ? html`<td>${decimal(convergence.all)}</td>` : null}
<td>${decimal(convergence.min)}</td><td>${decimal(convergence.rms)}</td><td>${percent(convergence.coverage)}</td>
<td>${percent(convergence.ownLines?.kept ?? null)}</td><td>${percent(convergence.acceptable.share)}</td><td>${judge.samples - judge.failed} of ${judge.samples}</td></tr>${why}`;
}

const box = { width: 720, height: 300, left: 40, right: 120, top: 14, bottom: 34 } as const;

/** From this lower bound on, in two rounds running, a debate may end as converged. */
const threshold = 0.85;

type Series = { name: string; kind: string; values: (number | null)[] };

/** The index over the rounds with its interval, and beside it everyone's and the least converged issue's. */
function convergenceChart({ verdicts, cast }: Subject): Markup {
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
