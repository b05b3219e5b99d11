import type { Issue } from '../../debate/agenda.ts';
import type { BodyOf } from '../../debate/events.ts';
import { abstainPhrase, actPhrase, turnNote } from '../../debate/phrases.ts';
import type { Cell } from '../../debate/verdict.ts';
import type { TurnGrounding } from '../../grounding/turn-grounding.ts';
import { problemsOf } from '../../grounding/turn-grounding.ts';
import { percent, position } from '../../text/figures.ts';
import { personaMark } from '../../text/persona-marks.ts';
import {
  anchor,
  courseOf,
  personOf,
  placeOf,
  type Subject,
  type SubjectTurn,
  writerOf,
} from '../model/subject.ts';
import { cited, line, quoted, table, target } from './markdown-text.ts';

export function turnsText(
  subject: Subject,
  groundings: ReadonlyMap<number, TurnGrounding>,
  questions: readonly Pick<BodyOf<'question-asked'>, 'afterTurn' | 'text'>[],
): string {
  const turns = subject.turns.flatMap((turn) => {
    const asked = questions.filter(({ afterTurn }) => afterTurn === turn.turn);
    return [
      turnText(subject, turn, groundings.get(turn.turn) ?? null),
      ...asked.map(({ text }) => `*A question from the person watching:*\n\n${quoted(text)}`),
    ];
  });
  return ['## What was said', ...turns].join('\n\n');
}

function turnText(subject: Subject, turn: SubjectTurn, grounding: TurnGrounding | null): string {
  const { name } = personOf(subject, turn.speaker);
  const existing = new Set(
    (grounding?.citations ?? []).filter(({ exists }) => exists).map(({ label }) => label),
  );
  const problems = grounding && turn.kind === 'speech' ? problemsOf(grounding) : [];
  const ending = turnNote(turn);
  return [
    `### ${target(anchor.turn(turn.turn))}T${turn.turn} · ${placeOf(subject, turn.speaker) < 0 ? '' : `${personaMark(placeOf(subject, turn.speaker)).glyph} `}${line(name)}${turn.round > 0 ? ` · round ${turn.round}` : ''}`,
    cited(turn.text, (label) => (grounding ? existing.has(label) : null)),
    ...(ending === '' ? [] : [`*${ending}*`]),
    ...(problems.length > 0
      ? [`Checked by code:\n\n${problems.map((problem) => `- ${line(problem)}`).join('\n')}`]
      : []),
    ...(turn.notes === ''
      ? []
      : [
          `<details><summary>Private notes before turn ${turn.turn}</summary>\n\n${quoted(turn.notes)}\n\n</details>`,
        ]),
  ].join('\n\n');
}

/** Positions issue by issue over the rounds, and what each rests on. */
export function positionsText(subject: Subject): string {
  return [
    '## Positions',
    'Every issue runs from 0 to 6, with wording at 0, 3 and 6. Neither end is better. A dash is no position: it never counts.',
    ...subject.agenda.map((issue) => issueText(subject, issue)),
  ].join('\n\n');
}

function issueText(subject: Subject, issue: Issue): string {
  const { cast, verdicts } = subject;
  const hasOpenings = cast.some(({ opening }) => Object.keys(opening).length > 0);
  const head = ['', ...(hasOpenings ? ['Declared'] : []), ...verdicts.map(({ round }) => `R${round}`)];
  const rows = cast.map(({ id, short }) => {
    const { opening, rounds } = courseOf(subject, id, issue.id);
    const start = hasOpenings ? [opening === null ? '–' : `(${position(opening)})`] : [];
    return [line(short), ...start, ...rounds.map(({ round, cell }) => linkOf(cell, round))];
  });
  const evidence = cast.flatMap(({ id, name }) => {
    const { rounds } = courseOf(subject, id, issue.id);
    return rounds.flatMap(({ round, cell }) => (cell ? [evidenceItem(subject, name, round, cell)] : []));
  });
  return [
    `### ${target(anchor.issue(issue.id))}${line(issue.title)} (weight ${percent(issue.weight)})`,
    line(issue.question),
    ([0, 3, 6] as const).map((at) => `- **${at}** ${line(issue.anchors[at])}`).join('\n'),
    ...(verdicts.length > 0 ? [table(head, rows)] : []),
    ...(evidence.length > 0 ? [evidence.join('\n')] : []),
  ].join('\n\n');
}

function linkOf(cell: Cell | null, round: number): string {
  if (cell?.stand !== 'position') return '–';
  return `[${position(cell.position)}](#${anchor.reading(cell.speaker, cell.issue, round)})`;
}

function evidenceItem(subject: Subject, name: string, round: number, cell: Cell): string {
  const lead = `- ${target(anchor.reading(cell.speaker, cell.issue, round))}R${round}, ${line(name)}:`;
  if (cell.stand === 'abstain') return `${lead} no position, ${abstainPhrase[cell.reason]}.`;
  return `${lead} **${position(cell.position)}**, ${actPhrase[cell.act]}: “${line(cell.quote)}” ([T${cell.turn}](#${anchor.turn(cell.turn)})${writerOf(subject, cell.turn)})`;
}
