import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandPlan, type PlannedCell } from '../../src/batch/expand-plan.ts';
import { parsePlan } from '../../src/batch/parse-plan.ts';
import { orderedCast, type Plan, planSize } from '../../src/batch/plan.ts';
import { checkRunName } from '../../src/journal/named-run.ts';

function plan(changes: Partial<Plan> = {}): Plan {
  const parsed = parsePlan(
    `arms:
  - {id: plain, strategy: plain}
  - {id: steelman, strategy: steelman}
  - {id: grit, strategy: graduated-steps}
scenarios: [us-dprk-talks, water-rights]
articles: [own, other.md]
castOrders: [given, reversed]
repeats: 2
`,
    'plan.yaml',
  );
  if (!parsed.ok) throw new Error('a plan for tests must be whole');
  return { ...parsed.plan, ...changes };
}

const cells = (changed: Plan) => [...expandPlan(changed)];

/** Debate id and seed by arm and place. */
function identities(expanded: readonly PlannedCell[]): Map<string, string> {
  return new Map(
    expanded.flatMap((cell) =>
      cell.debates.map(({ arm, id, seed }) => [`${cell.id} ${arm.id}`, `${id} ${seed}`] as const),
    ),
  );
}

function expectKept(before: Plan, after: Plan): void {
  const kept = identities(cells(after));
  for (const [place, identity] of identities(cells(before))) expect(kept.get(place)).toBe(identity);
}

const talks = { id: 'talks', strategy: 'plain', model: 'ollama:x', models: {}, prompts: null };

describe('an expanded plan', () => {
  it('runs every arm in every cell of scenarios, articles, cast orders and repeats', () => {
    const expanded = cells(plan());
    expect(expanded).toHaveLength(2 * 2 * 2 * 2);
    for (const cell of expanded) {
      expect(cell.debates.map(({ arm }) => arm.id).sort()).toEqual(['grit', 'plain', 'steelman']);
    }
    expect(new Set(expanded.map((cell) => cell.id)).size).toBe(expanded.length);
    expect(new Set(expanded.flatMap((cell) => cell.debates.map(({ id }) => id))).size).toBe(48);
  });

  it('is the same every time, and another for another seed', () => {
    expect(cells(plan())).toEqual(cells(plan()));
    const seeds = (seed: number) => cells(plan({ seed })).map((cell) => cell.debates[0]?.seed);
    expect(seeds(1)).not.toEqual(seeds(2));
  });

  it('moves no debate when an arm, a scenario, an article, a cast order or a repeat is added, wherever it is added', () => {
    const base = plan();
    expectKept(base, plan({ arms: [talks, ...base.arms] }));
    expectKept(base, plan({ scenarios: ['another', ...base.scenarios] }));
    expectKept(base, plan({ articles: ['new.md', ...base.articles] }));
    expectKept(base, plan({ castOrders: [{ kind: 'rotated', by: 1 }, ...base.castOrders] }));
    expectKept(base, plan({ repeats: 5 }));
  });

  it('keeps its debates when only its budget, title or aims change', () => {
    const base = plan();
    expectKept(
      base,
      plan({ title: 'Other', budget: { usd: 5, tokens: null }, aims: { ...base.aims, level: 0.01 } }),
    );
    expectKept(base, plan({ settings: { ...base.settings, budgetUsd: 1 } }));
  });

  it('holds other debates when anything that decides them changes', () => {
    const ids = (changed: Plan) =>
      new Set(cells(changed).flatMap((cell) => cell.debates.map(({ id }) => id)));
    const base = plan();
    const before = ids(base);
    const changes: Partial<Plan>[] = [
      { settings: { ...base.settings, rounds: 9 } },
      { judge: 'openai:x' },
      { arms: base.arms.map((arm) => ({ ...arm, model: 'openai:x' })) },
      { arms: base.arms.map((arm) => ({ ...arm, models: { moderator: 'openai:x' } })) },
      { arms: base.arms.map((arm) => ({ ...arm, prompts: './mine' })) },
      { seed: 99 },
    ];
    for (const change of changes) {
      expect([...ids(plan(change))].filter((id) => before.has(id))).toEqual([]);
    }
  });

  it('holds other debates when a prompt file or an article changed, with the same seeds', () => {
    const prints = (version: string) => ({
      article: (scenario: string, article: string) => `${scenario} ${article} ${version}`,
      prompts: (arm: { id: string }) => `${arm.id} ${version}`,
    });
    const [before] = [...expandPlan(plan(), prints('1'))];
    const [after] = [...expandPlan(plan(), prints('2'))];
    expect(after?.debates[0]?.seed).toBe(before?.debates[0]?.seed);
    expect(after?.debates[0]?.id).not.toBe(before?.debates[0]?.id);
  });

  it('counts the same text under two names as one article', () => {
    const expanded = [...expandPlan(plan(), { article: () => 'the same text', prompts: (arm) => arm.id })];
    expect(new Set(expanded.map((cell) => cell.articleUnit)).size).toBe(1);
    expect(new Set(cells(plan()).map((cell) => cell.articleUnit))).toEqual(
      new Set(['us-dprk-talks', 'water-rights', 'other.md']),
    );
  });

  it('gives the arms of a cell one seed, or each its own when asked', () => {
    for (const cell of cells(plan())) expect(new Set(cell.debates.map(({ seed }) => seed)).size).toBe(1);
    for (const cell of cells(plan({ seedPer: 'arm' }))) {
      expect(new Set(cell.debates.map(({ seed }) => seed)).size).toBe(3);
    }
  });

  it('lets an arm be compared with itself on other seeds', () => {
    const arms = ['a', 'b'].map((id) => ({ ...talks, id }));
    const expanded = cells(plan({ arms, seedPer: 'arm' }));
    const ids = expanded.flatMap((cell) => cell.debates.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('goes through all places before it repeats one', () => {
    const repeats = cells(plan()).map((cell) => cell.repeat);
    expect(repeats).toEqual([...new Array(8).fill(1), ...new Array(8).fill(2)]);
  });

  it('lets every arm begin equally often, and not always in the same cells', () => {
    const expanded = cells(plan({ repeats: 3 }));
    const first = expanded.map((cell) => cell.debates[0]?.arm.id);
    for (const arm of ['plain', 'steelman', 'grit']) {
      expect(first.filter((id) => id === arm)).toHaveLength(expanded.length / 3);
    }
    const beginners = expanded.filter((cell) => cell.id.startsWith('water-rights / own / given'));
    expect(new Set(beginners.map((cell) => cell.debates[0]?.arm.id)).size).toBe(3);
  });

  it('stops at its count, in whole cells', () => {
    const counted = plan({ count: 15, repeats: 100 });
    expect(cells(counted)).toHaveLength(5);
    expect(planSize(counted)).toEqual({ articles: 3, cells: 5, debates: 15 });
    expect(planSize(plan())).toEqual({ articles: 3, cells: 16, debates: 48 });
  });

  it('names its debates so that every store takes the name', () => {
    const odd = plan({
      scenarios: ['/home/me/Mon Scénario/', `x${'y'.repeat(300)}`],
      arms: [{ ...talks, strategy: '../CON.md' }],
    });
    for (const cell of cells(odd)) {
      for (const { id } of cell.debates) expect(checkRunName(id)).toEqual({ ok: true, value: id });
    }
  });

  it('expands lazily: the first of a million debates takes no million', () => {
    const many = plan({ repeats: 100_000 });
    expect(expandPlan(many).next().value?.id).toBe('us-dprk-talks / own / given / 1');
  });
});

describe('a cast order', () => {
  const cast = ['a', 'b', 'c', 'd'];

  it('turns the cast as it says', () => {
    expect(orderedCast(cast, { kind: 'given' }, 1)).toEqual(cast);
    expect(orderedCast(cast, { kind: 'reversed' }, 1)).toEqual(['d', 'c', 'b', 'a']);
    expect(orderedCast(cast, { kind: 'rotated', by: 5 }, 1)).toEqual(['b', 'c', 'd', 'a']);
    expect(orderedCast(cast, { kind: 'listed', personas: ['c', 'a', 'd', 'b'] }, 1)).toEqual([
      'c',
      'a',
      'd',
      'b',
    ]);
  });

  it('always holds the same people', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 1e6 }), (number, seed) => {
        const shuffledCast = orderedCast(cast, { kind: 'shuffled', number }, seed);
        expect(shuffledCast.toSorted()).toEqual(cast);
        expect(orderedCast(cast, { kind: 'shuffled', number }, seed)).toEqual(shuffledCast);
        expect(orderedCast(cast, { kind: 'rotated', by: number }, seed).toSorted()).toEqual(cast);
      }),
    );
  });
});
