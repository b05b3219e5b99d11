import { sentencesOf } from '../convergence/lexical/sentences.ts';
import { seededRandom, shuffled } from '../debate/seeded-random.ts';
import { wordCount } from './casing.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Scene } from './scene.ts';

const leads = [
  'The article reports: {words}',
  'It says this: {words}',
  'In its own words: {words}',
  'Another passage reads: {words}',
  'The text has it so: {words}',
  'There it stands: {words}',
];
/** About the length that the prompt asks for. */
const enoughWords = 90;

/** Tells what the article says and takes no stand: sentences of it, word for word, each with its passage. */
export function reportFor({ passages, prompt }: Scene, persona: PromptPersona, seed: number): string {
  const random = seededRandom(seed, 'report', persona.id, prompt.heard.length);
  const told = prompt.heard.map(({ text }) => text).join('\n');
  const sentences = passages.flatMap(({ number, text }) =>
    sentencesOf(text)
      .map((sentence) => ({ number, words: sentence.text.trim() }))
      .filter(({ words }) => wordCount(words) >= 6 && wordCount(words) <= 40 && !/["“”?]/.test(words)),
  );
  const fresh = shuffled(sentences, random).sort(
    (one, other) => Number(told.includes(one.words)) - Number(told.includes(other.words)),
  );
  const lines: string[] = [];
  let words = 0;
  for (const [place, sentence] of fresh.entries()) {
    if (words >= enoughWords) break;
    const lead = shuffled(leads, random)[0] ?? '{words}';
    const frame = place === 0 ? (leads[0] as string) : lead;
    lines.push(
      `${frame.replace('{words}', `“${sentence.words.replace(/[.!]+$/, '')}”`)} [P${sentence.number}].`,
    );
    words += wordCount(sentence.words) + 4;
  }
  return lines.length > 0 ? lines.join(' ') : 'The article holds no sentence that can be told word for word.';
}
