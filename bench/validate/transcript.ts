import { type Random, seededRandom } from '../../src/debate/seeded-random.ts';
import type { Case, Move } from './cases.ts';
import type { Domain, Split } from './domains/domain.ts';
import { acts, places, tones, withdrawals } from './phrases.ts';

export interface Speech {
  turn: number;
  round: number;
  /** Id of the principal. */
  speaker: string;
  text: string;
}

/** Ids of the principals; words that no template uses, because short names are masked too. */
export const speakers = ['principal-1', 'principal-2'] as const;

/** Puts a case into words: one speech a principal and round. */
export function transcriptOf(made: Case): Speech[] {
  const random = seededRandom('words', made.id);
  return made.rounds.flatMap(({ tone, moves }, round) =>
    speakers.map((speaker, principal) => {
      const sentences = (moves[principal] ?? []).flatMap((move, issue) =>
        move ? [sentenceOf(move, issue, made.domain, made.split, random)] : [],
      );
      const other = made.domain.principals[1 - principal] ?? '';
      const polite = (words: readonly string[]) => one(words, random).replace('{other}', other);
      const opener = polite(tones[tone][made.split]);
      const closer = tone === 'friendly' ? [polite(tones.friendly[made.split])] : [];
      return {
        turn: 2 * round + principal + 1,
        round: round + 1,
        speaker,
        text: [opener, ...sentences, ...closer].join(' '),
      };
    }),
  );
}

function sentenceOf(move: Move, issue: number, domain: Domain, split: Split, random: Random): string {
  const { id, title } = domain.agenda[issue] as Domain['agenda'][number];
  const frames = move.act === 'withdraw' ? withdrawals : acts[move.act];
  const place = placeOf(move.position, domain, id, split, random);
  return one(frames[split], random).replace('{issue}', title.toLowerCase()).replace('{place}', place);
}

/** 0, 3 and 6 are the anchors; 1 and 5 lie near one; 2 and 4 between the middle and an end, nearer to the middle. */
function placeOf(position: number, domain: Domain, issue: string, split: Split, random: Random): string {
  const nearest = position <= 1 ? 0 : position >= 5 ? 6 : 3;
  const word = (anchor: 0 | 3 | 6) => one(domain.wordings[issue]?.[anchor][split] ?? [], random);
  if (position === nearest) return word(nearest);
  if (nearest !== 3) return one(places.near[split], random).replace('{x}', word(nearest));
  const other = position < 3 ? 0 : 6;
  const [middle, end] = [word(3), word(other)];
  return one(places.between[split], random)
    .replaceAll('{x}', middle)
    .replaceAll('{other}', end)
    .replaceAll('{low}', position < 3 ? end : middle)
    .replaceAll('{high}', position < 3 ? middle : end);
}

function one<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T;
}
