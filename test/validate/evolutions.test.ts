import { describe, expect, it } from 'vitest';
import { evolutionsIn, evolutionWorlds, isEvolutionKept } from '../../bench/validate/evolutions.ts';

// `npm run validate -- evolve` runs 200 of each.
const evolutions = 6;

describe('the whole evolution, in worlds whose truth is known', () => {
  it.each(evolutionWorlds.filter(({ kind }) => kind === 'null'))(
    'admits next to nothing where $name',
    async (world) => {
      const shares = await evolutionsIn(world, evolutions);
      expect(isEvolutionKept(world, shares), JSON.stringify(shares)).toBe(true);
      expect(shares.tested).toBe(9);
    },
  );

  it.each(evolutionWorlds.filter(({ kind, articles }) => kind === 'planted' && articles.test >= 30))(
    'finds what is planted where $name, and claims it on the sealed articles',
    async (world) => {
      const shares = await evolutionsIn(world, evolutions);
      expect(shares.admitted).toBeGreaterThan(0.5);
      expect(shares.claimed).toBeGreaterThan(0.5);
    },
  );
});
