import { type Random, seededRandom } from '../../src/debate/seeded-random.ts';
import { type Case, type Move, standsAfter } from './cases.ts';
import type { Domain } from './domains/domain.ts';

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
  const { domain } = made;
  const { tones } = domain.phrasing;
  return made.rounds.flatMap(({ tone, moves }, round) =>
    speakers.map((speaker, principal) => {
      const other = domain.principals[1 - principal] ?? '';
      const sentences = (moves[principal] ?? []).flatMap((move, issue) => {
        if (move === null) return [];
        const theirs = heardFrom(made, round, 1 - principal)[issue] ?? null;
        return [
          ...attributionOf(theirs, issue, domain, other, random),
          sentenceOf(move, issue, domain, random),
        ];
      });
      const polite = (words: readonly string[]) => filled(one(words, random), { other });
      const opener = polite(tones[tone]);
      const closer = tone === 'friendly' ? [polite(tones.friendly)] : [];
      return {
        turn: 2 * round + principal + 1,
        round: round + 1,
        speaker,
        text: [opener, ...sentences, ...closer].join(' '),
      };
    }),
  );
}

/** What a principal has said by issue when the other one speaks in a round (from 0): the first speaks before the second. */
function heardFrom(made: Case, round: number, principal: number): (number | null)[] {
  return standsAfter(made, principal === 0 ? round + 1 : round)[principal] ?? [];
}

/** One stand in four comes after a word on what the other side wants, where people talk that way. */
function attributionOf(
  theirs: number | null,
  issue: number,
  domain: Domain,
  other: string,
  random: Random,
): string[] {
  const { attributions } = domain.phrasing;
  if (attributions.length === 0 || theirs === null || random() >= 0.25) return [];
  return [filled(one(attributions, random), { other, theirs: placeOf(theirs, domain, issue, random) })];
}

function sentenceOf(move: Move, issue: number, domain: Domain, random: Random): string {
  const { acts, withdrawals } = domain.phrasing;
  const frames = move.act === 'withdraw' ? withdrawals : acts[move.act];
  const titles = domain.agenda.map(({ title }) => title.toLowerCase());
  return filled(one(frames, random), {
    issue: titles[issue] ?? '',
    elsewhere: titles[(issue + 1) % titles.length] ?? '',
    place: placeOf(move.position, domain, issue, random),
  });
}

/**
 * 0, 3 and 6 are the anchors; 1 and 5 lie near one; 2 and 4 between the middle and an end, nearer to the middle. A point that has words of its
 * own is said by them half of the time.
 */
function placeOf(position: number, domain: Domain, issue: number, random: Random): string {
  const wordings = domain.wordings[domain.agenda[issue]?.id ?? ''];
  const word = (point: number) => one(wordings?.[point as 0] ?? [], random);
  const nearest = position <= 1 ? 0 : position >= 5 ? 6 : 3;
  if (position === nearest) return word(nearest);
  const { places } = domain.phrasing;
  if (wordings?.[position as 1] && random() < 0.5) return word(position);
  if (nearest !== 3) return filled(one(places.near, random), { x: word(nearest) });
  const other = position < 3 ? 0 : 6;
  const [middle, end] = [word(3), word(other)];
  return filled(one(places.between, random), {
    x: middle,
    other: end,
    low: position < 3 ? end : middle,
    high: position < 3 ? middle : end,
  });
}

function filled(frame: string, words: Record<string, string>): string {
  const text = frame.replaceAll(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole);
  const isSentence = /[.?]$/.test(frame);
  return isSentence ? text.replaceAll(/(?:^|[.?] )\p{Ll}/gu, (start) => start.toUpperCase()) : text;
}

function one<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T;
}
