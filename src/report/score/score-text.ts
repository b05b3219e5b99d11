import { abstainPhrase, actPhrase, movePhrase } from '../../debate/phrases.ts';
import { controlSentence } from '../../debate/setup.ts';
import type { Cell } from '../../debate/verdict.ts';
import type { RoundCues } from '../../score/score-transcript.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { hanging, inColumns } from '../../text/columns.ts';
import { change, counted, decimal, percent, position } from '../../text/figures.ts';
import { listed } from '../../text/wording.ts';
import { namer, roundsNamed, warningsByRounds } from '../model/cautions.ts';
import {
  cellOf,
  gapPoints,
  movesRead,
  nobodyMoved,
  offRecordOf,
  personOf,
  readVerdicts,
  type Subject,
  type SubjectVerdict,
} from '../model/subject.ts';
import { judgeInWords, method, readersOf, roundsInWords, type ScoreReport } from './score-report.ts';

/** A score as plain text that explains itself. */
export function scoreText(report: ScoreReport): string {
  const { subject } = report;
  const last = readVerdicts(subject).at(-1) ?? null;
  const parts = [
    heading(report),
    [...headline(last), ...readersOf(report).flatMap((sentence) => hanging('  ', sentence))],
    byRound(report),
    warnings(subject),
    ...(last ? [positions(subject, last), evidence(subject, last), moves(report)] : []),
    offRecord(subject),
    ['How to read this', ...method.flatMap((paragraph) => bullet(paragraph))],
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}

function heading({ scored, subject, counting }: ScoreReport): string[] {
  const { speeches, cast, agenda, verdicts } = scored;
  const names = (ids: readonly string[]) => listed(ids.map((id) => cleanLine(personOf(subject, id).name)));
  const everyone = cast.map(({ id }) => id);
  const who =
    counting.length === cast.length
      ? `${names(everyone)}; all count`
      : `${names(everyone)}; ${names(counting)} count for C`;
  const facts: [string, string][] = [
    ['Speakers', `${who}.`],
    ['Turns', `${speeches.length} in ${counted(verdicts.length, 'round')}: ${roundsInWords(scored)}.`],
    ['Agenda', `${counted(agenda.length, 'issue')}, ${scored.agendaFrom}.`],
    ['Judge', judgeInWords(scored)],
    ...scored.controls.map((control): [string, string] => ['Control', controlSentence(control)]),
    ...(scored.simulated
      ? ([['Words', 'Simulated: the built-in simulator wrote this transcript.']] as [string, string][])
      : []),
  ];
  return [
    cleanLine(scored.name),
    ...facts.flatMap(([name, text]) => hanging(`  ${name.padEnd(10)}`, cleanLine(text))),
  ];
}

function headline(last: SubjectVerdict | null): string[] {
  const c = last?.convergence;
  if (!c) return ['Convergence: no number. Nothing could be read.'];
  if (c.principals === null) {
    return [
      `Convergence: no number. Those who count took a stand on only ${percent(c.coverage)} of the agenda; 70% is needed.`,
    ];
  }
  const readings = `, ${counted(c.judge.samples - c.judge.failed, 'reading')}`;
  const interval = c.interval
    ? ` (95% interval ${decimal(c.interval.low)} to ${decimal(c.interval.high)}${readings})`
    : ' (no interval: one reading)';
  return [
    `Convergence C = ${decimal(c.principals)}${interval}, on ${percent(c.coverage)} of the agenda, where 0 is far apart and 1 is together.`,
  ];
}

function byRound({ scored, subject }: ScoreReport): string[] {
  const own = scored.recorded.length > 0;
  const head = [
    'Round',
    'C',
    '95% interval',
    'change',
    'least issue',
    'coverage',
    ...(own ? ['C in the journal'] : []),
  ];
  let before: number | null = null;
  const rows = subject.verdicts.map(({ round, convergence }) => {
    const recorded = own
      ? [decimal(scored.recorded.find((one) => one.round === round)?.principals ?? null)]
      : [];
    if (!convergence) return [String(round), 'not read', '', '', '', '', ...recorded];
    const { principals, interval, min, coverage } = convergence;
    const step = principals === null || before === null ? '' : change(principals - before);
    before = principals ?? before;
    const range = interval ? `${decimal(interval.low)} to ${decimal(interval.high)}` : '–';
    return [String(round), decimal(principals), range, step, decimal(min), percent(coverage), ...recorded];
  });
  return columns([head, ...rows]);
}

function warnings(subject: Subject): string[] {
  const lines = warningsByRounds(subject).flatMap(({ text, rounds }) =>
    bullet(`${roundsNamed(rounds)}: ${cleanLine(text)}`),
  );
  return lines.length === 0 ? [] : ['Read with care', ...lines];
}

function positions(subject: Subject, last: SubjectVerdict): string[] {
  const { agenda, cast } = subject;
  const head = ['Issue', 'weight', ...cast.map(({ short }) => cleanLine(short)), 'C'];
  const rows = agenda.map(({ id, title, weight }) => {
    const c = last.convergence?.byIssue.find(({ issue }) => issue === id)?.principals ?? null;
    const cells = cast.map((member) => {
      const cell = cellOf(last, member.id, id);
      return cell?.stand === 'position' ? position(cell.position) : '–';
    });
    return [cleanLine(title), percent(weight), ...cells, decimal(c)];
  });
  return [`Positions after round ${last.round}, 0 to 6 (–: no position)`, ...columns([head, ...rows])];
}

function evidence(subject: Subject, last: SubjectVerdict): string[] {
  const lines = subject.agenda.flatMap(({ id, title, anchors }) => [
    '',
    cleanLine(title),
    ...([0, 3, 6] as const).flatMap((at) => hanging(`  ${at} = `, cleanLine(anchors[at]))),
    ...subject.cast.flatMap((member) => {
      const cell = cellOf(last, member.id, id);
      return cell ? cellLines(cleanLine(member.name), cell) : [];
    }),
  ]);
  return ['Evidence', ...lines];
}

function cellLines(name: string, cell: Cell): string[] {
  if (cell.stand === 'abstain') return hanging(`  ${name}: `, `no position: ${abstainPhrase[cell.reason]}.`);
  return [
    `  ${name}: ${position(cell.position)}, ${actPhrase[cell.act]} [turn ${cell.turn}]`,
    ...hanging('      ', `“${cleanLine(cell.quote)}”`),
  ];
}

function moves({ subject, movements, counting }: ScoreReport): string[] {
  const named = namer(subject);
  const read = movesRead(subject);
  if (read) {
    const rows = read.flatMap(({ round, speaker, issue, kind, from, to, turn, quote, why }) => [
      ...hanging(
        '  ',
        `Round ${round}: ${cleanLine(named(speaker))} on ${cleanLine(named(issue))}, ${position(from)} to ${position(to)}, ${movePhrase[kind]} [turn ${turn}]`,
      ),
      ...hanging('      ', `“${cleanLine(quote)}”`),
      ...(why === null ? [] : hanging('      ', `reason: “${cleanLine(why)}”`)),
    ]);
    return ['Who moved', ...(rows.length > 0 ? rows : [`  ${nobodyMoved}`])];
  }
  const lines = movements
    .filter(({ speaker, towards }) => counting.includes(speaker) && counting.includes(towards))
    .filter(({ amount }) => Math.abs(amount) >= 0.02)
    .sort((one, other) => Math.abs(other.amount) - Math.abs(one.amount))
    .map(({ speaker, towards, amount }) => {
      const way = amount > 0 ? 'came towards where' : 'went away from where';
      return `  ${cleanLine(named(speaker))} ${way} ${cleanLine(named(towards))} began: ${change(amount)} of the scale`;
    });
  return [
    'Who moved, from the first reading to the end',
    ...(lines.length > 0 ? lines : ['  Nobody, noticeably.']),
  ];
}

function offRecord(subject: Subject): string[] {
  const last = offRecordOf(subject).at(-1);
  if (!last) return [];
  const head = ['Who', 'gap in points', ...subject.agenda.map(({ title }) => cleanLine(title))];
  const rows = last.gaps.map(({ speaker, gap }) => [
    cleanLine(personOf(subject, speaker).name),
    gapPoints(gap),
    ...subject.agenda.map(({ id }) => {
      const stand = last.stands.find((one) => one.speaker === speaker && one.issue === id);
      return stand ? position(stand.private) : '–';
    }),
  ]);
  return [`Off the record after round ${last.round}: where each would settle`, ...columns([head, ...rows])];
}

function bullet(text: string): string[] {
  return hanging('  - ', text);
}

/** Titles at the left, numbers from the second column on at the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  return inColumns(rows, { rightFrom: 1 }).map((row) => row.trimEnd());
}

/** Rounds shown, the last ones; with the lines around them they make twelve. */
const mostRounds = 6;

/** What can be said of a transcript that nobody read, in at most twelve lines. */
export function cueText(name: string, cues: readonly RoundCues[]): string {
  const shown = cues.slice(-mostRounds);
  const rows = shown.map(({ round, agreeRatio, concreteOverlap, repetition }) => [
    String(round),
    ...[agreeRatio, concreteOverlap, repetition].map(decimal),
  ]);
  const left = cues.length - shown.length;
  return [
    cleanLine(name),
    'No model was given or found, so no positions were read and there is no C. Code counted only this:',
    'Friendly words are not agreement, and these English phrases say nothing about other languages.',
    ...inColumns([['Round', 'agreeing phrases', 'shared terms', 'repetition'], ...rows], { rightFrom: 1 }),
    ...(left > 0 ? [`(${left} earlier rounds are not shown; the JSON form has them all.)`] : []),
    'To have it read, name a judge such as openai:gpt-6-luna, or set the key of a provider.',
    '',
  ].join('\n');
}
