import { html, type Markup, type Piece } from '../../html/markup.ts';
import { personaClass, personaPicture, personaPoint } from '../../html/persona-mark.ts';
import { position } from '../../text/figures.ts';
import type { Comparison } from '../comparison.ts';
import type { ReportedDebate } from '../reported-debate.ts';
import { dash, drawing, figure, figureTable, type PlotScale, plotScale } from './figure.ts';
import { positionAfter, type RoundPoint, roundSeries } from './rounds-plot.ts';

const panel = { width: 210, height: 132 };
const area = { left: 22, right: 202, top: 10, bottom: 108 };

/** Where each speaker stood on each issue, round by round: a row an issue, a column an arm; one figure a scenario. */
export function flowPlots(result: Comparison, debates: readonly ReportedDebate[], rounds: number): Markup[] {
  const scenarios = [...new Set(debates.map((debate) => debate.scenario))];
  return scenarios.map((scenario, index) => {
    const own = debates.filter((debate) => debate.scenario === scenario);
    return flowFigure(`flows-${index}`, scenario, result, own, rounds);
  });
}

interface Flow {
  arm: string;
  issue: string;
  speaker: string;
  /** Of the speaker in the scenario's cast. */
  place: number;
  points: RoundPoint[];
}

function flowFigure(
  id: string,
  scenario: string,
  result: Comparison,
  debates: readonly ReportedDebate[],
  rounds: number,
): Markup {
  const [first] = debates;
  const { issues, speakers } = first as ReportedDebate;
  const arms = result.arms.map(({ arm }) => arm);
  const flows = arms.flatMap((arm) => {
    const own = debates.filter((debate) => debate.measures.arm === arm);
    return issues.flatMap((issue) =>
      speakers.map((speaker) => ({
        arm,
        issue: issue.id,
        speaker: speaker.id,
        place: speaker.place,
        points: roundSeries(own, rounds, (debate, round) =>
          positionAfter(debate, round, { speaker: speaker.id, issue: issue.id }),
        ),
      })),
    );
  });
  const rows = issues.map((issue) => {
    const cells = arms.map((arm) => {
      const own = speakers.map(
        (speaker) =>
          flows.find(
            (flow) => flow.arm === arm && flow.issue === issue.id && flow.speaker === speaker.id,
          ) as Flow,
      );
      return html`<td>${flowPanel(`${issue.title}, ${arm}: positions of each speaker over rounds`, own, rounds)}</td>`;
    });
    return html`<tr><th scope="row">${issue.title}</th>${cells}</tr>\n`;
  });
  const heads = arms.map((arm) => html`<th scope="col">${arm}</th>`);
  return figure({
    id,
    title: `Position flows: ${scenario}`,
    level: 3,
    caption:
      'Mean position of each speaker on each issue, 0 to 6 from below, from the opening (0) to the last round. A line that ends level with another has met it.',
    plot: html`${personaLegend(speakers)}<table class="flows"><caption>A row an issue, a column an arm</caption><thead><tr><td></td>${heads}</tr></thead><tbody>
${rows}</tbody></table>`,
    table: flowTable(flows, { issues, speakers }),
  });
}

function personaLegend(speakers: ReportedDebate['speakers']): Markup {
  const entries = speakers.map(
    ({ name, principal, place }) =>
      html`<li>${personaPicture(place)} ${name}${principal ? html` <span class="unit">could sign</span>` : null}</li>`,
  );
  return html`<ul class="legend">${entries}</ul>`;
}

function flowPanel(label: string, flows: readonly Flow[], rounds: number): Markup {
  const x = plotScale({ from: 0, to: rounds }, { start: area.left, end: area.right });
  const y = plotScale({ from: 0, to: 6 }, { start: area.bottom, end: area.top });
  const levels = [0, 3, 6].map(
    (level) =>
      html`<path class="grid" d="M${area.left} ${y.at(level)}H${area.right}"/><text class="tick" x="${area.left - 5}" y="${y.at(level) + 4}" text-anchor="end">${level}</text>`,
  );
  const ends = [0, rounds].map(
    (round) =>
      html`<text class="tick" x="${x.at(round)}" y="${area.bottom + 16}" text-anchor="middle">${round}</text>`,
  );
  return drawing(panel, label, [
    levels,
    ends,
    flows.map(({ points, place }) => flowLine(points, place, x, y)),
  ]);
}

function flowLine(points: readonly RoundPoint[], place: number, x: PlotScale, y: PlotScale): Piece {
  const last = points.at(-1);
  if (!last) return null;
  const path = points
    .map(({ round, mean }, step) => `${step === 0 ? 'M' : 'L'}${x.at(round)} ${y.at(mean)}`)
    .join('');
  return html`<g class="${personaClass(place)}"><path class="line" stroke-dasharray="${dash(place)}" d="${path}"/><g class="point">${personaPoint(place, x.at(last.round), y.at(last.mean))}</g></g>`;
}

function flowTable(
  flows: readonly Flow[],
  { issues, speakers }: Pick<ReportedDebate, 'issues' | 'speakers'>,
): Markup {
  const titleOf = (id: string) => issues.find((issue) => issue.id === id)?.title ?? id;
  const nameOf = (id: string) => speakers.find((speaker) => speaker.id === id)?.name ?? id;
  const told = (point: RoundPoint | undefined) =>
    point ? `${position(point.mean)} (round ${point.round})` : 'no number';
  return figureTable(
    'First and last mean position of each speaker',
    ['issue', 'arm', 'speaker', 'first', 'last'],
    flows.map(({ arm, issue, speaker, points }) => [
      titleOf(issue),
      arm,
      nameOf(speaker),
      told(points[0]),
      told(points.at(-1)),
    ]),
  );
}
