import { type Random, seededRandom } from '../../src/debate/seeded-random.ts';
import type { Domain } from './domains/domain.ts';

export const kinds = [
  'convergent',
  'divergent',
  'hollow',
  'capitulation',
  'plateau',
  'retraction',
  'rude-but-moving',
  'wrong-issue',
  'reneging',
] as const;
export type Kind = (typeof kinds)[number];

/** What one principal does on one issue in one round; null: it says nothing of it. */
export interface Move {
  position: number;
  act: 'commit' | 'propose' | 'rhetoric' | 'withdraw';
}

export type Tone = 'plain' | 'friendly' | 'rude';

/** A transcript before its words: who stands where, written first. */
export interface Case {
  id: string;
  kind: Kind;
  domain: Domain;
  seed: number;
  /** By round, then principal (0, 1), then issue. */
  rounds: { tone: Tone; moves: (Move | null)[][] }[];
}

/** Where the two begin: the first at 0 or 1, the second at 5 or 6, on each issue. */
interface Beginning {
  low: number;
  high: number;
}

export function caseOf(kind: Kind, domain: Domain, seed: number): Case {
  const random = seededRandom('validation', kind, domain.name, seed);
  const from = domain.agenda.map(() => ({ low: pick([0, 1], random), high: pick([5, 6], random) }));
  return {
    id: `${kind} ${domain.name} ${seed}`,
    kind,
    domain,
    seed,
    rounds: roundsOf(kind, from, random),
  };
}

/** The present stand of each principal on each issue after a round: its latest word. */
export function standsAfter(made: Case, round: number): (number | null)[][] {
  return [0, 1].map((principal) =>
    made.domain.agenda.map((_, issue) => {
      const words = made.rounds.slice(0, round).flatMap(({ moves }) => moves[principal]?.[issue] ?? []);
      return words.at(-1)?.position ?? null;
    }),
  );
}

function roundsOf(kind: Kind, from: readonly Beginning[], random: Random): Case['rounds'] {
  const open = both(from, ({ low, high }) => [low, high], 'rhetoric');
  const half = both(from, ({ low, high }) => [low + 1, high - 1], 'propose');
  const meet = from.map(() => pick([2, 3, 4], random));
  const met = (beside: 0 | 1) =>
    both(from, (_, issue) => [meet[issue] ?? 3, Math.min(6, (meet[issue] ?? 3) + beside)], 'commit');
  switch (kind) {
    case 'convergent':
      return [plain(open), plain(half), plain(met(0)), plain(met(pick([0, 1], random)))];
    case 'divergent':
      return [plain, rude, plain, rude].map((toned) => (random() < 0.5 ? plain(open) : toned(open)));
    case 'hollow':
      return [plain(open), friendly(silence(from)), friendly(silence(from)), friendly(silence(from))];
    case 'capitulation': {
      const oneGives = both(from, ({ low, high }) => [low, high - 2], 'propose');
      const given = both(from, ({ low }, issue) => [low, issue === 0 ? low + 2 : low], 'propose');
      const all = both(from, ({ low }) => [low, low], 'commit');
      return [plain(open), plain(oneGives), plain(given), plain(all)];
    }
    case 'plateau':
      return [plain(open), plain(half), plain(half), plain(half)];
    case 'retraction': {
      const back = both(from, ({ high }, issue) => [meet[issue] ?? 3, high], 'commit', 'withdraw');
      return [plain(open), plain(half), plain(met(0)), plain(back)];
    }
    case 'rude-but-moving':
      return [rude(open), rude(half), rude(met(0)), rude(met(0))];
    case 'wrong-issue': {
      const last = from.length - 1;
      const agreed = from.map((_, issue): [Move | null, Move | null] =>
        issue === last ? [move(3, 'commit'), move(3, 'commit')] : [null, null],
      );
      return [plain(open), friendly(turned(agreed)), friendly(turned(agreed)), friendly(turned(agreed))];
    }
    case 'reneging': {
      const back = both(from, ({ high }, issue) => [meet[issue] ?? 3, high], 'rhetoric');
      return [plain(open), plain(half), plain(met(0)), plain(back)];
    }
  }
}

function both(
  from: readonly Beginning[],
  at: (beginning: Beginning, issue: number) => readonly number[],
  act: Move['act'],
  secondAct: Move['act'] = act,
): (Move | null)[][] {
  return turned(
    from.map((beginning, issue) => {
      const [first = 0, second = 0] = at(beginning, issue);
      return [move(first, act), move(second, secondAct)];
    }),
  );
}

function silence(from: readonly Beginning[]): null[][] {
  return [from.map(() => null), from.map(() => null)];
}

function move(position: number, act: Move['act']): Move {
  return { position, act };
}

function turned(byIssue: readonly (readonly [Move | null, Move | null])[]): (Move | null)[][] {
  return [byIssue.map(([first]) => first), byIssue.map(([, second]) => second)];
}

const plain = (moves: (Move | null)[][]) => ({ tone: 'plain' as const, moves });
const friendly = (moves: (Move | null)[][]) => ({ tone: 'friendly' as const, moves });
const rude = (moves: (Move | null)[][]) => ({ tone: 'rude' as const, moves });

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T;
}
