import type { Passage } from '../../debate/agenda.ts';
import { type Random, shuffled } from '../../debate/seeded-random.ts';
import { asCondition, kindOf } from '../anchor-words.ts';
import * as moves from '../bank/move-lines.ts';
import { upperFirst, withoutStop, wordCount } from '../casing.ts';
import { isSaid, type Memory } from '../memory.ts';
import { type PromptPersona, passagesOf } from '../parse-persona.ts';
import { evidenceFor } from '../quoting.ts';
import { rankingOnce, sharedTerms } from '../relevance.ts';
import type { Scene } from '../scene.ts';
import { neighbours } from '../stance-words.ts';
import { positionIn } from '../targets.ts';
import type { Slots } from '../templates.ts';
import { asSentence, type Draft, inside } from './draft.ts';

interface Wanted {
  scene: Scene;
  persona: PromptPersona;
  memory: Memory;
  issue: string;
  /** The sentence that is being answered. */
  point: string;
  random: Random;
  /** Would a text, read by itself, place the speaker where it does not stand? */
  misleads: (text: string) => boolean;
  /** Has this speech cited a passage already? */
  isCited: boolean;
}

/** An argument, and whether it is a whole sentence or only names something. */
interface Reason {
  text: string;
  isNamed: boolean;
}

/** The next argument on an issue that this speaker has not used, fitting the point; with a citation where a passage bears it out. */
function nextReason(wanted: Wanted): Reason | null {
  const { persona, issue, memory } = wanted;
  const unsaid = (texts: readonly string[] = []) => texts.filter((text) => !isSaid(memory, text));
  const chosen =
    fitting(unsaid(persona.reasons.get(issue)), wanted) ?? fitting(unsaid(persona.reasons.get('')), wanted);
  if (chosen !== null) return { text: finished(chosen, wanted), isNamed: false };
  const interest = wanted.random() < 0.5 ? nextInterest(persona, memory, wanted.random) : null;
  return interest && { ...interest, text: finished(interest.text, wanted) };
}

/** An interest that has not been told yet. */
function nextInterest(persona: PromptPersona, memory: Memory, random: Random): Reason | null {
  const text = shuffled(persona.interests, random).find(
    (one) => !isSaid(memory, one) && wordCount(one) <= 32,
  );
  return text === undefined ? null : { text, isNamed: kindOf(text) !== 'clause' };
}

function finished(text: string, wanted: Wanted): string {
  return withValidCitations(`${upperFirst(withoutStop(text))}.`, wanted);
}

/** Put behind all others: an argument that by itself would place its speaker where it does not stand. */
const misleading = 4;

function fitting(texts: readonly string[], wanted: Wanted): string | null {
  const { point, random, isCited } = wanted;
  if (texts.length === 0) return null;
  const scores = new Map(
    rankingOnce(texts)
      .rank(point)
      .map(({ index, score }) => [index, score]),
  );
  const scored = texts.map((text, index) => ({
    text,
    score:
      (wanted.misleads(text) ? -misleading : 0) +
      Math.log1p(scores.get(index) ?? 0) +
      random() * 0.7 +
      (!isCited && /\[P\d+\]/.test(text) ? 0.6 : 0),
  }));
  return shuffled(scored, random).sort((one, other) => other.score - one.score)[0]?.text ?? null;
}

/** Drops citations of passages that do not exist; where a persona's file names none, adds one on which the argument plainly rests. */
function withValidCitations(text: string, { scene, persona, issue }: Wanted): string {
  const valid = text.replace(/\s*\[P(\d+)\]/g, (citation, number: string) =>
    scene.passages.some((passage) => passage.number === Number(number)) ? citation : '',
  );
  if (/\[P\d+\]/.test(valid) || passagesOf(persona).size > 0) return valid;
  const passages = scene.issue(issue)?.passages ?? [];
  const best = scene.rankPassages
    .rank(valid)
    .map(({ index }) => scene.passages[index])
    .find((passage) => passage !== undefined && (passages.length === 0 || passages.includes(passage.number)));
  if (!best || sharedTerms(valid, best, scene.passages).length < 4) return valid;
  return valid.replace(/\.$/, ` [P${best.number}].`);
}

/** Begins with what the speaker is there for. */
export function begin(draft: Draft): string | null {
  const { persona, memory, random, writer, title } = draft;
  const interest = nextInterest(persona, memory, random);
  if (interest === null) return null;
  const { text, isNamed } = interest;
  const slots = { Interest: asSentence(text), interest: inside(draft, text), issue: title };
  return writer.write(isNamed ? moves.namedInterests : moves.beginnings, slots);
}

/** The next argument, now and then with words that lead from what went before to it. */
export function argue(draft: Draft, canBeBridged: boolean): string | null {
  const { scene, persona, memory, random, issue, point, writer, soFar } = draft;
  const isCited = soFar.citations > 0;
  const misleads = (text: string) => (distanceOf(draft, text) ?? 0) > 1;
  const reason = nextReason({ scene, persona, memory, issue, point, random, misleads, isCited });
  if (reason === null) return writer.write(moves.commonReasons, commonSlots(draft));
  for (const [, number] of reason.text.matchAll(/\[P(\d+)\]/g)) {
    soFar.citations += 1;
    soFar.cited.add(Number(number));
  }
  soFar.lastArgument = reason.text;
  const slots = { Arg: reason.text, interest: inside(draft, reason.text) };
  if (reason.isNamed) return writer.write(moves.namedInterests, slots);
  const isBridged = canBeBridged && random() < (soFar.hasGiven ? 0.7 : 0.2);
  return writer.write(isBridged ? [...bridgesFor(draft), '{Arg}'] : ['{Arg}'], slots);
}

function bridgesFor({ soFar }: Draft): readonly string[] {
  if (soFar.hasGiven) return moves.bridgesAfterGiving;
  return soFar.hasBegun ? moves.bridges : moves.openBridges;
}

/** The anchors that the speaker wants most and least, as conditions. */
function commonSlots({ scene, standing, issue, title }: Draft): Slots[] {
  const own = standing.own.get(issue) ?? 3;
  const forms = (position: number) =>
    (scene.anchors.get(issue)?.[neighbours(position).near].slice(1, 3) ?? []).filter(
      ({ text }) => !text.includes(','),
    );
  const least = forms(own <= 3 ? 6 : 0);
  return forms(own).flatMap((here) =>
    least.map((far) => ({ issue: title, ifHere: asCondition(here), ifFar: asCondition(far) })),
  );
}

/** Quotes a passage that bears on the point and the argument. */
export function cite(draft: Draft): string | null {
  const { scene, memory, issue, point, writer, soFar } = draft;
  const evidence = evidenceFor(scene, memory, `${point} ${soFar.lastArgument}`, issue, {
    isFit: (passage) => bearsOut(draft, passage) && !soFar.cited.has(passage.number),
  });
  if (!evidence) return null;
  soFar.citations += 1;
  soFar.cited.add(evidence.passage);
  return writer.write(moves.evidence, { quote: `"${evidence.quote}"`, pass: `[P${evidence.passage}]` });
}

/** Somebody whose own file names passages quotes those and no others: the others may speak against it. */
function bearsOut(draft: Draft, { number, text }: Passage): boolean {
  const own = passagesOf(draft.persona);
  return (own.size === 0 || own.has(number)) && (distanceOf(draft, text) ?? 0) <= 3;
}

/** How far from where the speaker stands a text by itself would place it; null where it says nothing of the issue. */
function distanceOf({ scene, standing, issue }: Draft, text: string): number | null {
  const position = positionIn(scene, text, issue);
  return position === null ? null : Math.abs(position - (standing.own.get(issue) ?? 3));
}
