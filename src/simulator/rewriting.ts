import type { ChatMessage } from '../debate/calls.ts';
import { type Random, seededRandom } from '../debate/seeded-random.ts';
import { blocksIn } from './parse-persona.ts';

/** One way to vary a strategy: what it did, and the file after it; null where the file gives no room for it. */
type Variation = (file: string, random: Random) => { did: string; file: string } | null;

/**
 * A variation of the strategy that the prompt holds, by chance and without judgement: the null that evolution is tried on. The file stays
 * one that loads, and differs from what it was.
 */
export function rewritingFor(messages: readonly ChatMessage[], seed: number): string {
  const random = seededRandom(seed, 'rewriting');
  const shown = messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }) => blocksIn(content, 'strategy'));
  const file = shown[0]?.body ?? '';
  const start = Math.floor(random() * variations.length);
  for (let tried = 0; tried < variations.length; tried++) {
    const varied = variations[(start + tried) % variations.length]?.(file, random);
    if (varied && varied.file !== file) {
      return `(Simulated: varied by chance, not for a reason.) ${varied.did}\n<strategy>\n${varied.file.trim()}\n</strategy>`;
    }
  }
  return `(Simulated.) There is nothing to vary here.\n<strategy>\n${file.trim()}\n</strategy>`;
}

const variations: readonly Variation[] = [
  (file, random) => {
    const minimum = pick([0.5, 0.6, 0.7, 0.8, 0.9], random);
    return {
      did: `A speech now needs a grounding of ${minimum}.`,
      file: withKey(file, 'minimumGrounding', minimum),
    };
  },
  (file, random) => {
    const words = pick([90, 110, 130, 170], random);
    return {
      did: `Speeches are asked to keep to ${words} words.`,
      file: withKey(file, 'longestSpeech', words),
    };
  },
  (file, random) => {
    const bullets = file.split('\n').filter((line) => /^- .{20,}/.test(line));
    if (bullets.length < 3) return null;
    const dropped = pick(bullets, random);
    return {
      did: 'One rule is left out.',
      file: file
        .split('\n')
        .filter((line) => line !== dropped)
        .join('\n'),
    };
  },
  (file, random) => {
    const rest = /(## speak\s+)([\s\S]*?)(?=\n## |$)/.exec(file);
    const sentences = rest?.[2]?.trim().split(/(?<=[.?!]) (?=[A-Z])/) ?? [];
    if (!rest || sentences.length < 3) return null;
    const from = 1 + Math.floor(random() * (sentences.length - 1));
    const [moved = ''] = sentences.splice(from, 1);
    const speak = `${rest[1]}${[moved, ...sentences].join(' ')}\n`;
    return {
      did: 'The task of a turn begins with another of its sentences.',
      file: file.replace(rest[0], () => speak),
    };
  },
];

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

/** The front matter with this value of a key, in place of one it had. */
function withKey(file: string, key: string, value: number): string {
  const known = new RegExp(`^${key}:.*$`, 'm');
  return known.test(file)
    ? file.replace(known, `${key}: ${value}`)
    : file.replace(/\n---\n/, `\n${key}: ${value}\n---\n`);
}
