import { movePhrase } from '../../debate/phrases.ts';
import { beyondOthersLines, ownLinesCrossed } from '../../debate/red-lines.ts';
import type { Convergence } from '../../debate/verdict.ts';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import { scrollingTable } from '../../html/scrolling-table.ts';
import { change, decimal, position } from '../../text/figures.ts';
import type { Explanation } from '../../why/explanations.ts';
import { acceptanceInWords } from '../model/cautions.ts';
import type { DebateReport } from '../model/debate-report.ts';
import {
  anchor,
  issueTitle,
  movesRead,
  nobodyMoved,
  personOf,
  readVerdicts,
  type Subject,
} from '../model/subject.ts';
import { causeInWords, heardInWords, interval, points, whyMeaning } from '../why-text.ts';
import { nameTag } from './persona-tag.ts';

/** Movement below this share is as likely noise of reading. */
const noticeable = 0.02;

/** Who came towards whom, and how far each two agree now. */
export function movementSection(subject: Subject, movements: Convergence['movements']): Piece {
  const last = readVerdicts(subject).at(-1);
  if (!last) return null;
  const { reciprocity, pairs } = last.convergence;
  const moves = movesRead(subject);
  return html`<section id="movement" aria-labelledby="movement-h">
<h2 id="movement-h">Who moved</h2>
${moves === null ? inWords(subject, movements) : moveList(subject, moves)}
${reciprocity === null ? null : html`<p>Between the principals, the smaller movement is ${decimal(reciprocity)} of the larger: 1 is matched, 0 is one-sided.</p>`}
<div class="two">${movementTable(subject, movements)}${pairTable(subject, pairs)}</div>
</section>`;
}

function moveList(subject: Subject, moves: NonNullable<ReturnType<typeof movesRead>>): Markup {
  if (moves.length === 0) return html`<p class="lead">${nobodyMoved}</p>`;
  const rows = moves.map(({ round, speaker, issue, kind, from, to, turn, quote, why }) => {
    const link = anchor.reading(speaker, issue, round);
    const reason = why === null ? null : html`<br><span class="unit">reason</span> <q dir="auto">${why}</q>`;
    return html`<tr><th scope="row">${nameTag(subject, speaker, 'short')}</th><td>${issueTitle(subject, issue)}</td><td><a href="#${link}">${position(from)} → ${position(to)}</a></td><td>${movePhrase[kind]}</td><td><q dir="auto">${quote}</q> <a href="#${anchor.turn(turn)}">T${turn}</a>${reason}</td></tr>`;
  });
  return scrollingTable({
    ...{ label: 'Changes of stand', kind: 'figures left' },
    caption:
      'Changes of a spoken position by a point or more, or by half a point with a reason, with the words that show them and the reason given',
    heads: ['Who', 'On', 'From and to', 'What it is', 'Words'],
    rows,
  });
}

function inWords(subject: Subject, movements: Convergence['movements']): Markup {
  const moved = movements
    .filter(({ amount }) => Math.abs(amount) >= noticeable)
    .sort((one, other) => Math.abs(other.amount) - Math.abs(one.amount));
  const name = (speaker: string) => personOf(subject, speaker).name;
  const principals = subject.cast.filter(({ principal }) => principal).map(({ id }) => id);
  const own = moved.filter(
    ({ speaker, towards }) => principals.includes(speaker) && principals.includes(towards),
  );
  const shown = (own.length > 0 ? own : moved).slice(0, 6);
  if (shown.length === 0)
    return html`<p class="lead">Nobody moved noticeably towards where another one began.</p>`;
  return html`<ul class="moves">${shown.map(({ speaker, towards, amount }) => {
    const way = amount > 0 ? 'came towards' : 'went away from';
    return html`<li>${nameTag(subject, speaker)} ${way} where the ${name(towards)} began, by <b>${change(amount)}</b> of the scale.</li>`;
  })}</ul>`;
}

function movementTable(subject: Subject, movements: Convergence['movements']): Markup {
  const amount = (speaker: string, towards: string) =>
    movements.find((one) => one.speaker === speaker && one.towards === towards)?.amount ?? null;
  const caption = 'Movement of rows towards columns, start to end, in shares of the scale';
  return eachWithEach(subject, { label: 'Movement', caption, head: 'Who' }, amount, (value) => {
    return html`<td class="${wayOf(value)}">${change(value)}</td>`;
  });
}

function wayOf(amount: number): string {
  if (Math.abs(amount) < noticeable) return 'still';
  return amount > 0 ? 'nearer' : 'further';
}

function pairTable(subject: Subject, pairs: Convergence['pairs']): Markup {
  const agreement = (a: string, b: string) =>
    pairs.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a))?.agreement ?? null;
  const caption = 'Agreement of each two at the end, 0 to 1';
  return eachWithEach(subject, { label: 'Agreement', caption, head: 'Pair' }, agreement, (value) => {
    return html`<td class="agree agree-${Math.round(value * 10)}">${decimal(value)}</td>`;
  });
}

/** A row and a column for each speaker. */
function eachWithEach(
  subject: Subject,
  { head, ...about }: { label: string; caption: string; head: string },
  between: (row: string, column: string) => number | null,
  cellOf: (value: number) => Markup,
): Markup {
  const { cast } = subject;
  const tag = (id: string) => nameTag(subject, id, 'short');
  const cell = (row: string, column: string) => {
    if (row === column) return html`<td class="self"></td>`;
    const value = between(row, column);
    return value === null ? html`<td class="none">–</td>` : cellOf(value);
  };
  return scrollingTable({
    ...about,
    kind: 'matrix small',
    heads: [head, ...cast.map(({ id }) => tag(id))],
    rows: cast.map(
      ({ id }) => html`<tr><th scope="row">${tag(id)}</th>${cast.map((other) => cell(id, other.id))}</tr>`,
    ),
  });
}

/** Own red lines crossed, then how far the positions are from what each principal could accept. */
export function acceptabilitySection(subject: Subject): Piece {
  const last = readVerdicts(subject).at(-1);
  if (!last || subject.cast.every(({ redLines }) => redLines.length === 0)) return null;
  const { convergence, round } = last;
  const own = ownLinesCrossed(convergence).map((line) =>
    lineRow(subject, { ...line, holder: line.speaker }, round),
  );
  const others = beyondOthersLines(convergence).map((line) => lineRow(subject, line, round));
  return html`<section id="acceptability" aria-labelledby="acceptability-h">
<h2 id="acceptability-h">Red lines</h2>
${own.length === 0 ? html`<p>At the end no persona stands beyond a red line of its own.</p>` : linesTable('Own red lines crossed', round, own)}
<h3>Distance to acceptance</h3>
<p class="lead">${acceptanceInWords(convergence.acceptable.share)}</p>
${others.length === 0 ? null : linesTable('Positions beyond a red line of somebody else', round, others)}
</section>`;
}

interface BeyondLine {
  holder: string;
  speaker: string;
  issue: string;
  position: number;
  min: number;
  max: number;
}

function lineRow(subject: Subject, { holder, speaker, issue, ...at }: BeyondLine, round: number): Markup {
  const link = anchor.reading(speaker, issue, round);
  const whose = holder === speaker ? html`its own` : html`that of ${nameTag(subject, holder, 'short')}`;
  const bound = `${position(at.min)} to ${position(at.max)}`;
  return html`<tr><th scope="row">${nameTag(subject, speaker, 'short')}</th><td>${issueTitle(subject, issue)}</td><td><a href="#${link}">${position(at.position)}</a></td><td>${whose}</td><td>${bound}</td></tr>`;
}

function linesTable(caption: string, round: number, rows: readonly Markup[]): Markup {
  return scrollingTable({
    ...{ label: caption, kind: 'figures left', caption: `${caption}, after round ${round}` },
    heads: ['Who stands', 'On', 'At', 'Red line', 'Allows'],
    rows,
  });
}

/** Why each shift happened, where speakers were let answer again; nothing where nobody asked. */
export function whySection(report: DebateReport): Piece {
  const { why } = report;
  if (!why) return null;
  const rows = why.map((one) => rowOf(report, one));
  const conditions = why.filter(({ causes }) => causes).map((one) => conditionsOf(report, one));
  return html`<section id="why" aria-labelledby="why-h">
<h2 id="why-h">Why they moved</h2>
<p class="lead">${whyMeaning}</p>
${scrollingTable({
  ...{ label: 'Causes', kind: 'figures left' },
  caption: 'Parts of each shift in points of the scale, with 95% intervals over the answers',
  heads: ['Who', 'On', 'From and to', 'After', 'Itself', 'Pressure', 'Persuasion', 'Verdict'],
  rows,
})}
${conditions.length === 0 ? null : html`<details><summary>What each was let hear, and how far it moved</summary><ul>${conditions}</ul></details>`}
</section>`;
}

function rowOf({ subject }: DebateReport, { shift, counterpart, causes, sentence }: Explanation): Markup {
  const turn = html`<a href="#${anchor.turn(shift.turn)}">T${shift.turn}</a>`;
  const after = counterpart
    ? html`${nameTag(subject, counterpart.turn.speaker, 'short')} <a href="#${anchor.turn(counterpart.turn.turn)}">T${counterpart.turn.turn}</a>`
    : '–';
  const parts = causes
    ? [causes.itself, causes.pressure, causes.persuasion].map((part) => html`<td>${interval(part)}</td>`)
    : [html`<td class="none" colspan="3">not asked yet</td>`];
  const verdict = causes
    ? html`${causeInWords(causes)}${sentence ? html`<br><span class="unit">most by</span> <q dir="auto">${sentence.text}</q>` : null}`
    : '–';
  return html`<tr><th scope="row">${nameTag(subject, shift.speaker, 'short')}</th><td>${issueTitle(subject, shift.issue)}</td><td>${position(shift.from)} → ${position(shift.to)} ${turn}</td><td>${after}</td>${parts}<td>${verdict}</td></tr>`;
}

function conditionsOf({ subject }: DebateReport, { shift, conditions }: Explanation): Markup {
  const told = conditions
    .filter(({ condition }) => condition in heardInWords)
    .map(
      ({ condition, mean, moved }) =>
        `${heardInWords[condition]} ${mean === null ? '–' : points(mean)} (${moved.length})`,
    );
  return html`<li>${nameTag(subject, shift.speaker, 'short')} T${shift.turn}, ${issueTitle(subject, shift.issue)}: ${told.join(' · ')}</li>`;
}
