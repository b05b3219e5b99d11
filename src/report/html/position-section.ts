import type { Issue } from '../../debate/agenda.ts';
import { abstainPhrase } from '../../debate/phrases.ts';
import type { Cell } from '../../debate/verdict.ts';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import { personaPoint } from '../../html/persona-mark.ts';
import { scrollingTable } from '../../html/scrolling-table.ts';
import { decimal, position } from '../../text/figures.ts';
import { listed } from '../../text/wording.ts';
import {
  anchor,
  type Course,
  cellOf,
  courseOf,
  personOf,
  placeOf,
  type ReadVerdict,
  readVerdicts,
  type Subject,
} from '../model/subject.ts';
import { runsOf } from './convergence-section.ts';
import { colourOf, nameTag } from './persona-tag.ts';
import { evidenceOf } from './quoted-evidence.ts';

const box = { width: 420, height: 210, left: 24, right: 12, top: 12, bottom: 26 } as const;

/** Everyone's way on one issue: faintly what was declared, then each round. Speakers at the same height are drawn side by side. */
function positionChart(subject: Subject, issue: Issue): Markup {
  const courses = subject.cast.map(({ id }) => courseOf(subject, id, issue.id));
  const ends = courses.flatMap((course) => {
    const values = valuesOf(course);
    const last = values.findLast((value) => value !== null);
    return last === undefined || last === null
      ? []
      : [`${personOf(subject, course.speaker).name} at ${position(last)}`];
  });
  const title = `${issue.title}, positions over the rounds: ${ends.length === 0 ? 'nobody took a stand' : listed(ends)} at the end.`;
  const ticks = ['declared', ...subject.verdicts.map(({ round }) => `R${round}`)];
  return html`<svg class="positions" viewBox="0 0 ${box.width} ${box.height}" role="img" aria-label="${title}">
${[0, 1, 2, 3, 4, 5, 6].map((value) => html`<line class="grid ${value % 3 === 0 ? 'anchor' : ''}" x1="${box.left}" x2="${box.width - box.right}" y1="${y(value)}" y2="${y(value)}"/>`)}
${[0, 3, 6].map((value) => html`<text class="tick" x="${box.left - 8}" y="${y(value) + 4}" text-anchor="end">${value}</text>`)}
${ticks.map((tick, place) => html`<text class="tick" x="${x(place, ticks.length)}" y="${box.height - 7}" text-anchor="middle">${ticks.length > 10 && place % 2 === 1 ? '' : tick}</text>`)}
${courses.map((course, place) => lineOf(subject, course, place - (courses.length - 1) / 2))}
</svg>`;
}

/** What was read, behind an empty place for what was declared: a declared opening starts no line. */
function valuesOf({ rounds }: Course): (number | null)[] {
  return [null, ...rounds.map(({ cell }) => (cell?.stand === 'position' ? cell.position : null))];
}

function lineOf(subject: Subject, course: Course, aside: number): Markup {
  const values = valuesOf(course);
  const colour = colourOf(subject, course.speaker);
  const at = (place: number, value: number) => ({
    px: x(place, values.length) + aside * 3,
    py: y(value) + aside * 2.5,
  });
  const lines = runsOf(values).map((run) => {
    const points = run.map(({ place, value }) => at(place, value)).map(({ px, py }) => `${px},${py}`);
    return html`<polyline class="line" points="${points.join(' ')}"/>`;
  });
  const marks = runsOf(values).flatMap((run) =>
    run.map(({ place, value }) => {
      const { px, py } = at(place, value);
      return personaPoint(placeOf(subject, course.speaker), px, py);
    }),
  );
  const { opening } = course;
  const start = opening === null ? null : at(0, opening);
  const declared =
    start && html`<g class="faint">${personaPoint(placeOf(subject, course.speaker), start.px, start.py)}</g>`;
  return html`<g class="${colour}">${declared}${lines}${marks}</g>`;
}

function x(place: number, count: number): number {
  const width = box.width - box.left - box.right - 36;
  return Math.round(box.left + 18 + (count < 2 ? width / 2 : (place * width) / (count - 1)));
}

function y(value: number): number {
  return Math.round(box.height - box.bottom - (value / 6) * (box.height - box.top - box.bottom));
}

/** Where everyone stands at the end, then issue by issue how they came there and on what evidence. */
export function positionsSection(subject: Subject, quoteLinks: ReadonlyMap<string, string>): Markup {
  const last = readVerdicts(subject).at(-1);
  return html`<section id="positions" aria-labelledby="positions-h">
<h2 id="positions-h">Positions</h2>
<p class="lead">Every issue runs from 0 to 6, with the wording below at 0, 3 and 6. Neither end is better. Each number leads to the words it was read from.</p>
${last ? endMatrix(subject, last) : html`<p>No positions were read.</p>`}
${subject.agenda.map((issue) => issueBlock(subject, issue, quoteLinks))}
</section>`;
}

function endMatrix(subject: Subject, last: ReadVerdict): Markup {
  const { agenda, cast } = subject;
  const tags = cast.map(({ id }) => nameTag(subject, id, 'short'));
  const weighed = html`Issue <span class="unit">weight</span>`;
  return scrollingTable({
    ...{ label: 'Positions at the end', kind: 'matrix' },
    caption: `Where everyone stands after round ${last.round}`,
    heads: [weighed, ...tags, html`C<span class="unit">of those who sign</span>`],
    rows: agenda.map(({ id, title, weight }) => {
      const c = last.convergence.byIssue.find(({ issue }) => issue === id)?.principals ?? null;
      return html`<tr><th scope="row"><a href="#${anchor.issue(id)}">${title}</a> <span class="unit">${Math.round(weight * 100)}%</span></th>${cast.map(
        (member) => heatCell(cellOf(last, member.id, id), last.round, `${member.name} on ${title}`),
      )}<td><b>${decimal(c)}</b></td></tr>`;
    }),
  });
}

function issueBlock(subject: Subject, issue: Issue, quoteLinks: ReadonlyMap<string, string>): Markup {
  const id = anchor.issue(issue.id);
  return html`<section class="issue" id="${id}" tabindex="-1" aria-labelledby="${id}-h">
<h3 id="${id}-h">${issue.title} <span class="unit">weight ${Math.round(issue.weight * 100)}%</span></h3>
<p class="ask">${issue.question}</p>
<div class="pair"><figure class="chart">${positionChart(subject, issue)}</figure>
<dl class="anchors">${([6, 3, 0] as const).map((at) => html`<div><dt class="${tint(at)}">${at}</dt><dd>${issue.anchors[at]}</dd></div>`)}</dl></div>
${roundsTable(subject, issue)}
${subject.cast.map(({ id: speaker }) => evidenceOf(subject, speaker, issue, quoteLinks))}
</section>`;
}

function roundsTable(subject: Subject, issue: Issue): Piece {
  const { cast, verdicts } = subject;
  if (verdicts.length === 0) return null;
  const hasOpenings = cast.some(({ opening }) => Object.keys(opening).length > 0);
  const hasLines = cast.some(({ redLines }) => redLines.some((line) => line.issue === issue.id));
  return scrollingTable({
    ...{ label: `${issue.title} by round`, kind: 'matrix rounds', caption: `${issue.title}, round by round` },
    heads: [
      ...['Speaker', hasOpenings ? 'Declared' : null],
      ...verdicts.map(({ round }) => `R${round}`),
      hasLines ? 'Red line' : null,
    ],
    rows: cast.map((member) => {
      const { opening, rounds } = courseOf(subject, member.id, issue.id);
      const start =
        opening === null
          ? html`<td class="none">–</td>`
          : html`<td class="declared" title="declared in the persona’s file, not spoken">(${position(opening)})</td>`;
      return html`<tr><th scope="row">${nameTag(subject, member.id, 'short')}</th>${hasOpenings ? start : null}${rounds.map(
        ({ round, cell }) => heatCell(cell, round, `${personOf(subject, member.id).name}, round ${round}`),
      )}${hasLines ? redLineCell(member.redLines, issue.id) : null}</tr>`;
    }),
  });
}

function redLineCell(redLines: Subject['cast'][number]['redLines'], issue: string): Markup {
  const [line] = redLines.filter((one) => one.issue === issue);
  if (!line) return html`<td class="none">–</td>`;
  return html`<td class="bound"><abbr title="${line.text}" tabindex="0">${position(line.min)} to ${position(line.max)}</abbr></td>`;
}

/** A table cell tinted by its position; leads to its evidence. `name` says to a screen reader whose and when it is. */
function heatCell(cell: Cell | null, round: number, name: string): Markup {
  if (cell === null) return html`<td class="none" title="not read">–</td>`;
  const link = `#${anchor.reading(cell.speaker, cell.issue, round)}`;
  if (cell.stand === 'abstain') {
    const why = abstainPhrase[cell.reason];
    return html`<td class="none"><a href="${link}" aria-label="${name}: no position, ${why}" title="${why}">–</a></td>`;
  }
  const at = position(cell.position);
  return html`<td class="${tint(cell.position)}"><a href="${link}" aria-label="${name}: ${at}, see the evidence">${at}</a></td>`;
}

/** The class of a tint: half steps of the scale, 0 to 12. */
export function tint(value: number): string {
  return `heat heat-${Math.round(value * 2)}`;
}
