import { airport } from './airport.ts';
import type { Domain, Split } from './domain.ts';
import { farmhouse } from './farmhouse.ts';
import { museum } from './museum.ts';
import { river, riverReworded } from './river.ts';
import { workplace, workplaceReworded } from './workplace.ts';

export function domainsOf(split: Split): readonly Domain[] {
  return [river, riverReworded, workplace, workplaceReworded, airport, museum, farmhouse].filter(
    (domain) => domain.split === split,
  );
}
