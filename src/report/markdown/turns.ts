import type { BodyOf } from '../../debate/events.ts';
import { problemsOf } from '../../grounding/problems.ts';
import type { TurnGrounding } from '../../grounding/turn-grounding.ts';
import { anchor } from '../html/anchors.ts';
import { endingNote } from '../model/phrases.ts';
import { personOf, type Subject, type SubjectTurn } from '../model/subject.ts';
import { cited } from './cited.ts';
import { line, quoted, target } from './text.ts';

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
  const ending = endingNote[turn.ending];
  return [
    `### ${target(anchor.turn(turn.turn))}T${turn.turn} · ${line(name)}${turn.round > 0 ? ` · round ${turn.round}` : ''}`,
    cited(turn.text, (label) => existing.has(label)),
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
