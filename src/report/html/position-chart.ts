import type { Issue } from '../../debate/agenda.ts';
import { html, type Markup } from '../../html/markup.ts';
import { personaPoint } from '../../html/persona-mark.ts';
import { position } from '../../text/figures.ts';
import { listed } from '../../text/wording.ts';
import { type Course, courseOf, personOf, placeOf, type Subject } from '../model/subject.ts';
import { runsOf } from './convergence-chart.ts';
import { colourOf } from './persona-tag.ts';

const box = { width: 420, height: 210, left: 24, right: 12, top: 12, bottom: 26 } as const;

/** Everyone's way on one issue: faintly what was declared, then each round. Speakers at the same height are drawn side by side. */
export function positionChart(subject: Subject, issue: Issue): Markup {
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
