import { airport } from './airport.ts';
import type { Domain, Split } from './domain.ts';
import { farmhouse } from './farmhouse.ts';
import { flat } from './flat.ts';
import { harbour } from './harbour.ts';
import { museum } from './museum.ts';
import { river, riverReworded } from './river.ts';
import { school } from './school.ts';
import { workplace, workplaceReworded } from './workplace.ts';

const domains: readonly Domain[] = [
  river,
  riverReworded,
  workplace,
  workplaceReworded,
  school,
  harbour,
  flat,
  airport,
  museum,
  farmhouse,
];

export function domainsOf(split: Split): readonly Domain[] {
  return domains.filter((domain) => domain.split === split);
}
