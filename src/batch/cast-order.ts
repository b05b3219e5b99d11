import { seededRandom, shuffled } from '../debate/seeded-random.ts';

/** In which order the personas stand; the turn order of a debate starts from it. */
export type CastOrder =
  | { kind: 'given' }
  | { kind: 'reversed' }
  /** The first `by` go to the end. */
  | { kind: 'rotated'; by: number }
  /** Shuffle number `number`, the same for every debate of a plan's seed. */
  | { kind: 'shuffled'; number: number }
  | { kind: 'listed'; personas: string[] };

export const castOrderWords = ['given', 'reversed', 'rotated-1', 'shuffled-1'] as const;

/** Reads given, reversed, rotated-N or shuffled-N; null for anything else. */
export function parseCastOrder(word: string): CastOrder | null {
  if (word === 'given' || word === 'reversed') return { kind: word };
  const [, kind, digits] = /^(rotated|shuffled)-([1-9]\d{0,2})$/.exec(word) ?? [];
  if (kind === 'rotated') return { kind, by: Number(digits) };
  if (kind === 'shuffled') return { kind, number: Number(digits) };
  return null;
}

export function castOrderText(order: CastOrder): string {
  switch (order.kind) {
    case 'given':
    case 'reversed':
      return order.kind;
    case 'rotated':
      return `rotated-${order.by}`;
    case 'shuffled':
      return `shuffled-${order.number}`;
    case 'listed':
      return order.personas.join(' ');
  }
}

/** The cast in this order. A listed order must hold exactly the cast; see `checkPlanReferences`. */
export function orderedCast(cast: readonly string[], order: CastOrder, planSeed: number): string[] {
  switch (order.kind) {
    case 'given':
      return [...cast];
    case 'reversed':
      return cast.toReversed();
    case 'rotated': {
      const by = order.by % cast.length;
      return [...cast.slice(by), ...cast.slice(0, by)];
    }
    case 'shuffled':
      return shuffled(cast, seededRandom(planSeed, 'cast-order', order.number));
    case 'listed':
      return order.personas;
  }
}
