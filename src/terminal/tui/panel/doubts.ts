import { scale } from '../../../debate/agenda.ts';
import type { Debate } from '../../../debate/debate.ts';
import { wrapText } from '../../../text/columns.ts';
import { percent, position } from '../../../text/figures.ts';
import { gapsOfRound, latestReading } from '../../latest-reading.ts';
import { personOf } from '../../persona.ts';
import type { Meaning } from '../../theme/theme.ts';
import { column, justified, type Row, span } from '../span.ts';
import { type Section, titleRow } from './sections.ts';

/** Rows at most; how many there are stands in the heading. */
const most = 4;

/** Who stands beyond whose red line, on what: a row each. */
function redLinesSection(debate: Debate, columns: number): Section {
  const acceptable = latestReading(debate)?.convergence.acceptable;
  if (!acceptable || acceptable.share === null) return { rank: 4, rows: [] };
  const { breaches } = acceptable;
  if (breaches.length === 0) {
    return { rank: 4, rows: [[span('✓ ', 'good'), span('no red line is touched')]] };
  }
  const more = breaches.length - most;
  return {
    rank: 4,
    rows: [
      titleRow('red lines', `${breaches.length} touched`, columns),
      ...breaches.slice(0, most).map((breach) => breachRow(breach, debate, columns)),
      ...(more > 0 ? [[span(`  and ${more} more`, 'muted')]] : []),
    ],
  };
}

type Breach = NonNullable<ReturnType<typeof latestReading>>['convergence']['acceptable']['breaches'][number];

/** `✗ ● 5 on Sequencing   ◆ 0–3.5`: the one who stands there, and the bounds of the one whose line it is. */
function breachRow(breach: Breach, debate: Debate, columns: number): Row {
  const { holder, speaker, issue, position: stands, min, max } = breach;
  const who = personOf(debate, speaker);
  const whose = personOf(debate, holder);
  const title = debate.started.agenda.find(({ id }) => id === issue)?.title ?? issue;
  const bounds = ` ${position(min)}–${position(max)}`;
  const lead = `${position(stands)} on `;
  const room = Math.min(widestTitle, columns - 6 - lead.length - bounds.length);
  return [
    span('✗ ', 'alarm'),
    span(`${who.glyph} `, who.meaning),
    span(lead),
    span(column(title, Math.max(4, room))),
    span(` ${whose.glyph}`, whose.meaning),
    span(bounds, 'muted'),
  ];
}

const widestTitle = 34;

const widest = 44;

/** How far everyone would settle from where it stands in public, by the last poll; nothing where nobody was asked. */
export function offRecordSection(debate: Debate, columns: number): Section {
  const round = debate.polls.at(-1)?.round;
  const gaps = round === undefined ? null : gapsOfRound(debate, round);
  if (!gaps) return { rank: 7, rows: [] };
  const rows = gaps.map(({ speaker, gap }): Row => {
    const { glyph, short, meaning } = personOf(debate, speaker);
    const figure = gap === null ? '–' : `${(gap * scale.high).toFixed(1)} of ${scale.high} off`;
    const left: Row = [span(`${glyph} `, meaning), span(short)];
    return justified(left, [span(figure, 'muted')], Math.min(widest, columns));
  });
  return { rank: 7, rows: [titleRow('off the record', `after round ${round}`, columns), ...rows] };
}

/** How much the figures rest on, the red lines touched, and every reason to doubt. */
export function evidenceSections(debate: Debate, columns: number): Section[] {
  const reading = latestReading(debate);
  if (!reading) return [];
  const { convergence, verdict } = reading;
  const { coverage, cues, confidence, hollow, retractions } = convergence;
  const quotes = cues.quoteMatchRate === null ? '' : `  quotes found ${percent(cues.quoteMatchRate)}`;
  const warnings: Row[] = [
    ...(confidence.level === 'low'
      ? note('!', `Low confidence. ${confidence.reasons.join(' ')}`, 'caution', columns)
      : []),
    ...(hollow.isHollow ? note('!', `Hollow agreement. ${hollow.why}`, 'alarm', columns) : []),
  ];
  const takenBack = retractions.slice(0, mostRetractions).flatMap(({ speaker, issue, from, to }) => {
    const { glyph } = personOf(debate, speaker);
    return note(
      '↩',
      `${glyph} moved back on ${titleOf(debate, issue)}${from === null ? '' : ` from ${position(from)}`} to ${position(to)}`,
      'caution',
      columns,
    );
  });
  return [
    { rank: 3, rows: warnings },
    redLinesSection(debate, columns),
    {
      rank: 6,
      rows: [
        titleRow('evidence', '', columns),
        [span(`coverage ${percent(coverage)}${quotes}`, coverage < 0.7 ? 'caution' : 'text')],
        ...takenBack,
      ],
    },
    { rank: 5, rows: [titleRow('outlook', '', columns), ...note('', verdict.advice.why, 'text', columns)] },
  ];
}

function titleOf(debate: Debate, issue: string): string {
  return debate.started.agenda.find(({ id }) => id === issue)?.title ?? issue;
}

/** A sign and a text beside it that keeps its own edge. */
function note(sign: string, text: string, meaning: Meaning, columns: number): Row[] {
  const lead = sign === '' ? '' : `${sign} `;
  return wrapText(text, Math.min(widestNote, columns) - lead.length).map((line, index) =>
    index === 0 ? [span(lead, meaning), span(line)] : [span(' '.repeat(lead.length)), span(line)],
  );
}

const widestNote = 64;
const mostRetractions = 2;
