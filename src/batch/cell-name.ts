import { type CastOrder, castOrderText, parseCastOrder } from './cast-order.ts';

/** Where in a plan's design a debate stands. */
export interface Place {
  scenario: string;
  /** A file, an address, or `own`. */
  article: string;
  castOrder: CastOrder;
  /** From 1. */
  repeat: number;
}

/** Names a place in measures and reports: "us-dprk-talks / own / given / 1". */
export function cellName({ scenario, article, castOrder, repeat }: Place): string {
  return [scenario, article, castOrderText(castOrder), repeat].join(' / ');
}

/** The place that a name was made of. */
export function placeNamed(name: string): Place {
  const [scenario = '', ...parts] = name.split(' / ');
  const repeat = Number(parts.pop());
  const order = parts.pop() ?? '';
  const castOrder = parseCastOrder(order) ?? { kind: 'listed', personas: order.split(' ') };
  return { scenario, article: parts.join(' / '), castOrder, repeat };
}
