import type { Issue } from '../debate/agenda.ts';
import { remembering } from '../text/memo.ts';
import { sentencesOf } from '../text/sentences.ts';
import { contentStems } from '../text/words.ts';
import { placementsIn } from './stand-reader.ts';

/** Words that say how firmly a stand is held, and nothing for it. The null model's own ear; no figure rests on it. */
const emphasis = new Set(
  contentStems(
    `position stand view hold held right wrong thought think long time everybody everyone somebody table know known knows
    matter matters important today yesterday tomorrow day clear clearly plain plainly say said saying again good better
    others other way ways much more much add added kind sort deserve deserves deserved take taken serious seriously ask
    asks give given attention come came believe believes belief going go shall serious treat treated agree agreed nothing
    something anything made make less true truth confident confidence understood understand firm consider considered same
    could would should see seen whole never always really people one once still turn speak speech word words here repeat`,
  ),
);

/** Content words beyond emphasis from which a speech says something for its stand. */
const fewest = 2;

/**
 * Does a speech give a reason, besides saying where it stands and how firmly? One that does not is a bare claim, and weighs
 * as such in the opinion model.
 */
export function givesReason(agenda: readonly Issue[], text: string): boolean {
  const known = readers.get(agenda) ?? remembering(400, (speech: string) => readReason(agenda, speech));
  readers.set(agenda, known);
  return known(text);
}

const readers = new WeakMap<readonly Issue[], (text: string) => boolean>();

function readReason(agenda: readonly Issue[], text: string): boolean {
  if (/\[[PT]\d/.test(text)) return true;
  const stands = new Set(placementsIn(agenda, text).map(({ quote }) => quote));
  const words = sentencesOf(text)
    .filter((sentence) => !stands.has(sentence.text))
    .flatMap((sentence) => contentStems(sentence.text));
  return new Set(words.filter((word) => !emphasis.has(word))).size >= fewest;
}
