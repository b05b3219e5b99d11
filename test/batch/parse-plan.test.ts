import { describe, expect, it } from 'vitest';
import { checkPlanReferences } from '../../src/batch/check-plan-references.ts';
import { expandPlan, placeNamed } from '../../src/batch/expand-plan.ts';
import { parsePlan } from '../../src/batch/parse-plan.ts';
import { type Plan, planSize } from '../../src/batch/plan.ts';

const whole = `
title: Does steelmanning make them converge?
seed: 7
model: simulator
judge: openai:gpt-5
arms:
  - id: plain
    strategy: plain
  - id: steelman
    strategy: steelman
    model: ollama:llama3.2:3b
    models:
      moderator: openai:gpt-5-mini
    prompts: ./mine
scenarios: [us-dprk-talks]
articles:
  - own
  - other.md
  - https://example.org/talks
castOrders:
  - given
  - rotated-2
  - [one, other]
repeats: 3
debate:
  rounds: 6
  order: rotating
  judgeSamples: 5
budget:
  usd: 20
  tokens: 3000000
compare:
  primary: [converged, principals]
  guards: [grounding, fidelity]
  margins: { grounding: 0.02 }
  smallest: { principals: 0.04 }
  against: plain
  level: 0.1
  power: 0.9
  within: 5
  suppose: { between: 0.1, within: 0.05 }
`;

const least = 'arms: [{id: plain, strategy: plain}]\nscenarios: [us-dprk-talks]\n';

function read(content: string): Plan {
  const parsed = parsePlan(content, 'plan.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.plan;
}

/** The faults of a plan as "line: message". */
function faults(content: string): string[] {
  const parsed = parsePlan(content, 'plan.yaml');
  return parsed.ok ? [] : parsed.faults.map(({ line, message }) => `${line}: ${message}`);
}

describe('a plan file', () => {
  it('gives the design, the models of every arm, the settings and the aims', () => {
    const plan = read(whole);
    expect(plan).toMatchObject({
      title: 'Does steelmanning make them converge?',
      seed: 7,
      seedPer: 'cell',
      judge: 'openai:gpt-5',
      scenarios: ['us-dprk-talks'],
      articles: ['own', 'other.md', 'https://example.org/talks'],
      castOrders: [
        { kind: 'given' },
        { kind: 'rotated', by: 2 },
        { kind: 'listed', personas: ['one', 'other'] },
      ],
      repeats: 3,
      budget: { usd: 20, tokens: 3_000_000 },
      count: null,
    });
    expect(plan.arms).toEqual([
      { id: 'plain', strategy: 'plain', model: 'simulator', models: {}, prompts: null },
      {
        id: 'steelman',
        strategy: 'steelman',
        model: 'ollama:llama3.2:3b',
        models: { moderator: 'openai:gpt-5-mini' },
        prompts: './mine',
      },
    ]);
    expect(plan.settings).toMatchObject({ rounds: 6, order: 'rotating', judgeSamples: 5, stopEarly: true });
    expect(plan.aims).toMatchObject({
      primary: ['converged', 'principals'],
      guards: ['grounding', 'fidelity'],
      margins: { grounding: 0.02, fidelity: 0.05 },
      smallest: { principals: 0.04, converged: 0.1 },
      against: 'plain',
      level: 0.1,
      power: 0.9,
      within: 5,
      suppose: { between: 0.1, within: 0.05 },
    });
  });

  it('takes several sources for one debate as a dossier, and one of one as that article', () => {
    const plan = read(`${least}articles: [a.md, [b.pdf, "https://example.org/c"], [d.md]]\n`);
    expect(plan.articles).toEqual(['a.md', ['b.pdf', 'https://example.org/c'], 'd.md']);
    expect(planSize(plan)).toMatchObject({ articles: 3, cells: 3 });
    const cells = [...expandPlan(plan)];
    expect(cells.map(({ id }) => placeNamed(id).article)).toEqual([
      'a.md',
      'b.pdf + https://example.org/c',
      'd.md',
    ]);
    expect(cells.map(({ articleUnit }) => articleUnit)).toEqual(cells.map(({ article }) => article));
    const alone = [...expandPlan({ ...plan, articles: ['a.md', 'd.md'] })];
    const ids = (of: typeof cells) => of.flatMap(({ debates }) => debates.map(({ id }) => id));
    expect(ids(cells)).toEqual(expect.arrayContaining(ids(alone)));
  });

  it('needs no more than an arm and a scenario', () => {
    expect(read(least)).toMatchObject({
      seed: 1,
      articles: ['own'],
      castOrders: [{ kind: 'given' }],
      repeats: 1,
      judge: null,
      budget: { usd: null, tokens: null },
      aims: { primary: ['principals'], guards: ['grounding'], within: read(least).settings.rounds },
    });
  });

  it('does not guard a measure that decides', () => {
    expect(read(`${least}compare: {primary: [grounding]}`).aims.guards).toEqual([]);
  });

  it('turns a count of debates into repeats', () => {
    expect(read(`${least}articles: [a.md, b.md, c.md]\ncount: 100`)).toMatchObject({
      repeats: 34,
      count: 100,
    });
  });

  it.each([
    ['an unknown key', 'arm: []', '3: unknown key "arm"; did you mean "arms"?'],
    ['an unknown key further in', 'debate: {round: 3}', '3: unknown key "round"; did you mean "rounds"?'],
    ['an unknown key of an arm', 'compare: {guard: []}', '3: unknown key "guard"; did you mean "guards"?'],
    ['a wrong kind of value', 'repeats: many', '3: "repeats" must be a number, not "many"'],
    ['too many rounds', 'debate: {rounds: 500}', '3: "debate.rounds" must be at most 100, not 500'],
    [
      'a measure that is none',
      'compare: {primary: [groundign]}',
      '3: there is no measure "groundign"; did you mean "grounding"?',
    ],
    [
      'a margin of no measure',
      'compare: {margins: {colour: 1}}',
      '3: there is no measure "colour"; known: converged, rounds',
    ],
    ['an arm that is none', 'compare: {against: plein}', '3: there is no arm "plein"; did you mean "plain"?'],
    [
      'a measure that both decides and guards',
      'compare: {primary: [hollow], guards: [hollow]}',
      '3: "hollow" is already primary',
    ],
    [
      'a guard without a margin',
      'compare: {guards: [cost]}',
      '3: a guard needs the largest loss it allows; set "compare.margins.cost"',
    ],
    [
      'more rounds to look at than are held',
      'debate: {rounds: 3}\ncompare: {within: 4}',
      '4: no debate has 4 rounds; "debate.rounds" is 3',
    ],
    ['an unknown provider', 'model: opanai:x', '3: opanai:x names no model.'],
    ['a judge among the models', 'models: {judge: openai:x}', '3: the judge is the same for every arm'],
    [
      'an unknown cast order',
      'castOrders: [reverse]',
      '3: "reverse" is no cast order; did you mean "reversed"?',
    ],
    [
      'a cast order with a double',
      'castOrders: [[a, b, a]]',
      '3: the cast order "a b a" names a persona twice',
    ],
    ['an article twice', 'articles: [a.md, own, a.md]', '3: the article "a.md" appears twice'],
    [
      'a turn order that is none',
      'debate: {order: shuffle}',
      '3: "debate.order" cannot be "shuffle"; did you mean "shuffled"?',
    ],
    [
      'a cast order that is no word',
      'castOrders: [3]',
      '3: "castOrders[1]" must be a word such as reversed, or a list of personas',
    ],
    ['standard input', 'articles: ["-"]', '3: a plan can be run again, so it cannot read standard input'],
    ['a dossier with standard input', 'articles: [[a.md, "-"]]', '3: a plan can be run again'],
    ['a source twice', 'articles: [[a.md, b.md, a.md]]', '3: the dossier names "a.md" twice'],
    [
      'a dossier twice',
      'articles: [[a.md, b.md], [a.md, b.md]]',
      '3: the article "a.md + b.md" appears twice',
    ],
    ['own in a dossier', 'articles: [[own, b.md]]', '3: "own" is no source of a dossier'],
    ['a dossier of nothing', 'articles: [[]]', '3: "articles[1]" '],
    ['an article that is a number', 'articles: [3]', '3: "articles[1]" must be a file, an address or own'],
    ['count beside repeats', 'count: 4\nrepeats: 2', '3: "count" and "repeats" both say how many debates'],
    ['broken YAML', 'title: "open', '4: YAML: Missing closing'],
  ])('refuses %s, naming the line', (_, lines, message) => {
    const found = faults(`${least}${lines}\n`);
    expect(found.some((fault) => fault.startsWith(message))).toBe(true);
    expect(found).toHaveLength(1);
  });

  it('names every fault, in the order of the lines', () => {
    const found = faults(
      'scenarios: []\narms:\n  - id: A b\n    strategy: plain\n    colour: red\nseed: -1\n',
    );
    expect(found.map((fault) => fault.slice(0, 2))).toEqual(['1:', '3:', '5:', '6:']);
  });

  it('refuses arms that are the same but for their names, unless each has its own seed', () => {
    const twins = 'arms:\n  - {id: a, strategy: plain}\n  - {strategy: plain, id: b}\nscenarios: [x]\n';
    expect(faults(twins)).toEqual([
      expect.stringMatching(/^3: the arms "a" and "b" differ only in name .* set "seedPer: arm"$/),
    ]);
    expect(faults(`${twins}seedPer: arm\n`)).toEqual([]);
  });

  it('refuses a count that would leave an arm without its debate', () => {
    const two = 'arms:\n  - {id: a, strategy: plain}\n  - {id: b, strategy: steelman}\nscenarios: [x]\n';
    expect(faults(`${two}count: 7`)).toEqual([
      expect.stringMatching(/^5: .* 7 is not a multiple of that; try 8$/),
    ]);
  });
});

describe('what a plan names', () => {
  const known = {
    strategies: ['plain', 'steelman'],
    scenarios: ['us-dprk-talks'],
    casts: new Map([['us-dprk-talks', ['state-department', 'dprk-negotiator']]]),
    withoutFacts: new Set<string>(),
  };

  function missing(content: string, more = {}): string[] {
    const parsed = parsePlan(content, 'plan.yaml');
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    return checkPlanReferences(parsed, 'plan.yaml', { ...known, ...more }).map(
      ({ line, message }) => `${line}: ${message}`,
    );
  }

  it('is known, or is a path that is looked at when it is loaded', () => {
    expect(missing(least)).toEqual([]);
    expect(missing('arms: [{id: a, strategy: ./mine.md}]\nscenarios: [./talks]\n')).toEqual([]);
  });

  it('follows facts that are written down, of the scenario and of no other article', () => {
    const plan = (rest: string) => `arms: [{id: a, strategy: plain}]\nscenarios: [us-dprk-talks]\n${rest}`;
    const none = { withoutFacts: new Set(['us-dprk-talks']) };
    expect(missing(plan('debate: {facts: true}\n'))).toEqual([]);
    expect(missing(plan('debate: {facts: true}\n'), none)).toEqual([
      '3: us-dprk-talks has no facts to follow; have them written beside it first: parley facts us-dprk-talks',
    ]);
    expect(missing(plan('debate: {facts: true}\narticles:\n  - own\n  - a.md\n'))).toEqual([
      expect.stringMatching(/^6: facts belong to the article of a scenario/),
    ]);
    expect(missing(plan('compare:\n  guards: [facts kept]\n'), none)).toEqual([
      '4: facts-kept is measured where facts are followed: debate: { facts: true }',
    ]);
    expect(missing(plan('compare:\n  guards: [facts-kept]\n'))).toEqual([]);
  });

  it('is named with its line and a near match where it is not', () => {
    expect(missing('arms:\n  - id: a\n    strategy: plian\nscenarios:\n  - us-dprk\n')).toEqual([
      '3: there is no strategy "plian"; did you mean "plain"?',
      '5: there is no scenario "us-dprk"; did you mean "us-dprk-talks"?',
    ]);
  });

  it('holds personas who are in the cast', () => {
    expect(missing(`${least}models:\n  dprk-negotiater: simulator\n`)).toEqual([
      '1: there is no role "dprk-negotiater"; did you mean "dprk-negotiator"?',
    ]);
    expect(
      missing(`${least}castOrders:\n  - [state-department]\n  - [state-department, dprk-negotiater]\n`),
    ).toEqual([
      '4: "dprk-negotiator" of us-dprk-talks has no place in this cast order',
      '5: "dprk-negotiater" is not in the cast of us-dprk-talks; did you mean "dprk-negotiator"?',
    ]);
  });
});
