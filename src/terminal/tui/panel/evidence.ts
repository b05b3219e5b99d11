import type { Debate } from '../../../debate/debate.ts';
import { wrapText } from '../../../text/columns.ts';
import { percent, position } from '../../../text/figures.ts';
import { latestReading } from '../../reading.ts';
import type { Meaning } from '../../theme/theme.ts';
import { personOf } from '../people.ts';
import { type Row, span } from '../span.ts';
import { redLinesSection } from './red-lines.ts';
import { type Section, titleRow } from './sections.ts';

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
