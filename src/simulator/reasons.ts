import type { Random } from '../debate/seeded-random.ts';
import { shuffled } from '../debate/seeded-random.ts';
import { kindOf } from './anchor-words.ts';
import { upperFirst, withoutStop, wordCount } from './casing.ts';
import { isSaid, type Memory } from './memory.ts';
import type { PromptPersona } from './parse-persona.ts';
import { rankingOnce, sharedTerms } from './relevance.ts';
import type { Scene } from './scene.ts';

export interface Wanted {
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
export interface Reason {
  text: string;
  isNamed: boolean;
}

/** The next argument on an issue that this speaker has not used, fitting the point; with a citation where a passage bears it out. */
export function nextReason(wanted: Wanted): Reason | null {
  const { persona, issue, memory } = wanted;
  const unsaid = (texts: readonly string[] = []) => texts.filter((text) => !isSaid(memory, text));
  const chosen =
    fitting(unsaid(persona.reasons.get(issue)), wanted) ?? fitting(unsaid(persona.reasons.get('')), wanted);
  if (chosen !== null) return { text: finished(chosen, wanted), isNamed: false };
  const interest = wanted.random() < 0.5 ? nextInterest(persona, memory, wanted.random) : null;
  return interest && { ...interest, text: finished(interest.text, wanted) };
}

/** An interest that has not been told yet. */
export function nextInterest(persona: PromptPersona, memory: Memory, random: Random): Reason | null {
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

/** Drops citations of passages that do not exist; adds one where the argument plainly rests on a passage. */
function withValidCitations(text: string, { scene, issue }: Wanted): string {
  const valid = text.replace(/\s*\[P(\d+)\]/g, (citation, number: string) =>
    scene.passages.some((passage) => passage.number === Number(number)) ? citation : '',
  );
  if (/\[P\d+\]/.test(valid)) return valid;
  const passages = scene.issue(issue)?.passages ?? [];
  const best = scene.rankPassages
    .rank(valid)
    .map(({ index }) => scene.passages[index])
    .find((passage) => passage !== undefined && (passages.length === 0 || passages.includes(passage.number)));
  if (!best || sharedTerms(valid, best, scene.passages).length < 4) return valid;
  return valid.replace(/\.$/, ` [P${best.number}].`);
}
