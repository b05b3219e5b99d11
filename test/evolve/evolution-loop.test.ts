import { describe, expect, it } from 'vitest';
import { defaultAims } from '../../src/batch/comparison-aims.ts';
import type { DebateMeasures } from '../../src/compare/measures.ts';
import { evolutionSentence } from '../../src/evolve/claim-sentence.ts';
import { evolve } from '../../src/evolve/evolution-loop.ts';
import { type LineageEntry, lineageEntrySchema, lineageOf } from '../../src/evolve/lineage.ts';
import type { EvolutionDesign, EvolutionWork, Stop } from '../../src/evolve/types.ts';

const names = (part: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${part}-${index}`);

const design: EvolutionDesign = {
  ...{ start: 'plain', generations: 2, children: 2, lookEvery: 5, controls: [], proof: 'alike', seed: 3 },
  split: { breed: names('breed', 2), test: names('test', 20), sealed: names('sealed', 8) },
  aims: { ...defaultAims(4), guards: [] },
};

/** A world in which a strain's gain over the start is known; `stops` says what keeps a stage from being done. */
function world(gains: Record<string, number>, stops: (stage: string) => Stop | null = () => null) {
  const seen: string[] = [];
  const entries: LineageEntry[] = [
    {
      ...{ type: 'evolution-started', v: 1, at: 0, start: 'plain', design: 'made-up' },
      ...{ split: design.split, rewriter: 'simulated', simulated: true },
    },
  ];
  const work: EvolutionWork = {
    now: () => 0,
    async write({ id, parent }) {
      seen.push(`write ${id} of ${parent.id}`);
      const stop = stops(`write ${id}`);
      if (stop) return { type: 'stopped', ...stop };
      if (gains[id] === undefined)
        return { type: 'unusable', faults: ['no file'], calls: [], failedUsd: 0.5 };
      return {
        type: 'written',
        text: `text of ${id}`,
        reason: 'tried it',
        repaired: [],
        calls: [],
        failedUsd: 0,
      };
    },
    async measure(strains, articles, purpose) {
      const name = `${purpose} ${strains.at(-1)} on ${articles.length}`;
      seen.push(name);
      const debates = strains.flatMap((arm) =>
        articles.map((article, place): DebateMeasures => {
          const value = 0.5 + (gains[arm] ?? 0) + 0.01 * (((place * 7 + arm.length) % 5) - 2);
          return {
            ...{ debate: `${arm}-${article}`, arm, article, cell: article, converged: false, rounds: 4 },
            ...{ principals: value, grounding: 0.8, fidelity: 1, hollow: 0, costUsd: 0, aborted: false },
            simulated: true,
          };
        }),
      );
      return { debates, stop: stops(name) };
    },
  };
  const log = () => ({
    entries: [...entries],
    async append(entry: LineageEntry) {
      entries.push(lineageEntrySchema.parse(JSON.parse(JSON.stringify(entry))));
    },
  });
  return { work, log, entries, seen };
}

const planted = { plain: 0, 'plain-1a': 0, 'plain-1b': 0.2, 'plain-2a': 0.2, 'plain-2b': 0.35 };

describe('an evolution', () => {
  it('keeps the child that is better, breeds from it, and claims it on the sealed articles once', async () => {
    const { work, log, entries, seen } = world(planted);
    const { lineage, stop } = await evolve(design, work, log());
    expect(stop).toBeNull();
    expect(lineage.champion).toBe('plain-2b');
    expect(seen.filter((line) => line.startsWith('write'))).toEqual([
      'write plain-1a of plain',
      'write plain-1b of plain',
      'write plain-2a of plain-1b',
      'write plain-2b of plain-1b',
    ]);
    expect(seen.filter((line) => line.startsWith('claim'))).toEqual(['claim plain-2b on 8']);
    expect(lineage.claim?.isBetter).toBe(true);
    expect(evolutionSentence(lineage, design)).toMatch(/^plain-2b is better than plain on 8 sealed articles/);
    const states = [...lineageOf(entries).strains.values()].map(({ id, state }) => `${id} ${state}`);
    expect(states).toEqual([
      ...[
        'plain start',
        'plain-1a not-shown',
        'plain-1b admitted',
        'plain-2a not-shown',
        'plain-2b admitted',
      ],
    ]);
  });

  it('says that nothing better was found, and opens no sealed article then', async () => {
    const { work, log, seen } = world({
      plain: 0,
      'plain-1a': 0,
      'plain-1b': -0.1,
      'plain-2a': 0,
      'plain-2b': 0,
    });
    const { lineage } = await evolve(design, work, log());
    expect(lineage.champion).toBe('plain');
    expect(lineage.claim).toBeNull();
    expect(seen.some((line) => line.startsWith('claim'))).toBe(false);
    expect(evolutionSentence(lineage, design)).toMatch(
      /^Nothing better found: none of 4 children was shown to be better than plain .* The strategy stays as it is\.$/,
    );
  });

  it('stops a test as soon as it is decided', async () => {
    const { work, log, seen } = world(planted);
    await evolve({ ...design, generations: 1 }, work, log());
    expect(seen).toContain('test plain-1b on 10');
    expect(seen).not.toContain('test plain-1b on 15');
  });

  it('goes on after every stop without doing anything twice, to the same end', async () => {
    const whole = world(planted);
    await evolve(design, whole.work, whole.log());
    const stopped: string[] = [];
    const broken = world(planted, (stage) => {
      if (stopped.includes(stage)) return null;
      stopped.push(stage);
      return { reason: 'stopped', message: 'Stopped.' };
    });
    let runs = 0;
    for (let stop: Stop | null = { reason: 'stopped', message: '' }; stop !== null; runs++) {
      stop = (await evolve(design, broken.work, broken.log())).stop;
    }
    expect(runs).toBeGreaterThan(10);
    expect(broken.entries).toEqual(whole.entries);
  });

  it('makes the claim with what is kept for it once the budget is used up', async () => {
    const out = { reason: 'budget', message: 'The budget is used up.' } as const;
    const { work, log } = world(planted, (stage) => (stage.startsWith('write plain-2') ? out : null));
    const { lineage, stop } = await evolve(design, work, log());
    expect(stop).toEqual({ ...out, type: 'stopped' });
    expect(lineage.claim?.champion).toBe('plain-1b');
  });

  it('tests no child whose file does not load, and spends no level on it', async () => {
    const { 'plain-1a': _unusable, ...gains } = planted;
    const { work, log } = world(gains);
    const { lineage } = await evolve({ ...design, generations: 1 }, work, log());
    expect(lineage.strains.get('plain-1a')?.state).toBe('unusable');
    expect(lineage.strains.get('plain-1b')?.judged).toMatchObject({ number: 1, level: 0.025 });
    expect(lineage.rewritingUsd).toBe(0.5);
  });
});
