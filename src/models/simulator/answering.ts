import { seededRandom } from '../../debate/seeded-random.ts';
import { sentence, withoutStop } from './casing.ts';
import { memoryOf } from './memory.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Scene } from './scene.ts';
import { selfWords } from './speaker.ts';
import { anchorAt } from './stance-words.ts';
import { type Standing, standingOf } from './standing.ts';
import { writerOf } from './writer.ts';

export interface StatementAnswer {
  answer: 'sign' | 'refuse';
  reason: string;
}

/** Share of the agenda's weight that must be agreed or conditional before a signature is worth giving. */
const enoughSettled = 0.4;

const signings = [
  '{I} sign, because {issue} is settled within what {I} can defend and nothing in the text crosses a line of {mine}.',
  'The statement keeps {my} lines and says truly where {I} stand on {issue}; {I} sign it.',
  '{I} put {my} name to it: on {issue} it asks of {me} no more than {I} have offered.',
];
const crossings = [
  '{I} refuse, because of {issue}: {line}. Bring the text back inside that line and {I} will sign.',
  '{issue} decides it. {Line}. A text that keeps to {here} {I} could sign.',
  'On {issue} the statement goes where {I} cannot follow: {line}. Change it to {here} and ask {me} again.',
];
const unsettled = [
  '{I} refuse for now: {issue} is still open, and without it too little is settled to be worth a signature. Write {here} there, and {I} will sign.',
  'Too much is left open, {issue} above all. If the text said {here}, {I} would sign.',
  '{I} do not sign a list of disagreements; {issue} has to be settled first, and {here} would settle it for {me}.',
];

/**
 * A principal signs where the terms called agreed or conditional keep its red lines, judged at the middle between its
 * own stand and that of the other principals, and where enough of the agenda is settled.
 */
export function answerFor(scene: Scene, persona: PromptPersona, seed: number): StatementAnswer {
  const random = seededRandom(seed, 'answer', persona.id);
  const writer = writerOf(memoryOf(scene.prompt.heard), random, selfWords(persona));
  const standing = standingOf(scene, persona);
  const gaps = scene.prompt.agenda.map((issue) => ({ issue, ...gapOn(issue.id, standing) }));
  const { statement } = scene.prompt;
  const settled = gaps.filter(({ issue, gap }) =>
    statement.size > 0 ? (statement.get(issue.id) ?? 'open') !== 'open' : gap !== null && gap <= 2.5,
  );
  const crossed = settled.flatMap(({ issue, middle }) => {
    const line = persona.redLines.find(
      (one) => one.issue === issue.id && (middle < one.min || middle > one.max),
    );
    return line ? [{ issue, line }] : [];
  })[0];
  const here = (id: string) => {
    const form = anchorAt(scene, id, standing.own.get(id) ?? 3);
    return form ? `"${form.text}"` : undefined;
  };
  if (crossed) {
    const line = withoutStop(crossed.line.text);
    const reason = writer.write(crossings, {
      issue: scene.title(crossed.issue.id),
      line: scene.casing.sentence(line),
      Line: line,
      here: here(crossed.issue.id),
    });
    return { answer: 'refuse', reason: reason ?? sentence(line) };
  }
  const weight = settled.reduce((sum, { issue }) => sum + issue.weight, 0);
  if (weight < enoughSettled) {
    const widest = gaps
      .filter((one) => !settled.includes(one))
      .sort((one, other) => other.issue.weight - one.issue.weight)[0];
    const issue = widest?.issue.id ?? scene.prompt.agenda[0]?.id ?? '';
    return {
      answer: 'refuse',
      reason:
        writer.write(unsettled, { issue: scene.title(issue), here: here(issue) }) ?? 'Too much is left open.',
    };
  }
  const chief = [...settled].sort((one, other) => other.issue.weight - one.issue.weight)[0];
  return {
    answer: 'sign',
    reason:
      writer.write(signings, { issue: scene.title(chief?.issue.id ?? '') }) ??
      'The statement keeps our lines.',
  };
}

function gapOn(issue: string, standing: Standing): { gap: number | null; middle: number } {
  const own = standing.own.get(issue) ?? 3;
  const others = (standing.others.get(issue) ?? []).filter(({ isPrincipal }) => isPrincipal);
  if (others.length === 0) return { gap: null, middle: own };
  const positions = [own, ...others.map(({ position }) => position)];
  const [low, high] = [Math.min(...positions), Math.max(...positions)];
  return { gap: high - low, middle: (low + high) / 2 };
}
