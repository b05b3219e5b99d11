import type { Issue } from '../../debate/agenda.ts';
import { abstainPhrase, actPhrase, rejectedPhrase } from '../../debate/phrases.ts';
import type { Cell } from '../../debate/verdict.ts';
import { matchQuote } from '../../grounding/quotes.ts';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import { position } from '../../text/figures.ts';
import { roundsNamed } from '../model/cautions.ts';
import { anchor, courseOf, personOf, type Subject, type SubjectVerdict, writerOf } from '../model/subject.ts';
import { markOf } from './persona-tag.ts';

/** Words of a turn from which positions were read, with the positions. Offsets are of the turn's text. */
export interface EvidenceMark {
  /** Counts the marks of its turn from 1. */
  mark: number;
  turn: number;
  speaker: string;
  start: number;
  end: number;
  /** What was read from them, by round; the same stand is often read again in later rounds. */
  read: { issue: string; round: number; position: number }[];
}

/** Finds every quoted position of every verdict in its turn. */
export function evidenceMarks({ turns, verdicts }: Pick<Subject, 'turns' | 'verdicts'>): EvidenceMark[] {
  const texts = new Map(turns.map(({ turn, text }) => [turn, text]));
  const marks = new Map<string, EvidenceMark>();
  const counts = new Map<number, number>();
  for (const { round, cells } of verdicts) {
    for (const cell of cells) {
      if (cell.stand !== 'position') continue;
      const { speaker, issue, position, quote, turn } = cell;
      const key = `${turn} ${quote}`;
      const place = marks.get(key) ?? matchQuote(quote, texts.get(turn) ?? '');
      if (!place) continue;
      const known = marks.get(key);
      if (known) {
        known.read.push({ issue, round, position });
        continue;
      }
      const mark = (counts.get(turn) ?? 0) + 1;
      counts.set(turn, mark);
      const { start, end } = place;
      marks.set(key, { mark, turn, speaker, start, end, read: [{ issue, round, position }] });
    }
  }
  return [...marks.values()];
}

/** Where a quote stands in the page, by its turn and words; the marks know places, the verdicts know words. */
export function quoteLinks(marks: readonly EvidenceMark[], { verdicts }: Subject): Map<string, string> {
  const links = new Map<string, string>();
  for (const { round, cells } of verdicts) {
    for (const cell of cells) {
      if (cell.stand !== 'position') continue;
      const found = marks.find(
        ({ turn, read }) =>
          turn === cell.turn && read.some((one) => one.issue === cell.issue && one.round === round),
      );
      if (found) links.set(`${cell.turn} ${cell.quote}`, anchor.quote(found.turn, found.mark));
    }
  }
  return links;
}

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
<ol>${alike(read).map((group) => reading(subject, group, quoteLinks))}</ol></details>`;
}

type Read = { round: number; cell: Cell };

/** Rounds that followed one another with the very same reading, together. */
function alike(read: readonly Read[]): [Read, ...Read[]][] {
  const groups: [Read, ...Read[]][] = [];
  for (const one of read) {
    const last = groups.at(-1);
    if (last && sameStand(last[0].cell, one.cell)) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

function sameStand(one: Cell, other: Cell): boolean {
  if (one.stand === 'abstain' || other.stand === 'abstain') {
    return one.stand === other.stand && 'reason' in one && 'reason' in other && one.reason === other.reason;
  }
  return (['position', 'act', 'quote', 'turn'] as const).every((key) => one[key] === other[key]);
}

function reading(
  subject: Subject,
  group: [Read, ...Read[]],
  quoteLinks: ReadonlyMap<string, string>,
): Markup {
  const [{ round, cell }, ...later] = group;
  const idOf = (one: Read) => anchor.reading(cell.speaker, cell.issue, one.round);
  const samples = group.map((one) => {
    const verdict = subject.verdicts.find((other) => other.round === one.round) as SubjectVerdict;
    return samplesOf(verdict, one.cell, group.length > 1);
  });
  const when = roundsNamed(group.map((one) => one.round)).toLowerCase();
  return html`<li id="${idOf({ round, cell })}" tabindex="-1">${later.map((one) => html`<span class="here" id="${idOf(one)}"></span>`)}<p class="kicker">After ${when}</p>${standOf(subject, cell, quoteLinks)}${samples}</li>`;
}

function standOf(subject: Subject, cell: Cell, quoteLinks: ReadonlyMap<string, string>): Markup {
  if (cell.stand === 'abstain') return html`<p><b>No position</b>: ${abstainPhrase[cell.reason]}.</p>`;
  const link = quoteLinks.get(`${cell.turn} ${cell.quote}`) ?? anchor.turn(cell.turn);
  return html`<p><b>${position(cell.position)}</b>, ${actPhrase[cell.act]}</p>
<blockquote><p dir="auto">${cell.quote}</p><footer><a href="#${link}">Turn ${cell.turn}, in its place</a>${writerOf(subject, cell.turn)}</footer></blockquote>`;
}

/** What single samples of the judge said, where they differ or claimed what did not hold. */
function samplesOf({ samples, round }: SubjectVerdict, { speaker, issue }: Cell, isNamed: boolean): Piece {
  const isOwn = (one: { speaker: string; issue: string }) => one.speaker === speaker && one.issue === issue;
  const positions = samples.flatMap((sample) =>
    sample.readings
      .filter(isOwn)
      .slice(0, 1)
      .map((one) => position(one.position)),
  );
  const rejected = samples.flatMap((sample) => sample.rejected.filter(isOwn));
  const count = `${isNamed ? `Round ${round}: ` : ''}${positions.length} of ${samples.length} readings`;
  const said = positions.length === 0 ? `${count}.` : `${count}: ${positions.join(', ')}.`;
  return html`<p class="samples">${said}${rejected.map(({ quote, reason }) => html` <span class="rejected">Rejected: “${quote}”; ${rejectedPhrase[reason]}.</span>`)}</p>`;
}
