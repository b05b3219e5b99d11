import type { Issue } from '../../../debate/agenda.ts';
import type { Cell } from '../../../debate/verdict.ts';
import { position } from '../../model/figures.ts';
import { abstainPhrase, actPhrase, rejectedPhrase } from '../../model/phrases.ts';
import { courseOf } from '../../model/stands.ts';
import { personOf, type Subject, type SubjectVerdict } from '../../model/subject.ts';
import { anchor } from '../anchors.ts';
import { html, type Markup, type Piece } from '../markup.ts';
import { markOf } from './people-marks.ts';

/** What each position of one speaker on one issue rests on. Closed until asked for; a link into it opens it. */
export function evidenceOf(
  subject: Subject,
  speaker: string,
  issue: Issue,
  quoteLinks: ReadonlyMap<string, string>,
): Piece {
  const { rounds } = courseOf(subject, speaker, issue.id);
  const read = rounds.flatMap(({ round, cell }) => (cell ? [{ round, cell }] : []));
  if (read.length === 0) return null;
  const way = read.map(({ cell }) => (cell.stand === 'position' ? position(cell.position) : '–')).join(' → ');
  return html`<details class="evidence"><summary>${markOf(subject, speaker)} Evidence: ${personOf(subject, speaker).name} <span class="way">${way}</span></summary>
<ol>${read.map(({ round, cell }) => reading(subject, round, cell, quoteLinks))}</ol></details>`;
}

function reading(
  subject: Subject,
  round: number,
  cell: Cell,
  quoteLinks: ReadonlyMap<string, string>,
): Markup {
  const verdict = subject.verdicts.find((one) => one.round === round) as SubjectVerdict;
  const id = anchor.reading(cell.speaker, cell.issue, round);
  return html`<li id="${id}" tabindex="-1"><p class="kicker">After round ${round}</p>${standOf(cell, quoteLinks)}${samplesOf(verdict, cell)}</li>`;
}

function standOf(cell: Cell, quoteLinks: ReadonlyMap<string, string>): Markup {
  if (cell.stand === 'abstain') return html`<p><b>No position</b>: ${abstainPhrase[cell.reason]}.</p>`;
  const link = quoteLinks.get(`${cell.turn} ${cell.quote}`) ?? anchor.turn(cell.turn);
  return html`<p><b>${position(cell.position)}</b>, ${actPhrase[cell.act]}</p>
<blockquote><p>${cell.quote}</p><footer><a href="#${link}">Turn ${cell.turn}, in its place</a></footer></blockquote>`;
}

/** What single samples of the judge said, where they differ or claimed what did not hold. */
function samplesOf({ samples }: SubjectVerdict, { speaker, issue }: Cell): Piece {
  const isOwn = (one: { speaker: string; issue: string }) => one.speaker === speaker && one.issue === issue;
  const positions = samples.flatMap((sample) =>
    sample.readings
      .filter(isOwn)
      .slice(0, 1)
      .map((one) => position(one.position)),
  );
  const rejected = samples.flatMap((sample) => sample.rejected.filter(isOwn));
  const count = `${positions.length} of ${samples.length} readings`;
  const said = positions.length === 0 ? `${count}.` : `${count}: ${positions.join(', ')}.`;
  return html`<p class="samples">${said}${rejected.map(({ quote, reason }) => html` <span class="rejected">Rejected: “${quote}”; ${rejectedPhrase[reason]}.</span>`)}</p>`;
}
