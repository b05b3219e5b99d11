import { controlSentence } from '../../debate/setup.ts';
import { html, type Markup } from '../../html/markup.ts';
import { page } from '../../html/page.ts';
import { counted } from '../../text/figures.ts';
import { listed } from '../../text/wording.ts';
import { guideSection } from '../html/closing-sections.ts';
import { convergenceSection } from '../html/convergence-section.ts';
import { evidenceMarks, quoteLinks } from '../html/evidence-marks.ts';
import { castList, keyFigures, ownLines } from '../html/masthead.ts';
import { acceptabilitySection, movementSection } from '../html/movement-section.ts';
import { positionsSection } from '../html/position-section.ts';
import { offRecordSection } from '../html/private-section.ts';
import { turnsSection } from '../html/transcript-section.ts';
import { personOf } from '../model/subject.ts';
import { judgeInWords, roundsInWords, type ScoreReport } from './score-report.ts';

/** A score as one page that opens with no network. */
export function scorePage(report: ScoreReport): string {
  const { scored, subject, movements } = report;
  const marks = evidenceMarks(subject);
  const turns = turnsSection({ subject, marks, groundings: new Map(), fidelity: [], questions: [] });
  const sections = [
    ['convergence', 'Convergence', convergenceSection(subject)],
    ['movement', 'Who moved', movementSection(subject, movements)],
    ['acceptability', 'Red lines', acceptabilitySection(subject)],
    ['positions', 'Positions', positionsSection(subject, quoteLinks(marks, subject))],
    ['off-record', 'Off the record', offRecordSection(subject)],
    ['debate', 'What was said', turns],
    ['guide', 'How to read the figures', guideSection()],
  ] as const;
  const shown = sections.filter(([, , section]) => section !== null);
  return page({
    title: `${scored.name}: how far it converged`,
    label: scored.simulated ? 'Simulated: not a language model' : 'A transcript, scored',
    contents: shown.map(([id, name]) => [id, name]),
    header: masthead(report),
    sections: shown.map(([, , section]) => section),
    madeBy: `Scored by parley ${scored.parley}, seed ${scored.seed}.`,
  });
}

function masthead({ scored, subject, counting }: ScoreReport): Markup {
  const names = listed(counting.map((id) => personOf(subject, id).name));
  const who = counting.length === subject.cast.length ? 'Everyone counts.' : `${names} count for C.`;
  const label = scored.simulated ? 'Simulated' : 'Scored';
  const meaning = scored.simulated
    ? 'The words are a built-in simulator’s, not a language model’s'
    : 'A transcript, read for positions';
  return html`<header class="masthead">
<p class="kicker"><strong class="label">${label}</strong> ${meaning}</p>
<h1>How far ${scored.name} converged</h1>
<p class="standfirst">${counted(scored.speeches.length, 'turn')} by ${counted(scored.cast.length, 'speaker')}, in ${counted(scored.verdicts.length, 'round')}: ${roundsInWords(scored)}. Held against ${counted(scored.agenda.length, 'issue')}, ${scored.agendaFrom}. ${who}</p>
${scored.controls.map((control) => html`<p class="doubt"><strong>${controlSentence(control)}</strong></p>`)}
<p class="disclaimer">Judge: ${judgeInWords(scored)}</p>
${castList(subject)}
${ownLines(subject)}
${keyFigures(subject)}
</header>`;
}
