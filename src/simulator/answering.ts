import { seededRandom } from '../debate/seeded-random.ts';
import { asDeal } from './anchor-words.ts';
import { sentence, upperFirst, withoutStop } from './casing.ts';
import { memoryOf } from './memory.ts';
import type { PromptPersona } from './parse-persona.ts';
import { selfWords } from './parse-persona.ts';
import type { Scene } from './scene.ts';
import { anchorAt, neighbours } from './stance-words.ts';
import { type Standing, standingOf } from './standing.ts';
import type { Slots } from './templates.ts';
import { writerOf } from './templates.ts';

export interface StatementAnswer {
  answer: 'sign' | 'refuse';
  reason: string;
}

/** Share of the agenda's weight that must be agreed or conditional before a signature is worth giving. */
const enoughSettled = 0.4;
/** Points between the principals up to which an issue counts as settled where no statement says so. */
const agreedWithin = 1;

const signings = [
  '{I} sign. On {issue} the statement says what {I} can defend, and nothing in it crosses a line of {mine}.',
  'The statement keeps {my} lines and says truly where {I} stand on {issue}, so {I} sign it.',
  '{I} put {my} name to it. On {issue} it asks no more of {me} than {I} have offered.',
  'It is less than {I} came for and more than {I} had. On {issue} it is enough to sign.',
];
const provisos = [
  '{I} sign on one understanding: on {issue} the conditions come first and the name counts after them.',
  '{I} sign, although the work on {issue} is only half done. If its conditions are not met, that part falls.',
  'Nothing in the text crosses a line of {mine}, so {I} sign. On {issue} it is a promise to go on, and {I} read it as no more.',
  '{I} put {my} name to it with {issue} still to be made good. An unfinished text that keeps {my} lines is better than none.',
];
const crossings = [
  '{I} refuse because of {issue}. {Line}. Bring the text back inside that line and {I} will sign.',
  'It comes down to {issue}. {Line}. Were it {here}, {I} could sign.',
  'On {issue} the statement goes where {I} cannot follow. {Line}. Change it to {here} and ask {me} again.',
  '{Line}. The statement leaves that open on {issue}, and {I} do not.',
];
const unsettled = [
  '{I} refuse for now. Nothing is settled on {issue}, and without it too little is settled to be worth a signature.',
  'Too much is left open, {issue} above all. Give {me} {here}, and {I} would sign.',
  '{I} do not sign a list of disagreements. The first thing to settle is {issue}, and {here} would settle it for {me}.',
  'Not yet. A text that is silent on {issue} would bind {me} and nobody else. Bring {me} {here}, and {I} will look again.',
];

/**
 * A principal signs where the terms of the statement keep its red lines, judged at the anchor that all principals stand
 * nearest to, else at the middle between them, and where enough of the agenda is settled. What is conditional with a
 * different term for each is no term yet.
 */
export function answerFor(scene: Scene, persona: PromptPersona, seed: number): StatementAnswer {
  const random = seededRandom(seed, 'answer', persona.id);
  const writer = writerOf(memoryOf(scene.prompt.heard), random, selfWords(persona), scene.setting.isEnglish);
  const standing = standingOf(scene, persona);
  const gaps = scene.prompt.agenda.map((issue) => ({ issue, ...gapOn(issue.id, standing) }));
  const { statement } = scene.prompt;
  const settled = gaps.filter(({ issue, gap }) =>
    statement.size > 0 ? (statement.get(issue.id) ?? 'open') !== 'open' : gap !== null && gap <= 2.5,
  );
  const crossed = settled.flatMap(({ issue, middle, isOneTerm }) => {
    if (statement.get(issue.id) === 'conditional' && !isOneTerm) return [];
    const line = persona.redLines.find(
      (one) => one.issue === issue.id && (middle < one.min || middle > one.max),
    );
    return line ? [{ issue, line }] : [];
  })[0];
  const here = (id: string) => {
    const form = anchorAt(scene, id, standing.own.get(id) ?? 3);
    return form ? asDeal(form, 'a text', false) : undefined;
  };
  const nearLine = (id: string) => ({ nearLine: anchorAt(scene, id, standing.own.get(id) ?? 3)?.text });
  const inScenarioWords = (id: string) => {
    const form = anchorAt(scene, id, standing.own.get(id) ?? 3);
    return scene.setting.isEnglish || !form ? null : `${scene.title(id)} : ${form.text}.`;
  };
  const write = (bank: readonly string[], slots: Slots) =>
    writer.write(ownShare(bank, scene, persona), slots);
  if (crossed) {
    const line = withoutStop(crossed.line.text);
    const reason = write(crossings, {
      issue: scene.title(crossed.issue.id),
      Line: upperFirst(line),
      here: here(crossed.issue.id),
    });
    return { answer: 'refuse', reason: reason ?? sentence(line) };
  }
  const weight = settled.reduce((sum, { issue }) => sum + issue.weight, 0);
  if (weight < enoughSettled) {
    const widest = gaps
      .filter((one) => !settled.includes(one))
      .sort(
        (one, other) => other.issue.weight * distance(other.gap) - one.issue.weight * distance(one.gap),
      )[0];
    const issue = widest?.issue.id ?? scene.prompt.agenda[0]?.id ?? '';
    return {
      answer: 'refuse',
      reason:
        write(unsettled, { issue: scene.title(issue), here: here(issue), ...nearLine(issue) }) ??
        inScenarioWords(issue) ??
        'Too much is left open.',
    };
  }
  const isAgreed = (id: string) => statement.get(id) === 'agreed';
  const chief = [...settled].sort(
    (one, other) =>
      Number(isAgreed(other.issue.id)) - Number(isAgreed(one.issue.id)) ||
      other.issue.weight - one.issue.weight,
  )[0];
  const issue = chief?.issue.id ?? '';
  const isConditional =
    statement.size > 0 ? statement.get(issue) === 'conditional' : (chief?.gap ?? 0) > agreedWithin;
  return {
    answer: 'sign',
    reason:
      write(isConditional ? provisos : signings, { issue: scene.title(issue), ...nearLine(issue) }) ??
      inScenarioWords(issue) ??
      'The statement keeps our lines.',
  };
}

/** Nothing heard from the others on an issue counts as far apart. */
function distance(gap: number | null): number {
  return 0.5 + (gap ?? 4);
}

/** Each principal has reasons of its own wording: two that refuse or sign for the same cause do not say so in the same words. */
function ownShare(bank: readonly string[], scene: Scene, persona: PromptPersona): readonly string[] {
  const principals = scene.prompt.cast.filter(({ isPrincipal }) => isPrincipal);
  const place = Math.max(
    0,
    principals.findIndex(({ name }) => name === persona.name),
  );
  const shares = Math.min(Math.max(1, principals.length), Math.floor(bank.length / 2));
  return bank.filter((_, at) => at % shares === place % shares);
}

interface Gap {
  gap: number | null;
  /** Where the term between them lies. */
  middle: number;
  /** Do all of them stand nearest to the same anchor, which is then the term? */
  isOneTerm: boolean;
}

function gapOn(issue: string, standing: Standing): Gap {
  const own = standing.own.get(issue) ?? 3;
  const others = (standing.others.get(issue) ?? []).filter(({ isPrincipal }) => isPrincipal);
  if (others.length === 0) return { gap: null, middle: own, isOneTerm: true };
  const positions = [own, ...others.map(({ position }) => position)];
  const [low, high] = [Math.min(...positions), Math.max(...positions)];
  const { near } = neighbours(low);
  const isOneTerm = near === neighbours(high).near;
  return { gap: high - low, middle: isOneTerm ? near : (low + high) / 2, isOneTerm };
}
