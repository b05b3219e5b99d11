import type { Random } from '../../src/debate/seeded-random.ts';

interface SpeechOptions {
  random: Random;
  /** About how many words. */
  words: number;
  /** Passages that may be cited. */
  passages: number;
  /** Turns that may be cited; none where there are none yet. */
  earlierTurns?: number;
}

/** A speech in sentences that read like one, with citations; it argues nothing. */
export function plausibleSpeech({ random, words, passages, earlierTurns = 0 }: SpeechOptions): string {
  const sentences: string[] = [];
  let count = 0;
  while (count < words) {
    const sentence = plausibleSentence(random, passages, earlierTurns);
    count += sentence.split(' ').length;
    sentences.push(sentence);
    if (sentences.length % 4 === 0) sentences.push('\n\n');
  }
  return sentences.join(' ').replaceAll(' \n\n ', '\n\n').trim();
}

function plausibleSentence(random: Random, passages: number, earlierTurns: number): string {
  const opening = pick(openings, random);
  const cited = 1 + Math.floor(random() * passages);
  const source = random() < 0.6 ? ` [P${cited}]` : '';
  const answered = Math.floor(random() * earlierTurns) + 1;
  const reply = earlierTurns > 0 && random() < 0.2 ? `, which does not answer [T${answered}]` : '';
  return `${opening} ${pick(subjects, random)} ${pick(claims, random)}${source}${reply}.`;
}

function pick(items: readonly string[], random: Random): string {
  return items[Math.floor(random() * items.length)] ?? '';
}

const openings = [
  'We have said it before:',
  'Let me put it plainly,',
  'On the second point,',
  'It remains true that',
  'We could accept that',
  'Nobody here disputes that',
  'If the others move as well,',
  'The record shows that',
];

const subjects = [
  'the summer release',
  'a meter on every pump above ten kilowatts',
  'the price for the first four hundred cubic metres',
  'the board that was promised in 2019',
  'half the usual flow until the end of September',
  'the cost of the meters',
];

const claims = [
  'has to be settled before anything else is',
  'was measured at a third of its usual level',
  'can be shared if the report is public and on time',
  'falls on those who can least pay for it',
  'would hold only with a date and a number in writing',
  'is a step we would take in return for a fixed quota',
  'leaves the lower valley dry in August',
];
